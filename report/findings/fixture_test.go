package findings_test

import (
	"strings"

	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/found"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// hostile is text as somebody who means ill might name a thing: it would end a cell, a
// code span, an element and a command, and turn what comes behind it.
const hostile = "=a|b`<b>*x*](http://x){0}]]>\x1b[31m\u202e##vso[x]&'\"\n::error::y"

func at(n int) *int { return &n }

func account(tag, id string) audited.Account {
	return audited.Account{Account: result.Account{Tag: tag, Source: "baseline/" + tag, ID: id, Partition: "aws"}, Roles: 3, Users: 1}
}

// whole is an audit with a finding of every kind.
func whole() *audited.Audit {
	a := &audited.Audit{
		Format: "iamctl-audit", Version: 1, Incomplete: true, ExitCode: result.ExitIncomplete,
		Meta:     audited.Meta{Iamctl: "1.0.0", Day: "2026-01-31", FailOn: "medium", Inputs: []result.Input{{Kind: result.InputConfig, Path: "audit.json", SHA256: strings.Repeat("0a", 32)}}},
		Accounts: []audited.Account{account("dev", "111111111111"), account("q"+hostile, "222222222222")},
		Rules: []found.Rule{
			{ID: "ADMIN", Severity: severity.Critical, Title: "who is administrator", Why: "whoever is may do everything", Source: `IAM User Guide, "Security best practices"`, Controls: []string{"CIS AWS Foundations 1.16"}},
			{ID: "IAM-057", Severity: severity.Medium, Title: "roles that let in an account which is neither the own nor a friendly one", Source: `IAM User Guide, "Access to AWS accounts owned by third parties"`},
			{ID: "IAM-071", Severity: severity.Medium, Title: "users with policies of their own", Source: `IAM User Guide, "IAM user groups"`},
			{ID: "QUIET", Severity: severity.Low, Title: "what is not found", Source: "nowhere"},
		},
		Counts: map[string]int{"critical": 1, "high": 1, "medium": 2, "low": 1, "none": 1},
		Gaps:   []result.Gap{{Account: "dev", Kind: "parse", Entity: "role", Name: "broken" + hostile, PolicyType: "trust", Blind: true, Reason: "unexpected end"}},
		Findings: bare([]found.Finding{
			{
				Rule: "ADMIN", Severity: severity.Critical, Account: "111111111111", Tag: "dev", Entity: "ci-deployer-of-the-platform-team-with-a-long-name", EntityType: "role",
				ARN: "arn:aws:iam::111111111111:role/ci-deployer-of-the-platform-team-with-a-long-name", Policy: "everything-that-a-deployer-might-ever-need", PolicyType: "inline", Statement: at(1), Sid: "Everything",
				Message: "the role may do everything on everything in the account, which nobody should be able to do outside of an emergency",
				Witness: &found.Request{Principal: "arn:aws:iam::111111111111:role/ci", Action: "iam:CreateUser", Resource: "*", Context: map[string]question.Values{"aws:SourceIp": {"10.0.0.1"}}},
				Fix:     "aws iam delete-role-policy --role-name ci-deployer-of-the-platform-team-with-a-long-name --policy-name everything-that-a-deployer-might-ever-need", Fingerprint: strings.Repeat("01", 16),
			},
			{Rule: "ADMIN", Severity: severity.High, Account: "222222222222", Tag: "q" + hostile, Entity: "r" + hostile, EntityType: "role", Policy: "p" + hostile, PolicyType: "managed", Statement: at(0), Sid: hostile, Message: "m " + hostile, Fix: "aws iam 'x" + hostile, FixChoice: true, Unknown: "u " + hostile, Fingerprint: strings.Repeat("02", 16)},
			{Rule: "IAM-057", Severity: severity.Medium, Account: "111111111111", Tag: "dev", Entity: "partner", EntityType: "role", Policy: "trust", PolicyType: "trust", Statement: at(0), Message: "the role lets in the unknown account 555555555555, without an external id", Witness: &found.Request{Principal: "arn:aws:iam::555555555555:role/x", Action: "sts:AssumeRole"}, Fingerprint: strings.Repeat("03", 16)},
			{Rule: "IAM-071", Severity: severity.Medium, Account: "111111111111", Tag: "dev", Entity: "jane", EntityType: "user", Message: "the user has policies of its own", Fix: "aws iam detach-user-policy --user-name jane\naws iam add-user-to-group --user-name jane --group-name '<GROUP>'", FixChoice: true, Fingerprint: strings.Repeat("04", 16)},
			{Rule: "IAM-071", Severity: severity.Low, Account: "111111111111", Tag: "dev", Entity: "account", EntityType: "account", Message: "x", Fix: "aws " + strings.Repeat("y", 2000), Fingerprint: strings.Repeat("05", 16)},
			{Rule: "IAM-071", Severity: severity.None, Account: "111111111111", Tag: "dev", Entity: "team", EntityType: "group", Message: strings.Repeat("word ", 400), Fingerprint: strings.Repeat("06", 16)},
		}),
	}
	a.Judge(&audited.Judgement{})
	return a
}

// marked is the whole audit held against an earlier one and against waivers: one finding
// is new, one worse, one accepted by a waiver and one by a rule.
func marked() *audited.Audit {
	a := whole()
	waiver := 0
	rule := 3
	a.Meta.Inputs = append(a.Meta.Inputs, result.Input{Kind: result.InputWaivers, Path: "waivers.json", SHA256: strings.Repeat("0b", 32)})
	j := &audited.Judgement{
		Marks: []result.Mark{{Age: result.AgeNew}, {Age: result.AgeKnown}, {Age: result.AgeKnown, Waiver: &waiver}, {Age: result.AgeNew, Waiver: &rule}, {Age: result.AgeKnown}, {Age: result.AgeNew}},
		Was:   []severity.Level{"", severity.Low, "", "", "", ""},
		News:  []bool{true, true, false, false, false, true},
		Since: "last" + hostile, Notes: []string{"the earlier audit did not ask ADMIN" + hostile + ": what is found by that counts as new"},
		Gone: []audited.Gone{{Rule: "IAM-057", Severity: severity.High, Account: "111111111111", Tag: "dev", Entity: "gone" + hostile, EntityType: "role", Message: "m" + hostile, Fingerprint: strings.Repeat("07", 16)}},
		Waivers: []result.Waiver{
			{Fingerprint: strings.Repeat("03", 16), Owner: "o" + hostile, Reason: "r" + hostile, Ticket: "T-1", Expires: "2027-01-31", State: result.WaiverUsed, Count: 1},
			{Fingerprint: strings.Repeat("01", 16), Owner: "o", Reason: "until January", Expires: "2026-01-30", State: result.WaiverExpired, Count: 1},
			{Fingerprint: strings.Repeat("08", 16), Owner: "o", Reason: "an old statement", Expires: "2027-01-31", State: result.WaiverUnmatched, Successor: strings.Repeat("02", 16)},
			{Role: "rule IAM-071 entity j*" + hostile, Reason: "known", State: result.WaiverUsed, Count: 1},
			{Role: "entity **x*", Reason: "wide", State: result.WaiverUsed, Wide: "it accepts all findings of this audit"},
		},
	}
	a.Meta.FailOn = "new,high"
	a.Judge(j)
	return a
}

// bare are findings of which nothing else is known.
func bare(list []found.Finding) []audited.Finding {
	out := make([]audited.Finding, len(list))
	for i := range list {
		out[i].Finding = list[i]
	}
	return out
}

// chain is an audit with a finding of two steps, the second by a role with a hostile name.
func chain() *audited.Audit {
	a := clean()
	a.Rules = []found.Rule{{ID: "ESCALATION-CHAIN", Severity: severity.Critical, Title: "who can become an administrator in several steps", Source: "nowhere"}}
	request := func(who, action, on string) *found.Request {
		return &found.Request{Principal: "arn:aws:iam::111111111111:" + who, Action: action, Resource: on}
	}
	first := request("user/ann", "sts:AssumeRole", "arn:aws:iam::111111111111:role/r")
	a.Findings = bare([]found.Finding{{
		Rule: "ESCALATION-CHAIN", Severity: severity.Critical, Account: "dev", Tag: "dev", Entity: "ann", EntityType: "user", ARN: "arn:aws:iam::111111111111:user/ann",
		Policy: "p", PolicyType: "inline", Statement: at(0), Message: "it becomes an administrator in 2 steps: it may assume the role r, then attach any policy to itself", Witness: first, Fingerprint: strings.Repeat("09", 16),
		Steps: []found.Step{
			{Entity: "ann", EntityType: "user", Message: "assume the role r", Witness: first},
			{Entity: "r" + hostile, EntityType: "role", Message: "attach any policy to itself " + hostile, Witness: request("role/r"+hostile, "iam:AttachRolePolicy", "*"), TrustOf: "t" + hostile},
		},
	}})
	a.Judge(&audited.Judgement{})
	return a
}

// clean is an audit of one account that found nothing.
func clean() *audited.Audit {
	return &audited.Audit{
		Format: "iamctl-audit", Version: 1, Meta: audited.Meta{Iamctl: "1.0.0", Day: "2026-01-31", FailOn: "medium"},
		Accounts: []audited.Account{account("dev", "")}, Counts: map[string]int{}, Gaps: []result.Gap{}, Findings: []audited.Finding{},
		Rules: []found.Rule{{ID: "QUIET", Severity: severity.Low, Title: "what is not found", Source: "nowhere"}},
	}
}
