// Package matrixtest makes comparisons of many accounts for tests.
package matrixtest

import (
	"fmt"

	"iamctl/internal/driftkind"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// Hostile is a name that means ill to a terminal, a CSV, a page, a CI's log, Markdown and XML.
const Hostile = "=a|b`<b>*x*](http://x){0}]]>\x1b[31m\u202e##vso[x]&'\"\n::error::y"

// Sample returns a comparison of accounts with outliers of every kind, a gap and a policy
// that AWS changed, judged: one outlier is waived and one is new. by is result.ByItems or
// result.ByMeaning.
func Sample(by string) *matrix.Matrix {
	accounts := make([]matrix.Account, 12)
	for i := range accounts {
		accounts[i] = matrix.Account{ID: fmt.Sprintf("1111111111%02d", i), Tag: fmt.Sprintf("account-%d", i), Source: fmt.Sprintf("fleet/%d", i), Roles: 3}
	}
	accounts[2].Tag, accounts[2].Name, accounts[2].Path = "payments-prod", "Payments", "Root/Workloads/Prod"
	accounts[7].Tag, accounts[7].Name, accounts[7].Path = Hostile, Hostile, "Root/"+Hostile
	tag := Hostile
	roles := []matrix.Role{
		{Name: "app-deploy", Forms: []matrix.Form{
			{Accounts: except(12, 2, 7, 9)},
			{Accounts: []int{2, 7}, Difference: &matrix.Difference{
				Kind: matrix.Differs, Severity: severity.Critical, Verdict: verdict.More, What: "escalation: iam:PassRole on *", Kinds: []string{driftkind.Item}, Digest: "a",
				Identity: &result.Scope{Verdict: verdict.More, Future: verdict.More, Kind: "escalation: iam:PassRole on *", Severity: severity.Critical, Witnesses: []question.Witness{{
					AllowedBy: 2, Principal: "arn:aws:iam::111111111102:role/app-deploy", Action: "iam:PassRole", Resource: "*",
					Statements: [2][]question.Place{nil, {{PolicyType: "inline", PolicyName: "deploy", Statement: 1}}},
				}}},
				Policies: []matrix.Policy{{
					Type: "inline", Name: "deploy", Left: 2,
					A: []string{`{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::<000000000000>:role/app"}`},
					B: []string{`{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}`, `{"Sid":"<b>*x*</script>\u001b[31m\u202e##vso[x]","Effect":"Deny","NotAction":"*","Resource":"*"}`},
				}},
			}},
			{Accounts: []int{9}, Absent: true, Difference: &matrix.Difference{Kind: matrix.Missing, Severity: severity.Low, Verdict: verdict.Less, What: "the role is missing", Kinds: []string{driftkind.Role}}},
		}},
		{Name: Hostile, Forms: []matrix.Form{
			{Accounts: except(12, 3), Absent: true},
			{Accounts: []int{3}, Difference: &matrix.Difference{Kind: matrix.Extra, Severity: severity.High, Verdict: verdict.More, What: "a role that the others do not have", Kinds: []string{driftkind.Role}, Digest: "b"}},
		}},
		{Name: "same", Forms: []matrix.Form{{Accounts: except(12)}}},
		{Name: "tagged", Forms: []matrix.Form{
			{Accounts: except(12, 1)},
			{Accounts: []int{1}, Difference: &matrix.Difference{Kind: matrix.Differs, Severity: severity.None, Verdict: verdict.Equal, What: "tag differ", Kinds: []string{driftkind.Tag}, SameMeaning: true, Digest: "c", Attributes: []matrix.Attribute{{Kind: driftkind.Tag, Key: Hostile, A: &tag}}}},
		}},
	}
	aws := []matrix.AWSChange{{Policy: "arn:aws:iam::aws:policy/ReadOnlyAccess", Versions: [2]string{"v1", "v2"}, Accounts: []int{4, 5}}}
	gaps := []result.Gap{{Account: "lost", Kind: "read", Entity: "account", Blind: true, Reason: "access denied to " + Hostile}}
	m := matrix.New(result.Meta{Iamctl: "dev", By: by, FailOn: "new,high"}, accounts, roles, aws, gaps)
	m.Unpaired = []string{"the roles app-4829173 of one and app-9917352 of another were not paired: " + Hostile}
	waived, known := m.Roles[0].Forms[2].Outliers[0].Fingerprint, m.Roles[0].Forms[1].Outliers[0].Fingerprint
	first := 0
	m.Judge(&matrix.Judgement{
		File: "waivers.json", SHA256: "ab", Since: "last", Notes: []string{"the earlier run was incomplete: what it could not read counts as new"},
		Waivers: []result.Waiver{
			{Fingerprint: waived, Owner: "platform", Reason: Hostile, Expires: "2027-01-31", State: result.WaiverUsed, Count: 1},
			{Fingerprint: "0123456789abcdef0123456789abcdef", Owner: "o", Reason: "r", Expires: "2026-01-31", State: result.WaiverExpired, Count: 1},
			{Role: "gone-*", Reason: "r", State: result.WaiverUnmatched},
		},
		Gone: []matrix.Gone{{Account: "111111111101", Role: "old", Kind: matrix.Differs, Severity: severity.High, What: "broadened", Fingerprint: "0123456789abcdef0123456789abcdef"}},
		Of: func(print string) (result.Mark, bool) {
			switch print {
			case waived:
				return result.Mark{Waiver: &first, Age: result.AgeKnown}, false
			case known:
				return result.Mark{Age: result.AgeKnown}, false
			}
			return result.Mark{Age: result.AgeNew}, true
		},
	})
	return m
}

// except returns the numbers below n but some.
func except(n int, out ...int) []int {
	var list []int
next:
	for i := range n {
		for _, x := range out {
			if i == x {
				continue next
			}
		}
		list = append(list, i)
	}
	return list
}
