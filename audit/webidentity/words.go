package webidentity

import (
	"strings"

	"iamctl/audit/gate"
	"iamctl/policy"
	"iamctl/verdict/severity/audience"
)

// mostWords is how many kinds of tenants are named.
const mostWords = 3

// mostPatterns is about how many patterns it is asked whom they let in: more make no
// more words.
const mostPatterns = 12

// who says which strangers get in, with an answer for one of them: one with a claim as the
// provider makes them, if there is one.
func (v *visit) who(strangers gate.Gate) (string, gate.Answer) {
	p := audience.New(v.name)
	if words, a := v.subjects(p, strangers); words != "" {
		return words, a
	}
	var values, words []string
	for _, c := range v.gate.Conditions(p.Key) {
		for _, value := range c.Values {
			if _, closed := v.head(c.Key, value); !closed && len(values) < mostPatterns {
				values = append(values, value)
			}
		}
	}
	claiming := func(claim string) gate.Answer {
		return strangers.But(policy.Condition{Operator: "StringNotEquals", Key: p.Key, Values: []string{claim}}).Anybody()
	}
	a := gate.Answer{}
	for _, group := range p.Of(values, func(claim string) bool { return claiming(claim).Witness != nil }) {
		words = append(words, v.text(group.Words))
		if a.Witness == nil {
			a = claiming(group.Claim)
		}
	}
	switch {
	case len(words) > mostWords:
		return strings.Join(words[:mostWords], ", ") + " and others", a
	case len(words) > 0:
		return strings.Join(words, ", "), a
	}
	a = strangers.Anybody()
	text := "tenants of " + v.shared.Name + " that the policy does not name"
	if claim := valueOf(a, p.Key); claim != "" {
		text += ", by a claim such as " + claim
	}
	return text, a
}

// subjects says which strangers get in of a provider whose tenant is in another claim, if each
// must have a subject like one that the policy asks for; or "".
func (v *visit) subjects(p *audience.Provider, strangers gate.Gate) (string, gate.Answer) {
	key := v.Issuer + ":sub"
	var patterns []string
	for _, c := range v.gate.Conditions(key) {
		for _, value := range c.Values {
			like := policy.Condition{Operator: "StringNotLike", Key: key, Values: []string{value}}
			if len(patterns) < mostWords && wild(value) && strings.Trim(value, "*?") != "" && strangers.But(like).Anybody().Open() {
				patterns = append(patterns, value)
			}
		}
	}
	if p.Key == key || len(patterns) == 0 || strangers.But(policy.Condition{Operator: "StringLike", Key: key, Values: patterns}).Anybody().Open() {
		return "", gate.Answer{}
	}
	return "any tenant of " + v.shared.Name + " with a subject like " + strings.Join(patterns, " or "), strangers.Anybody()
}

func valueOf(a gate.Answer, key string) string {
	if a.Witness == nil {
		return ""
	}
	for k, values := range a.Witness.Context {
		if policy.CompareFold(k, key) == 0 && len(values) == 1 {
			return values[0]
		}
	}
	return ""
}

// text returns the words for a group of strangers: a star in them is a tenant of any
// name, and a pattern that is not taken apart is of tenants too.
func (v *visit) text(words string) string {
	if pattern, ok := strings.CutPrefix(words, "subject "); ok {
		pattern, _, _ = strings.Cut(pattern, " on ")
		return "any tenant of " + v.shared.Name + " with a claim like " + pattern
	}
	if before, ok := strings.CutSuffix(words, " of *"); ok {
		return before + " of any organization"
	}
	return strings.Replace(words, " of */", " of any owner's ", 1)
}
