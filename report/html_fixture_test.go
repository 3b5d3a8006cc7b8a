package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// runMaker makes runs by hand, as the comparison of two accounts would.
type runMaker struct {
	*Run
	texts map[string]int
}

func newRunMaker() *runMaker {
	return &runMaker{&Run{
		Format: "iamctl-diff", Version: 1,
		Accounts: Sides[RunAccount]{
			RunAccount{Tag: "dev", Source: "baseline/dev", ID: "111122223333", Partition: "aws", Alias: "company-dev"},
			RunAccount{Tag: "qa", Source: "qa", ID: "444455556666", Partition: "aws"},
		},
		Counts:     map[string]Sides[int]{},
		OutOfScope: []string{"service control policies (SCPs)", "resource control policies (RCPs)", "session policies", "resource policies"},
	}, map[string]int{}}
}

func (m *runMaker) document(text string) *int {
	at, ok := m.texts[text]
	if !ok {
		at = len(m.Documents)
		m.texts[text] = at
		m.Documents = append(m.Documents, RunDocument{text})
	}
	return &at
}

// documents are those of one policy; "" is none.
func (m *runMaker) documents(kind, name, a, b string) RunPolicyDocuments {
	d := RunPolicyDocuments{PolicyType: kind, PolicyName: name}
	if a != "" {
		d.A = m.document(a)
	}
	if b != "" {
		d.B = m.document(b)
	}
	return d
}

func madeFingerprint(parts ...any) string {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	return hex.EncodeToString(sum[:16])
}

// role is a role of an account; name has %s where the environment stands.
func (m *runMaker) role(side int, name string) RunRole {
	account := []RunAccount{m.Accounts.A, m.Accounts.B}[side]
	own, common := name, name
	if strings.Contains(name, "%s") {
		own, common = fmt.Sprintf(name, account.Tag), fmt.Sprintf(name, "accountname")
	}
	return RunRole{
		RoleName: common, Path: "/", OriginalRoleName: own, OriginalPath: "/",
		ARN: "arn:aws:iam::" + account.ID + ":role/" + own, RoleID: "AROA" + strings.ToUpper(madeFingerprint(side, name)[:17]),
	}
}

func (m *runMaker) pair(name string) RunPair {
	p := RunPair{Differs: true, A: m.role(0, name), B: m.role(1, name)}
	p.RoleName = p.A.RoleName
	return p
}

func madeItem(kind, name, effect, action, arn string) RunItem {
	service, short, _ := strings.Cut(action, ":")
	return RunItem{
		RunItemColumns: RunItemColumns{PolicyType: kind, PolicyName: name, Effect: effect, Service: service, Action: short, ARN: arn},
		Fingerprint:    madeFingerprint(kind, name, effect, action, arn),
	}
}

func madeAttribute(kind, key, a, b string) RunAttribute {
	return RunAttribute{
		Kind: kind, Key: key, Fingerprint: madeFingerprint(kind, key, a, b),
		A: RunValue{Has: a != "", Value: a, OriginalValue: a}, B: RunValue{Has: b != "", Value: b, OriginalValue: b},
	}
}

func pointerTo[T any](v T) *T { return &v }

var (
	madeCommit = &RunCommit{Hash: "9f2c7d1b0e4a5c6d7e8f90123456789abcdef012", Time: "2026-10-02T09:14:00+02:00", Author: "Ada Okafor", Subject: "Snapshot of 2 October"}
	madeOlder  = &RunCommit{Hash: "13be77aa0e4a5c6d7e8f90123456789abcdef012", Time: "2026-08-21T22:00:00Z", Author: "nightly", Subject: "Snapshot of 21 August", AtLeast: true}
)

