package html

import (
	"fmt"
	"strings"

	"iamctl/result"
)

// sampleResult has something of everything that a page shows.
func sampleResult() *result.Result { return madeSample().Result }

func madeSample() *maker {
	m := newMaker()
	m.Drift, m.Incomplete = true, true
	m.Meta = result.Meta{
		Iamctl: "0.3.0 (go1.26.8)", Time: "2026-11-20T03:00:12Z", Dictionary: "equivalency_list.json",
		DictionarySHA256: strings.Repeat("a1b2c3d4", 8), Reference: "2026-09-26",
		Waivers: "waivers.json", WaiversSHA256: strings.Repeat("0f1e2d3c", 8), Since: "git:HEAD~30",
	}
	m.Entries = []result.Entry{{Number: 0, Placeholder: "000000000000", Items: 3}, {Number: 1, Placeholder: "accountname", Items: 1234, Attributes: 2, Names: 1}}
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

func (m *maker) sampleOrders() result.Pair {
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

func (m *maker) sampleCI() result.Pair {
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

func (m *maker) sampleBreakGlass() result.Pair {
	p := m.pair("break-glass")
	session := madeAttribute("maxsessionduration", "", "3600", "43200")
	session.Age, session.FirstSeen = result.AgeKnown, madeOlder
	tag := madeAttribute("tag", "owner", "security", "")
	tag.Age = result.AgeNew
	p.Attributes = []result.Attribute{session, tag}
	p.Documents = []result.PolicyDocuments{m.documents("trust", "", trustLambda, trustLambda)}
	return p
}

func (m *maker) sampleLegacy(blind result.Gap) result.Pair {
	p := m.pair("legacy-batch")
	p.Differs = false
	p.Blind = []result.Gap{blind}
	p.Masked = result.NewMaskedItems([]result.MaskedItem{{
		Columns: madeItem("managed", "batch", "Allow", "batch:SubmitJob", "arn:aws:batch:eu-west-1:000000000000:job-queue/team").Columns,
		Value:   "team", Reason: "the value belongs to no known account and was rewritten on both sides",
		OriginalsA: []result.Columns{{ARN: "red"}}, OriginalsB: []result.Columns{{ARN: "green"}},
	}})
	p.MaskedAttributes = []result.MaskedAttribute{{
		Kind: "tag", Key: "colour", Text: "team", A: result.MaskedValue{OriginalKey: "colour", OriginalValue: "red"},
		B: result.MaskedValue{OriginalKey: "colour", OriginalValue: "green"}, Value: "team", Reason: "the value belongs to no known account",
	}}
	return p
}

func (m *maker) sampleSSO() result.Pair {
	p := m.pair("AWSReservedSSO_Operators_0123456789abcdef")
	p.B.RoleName, p.B.OriginalRoleName = "AWSReservedSSO_Operators_fedcba9876543210", "AWSReservedSSO_Operators_fedcba9876543210"
	p.Reason = "the names are equal without the suffix that Identity Center appends"
	it := madeItem("managed", "OperatorAccess", "Allow", "ssm:StartSession", "*")
	it.Age, it.Note = result.AgeKnown, "unknown action"
	p.OnlyB = result.NewItems([]result.Item{it})
	p.Documents = []result.PolicyDocuments{m.documents("managed", "OperatorAccess", readOnlyDev, readOnlyQA)}
	return p
}

func (m *maker) sampleReadOnly(name string) result.Pair {
	p := m.pair(name)
	it := madeItem("managed", "read-only", "Allow", "secretsmanager:GetSecretValue", "*")
	it.Age, it.FirstSeen = result.AgeNew, madeCommit
	p.OnlyB = result.NewItems([]result.Item{it})
	p.Documents = []result.PolicyDocuments{m.documents("managed", "read-only", readOnlyDev, readOnlyQA), m.documents("trust", "", trustLambda, trustLambda)}
	return p
}

func (m *maker) sampleInSync(name string) result.Pair {
	p := m.pair(name)
	p.Differs = false
	return p
}

func (m *maker) sampleUniques() {
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
