package sarif

import (
	"strings"

	"iamctl/result"
)

// The levels of SARIF. An error is drift by which account B may allow more than
// account A, the baseline: an item of any policy that B alone allows or A alone
// denies, a role of B alone, a boundary of A that B lacks or has another one for,
// and what could not be compared. A warning is other drift in what a role may do
// or is. A note changes no permission.
const (
	levelError   = "error"
	levelWarning = "warning"
	levelNote    = "note"
	levelNone    = "none"
)

const (
	ruleRole       = "role-only-in-one"
	ruleForeign    = "foreign-name"
	ruleImpossible = "impossible"
	ruleMasked     = "masked"
	ruleGap        = "gap"
	ruleFixed      = "fixed"
	ruleAWS        = "aws-managed-policy-changed"
	ruleAudit      = "audit-finding"
)

// rules are all rules. A result's ruleIndex is an index in them.
var rules = makeRules()

// ruleIndex are the indexes of the rules by their ids.
var ruleIndex = func() map[string]int {
	m := map[string]int{}
	for i, r := range rules {
		m[r.ID] = i
	}
	return m
}()

func makeRules() []descriptor {
	rules := []descriptor{
		rule(ruleRole, levelError, "A role stands in one account alone",
			"Only one of the two accounts has a role of this name. A role that only the second account has is an error, one that only the first has a warning."),
	}
	for _, p := range []struct{ kind, where string }{
		{"inline", "inline policy"},
		{"managed", "attached managed policy"},
		{"trust", "trust policy"},
		{"boundary", "permissions boundary"},
		{"other", "policy"},
	} {
		for _, effect := range []string{"allow", "deny", "other"} {
			rules = append(rules, itemRule(p.kind, p.where, effect))
		}
	}
	for _, a := range []struct{ kind, level, what string }{
		{"rolename", levelNote, "the letter case of the name"},
		{"path", levelWarning, "the path"},
		{"boundary", levelError, "which permissions boundary is set"},
		{"maxsessionduration", levelWarning, "the longest session"},
		{"instanceprofile", levelWarning, "which instance profile it is in"},
		{"tag", levelWarning, "a tag"},
		{"description", levelNote, "the description"},
		{"policy", levelWarning, "which policies are attached"},
		{"future", levelWarning, "actions that AWS may add"},
		{"effective", levelError, "what control policies of the organisation leave it"},
		{"other", levelWarning, "an attribute"},
	} {
		rules = append(rules, rule("attribute-"+a.kind, a.level, "A role differs in "+a.what,
			"Both accounts have the role, and it differs in "+a.what+" once what is meant to differ is rewritten."))
	}
	return append(rules,
		rule(ruleForeign, levelWarning, "A role names the other account's thing",
			"A value of the dictionary that belongs to one account stands in the other: its account id, its bucket, its environment's name. Nothing in an account should name the other's by mistake."),
		rule(ruleMasked, levelNote, "Items are equal only by a rewriting that may hide a difference",
			"A value of the dictionary that belongs to no known account was rewritten on both sides, or a placeholder stands literally in one account. Give the value an owner in the dictionary."),
		rule(ruleGap, levelError, "Something could not be read, parsed or compared",
			"Nothing may be concluded about a part of an account. The run is incomplete whatever else it says."),
		rule(ruleFixed, levelNone, "A difference is no more",
			"The run that this one was held against has the difference, this one does not."),
		rule(ruleImpossible, levelWarning, "A pair of an action and a resource that the reference calls impossible differs",
			"One account's role has an action on a resource that the other's has not. By AWS's reference of that date the action cannot use the resource, so that the difference may mean nothing; the reference is at times wrong."),
		rule(ruleAWS, levelWarning, "AWS changed a policy of its own",
			"The two accounts were read while AWS had different versions of one of its managed policies in force. What changed is one difference, however many roles have the policy."),
		rule(ruleAudit, levelWarning, "A finding of an audit exists in one account alone",
			"A rule of the audit finds something in one account and not in the other. In the second account alone it is as bad as the finding, in the first alone, where the second is without it, a note. docs/audit.md has the rules."),
	)
}

func itemRule(kind, where, effect string) descriptor {
	does := map[string]string{"allow": "allows", "deny": "denies", "other": "says of"}[effect]
	return rule("item-"+kind+"-"+effect, levelError, "What the "+where+" "+does+" differs",
		"One account's role has a permission in its "+where+" that the other's has not. What the second account alone allows, or the first alone denies, is an error; the other way round it is a warning.")
}

func rule(id, level, short, full string) descriptor {
	return descriptor{
		ID: id, Name: ruleName(id), ShortDescription: message{short}, FullDescription: message{full},
		Help:                 &message{full + " Change one of the two, say in the dictionary that it is meant to differ, or accept it with 'iamctl waive'."},
		DefaultConfiguration: configuration{level}, Properties: &ruleTags{Tags: []string{"security", "iam", "drift"}},
	}
}

// ruleName returns the id in Pascal case, as is the convention for names of
// rules.
func ruleName(id string) string {
	var b strings.Builder
	for _, word := range strings.Split(id, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// itemLevel returns the level of an item that one side alone has.
func itemLevel(side int, it *result.Columns) string {
	if it.Effect == "Allow" && side == 0 || it.Effect == "Deny" && side == 1 {
		return levelWarning
	}
	return levelError
}

// itemRuleID returns the rule of an item. A policy type or an effect that AWS does
// not have has rules of its own.
func itemRuleID(it *result.Columns) string {
	id := "item-" + it.PolicyType + "-" + strings.ToLower(it.Effect)
	if hasRule(id) {
		return id
	}
	if id = "item-" + it.PolicyType + "-other"; hasRule(id) {
		return id
	}
	return "item-other-other"
}

func hasRule(id string) bool {
	_, ok := ruleIndex[id]
	return ok
}

func attributeRuleID(a *result.Attribute) string {
	if id := "attribute-" + a.Kind; hasRule(id) {
		return id
	}
	return "attribute-other"
}

func attributeLevel(a *result.Attribute) string {
	id := attributeRuleID(a)
	if id == "attribute-boundary" && !a.A.Has {
		return levelWarning
	}
	return rules[ruleIndex[id]].DefaultConfiguration.Level
}