const (
	trustLambda = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	ordersDev   = `{"Version":"2012-10-17","Statement":[{"Sid":"Queue","Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":"arn:aws:sqs:eu-west-1:111122223333:orders-dev"},{"Sid":"Archive","Effect":"Allow","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::orders-dev-archive/*"]},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},{"Sid":"Logs","Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:eu-west-1:111122223333:log-group:/orders/dev:*"}]}`
	ordersQA    = `{"Version":"2012-10-17","Statement":[{"Sid":"Logs","Effect":"Allow","Action":["logs:PutLogEvents","logs:CreateLogStream"],"Resource":"arn:aws:logs:eu-west-1:444455556666:log-group:/orders/qa:*"},{"Sid":"Archive","Effect":"Allow","Action":["s3:PutObject","s3:PutObjectAcl","s3:DeleteObject"],"Resource":["arn:aws:s3:::orders-dev-archive/*"]},{"Sid":"Queue","Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":"arn:aws:sqs:eu-west-1:444455556666:orders-qa"},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:securetransport":"false"}}}]}`
	trustCIDev  = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":"repo:example/orders:ref:refs/heads/main"}}}}`
	trustCIQA   = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":"repo:example/orders:*"}}}}`
	readOnlyDev = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:Describe*","rds:Describe*","s3:GetObject","s3:ListBucket"],"Resource":"*"}]}`
	readOnlyQA  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:Describe*","rds:Describe*","s3:GetObject","s3:ListBucket","secretsmanager:GetSecretValue"],"Resource":"*"}]}`
	boundaryDev = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":["iam:CreateUser","iam:CreateAccessKey"],"Resource":"*"}]}`
)

// htmlSampleRun has something of everything that a page shows.
func htmlSampleRun() *Run { return madeSample().Run }

// htmlHostileRun is the same, with hostile text wherever text may stand.
func htmlHostileRun() *Run {
	m := madeSample()
	all := strings.Join(hostileTexts, " ")
	m.CommonRoles = append(m.CommonRoles, m.sampleHostile())
	hostileRole := m.UniqueRoles.A[0]
	hostileRole.RoleName, hostileRole.Fingerprint, hostileRole.Age = all, all, all
	hostileRole.Attributes = []RunOwnAttribute{{Kind: all, Key: all, Value: all, OriginalKey: all, OriginalValue: "x"}}
	m.UniqueRoles.A = append(m.UniqueRoles.A, hostileRole)
	m.Accounts.A.Tag, m.Accounts.A.Source, m.Accounts.A.Alias, m.Accounts.B.ID = all, all, all, all
	m.Waivers = append(m.Waivers, RunWaiver{all, all, all, all, all, all, WaiverExpired, 1}, RunWaiver{State: all, Reason: all})
	m.Fixed = append(m.Fixed, RunFixed{Fingerprint: all, RoleName: all, Text: all, Side: all})
	m.Gaps = append(m.Gaps, RunGap{all, all, all, all, all, all, true, all, all})
	m.Notes, m.Ignored, m.OutOfScope = append(m.Notes, all), append(m.Ignored, all), append(m.OutOfScope, all)
	m.Rewrites.A = append(m.Rewrites.A, RunRewrite{all, all, all})
	m.Meta = RunMeta{all, all, all, all, all, all, all, all}
	m.Counts[all] = Sides[int]{1, 2}
	m.CommonRoles[3].Masked = append(m.CommonRoles[3].Masked, RunMasked{m.CommonRoles[len(m.CommonRoles)-1].OnlyA[0].RunItemColumns, all, all, nil, nil})
	return m.Run
}

