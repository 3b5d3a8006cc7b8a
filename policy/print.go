package policy

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// String returns the document as compact JSON: elements in a fixed order, a
// list of one element as a scalar (but for Statement), nothing escaped that
// JSON does not require except control characters. Parse returns the same
// document again for what Parse or Canonical returned.
func (d *Document) String() string { return string(appendDocument(nil, d)) }

func appendDocument(b []byte, d *Document) []byte {
	o := object{b: append(b, '{')}
	o.scalar("Version", d.Version)
	o.scalar("Id", d.ID)
	if d.Statements != nil {
		o.name("Statement")
		o.b = append(o.b, '[')
		for i := range d.Statements {
			if i > 0 {
				o.b = append(o.b, ',')
			}
			o.b = appendStatement(o.b, &d.Statements[i])
		}
		o.b = append(o.b, ']')
	}
	o.elements(d.Unknown)
	return append(o.b, '}')
}

func appendStatement(b []byte, s *Statement) []byte {
	o := object{b: append(b, '{')}
	o.scalar("Sid", s.Sid)
	o.scalar("Effect", s.Effect)
	o.principals("Principal", s.Principal)
	o.principals("NotPrincipal", s.NotPrincipal)
	o.list("Action", s.Action)
	o.list("NotAction", s.NotAction)
	o.list("Resource", s.Resource)
	o.list("NotResource", s.NotResource)
	if s.Condition != nil {
		o.name("Condition")
		o.b = appendConditions(o.b, groupBy(s.Condition, conditionOperator), true)
	}
	o.elements(s.Unknown)
	return append(o.b, '}')
}

// ConditionJSON returns conditions as compact JSON,
// {"Operator":{"key":["value"]}}, sorted by operator, key and value and
// without duplicates. Values are always in a list. It is "" for no conditions.
func ConditionJSON(c []Condition) string {
	if len(c) == 0 {
		return ""
	}
	sorted := slices.Clone(c)
	for i := range sorted {
		sorted[i].Values = sortedSet(slices.Clone(sorted[i].Values))
	}
	slices.SortFunc(sorted, compareConditions)
	sorted = slices.CompactFunc(sorted, func(a, b Condition) bool { return compareConditions(a, b) == 0 })
	return string(appendConditions(nil, sorted, false))
}

func compareConditions(a, b Condition) int {
	if c := strings.Compare(a.Operator, b.Operator); c != 0 {
		return c
	}
	if c := strings.Compare(a.Key, b.Key); c != 0 {
		return c
	}
	return slices.Compare(a.Values, b.Values)
}

func conditionOperator(c Condition) string { return c.Operator }

func principalType(p Principal) string { return p.Type }

// appendConditions prints conditions that are grouped by operator.
func appendConditions(b []byte, conditions []Condition, scalars bool) []byte {
	o := object{b: append(b, '{')}
	for len(conditions) > 0 {
		n := runLen(conditions, conditionOperator)
		o.name(conditions[0].Operator)
		keys := object{b: append(o.b, '{')}
		for _, c := range conditions[:n] {
			keys.name(c.Key)
			keys.b = appendList(keys.b, c.Values, scalars)
		}
		o.b = append(keys.b, '}')
		conditions = conditions[n:]
	}
	return append(o.b, '}')
}

// object writes the members of a JSON object.
type object struct {
	b    []byte
	some bool
}

func (o *object) name(name string) {
	if o.some {
		o.b = append(o.b, ',')
	}
	o.some = true
	o.b = append(AppendJSON(o.b, name), ':')
}

func (o *object) scalar(name, value string) {
	if value != "" {
		o.name(name)
		o.b = AppendJSON(o.b, value)
	}
}

func (o *object) list(name string, values []string) {
	if values != nil {
		o.name(name)
		o.b = appendList(o.b, values, true)
	}
}

// principals writes a map of types, and a bare "*" as an element of its own.
func (o *object) principals(name string, list []Principal) {
	if list == nil {
		return
	}
	if len(list) == 0 {
		o.name(name)
		o.b = append(o.b, "{}"...)
	}
	for list = groupBy(list, principalType); len(list) > 0; {
		o.name(name)
		if list[0].Type == "*" {
			o.b = append(o.b, `"*"`...)
			list = list[1:]
			continue
		}
		types := object{b: append(o.b, '{')}
		for len(list) > 0 && list[0].Type != "*" {
			n := runLen(list, principalType)
			values := make([]string, n)
			for i := range values {
				values[i] = list[i].Value
			}
			types.list(list[0].Type, values)
			list = list[n:]
		}
		o.b = append(types.b, '}')
	}
}

func (o *object) elements(list []Element) {
	for _, e := range list {
		o.name(e.Name)
		o.b = append(o.b, e.JSON...)
	}
}

// appendList prints a list, one of a single value as a scalar if scalars.
func appendList(b []byte, values []string, scalars bool) []byte {
	if scalars && len(values) == 1 {
		return AppendJSON(b, values[0])
	}
	b = append(b, '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendJSON(b, v)
	}
	return append(b, ']')
}

// AppendJSON appends s as a JSON string, as ConditionJSON and Document.String
// write it. Control characters, those of Unicode's second block too, are
// written as \u00XX: a terminal obeys them. Other hidden characters stay, for
// this is the canonical form, which fingerprints are made of: whoever writes it
// to a file escapes them there. Bytes that are not UTF-8 become U+FFFD.
func AppendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < 0x20 || 0x7f <= r && r < 0xa0:
			b = append(b, `\u00`...)
			b = append(b, hex[r>>4], hex[r&15])
		case r < utf8.RuneSelf:
			b = append(b, s[i])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
