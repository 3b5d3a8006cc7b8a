package eval

import (
	"strings"

	"iamctl/policy"
)

// substitute puts values in the place of the policy variables of a text (IAM
// User Guide, "IAM policy elements: Variables and tags"). It is no if a variable
// has no value: such a text matches nothing. wildcards says that the text is a
// pattern; what is put in is not.
func (q *question) substitute(text string, wildcards bool) (pattern, answer) {
	i, j, ok := policy.NextVariable(text)
	if !ok {
		return pattern{text: text}, sure(true)
	}
	var b strings.Builder
	var literal []span
	for rest := text; ; i, j, ok = policy.NextVariable(rest) {
		if !ok {
			b.WriteString(rest)
			return pattern{b.String(), literal}, sure(true)
		}
		value, a := q.variable(rest[i:j], wildcards)
		if a.truth != yes {
			return pattern{}, a
		}
		b.WriteString(rest[:i])
		literal = append(literal, span{b.Len(), b.Len() + len(value)})
		b.WriteString(value)
		rest = rest[j:]
	}
}

// literal reports whether a variable is one of those that are a character.
func literal(text string) bool { return text == "${*}" || text == "${?}" || text == "${$}" }

// variable returns the value of ${...}; it is no if there is none.
func (q *question) variable(text string, wildcards bool) (string, answer) {
	if literal(text) {
		return text[2:3], sure(true)
	}
	v := policy.ParseVariable(text, 0, len(text))
	key := text[v.KeyFrom:v.KeyTo]
	if key == "" || strings.TrimSpace(key) != key || !v.HasDefault && v.KeyTo != len(text)-1 {
		return "", doubt("a variable that cannot be read", text)
	}
	switch values, n := q.values(key); {
	case n > 1:
		return "", doubt("a condition key of the request in two letter cases", key)
	case n == 1 && len(values) == 1:
		return values[0], sure(true)
	case n == 1:
		return "", doubt("a variable whose key has not one value", text)
	}
	if !v.HasDefault {
		return "", sure(false)
	}
	value := text[v.DefaultFrom:v.DefaultTo]
	if wildcards && strings.ContainsAny(value, "*?") {
		return "", doubt("a wildcard in the default value of a variable", text)
	}
	return value, sure(true)
}

// values returns the values of a condition key, whose letter case means
// nothing, and how many keys of the request are it.
func (q *question) values(key string) (values []string, n int) {
	for k, v := range q.request.Context {
		if len(k) == len(key) && policy.CompareFold(k, key) == 0 {
			values = v
			n++
		}
	}
	if n == 0 && q.trust && policy.CompareFold(key, "aws:PrincipalAccount") == 0 {
		return q.account()
	}
	return values, n
}

// account is values of aws:PrincipalAccount (IAM User Guide, "AWS global condition
// context keys").
func (q *question) account() (values []string, n int) {
	who := q.request.Principal
	if arn, ok := policy.ParseARN(who.Value); ok && arn.Account != "" && strings.EqualFold(who.Type, "AWS") {
		return []string{arn.Account}, 1
	}
	return nil, 0
}

// early reports whether a variable other than the literal ones is before the
// fifth colon of a resource, where AWS has none.
func early(resource string) bool {
	colons := 0
	for {
		i, j, ok := policy.NextVariable(resource)
		if !ok {
			return false
		}
		if colons += strings.Count(resource[:i], ":"); colons >= segments-1 {
			return false
		}
		if !literal(resource[i:j]) {
			return true
		}
		resource = resource[j:]
	}
}

// matchesEarly is in doubt if the resource matches whatever its variables are.
func (q *question) matchesEarly(text string) answer {
	var b strings.Builder
	rest := text
	for i, j, ok := policy.NextVariable(rest); ok; i, j, ok = policy.NextVariable(rest) {
		b.WriteString(rest[:i] + "*")
		rest = rest[j:]
	}
	if p := (pattern{text: b.String() + rest}); !p.matches(q.request.Resource) {
		return sure(false)
	}
	return doubt("a variable before the fifth colon of a resource", text)
}
