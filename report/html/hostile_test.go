package html

import (
	"slices"
	"strings"

	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// hostileResult is sampleResult with hostile text wherever there may be text.
func hostileResult() *result.Result {
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
		Roles: 1, Wide: all, Successor: all,
	}, result.Waiver{State: all, Reason: all})
	m.Fixed = append(m.Fixed, result.Fixed{Fingerprint: all, RoleName: all, Text: all, Side: all})
	m.Gaps = append(m.Gaps, result.Gap{
		Account: all, Kind: all, Entity: all, Name: all, PolicyType: all, PolicyName: all, Blind: true, Reason: all, Raw: all,
	})
	change := m.awsChange(all, []string{all + ":" + all}, nil, all)
	change.Versions, change.Fingerprint = result.Sides[string]{A: all, B: all}, all
	m.AWSChanges = append(m.AWSChanges, change)
	m.Notes, m.Ignored, m.OutOfScope = append(m.Notes, all), append(m.Ignored, all), append(m.OutOfScope, all)
	m.Rewrites.A = append(m.Rewrites.A, result.Rewrite{Field: all, Before: all, After: all})
	m.Meta = result.Meta{
		Iamctl: all, Time: all, Dictionary: all, DictionarySHA256: all, Reference: all, Waivers: all, WaiversSHA256: all, Since: all,
		Inputs: []result.Input{{Kind: all, Path: all, SHA256: all, Version: all}, {Kind: result.InputReference, Version: all}},
	}
	m.Entries = []result.Entry{{Number: 1, Placeholder: all, Items: 1}}
	m.Counts[all] = result.Sides[int]{A: 1, B: 2}
	masked := slices.Collect(m.CommonRoles[3].Masked.All())
	masked = append(masked, result.MaskedItem{Columns: hostileItem().Columns, Value: all, Reason: all})
	m.CommonRoles[3].MaskedAttributes = []result.MaskedAttribute{{
		Kind: all, Key: all, Text: all, A: result.MaskedValue{OriginalKey: all, OriginalValue: all},
		B: result.MaskedValue{OriginalKey: all, OriginalValue: all}, Value: all, Reason: all,
	}}
	m.CommonRoles[3].Masked = result.NewMaskedItems(masked)
	return m.Result
}

// hostileMeaning is hostileResult where everything that differs has a hostile meaning.
func hostileMeaning() *result.Result {
	r := hostileResult()
	r.Version = 2
	all := strings.Join(hostileTexts, " ")
	scope := func() *result.Scope {
		places := []question.Place{{PolicyType: "inline", PolicyName: all}, {PolicyType: all, PolicyName: all, Statement: -1}}
		w := question.Witness{
			AllowedBy: 2, Principal: all, Action: all, Resource: all,
			Context: map[string]question.Values{all: {all, all}, all + ":sub": {all}}, Statements: [2][]question.Place{places, places},
		}
		amount := &question.Amount{Actions: 1, Pairs: 1, Services: []question.ServiceAmount{{Service: all, Access: all, Actions: 1}}}
		return &result.Scope{
			Verdict: verdict.More, Future: verdict.Different, Kind: all, Severity: severity.Critical, Reason: all, Gained: amount, Lost: amount,
			Witnesses: []question.Witness{w, w},
		}
	}
	meaning := func() *result.Meaning {
		return &result.Meaning{Severity: severity.Critical, Identity: scope(), Trust: scope()}
	}
	for i := range r.CommonRoles {
		r.CommonRoles[i].Meaning = meaning()
	}
	for side := range 2 {
		for i := range *r.UniqueRoles.Of(side) {
			(*r.UniqueRoles.Of(side))[i].Meaning = meaning()
		}
	}
	for i := range r.AWSChanges {
		r.AWSChanges[i].Meaning = meaning()
	}
	return r
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

func (m *maker) sampleHostile() result.Pair {
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