func madeSample() *runMaker {
	m := newRunMaker()
	m.Drift, m.Incomplete = true, true
	m.Meta = RunMeta{
		Iamctl: "0.3.0 (go1.26.8)", Time: "2026-11-20T03:00:12Z", Dictionary: "equivalency_list.json",
		DictionarySHA256: strings.Repeat("a1b2c3d4", 8), Reference: "2026-09-26",
		Waivers: "waivers.json", WaiversSHA256: strings.Repeat("0f1e2d3c", 8), Since: "git:HEAD~30",
	}
	m.Waivers = []RunWaiver{
		{Fingerprint: madeFingerprint("inline", "queue", "Allow", "s3:PutObjectAcl", "arn:aws:s3:::orders-dev-archive/*"), Owner: "orders-team", Reason: "Needed until the archive moves", Ticket: "SEC-1042", Expires: "2027-01-31", State: WaiverUsed, Count: 1},
		{Fingerprint: madeFingerprint("maxsessionduration", "", "3600", "43200"), Owner: "platform", Reason: "Long restores in the spring exercise", Ticket: "SEC-981", Expires: "2026-06-30", State: WaiverExpired, Count: 1},
		{Role: "AWSServiceRoleFor*", Owner: "platform", Reason: "AWS makes these as they are needed", State: WaiverUsed, Count: 1},
		{Fingerprint: madeFingerprint("gone"), Owner: "data", Reason: "Export job", Expires: "2027-03-01", State: WaiverUnmatched},
	}
	m.Fixed = []RunFixed{
		{Fingerprint: madeFingerprint("fixed", 1), RoleName: "reports-accountname", Text: "inline reports: Allow s3:DeleteObject on arn:aws:s3:::reports-accountname/*", Side: "b"},
		{Fingerprint: madeFingerprint("fixed", 2), RoleName: "ci-deployer", Text: "description: \"Deploys\" -> \"Deploys everything\""},
	}
	m.Notes = []string{"dev: the account's alias could not be read", "not compared, because a source does not carry it: description"}
	m.Ignored = []string{"tag"}
	m.Rewrites = sampleRewrites()
	blind := RunGap{
		Account: "qa", Kind: "parse", Entity: "role", Name: "legacy-batch", PolicyType: "inline", PolicyName: "jobs", Blind: true,
		Reason: "line 1, column 2: found end of text", Raw: "{\xff\n\x1b[31m",
	}
	m.Gaps = []RunGap{{Account: "dev", Kind: "read", Entity: "user", Name: "bob", Reason: "access denied: iam:ListUserPolicies"}, blind}
	m.CommonRoles = []RunPair{
		m.sampleOrders(), m.sampleCI(), m.sampleBreakGlass(), m.sampleLegacy(blind), m.sampleSSO(),
		m.sampleReadOnly("analytics-%s"), m.sampleReadOnly("reports-%s"), m.sampleReadOnly("billing-export-%s"), m.sampleInSync("payments-%s"), m.sampleInSync("AwsSecurityAudit"),
	}
	m.sampleUniques()
	m.Counts["roles"], m.Counts["common_roles"] = Sides[int]{13, 14}, Sides[int]{11, 11}
	m.Counts["waived"], m.Counts["harvested_items"] = Sides[int]{1, 1}, Sides[int]{12340, 12566}
	return m
}

func sampleRewrites() Sides[[]RunRewrite] {
	var s Sides[[]RunRewrite]
	for _, f := range [][3]string{
		{"arn", "arn:aws:sqs:eu-west-1:%d:orders-%s", "arn:aws:sqs:eu-west-1:000000000000:orders-accountname"},
		{"arn", "arn:aws:logs:eu-west-1:%d:log-group:/orders/%s:*", "arn:aws:logs:eu-west-1:000000000000:log-group:/orders/accountname:*"},
		{"principal", "arn:aws:iam::%d:oidc-provider/token.actions.githubusercontent.com", "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com"},
	} {
		value := func(id int, tag string) string {
			if strings.Contains(f[1], "%s") {
				return fmt.Sprintf(f[1], id, tag)
			}
			return fmt.Sprintf(f[1], id)
		}
		s.A = append(s.A, RunRewrite{f[0], value(111122223333, "dev"), f[2]})
		s.B = append(s.B, RunRewrite{f[0], value(444455556666, "qa"), f[2]})
	}
	s.A = append(s.A, RunRewrite{"arn", "arn:aws:s3:::orders-dev-archive/*", "arn:aws:s3:::orders-accountname-archive/*"})
	return s
}

func (m *runMaker) sampleOrders() RunPair {
	p := m.pair("orders-worker-%s")
	dev := madeItem("inline", "queue", "Allow", "s3:PutObject", "arn:aws:s3:::orders-accountname-archive/*")
	dev.Originals = []RunItemColumns{{ARN: "arn:aws:s3:::orders-dev-archive/*"}}
	dev.Age, dev.FirstSeen = AgeKnown, madeOlder
	p.OnlyA = []RunItem{dev}
	for _, action := range []string{"s3:DeleteObject", "s3:PutObject", "s3:PutObjectAcl"} {
		it := madeItem("inline", "queue", "Allow", action, "arn:aws:s3:::orders-dev-archive/*")
		it.Names = []RunName{{Value: "dev", Owner: "dev", Expected: "arn:aws:s3:::orders-qa-archive/*"}}
		it.Age, it.FirstSeen = AgeKnown, madeOlder
		if action == "s3:DeleteObject" {
			it.Age, it.FirstSeen = AgeNew, madeCommit
		}
		if action == "s3:PutObjectAcl" {
			it.Waiver = pointerTo(0)
		}
		p.OnlyB = append(p.OnlyB, it)
	}
	p.Documents = []RunPolicyDocuments{m.documents("inline", "queue", ordersDev, ordersQA), m.documents("trust", "", trustLambda, trustLambda)}
	return p
}

