package policy

import (
	"slices"
	"strings"
	"sync"
)

// String returns the document as compact JSON: elements in a fixed order, a
// list of one element as a scalar (except Statement), nothing escaped that
// JSON does not require except control characters. Parse returns the same
// document again for what Parse or Canonical returned.
func (d *Document) String() string {
	return printed(func(b []byte) []byte { return appendDocument(b, d) })
}

// String returns the statement as Document.String has it.
func (s *Statement) String() string {
	return printed(func(b []byte) []byte { return appendStatement(b, s) })
}

// room is where texts are printed before they are strings.
var room = sync.Pool{New: func() any { b := make([]byte, 0, 8<<10); return &b }}

// printed returns what is appended.
func printed(print func([]byte) []byte) string {
	b := room.Get().(*[]byte)
	*b = print((*b)[:0])
	s := string(*b)
	if cap(*b) <= 1<<20 {
		room.Put(b)
	}
	return s
}

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
