package report

import (
	"bytes"
	"fmt"
	"testing"
)

// htmlLargeRun has so many common roles that differ, as accounts have them:
// each with a trust policy and two inline policies of its own, with names of
// the environment and account ids that are rewritten, and with two of twenty
// managed policies that all share.
func htmlLargeRun(roles int) *Run {
	m := newRunMaker()
	m.Drift = true
	m.Meta = RunMeta{Iamctl: "0.3.0", Reference: "2026-09-26", Since: "git:HEAD~30"}
	commits := make([]*RunCommit, 60)
	for i := range commits {
		commits[i] = &RunCommit{
			Hash: madeFingerprint("commit", i) + "01234567", Time: fmt.Sprintf("2026-%02d-%02dT02:00:00Z", i%9+1, i%28+1),
			Author: "nightly", Subject: fmt.Sprintf("Snapshot %d", i),
		}
	}
	m.Waivers = []RunWaiver{{Role: "app-00*", Owner: "platform", Reason: "Moves next quarter", Expires: "2027-01-31", State: WaiverUsed, Count: 100}}
	for i := range roles {
		m.CommonRoles = append(m.CommonRoles, m.largeRole(i, commits))
	}
	return m.Run
}

func (m *runMaker) largeRole(i int, commits []*RunCommit) RunPair {
	p := m.pair(fmt.Sprintf("app-%04d-%%s", i))
	services := []string{"s3", "sqs", "dynamodb", "kms", "logs", "secretsmanager", "ec2", "sns", "lambda", "iam", "ssm", "sts", "rds", "glue", "athena"}
	service := services[i*7%len(services)]
	arn := fmt.Sprintf("arn:aws:%s:eu-west-1:000000000000:app-%04d-accountname/*", service, i)
	for n := range 1 + i%4 {
		it := madeItem("inline", "data", "Allow", fmt.Sprintf("%s:GetThing%d", service, n), arn)
		it.Originals = []RunItemColumns{{ARN: fmt.Sprintf("arn:aws:%s:eu-west-1:444455556666:app-%04d-qa/*", service, i)}}
		it.Age, it.FirstSeen = AgeKnown, commits[i%len(commits)]
		if i%11 == 0 {
			it.Age = AgeNew
		}
		if i < 100 {
			it.Waiver = pointerTo(0)
		}
		p.OnlyB = append(p.OnlyB, it)
	}
	if i%3 == 0 {
		it := madeItem("managed", fmt.Sprintf("shared-%02d", i%20), "Allow", "rds:DescribeEvents", "*")
		it.Age, it.FirstSeen = AgeKnown, commits[i%len(commits)]
		p.OnlyA = append(p.OnlyA, it)
	}
	if i%5 == 0 {
		a := madeAttribute("tag", "team", fmt.Sprintf("team-%d", i%10), "unknown")
		a.Age, a.FirstSeen = AgeKnown, commits[i%len(commits)]
		p.Attributes = []RunAttribute{a}
	}
	p.Documents = []RunPolicyDocuments{
		m.documents("inline", "data", m.largeData(0, i, service, 0), m.largeData(1, i, service, 1+i%4)),
		m.documents("inline", "queues", m.largeQueues(0, i), m.largeQueues(1, i)),
		m.documents("managed", fmt.Sprintf("shared-%02d", i%20), largeShared(i%20, "rds:DescribeEvents"), largeShared(i%20, "")),
		m.documents("managed", fmt.Sprintf("shared-%02d", (i+7)%20), largeShared((i+7)%20, ""), largeShared((i+7)%20, "")),
		m.documents("trust", "", m.largeTrust(0, i), m.largeTrust(1, i)),
	}
	return p
}

func (m *runMaker) largeAccount(side int) (id, tag string) {
	a := []RunAccount{m.Accounts.A, m.Accounts.B}[side]
	return a.ID, a.Tag
}

// own is an ARN of an account; the rewriting of it is noted.
func (m *runMaker) own(side int, field, format string, i int) string {
	id, tag := m.largeAccount(side)
	value := fmt.Sprintf(format, id, i, tag)
	w := RunRewrite{field, value, fmt.Sprintf(format, "000000000000", i, "accountname")}
	if side == 0 {
		m.Rewrites.A = append(m.Rewrites.A, w)
	} else {
		m.Rewrites.B = append(m.Rewrites.B, w)
	}
	return `"` + value + `"`
}

func (m *runMaker) largeData(side, i int, service string, more int) string {
	actions := `"s3:GetObject","s3:ListBucket","s3:PutObject","kms:Decrypt"`
	for n := range more {
		actions += fmt.Sprintf(`,"%s:GetThing%d"`, service, n)
	}
	resources := ""
	for n := range 4 {
		resources += fmt.Sprintf(",%s", m.own(side, "arn", fmt.Sprintf("arn:aws:s3:::%%.0s%d-app-%%04d-%%s", n), i))
	}
	return `{"Version":"2012-10-17","Statement":[{"Sid":"Data","Effect":"Allow","Action":[` + actions + `],"Resource":[` + resources[1:] +
		`]},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
}

func (m *runMaker) largeQueues(side, i int) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:SendMessage","sqs:Receive*"],"Resource":` +
		m.own(side, "arn", "arn:aws:sqs:eu-west-1:%s:app-%04d-%s", i) + `}]}`
}

func (m *runMaker) largeTrust(side, i int) string {
	deployer := m.own(side, "principal", "arn:aws:iam::%s:role/deployer%.0d%.0s", i)
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":%s},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"app-%04d"}}}]}`, deployer, i)
}

func largeShared(i int, more string) string {
	if more != "" {
		more = `,"` + more + `"`
	}
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:Describe*","rds:DescribeDB*"%s],"Resource":"*"},{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:eu-west-1:111122223333:shared-%d"}]}`, more, i)
}

func TestHTMLOfManyRolesIsSmall(t *testing.T) {
	run := htmlLargeRun(5000)
	var b bytes.Buffer
	if err := HTML(&b, run); err != nil {
		t.Fatal(err)
	}
	t.Logf("5,000 differing roles: %.1f MB", float64(b.Len())/1e6)
	if b.Len() >= 20e6 {
		t.Errorf("5,000 differing roles take %d bytes, want less than 20 MB", b.Len())
	}
	if bytes.Contains(b.Bytes(), []byte("Not all of it is on this page")) {
		t.Error("5,000 common roles do not fit as a whole")
	}
}

func BenchmarkHTML(b *testing.B) {
	run := htmlLargeRun(5000)
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := HTML(&out, run); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(out.Len())/1e6, "MB")
}