func (m *runMaker) sampleCI() RunPair {
	p := m.pair("ci-deployer")
	for side, sub := range []string{"repo:example/orders:ref:refs/heads/main", "repo:example/orders:*"} {
		it := madeItem("trust", "", "Allow", "sts:AssumeRoleWithWebIdentity", "")
		it.Principal, it.PrincipalType = "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com", "Federated"
		it.Condition = `{"StringEquals":{"token.actions.githubusercontent.com:aud":["sts.amazonaws.com"]},"StringLike":{"token.actions.githubusercontent.com:sub":["` + sub + `"]}}`
		it.Originals = []RunItemColumns{{Principal: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}}
		it.Fingerprint, it.Age, it.FirstSeen = madeFingerprint(sub), AgeNew, madeCommit
		if side == 0 {
			p.OnlyA = append(p.OnlyA, it)
		} else {
			p.OnlyB = append(p.OnlyB, it)
		}
	}
	for _, action := range []string{"iam:CreateAccessKey", "iam:CreateUser"} {
		it := madeItem("boundary", "developer-boundary", "Deny", action, "*")
		it.Age = AgeKnown
		p.OnlyA = append(p.OnlyA, it)
	}
	a := madeAttribute("boundary", "", "arn:aws:iam::000000000000:policy/developer-boundary", "")
	a.A.OriginalValue, a.Age = "arn:aws:iam::111122223333:policy/developer-boundary", AgeKnown
	p.Attributes = []RunAttribute{a}
	p.Documents = []RunPolicyDocuments{
		m.documents("boundary", "developer-boundary", boundaryDev, ""), m.documents("trust", "", trustCIDev, trustCIQA),
	}
	return p
}

func (m *runMaker) sampleBreakGlass() RunPair {
	p := m.pair("break-glass")
	session := madeAttribute("maxsessionduration", "", "3600", "43200")
	session.Age, session.FirstSeen = AgeKnown, madeOlder
	tag := madeAttribute("tag", "owner", "security", "")
	tag.Age = AgeNew
	p.Attributes = []RunAttribute{session, tag}
	p.Documents = []RunPolicyDocuments{m.documents("trust", "", trustLambda, trustLambda)}
	return p
}

func (m *runMaker) sampleLegacy(blind RunGap) RunPair {
	p := m.pair("legacy-batch")
	p.Differs = false
	p.Blind = []RunGap{blind}
	p.Masked = []RunMasked{{
		RunItemColumns: madeItem("managed", "batch", "Allow", "batch:SubmitJob", "arn:aws:batch:eu-west-1:000000000000:job-queue/team").RunItemColumns,
		Value:          "team", Reason: "the value belongs to no known account and was rewritten on both sides",
		OriginalsA: []RunItemColumns{{ARN: "red"}}, OriginalsB: []RunItemColumns{{ARN: "green"}},
	}}
	return p
}

func (m *runMaker) sampleSSO() RunPair {
	p := m.pair("AWSReservedSSO_Operators_0123456789abcdef")
	p.B.RoleName, p.B.OriginalRoleName = "AWSReservedSSO_Operators_fedcba9876543210", "AWSReservedSSO_Operators_fedcba9876543210"
	p.Reason = "the names are equal without the suffix that Identity Center appends"
	p.OnlyB = []RunItem{madeItem("managed", "OperatorAccess", "Allow", "ssm:StartSession", "*")}
	p.OnlyB[0].Age = AgeKnown
	p.OnlyB[0].Note = "unknown action"
	p.Documents = []RunPolicyDocuments{m.documents("managed", "OperatorAccess", readOnlyDev, readOnlyQA)}
	return p
}

