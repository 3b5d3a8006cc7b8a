package html

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"iamctl/result"
)

// runMaker makes runs by hand, as the comparison of two accounts would.
type runMaker struct {
	*result.Result
	texts map[string]int
}

func newRunMaker() *runMaker {
	return &runMaker{&result.Result{
		Format: "iamctl-diff", Version: 1,
		Accounts: result.Sides[result.Account]{
			A: result.Account{Tag: "dev", Source: "baseline/dev", ID: "111122223333", Partition: "aws", Alias: "company-dev"},
			B: result.Account{Tag: "qa", Source: "qa", ID: "444455556666", Partition: "aws"},
		},
		Counts:     map[string]result.Sides[int]{},
		OutOfScope: []string{"service control policies (SCPs)", "resource control policies (RCPs)", "session policies", "resource policies"},
	}, map[string]int{}}
}

func (m *runMaker) document(text string) *int {
	at, ok := m.texts[text]
	if !ok {
		at = len(m.Documents)
		m.texts[text] = at
		m.Documents = append(m.Documents, result.Document{Text: text})
	}
	return &at
}

// documents are those of one policy; "" is none.
func (m *runMaker) documents(kind, name, a, b string) result.PolicyDocuments {
	d := result.PolicyDocuments{PolicyType: kind, PolicyName: name}
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
func (m *runMaker) role(side int, name string) result.Role {
	account := []result.Account{m.Accounts.A, m.Accounts.B}[side]
	own, common := name, name
	if strings.Contains(name, "%s") {
		own, common = fmt.Sprintf(name, account.Tag), fmt.Sprintf(name, "accountname")
	}
	return result.Role{
		RoleName: common, Path: "/", OriginalRoleName: own, OriginalPath: "/",
		ARN: "arn:aws:iam::" + account.ID + ":role/" + own, RoleID: "AROA" + strings.ToUpper(madeFingerprint(side, name)[:17]),
	}
}

func (m *runMaker) pair(name string) result.Pair {
	p := result.Pair{Differs: true, A: m.role(0, name), B: m.role(1, name)}
	p.RoleName = p.A.RoleName
	return p
}

func madeItem(kind, name, effect, action, arn string) result.Item {
	service, short, _ := strings.Cut(action, ":")
	return result.Item{
		Columns:     result.Columns{PolicyType: kind, PolicyName: name, Effect: effect, Service: service, Action: short, ARN: arn},
		Fingerprint: madeFingerprint(kind, name, effect, action, arn),
	}
}

func madeAttribute(kind, key, a, b string) result.Attribute {
	return result.Attribute{
		Kind: kind, Key: key, Fingerprint: madeFingerprint(kind, key, a, b),
		A: result.Value{Has: a != "", Value: a, OriginalValue: a}, B: result.Value{Has: b != "", Value: b, OriginalValue: b},
	}
}

func pointerTo[T any](v T) *T { return &v }

var (
	madeCommit = &result.Commit{Hash: "9f2c7d1b0e4a5c6d7e8f90123456789abcdef012", Time: "2026-10-02T09:14:00+02:00", Author: "Ada Okafor", Subject: "Snapshot of 2 October"}
	madeOlder  = &result.Commit{Hash: "13be77aa0e4a5c6d7e8f90123456789abcdef012", Time: "2026-08-21T22:00:00Z", Author: "nightly", Subject: "Snapshot of 21 August", AtLeast: true}
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
func htmlSampleRun() *result.Result { return madeSample().Result }

// htmlHostileRun is the same, with hostile text wherever text may stand.
func htmlHostileRun() *result.Result {
	m := madeSample()
	all := strings.Join(hostileTexts, " ")
	m.CommonRoles = append(m.CommonRoles, m.sampleHostile())
	hostileRole := m.UniqueRoles.A[0]
	hostileRole.RoleName, hostileRole.Fingerprint, hostileRole.Age = all, all, all
	hostileRole.Attributes = []result.OwnAttribute{{Kind: all, Key: all, Value: all, OriginalKey: all, OriginalValue: "x"}}
	m.UniqueRoles.A = append(m.UniqueRoles.A, hostileRole)
	m.Accounts.A.Tag, m.Accounts.A.Source, m.Accounts.A.Alias, m.Accounts.B.ID = all, all, all, all
	m.Waivers = append(m.Waivers, result.Waiver{
		Fingerprint: all, Role: all, Owner: all, Reason: all, Ticket: all, Expires: all, State: result.WaiverExpired, Count: 1,
	}, result.Waiver{State: all, Reason: all})
	m.Fixed = append(m.Fixed, result.Fixed{Fingerprint: all, RoleName: all, Text: all, Side: all})
	m.Gaps = append(m.Gaps, result.Gap{
		Account: all, Kind: all, Entity: all, Name: all, PolicyType: all, PolicyName: all, Blind: true, Reason: all, Raw: all,
	})
	m.Notes, m.Ignored, m.OutOfScope = append(m.Notes, all), append(m.Ignored, all), append(m.OutOfScope, all)
	m.Rewrites.A = append(m.Rewrites.A, result.Rewrite{Field: all, Before: all, After: all})
	m.Meta = result.Meta{
		Iamctl: all, Time: all, Dictionary: all, DictionarySHA256: all, Reference: all, Waivers: all, WaiversSHA256: all, Since: all,
	}
	m.Counts[all] = result.Sides[int]{A: 1, B: 2}
	masked := slices.Collect(m.CommonRoles[3].Masked.All())
	masked = append(masked, result.MaskedItem{Columns: hostileItem().Columns, Value: all, Reason: all})
	m.CommonRoles[3].Masked = result.NewMaskedItems(masked)
	return m.Result
}

func madeSample() *runMaker {
	m := newRunMaker()
	m.Drift, m.Incomplete = true, true
	m.Meta = result.Meta{
		Iamctl: "0.3.0 (go1.26.8)", Time: "2026-11-20T03:00:12Z", Dictionary: "equivalency_list.json",
		DictionarySHA256: strings.Repeat("a1b2c3d4", 8), Reference: "2026-09-26",
		Waivers: "waivers.json", WaiversSHA256: strings.Repeat("0f1e2d3c", 8), Since: "git:HEAD~30",
	}
	m.Waivers = []result.Waiver{
		{Fingerprint: madeFingerprint("inline", "queue", "Allow", "s3:PutObjectAcl", "arn:aws:s3:::orders-dev-archive/*"), Owner: "orders-team", Reason: "Needed until the archive moves", Ticket: "SEC-1042", Expires: "2027-01-31", State: result.WaiverUsed, Count: 1},
		{Fingerprint: madeFingerprint("maxsessionduration", "", "3600", "43200"), Owner: "platform", Reason: "Long restores in the spring exercise", Ticket: "SEC-981", Expires: "2026-06-30", State: result.WaiverExpired, Count: 1},
		{Role: "AWSServiceRoleFor*", Owner: "platform", Reason: "AWS makes these as they are needed", State: result.WaiverUsed, Count: 1},
		{Fingerprint: madeFingerprint("gone"), Owner: "data", Reason: "Export job", Expires: "2027-03-01", State: result.WaiverUnmatched},
	}
	m.Fixed = []result.Fixed{
		{Fingerprint: madeFingerprint("fixed", 1), RoleName: "reports-accountname", Text: "inline reports: Allow s3:DeleteObject on arn:aws:s3:::reports-accountname/*", Side: "b"},
		{Fingerprint: madeFingerprint("fixed", 2), RoleName: "ci-deployer", Text: "description: \"Deploys\" -> \"Deploys everything\""},
	}
	m.Notes = []string{"dev: the account's alias could not be read", "not compared, because a source does not carry it: description"}
	m.Ignored = []string{"tag"}
	m.Rewrites = sampleRewrites()
	blind := result.Gap{
		Account: "qa", Kind: "parse", Entity: "role", Name: "legacy-batch", PolicyType: "inline", PolicyName: "jobs", Blind: true,
		Reason: "line 1, column 2: found end of text", Raw: "{\xff\n\x1b[31m",
	}
	m.Gaps = []result.Gap{{Account: "dev", Kind: "read", Entity: "user", Name: "bob", Reason: "access denied: iam:ListUserPolicies"}, blind}
	m.CommonRoles = []result.Pair{
		m.sampleOrders(), m.sampleCI(), m.sampleBreakGlass(), m.sampleLegacy(blind), m.sampleSSO(),
		m.sampleReadOnly("analytics-%s"), m.sampleReadOnly("reports-%s"), m.sampleReadOnly("billing-export-%s"), m.sampleInSync("payments-%s"), m.sampleInSync("AwsSecurityAudit"),
	}
	m.sampleUniques()
	m.Counts["roles"], m.Counts["common_roles"] = result.Sides[int]{A: 13, B: 14}, result.Sides[int]{A: 11, B: 11}
	m.Counts["waived"], m.Counts["harvested_items"] = result.Sides[int]{A: 1, B: 1}, result.Sides[int]{A: 12340, B: 12566}
	return m
}

func sampleRewrites() result.Sides[[]result.Rewrite] {
	var s result.Sides[[]result.Rewrite]
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
		s.A = append(s.A, result.Rewrite{Field: f[0], Before: value(111122223333, "dev"), After: f[2]})
		s.B = append(s.B, result.Rewrite{Field: f[0], Before: value(444455556666, "qa"), After: f[2]})
	}
	s.A = append(s.A, result.Rewrite{
		Field: "arn", Before: "arn:aws:s3:::orders-dev-archive/*", After: "arn:aws:s3:::orders-accountname-archive/*",
	})
	return s
}

func (m *runMaker) sampleOrders() result.Pair {
	p := m.pair("orders-worker-%s")
	dev := madeItem("inline", "queue", "Allow", "s3:PutObject", "arn:aws:s3:::orders-accountname-archive/*")
	dev.Originals = []result.Columns{{ARN: "arn:aws:s3:::orders-dev-archive/*"}}
	dev.Age, dev.FirstSeen = result.AgeKnown, madeOlder
	p.OnlyA = result.NewItems([]result.Item{dev})
	var qa []result.Item
	for _, action := range []string{"s3:DeleteObject", "s3:PutObject", "s3:PutObjectAcl"} {
		it := madeItem("inline", "queue", "Allow", action, "arn:aws:s3:::orders-dev-archive/*")
		it.Names = []result.Name{{Value: "dev", Owner: "dev", Expected: "arn:aws:s3:::orders-qa-archive/*"}}
		it.Age, it.FirstSeen = result.AgeKnown, madeOlder
		if action == "s3:DeleteObject" {
			it.Age, it.FirstSeen = result.AgeNew, madeCommit
		}
		if action == "s3:PutObjectAcl" {
			it.Waiver = pointerTo(0)
		}
		qa = append(qa, it)
	}
	p.OnlyB = result.NewItems(qa)
	p.Documents = []result.PolicyDocuments{m.documents("inline", "queue", ordersDev, ordersQA), m.documents("trust", "", trustLambda, trustLambda)}
	return p
}

func (m *runMaker) sampleCI() result.Pair {
	p := m.pair("ci-deployer")
	var only [2][]result.Item
	for side, sub := range []string{"repo:example/orders:ref:refs/heads/main", "repo:example/orders:*"} {
		it := madeItem("trust", "", "Allow", "sts:AssumeRoleWithWebIdentity", "")
		it.Principal, it.PrincipalType = "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com", "Federated"
		it.Condition = `{"StringEquals":{"token.actions.githubusercontent.com:aud":["sts.amazonaws.com"]},"StringLike":{"token.actions.githubusercontent.com:sub":["` + sub + `"]}}`
		it.Originals = []result.Columns{{Principal: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}}
		it.Fingerprint, it.Age, it.FirstSeen = madeFingerprint(sub), result.AgeNew, madeCommit
		only[side] = append(only[side], it)
	}
	for _, action := range []string{"iam:CreateAccessKey", "iam:CreateUser"} {
		it := madeItem("boundary", "developer-boundary", "Deny", action, "*")
		it.Age = result.AgeKnown
		only[0] = append(only[0], it)
	}
	p.OnlyA, p.OnlyB = result.NewItems(only[0]), result.NewItems(only[1])
	a := madeAttribute("boundary", "", "arn:aws:iam::000000000000:policy/developer-boundary", "")
	a.A.OriginalValue, a.Age = "arn:aws:iam::111122223333:policy/developer-boundary", result.AgeKnown
	p.Attributes = []result.Attribute{a}
	p.Documents = []result.PolicyDocuments{
		m.documents("boundary", "developer-boundary", boundaryDev, ""), m.documents("trust", "", trustCIDev, trustCIQA),
	}
	return p
}

func (m *runMaker) sampleBreakGlass() result.Pair {
	p := m.pair("break-glass")
	session := madeAttribute("maxsessionduration", "", "3600", "43200")
	session.Age, session.FirstSeen = result.AgeKnown, madeOlder
	tag := madeAttribute("tag", "owner", "security", "")
	tag.Age = result.AgeNew
	p.Attributes = []result.Attribute{session, tag}
	p.Documents = []result.PolicyDocuments{m.documents("trust", "", trustLambda, trustLambda)}
	return p
}

func (m *runMaker) sampleLegacy(blind result.Gap) result.Pair {
	p := m.pair("legacy-batch")
	p.Differs = false
	p.Blind = []result.Gap{blind}
	p.Masked = result.NewMaskedItems([]result.MaskedItem{{
		Columns: madeItem("managed", "batch", "Allow", "batch:SubmitJob", "arn:aws:batch:eu-west-1:000000000000:job-queue/team").Columns,
		Value:   "team", Reason: "the value belongs to no known account and was rewritten on both sides",
		OriginalsA: []result.Columns{{ARN: "red"}}, OriginalsB: []result.Columns{{ARN: "green"}},
	}})
	return p
}

func (m *runMaker) sampleSSO() result.Pair {
	p := m.pair("AWSReservedSSO_Operators_0123456789abcdef")
	p.B.RoleName, p.B.OriginalRoleName = "AWSReservedSSO_Operators_fedcba9876543210", "AWSReservedSSO_Operators_fedcba9876543210"
	p.Reason = "the names are equal without the suffix that Identity Center appends"
	it := madeItem("managed", "OperatorAccess", "Allow", "ssm:StartSession", "*")
	it.Age, it.Note = result.AgeKnown, "unknown action"
	p.OnlyB = result.NewItems([]result.Item{it})
	p.Documents = []result.PolicyDocuments{m.documents("managed", "OperatorAccess", readOnlyDev, readOnlyQA)}
	return p
}

// hostileTexts are texts that must stay text.
var hostileTexts = []string{
	`<img src=x onerror="window.hacked=1">`, `</script><script>window.hacked=2</script>`, `javascript:window.hacked=3`,
	`"onmouseover="window.hacked=4" x="`, `'><svg/onload=window.hacked=5>`, "{{.}}${window.hacked=6}`", `</title></style></textarea><script>window.hacked=7</script>`,
	"\u202Egnp.exe\u2066", "\x1b[2J\x00\x07", "\u0085\u2028\u200b\ufeff", "\xff\xfe", `<!--<script>`, `]]>`, `&lt;script&gt;`,
}

func hostileItem() result.Item {
	all := strings.Join(hostileTexts, " ")
	it := madeItem(all, all, all, all+":"+all, all)
	it.Principal, it.PrincipalType, it.Condition, it.Negated, it.Statement, it.Note = all, all, all, all, all, all
	it.Originals = []result.Columns{{ARN: all, Condition: all}}
	it.Names = []result.Name{{Value: all, Owner: all, Expected: all}}
	it.Fingerprint = all
	it.FirstSeen = &result.Commit{Hash: all, Time: all, Author: all, Subject: all}
	return it
}

func (m *runMaker) sampleHostile() result.Pair {
	all := strings.Join(hostileTexts, " ")
	p := m.pair(`<img src=x onerror="window.hacked=1">`)
	p.Reason, p.A.OriginalRoleName, p.A.ARN, p.B.RoleID = all, all, "javascript:window.hacked=3", all
	it := hostileItem()
	p.OnlyA, p.OnlyB = result.NewItems([]result.Item{it}), result.NewItems([]result.Item{it})
	p.Attributes = []result.Attribute{madeAttribute("description", all, all, "")}
	p.Documents = []result.PolicyDocuments{
		m.documents("inline", all, `{"Version":"2012-10-17","Statement":[{"Sid":"</script><script>window.hacked=8</script>","Effect":"<img src=x onerror=window.hacked=9>","Action":"\u202E\u0000\u001b","Resource":"`+"\u202e"+`"}]}`, "no JSON\n"+all),
	}
	return p
}

func (m *runMaker) sampleReadOnly(name string) result.Pair {
	p := m.pair(name)
	it := madeItem("managed", "read-only", "Allow", "secretsmanager:GetSecretValue", "*")
	it.Age, it.FirstSeen = result.AgeNew, madeCommit
	p.OnlyB = result.NewItems([]result.Item{it})
	p.Documents = []result.PolicyDocuments{m.documents("managed", "read-only", readOnlyDev, readOnlyQA), m.documents("trust", "", trustLambda, trustLambda)}
	return p
}

func (m *runMaker) sampleInSync(name string) result.Pair {
	p := m.pair(name)
	p.Differs = false
	return p
}

func (m *runMaker) sampleUniques() {
	export := result.Unique{
		Role: m.role(0, "data-export-%s"), Fingerprint: madeFingerprint("data-export"), Mark: result.Mark{Age: result.AgeNew, FirstSeen: madeCommit},
		Attributes: []result.OwnAttribute{
			{Kind: "path", Value: "/", OriginalValue: "/"},
			{Kind: "description", Value: "Nightly export", OriginalValue: "Nightly export"},
			{Kind: "maxsessionduration", Unknown: true},
			{Kind: "tag", Key: "environment", Value: "accountname", OriginalKey: "environment", OriginalValue: "dev"},
		},
		Items: result.NewItems([]result.Item{
			madeItem("inline", "export", "Allow", "s3:GetObject", "arn:aws:s3:::export-accountname/*"),
			madeItem("inline", "export", "Allow", "s3:PutObject", "arn:aws:s3:::export-accountname/*"),
			madeItem("inline", "export", "Allow", "kms:Decrypt", "*"),
		}),
		Documents: []result.PolicyDocuments{m.documents("trust", "", trustLambda, "")},
	}
	ecs := result.Unique{
		Role: m.role(1, "AWSServiceRoleForECS"), Fingerprint: madeFingerprint("ecs"), Mark: result.Mark{Age: result.AgeKnown, Waiver: pointerTo(2)},
		Items: result.NewItems([]result.Item{madeItem("trust", "", "Allow", "sts:AssumeRole", "")}),
	}
	ecs.ServiceLinked = true
	admin := result.Unique{
		Role: m.role(1, "temp-admin"), Fingerprint: madeFingerprint("temp-admin"), Mark: result.Mark{Age: result.AgeNew, FirstSeen: madeCommit},
		Items: result.NewItems([]result.Item{madeItem("managed", "AdministratorAccess", "Allow", "*:*", "*")}),
	}
	m.UniqueRoles = result.Sides[[]result.Unique]{A: []result.Unique{export}, B: []result.Unique{ecs, admin}}
}
