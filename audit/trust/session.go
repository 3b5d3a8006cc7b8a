package trust

import (
	"slices"
	"strings"

	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Session is TRUST-SESSION.
var Session = rule.Rule{
	ID: "TRUST-SESSION", Severity: severity.Low,
	Title:  "roles whose sessions another account may tag or give an identity as it likes",
	Why:    "conditions on aws:PrincipalTag and aws:SourceIdentity believe what the session was given; an outsider chooses it",
	Source: `IAM User Guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed roles"`,
	Blind:  "a condition on one tag counts, though other tags may be free beside it; services and identity providers are not asked about",
	Check:  each(session),
}

// strange is a tag and an identity that no policy names.
const strange = "iamctl-any"

func session(v *visit) []rule.Finding {
	var out []rule.Finding
	for _, may := range []struct{ action, words string }{
		{"sts:TagSession", "tag its sessions as it likes"},
		{"sts:SetSourceIdentity", "give its sessions any identity"},
	} {
		if !allows(v.role.Trust.Document, may.action) {
			continue
		}
		outside := v.outsiders(v.gate)
		for i, who := range v.outsiders(freely(v.any.Doing(may.action))) {
			if a := who.gate.Anybody(); a.Witness != nil && outside[i].gate.Anybody().Open() {
				out = append(out, v.finding(may.action+" "+who.key, a, who.words+" may assume the role and "+may.words))
			}
		}
	}
	return out
}

// freely returns the gate for requests alone with a tag and an identity that nobody
// named, none of the tags that somebody did, and no variable in their place.
func freely(g gate.Gate) gate.Gate {
	for _, key := range g.Keys() {
		if strings.HasPrefix(key, "aws:requesttag/") || key == "aws:username" || key == "aws:userid" || strings.HasPrefix(key, "aws:principaltag/") {
			g = g.WithoutKey(key)
		}
	}
	if len(g.Conditions("aws:TagKeys")) > 0 {
		g = g.But(policy.Condition{Operator: "ForAllValues:StringNotEquals", Key: "aws:TagKeys", Values: []string{strange}})
	}
	if len(g.Conditions("sts:SourceIdentity")) > 0 {
		g = g.But(policy.Condition{Operator: "StringNotEquals", Key: "sts:SourceIdentity", Values: []string{strange}})
	}
	return g
}

// allows reports whether an Allow statement is about an action.
func allows(d *policy.Document, action string) bool {
	return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool { return s.Effect == "Allow" && s.About(action) })
}