// hostileTexts are texts that must stay text.
var hostileTexts = []string{
	`<img src=x onerror="window.hacked=1">`, `</script><script>window.hacked=2</script>`, `javascript:window.hacked=3`,
	`"onmouseover="window.hacked=4" x="`, `'><svg/onload=window.hacked=5>`, "{{.}}${window.hacked=6}`", `</title></style></textarea><script>window.hacked=7</script>`,
	"\u202Egnp.exe\u2066", "\x1b[2J\x00\x07", "\u0085\u2028\u200b\ufeff", "\xff\xfe", `<!--<script>`, `]]>`, `&lt;script&gt;`,
}

func (m *runMaker) sampleHostile() RunPair {
	all := strings.Join(hostileTexts, " ")
	p := m.pair(`<img src=x onerror="window.hacked=1">`)
	p.Reason, p.A.OriginalRoleName, p.A.ARN, p.B.RoleID = all, all, "javascript:window.hacked=3", all
	it := madeItem(all, all, all, all+":"+all, all)
	it.Principal, it.PrincipalType, it.Condition, it.Negated, it.Statement, it.Note = all, all, all, all, all, all
	it.Originals = []RunItemColumns{{ARN: all, Condition: all}}
	it.Names = []RunName{{all, all, all}}
	it.Fingerprint = all
	it.FirstSeen = &RunCommit{Hash: all, Time: all, Author: all, Subject: all}
	p.OnlyA, p.OnlyB = []RunItem{it}, []RunItem{it}
	p.Attributes = []RunAttribute{madeAttribute("description", all, all, "")}
	p.Documents = []RunPolicyDocuments{
		m.documents("inline", all, `{"Version":"2012-10-17","Statement":[{"Sid":"</script><script>window.hacked=8</script>","Effect":"<img src=x onerror=window.hacked=9>","Action":"\u202E\u0000\u001b","Resource":"`+"\u202e"+`"}]}`, "no JSON\n"+all),
	}
	return p
}

func (m *runMaker) sampleReadOnly(name string) RunPair {
	p := m.pair(name)
	p.OnlyB = []RunItem{madeItem("managed", "read-only", "Allow", "secretsmanager:GetSecretValue", "*")}
	p.OnlyB[0].Age, p.OnlyB[0].FirstSeen = AgeNew, madeCommit
	p.Documents = []RunPolicyDocuments{m.documents("managed", "read-only", readOnlyDev, readOnlyQA), m.documents("trust", "", trustLambda, trustLambda)}
	return p
}

func (m *runMaker) sampleInSync(name string) RunPair {
	p := m.pair(name)
	p.Differs = false
	return p
}

func (m *runMaker) sampleUniques() {
	export := RunUnique{
		RunRole: m.role(0, "data-export-%s"), Fingerprint: madeFingerprint("data-export"), RunMark: RunMark{Age: AgeNew, FirstSeen: madeCommit},
		Attributes: []RunOwnAttribute{
			{Kind: "path", Value: "/", OriginalValue: "/"},
			{Kind: "description", Value: "Nightly export", OriginalValue: "Nightly export"},
			{Kind: "maxsessionduration", Unknown: true},
			{Kind: "tag", Key: "environment", Value: "accountname", OriginalKey: "environment", OriginalValue: "dev"},
		},
		Items: []RunItem{
			madeItem("inline", "export", "Allow", "s3:GetObject", "arn:aws:s3:::export-accountname/*"),
			madeItem("inline", "export", "Allow", "s3:PutObject", "arn:aws:s3:::export-accountname/*"),
			madeItem("inline", "export", "Allow", "kms:Decrypt", "*"),
		},
		Documents: []RunPolicyDocuments{m.documents("trust", "", trustLambda, "")},
	}
	ecs := RunUnique{
		RunRole: m.role(1, "AWSServiceRoleForECS"), Fingerprint: madeFingerprint("ecs"), RunMark: RunMark{Age: AgeKnown, Waiver: pointerTo(2)},
		Items: []RunItem{madeItem("trust", "", "Allow", "sts:AssumeRole", "")},
	}
	ecs.ServiceLinked = true
	admin := RunUnique{
		RunRole: m.role(1, "temp-admin"), Fingerprint: madeFingerprint("temp-admin"), RunMark: RunMark{Age: AgeNew, FirstSeen: madeCommit},
		Items: []RunItem{madeItem("managed", "AdministratorAccess", "Allow", "*:*", "*")},
	}
	m.UniqueRoles = Sides[[]RunUnique]{A: []RunUnique{export}, B: []RunUnique{ecs, admin}}
}
