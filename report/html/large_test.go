package html

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"iamctl/internal/raced"
	"iamctl/result"
)

// largeResult has so many common roles that differ, as accounts have them:
// each with a trust policy and two inline policies of its own, with names of
// the environment and account ids that are rewritten, and with two of twenty
// managed policies that all share.
func largeResult(roles int) *result.Result {
	m := newMaker()
	m.Drift = true
	m.Meta = result.Meta{Iamctl: "0.3.0", Reference: "2026-09-26", Since: "git:HEAD~30"}
	commits := make([]*result.Commit, 60)
	for i := range commits {
		commits[i] = &result.Commit{
			Hash: madeFingerprint("commit", i) + "01234567", Time: fmt.Sprintf("2026-%02d-%02dT02:00:00Z", i%9+1, i%28+1),
			Author: "nightly", Subject: fmt.Sprintf("Snapshot %d", i),
		}
	}
	m.Waivers = []result.Waiver{{Role: "app-00*", Owner: "platform", Reason: "Moves next quarter", Expires: "2027-01-31", State: result.WaiverUsed, Count: 100}}
	for i := range roles {
		m.CommonRoles = append(m.CommonRoles, m.largeRole(i, commits))
	}
	return m.Result
}

func (m *maker) largeRole(i int, commits []*result.Commit) result.Pair {
	p := m.pair(fmt.Sprintf("app-%04d-%%s", i))
	services := []string{"s3", "sqs", "dynamodb", "kms", "logs", "secretsmanager", "ec2", "sns", "lambda", "iam", "ssm", "sts", "rds", "glue", "athena"}
	service := services[i*7%len(services)]
	arn := fmt.Sprintf("arn:aws:%s:eu-west-1:000000000000:app-%04d-accountname/*", service, i)
	var only [2][]result.Item
	for n := range 1 + i%4 {
		it := madeItem("inline", "data", "Allow", fmt.Sprintf("%s:GetThing%d", service, n), arn)
		it.Originals = []result.Columns{{ARN: fmt.Sprintf("arn:aws:%s:eu-west-1:444455556666:app-%04d-qa/*", service, i)}}
		it.Age, it.FirstSeen = result.AgeKnown, commits[i%len(commits)]
		if i%11 == 0 {
			it.Age = result.AgeNew
		}
		if i < 100 {
			it.Waiver = pointerTo(0)
		}
		only[1] = append(only[1], it)
	}
	if i%3 == 0 {
		it := madeItem("managed", fmt.Sprintf("shared-%02d", i%20), "Allow", "rds:DescribeEvents", "*")
		it.Age, it.FirstSeen = result.AgeKnown, commits[i%len(commits)]
		only[0] = append(only[0], it)
	}
	p.OnlyA, p.OnlyB = result.NewItems(only[0]), result.NewItems(only[1])
	if i%5 == 0 {
		a := madeAttribute("tag", "team", fmt.Sprintf("team-%d", i%10), "unknown")
		a.Age, a.FirstSeen = result.AgeKnown, commits[i%len(commits)]
		p.Attributes = []result.Attribute{a}
	}
	p.Documents = []result.PolicyDocuments{
		m.documents("inline", "data", m.largeData(0, i, service, 0), m.largeData(1, i, service, 1+i%4)),
		m.documents("inline", "queues", m.largeQueues(0, i), m.largeQueues(1, i)),
		m.documents("managed", fmt.Sprintf("shared-%02d", i%20), largeShared(i%20, "rds:DescribeEvents"), largeShared(i%20, "")),
		m.documents("managed", fmt.Sprintf("shared-%02d", (i+7)%20), largeShared((i+7)%20, ""), largeShared((i+7)%20, "")),
		m.documents("trust", "", m.largeTrust(0, i), m.largeTrust(1, i)),
	}
	return p
}

// own is an ARN of an account; the rewriting of it is noted.
func (m *maker) own(side int, field, format string, i int) string {
	account, rewrites := m.Accounts.Of(side), m.Rewrites.Of(side)
	value := fmt.Sprintf(format, account.ID, i, account.Tag)
	*rewrites = append(*rewrites, result.Rewrite{Field: field, Before: value, After: fmt.Sprintf(format, "000000000000", i, "accountname")})
	return `"` + value + `"`
}

