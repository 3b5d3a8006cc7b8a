package policytest

import (
	"encoding/json"
	"math/rand/v2"
	"strings"

	"iamctl/policy"

	"pgregory.net/rapid"
)

// Spelling generates JSON texts that mean the same as d: what Permuted
// varies, and scalar or list, a single statement as object or list, the order
// of keys, blanks, escapes, booleans and numbers of conditions with or
// without quotes, a bare account id for its root (partition aws).
func Spelling(d *policy.Document) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		d := Permuted(d).Draw(t, "permuted")
		w := speller{random(t)}
		var members []member
		members = w.scalar(members, "Version", d.Version)
		members = w.scalar(members, "Id", d.ID)
		if d.Statements != nil {
			var list []string
			for i := range d.Statements {
				list = append(list, w.statement(&d.Statements[i]))
			}
			members = append(members, member{"Statement", w.list(list)})
		}
		return w.object(append(members, unknown(d.Unknown)...))
	})
}

// member is a name and its JSON.
type member struct{ name, json string }

type speller struct{ r *rand.Rand }

func (w speller) statement(s *policy.Statement) string {
	var m []member
	m = w.scalar(m, "Sid", s.Sid)
	m = w.scalar(m, "Effect", s.Effect)
	m = w.strings(m, "Action", s.Action)
	m = w.strings(m, "NotAction", s.NotAction)
	m = w.strings(m, "Resource", s.Resource)
	m = w.strings(m, "NotResource", s.NotResource)
	m = w.principals(m, "Principal", s.Principal)
	m = w.principals(m, "NotPrincipal", s.NotPrincipal)
	if s.Condition != nil {
		m = append(m, member{"Condition", w.conditions(s.Condition)})
	}
	return w.object(append(m, unknown(s.Unknown)...))
}

func (w speller) conditions(list []policy.Condition) string {
	var operators []member
	for len(list) > 0 {
		op := list[0].Operator
		var keys []member
		for len(list) > 0 && list[0].Operator == op {
			values := make([]string, len(list[0].Values))
			for i, v := range list[0].Values {
				values[i] = w.conditionValue(v)
			}
			keys = append(keys, member{list[0].Key, w.list(values)})
			list = list[1:]
		}
		operators = append(operators, member{op, w.object(keys)})
	}
	return w.object(operators)
}

// conditionValue leaves the quotes off what JSON can say without.
func (w speller) conditionValue(v string) string {
	plain := v == "true" || v == "false" || json.Valid([]byte(v)) && strings.Trim(v, "0123456789.-+eE") == ""
	if plain && w.r.IntN(2) == 0 {
		return v
	}
	return w.quote(v)
}

func (w speller) principals(m []member, name string, list []policy.Principal) []member {
	if list == nil {
		return m
	}
	if len(list) > 0 && list[0].Type == "*" {
		return append(m, member{name, `"*"`})
	}
	var types []member
	for len(list) > 0 {
		t := list[0].Type
		var values []string
		for len(list) > 0 && list[0].Type == t {
			values = append(values, w.quote(w.account(list[0])))
			list = list[1:]
		}
		types = append(types, member{t, w.list(values)})
	}
	return append(m, member{name, w.object(types)})
}

// account writes the root of an account in either of its two ways.
func (w speller) account(p policy.Principal) string {
	id := strings.TrimSuffix(strings.TrimPrefix(p.Value, "arn:aws:iam::"), ":root")
	if p.Type != "AWS" || len(id) != 12 || strings.Trim(id, "0123456789") != "" {
		return p.Value
	}
	return []string{id, "arn:aws:iam::" + id + ":root"}[w.r.IntN(2)]
}

func (w speller) scalar(m []member, name, value string) []member {
	if value == "" {
		return m
	}
	return append(m, member{name, w.quote(value)})
}

func (w speller) strings(m []member, name string, values []string) []member {
	if values == nil {
		return m
	}
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = w.quote(v)
	}
	return append(m, member{name, w.list(list)})
}

func (w speller) list(values []string) string {
	if len(values) == 1 && w.r.IntN(2) == 0 {
		return values[0]
	}
	return "[" + w.blank() + strings.Join(values, w.blank()+","+w.blank()) + "]"
}

func (w speller) object(members []member) string {
	shuffle(w.r, members)
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(w.blank() + w.quote(m.name) + w.blank() + ":" + w.blank() + m.json + w.blank())
	}
	b.WriteByte('}')
	return b.String()
}

func (w speller) blank() string { return []string{"", "", "", " ", "\n\t"}[w.r.IntN(5)] }

// quote escapes what it must and now and then more.
func (w speller) quote(s string) string {
	q, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	if w.r.IntN(8) == 0 && !strings.Contains(string(q), `\`) {
		return strings.NewReplacer("/", `\/`, "a", `\u0061`, "\u00e9", `\u00e9`).Replace(string(q))
	}
	return string(q)
}

func unknown(list []policy.Element) []member {
	var m []member
	for _, e := range list {
		m = append(m, member{e.Name, e.JSON})
	}
	return m
}