func (m *maker) largeData(side, i int, service string, more int) string {
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

func (m *maker) largeQueues(side, i int) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:SendMessage","sqs:Receive*"],"Resource":` +
		m.own(side, "arn", "arn:aws:sqs:eu-west-1:%s:app-%04d-%s", i) + `}]}`
}

func (m *maker) largeTrust(side, i int) string {
	deployer := m.own(side, "principal", "arn:aws:iam::%s:role/deployer%.0d%.0s", i)
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":%s},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"app-%04d"}}}]}`, deployer, i)
}

func largeShared(i int, more string) string {
	if more != "" {
		more = `,"` + more + `"`
	}
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:Describe*","rds:DescribeDB*"%s],"Resource":"*"},{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:eu-west-1:111122223333:shared-%d"}]}`, more, i)
}

// heavyResult is the same with much more of everything: hundreds of items for
// some roles, large documents of their own for all.
func heavyResult(roles int) *result.Result {
	r := largeResult(roles)
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		more, fingerprint := p.OnlyA.First(1), p.OnlyB.First(1)[0].Fingerprint
		for n := range 20 + i%7*40 {
			it := madeItem("inline", "data", "Allow", fmt.Sprintf("dynamodb:Action%d", n), fmt.Sprintf("arn:aws:dynamodb:*:000000000000:table/%d", n%5))
			it.Fingerprint = fingerprint
			more = append(more, it)
		}
		p.OnlyA = result.NewItems(more)
		for n, d := range p.Documents[:2] {
			for side, at := range []*int{d.A, d.B} {
				doc := &r.Documents[*at].Text
				if more := fmt.Sprintf(`,"Id":"%d %d %s"}`, side, n, strings.Repeat("x", 2000+i%500)); strings.HasSuffix(*doc, "]}") {
					*doc = (*doc)[:len(*doc)-1] + more
				}
			}
		}
	}
	return r
}

// TestPageOfManyRolesIsSmall looks at a tenth of 5,000 roles with a tenth of
// the room: what roles take grows no faster than their number.
func TestPageOfManyRolesIsSmall(t *testing.T) {
	raced.Skip(t, "pages of 500 roles")
	if testing.Short() {
		t.Skip("left out: -short: 500 roles with all that differs")
	}
	const roles, room = 500, 2_000_000
	tenth := limits{page: defaultLimits.page / 10, list: defaultLimits.list}
	for _, row := range []struct {
		reason string
		run    *result.Result
		whole  bool
	}{
		{"roles that differ as roles do: nothing that differs is left out", largeResult(roles), true},
		{"with much more of everything, what does not fit is counted", heavyResult(roles), false},
	} {
		var page bytes.Buffer
		if err := write(&page, row.run, tenth); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %.1f MB", row.reason, float64(page.Len())/1e6)
		if page.Len() >= room {
			t.Errorf("%s: %d bytes, want less than %d", row.reason, page.Len(), room)
		}
		if whole := isWhole(page.Bytes()); whole != row.whole {
			t.Errorf("%s: in full is %t", row.reason, whole)
		}
	}
}

// TestPageOf5000RolesIsSmall holds the page to what the documentation says.
func TestPageOf5000RolesIsSmall(t *testing.T) {
	raced.Skip(t, "a page of 5,000 roles")
	if testing.Short() {
		t.Skip("left out: 5,000 roles take seconds")
	}
	if page := pageOf(t, largeResult(5000)); len(page) >= 20e6 || !isWhole(page) {
		t.Errorf("%d bytes, in full is %t, want less than 20 MB in full", len(page), isWhole(page))
	}
}

func isWhole(page []byte) bool { return !bytes.Contains(page, []byte("Not all of it is on this page")) }

func BenchmarkWrite(b *testing.B) {
	run := largeResult(5000)
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := Write(&out, run); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(out.Len())/1e6, "MB")
}
