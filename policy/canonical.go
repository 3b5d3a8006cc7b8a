package policy

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Canonical returns a new document in canonical form: two documents that
// differ in order, scalar or list, letter case of actions and condition keys,
// duplicate or covered entries, Sid, Id, or the spelling of accounts, variables,
// numbers and times have the same one. The partition (aws, aws-cn, ...; "" is aws) is
// used for bare account ids.
//
// The form has Version 2012-10-17; text of a document that has another one is
// escaped, so that ${ means what it meant. Statements are sorted, but not
// joined where several together say the same as one.
func Canonical(d *Document, partition string) *Document {
	c := &Document{Version: languageVersion, Unknown: canonicalElements(d.Unknown)}
	if d.Statements != nil {
		c.Statements = make([]Statement, len(d.Statements))
	}
	for i := range d.Statements {
		c.Statements[i] = canonicalStatement(&d.Statements[i], d.Version, partition, true)
	}
	c.Statements = sortStatements(c.Statements)
	return c
}

// CanonicalStatement returns the canonical form of one statement of a document
// with that version, as part of one with Version 2012-10-17. Actions keep
// their spelling, of those that differ in letter case the first in byte order,
// and resources and values of conditions that others cover stay: what covers them
// may depend on what a dictionary makes of them (ReduceCondition, ReduceStatement).
// All else is as in Canonical.
func CanonicalStatement(s *Statement, version, partition string) Statement {
	return canonicalStatement(s, version, partition, false)
}

// CanonicalStatements returns a document with each of its statements in canonical form,
// in the places that they have.
func CanonicalStatements(d *Document, partition string) *Document {
	out := *d
	out.Version = languageVersion
	out.Statements = make([]Statement, len(d.Statements))
	for i := range d.Statements {
		out.Statements[i] = CanonicalStatement(&d.Statements[i], d.Version, partition)
	}
	return &out
}

// canonicalStatement folds actions and drops what is covered if whole.
func canonicalStatement(s *Statement, version, partition string, whole bool) Statement {
	text := func(s string) string { return s }
	if version != languageVersion {
		text = variablesAsText
	}
	c := Statement{
		Effect:       s.Effect,
		Action:       canonicalActions(s.Action, whole),
		NotAction:    canonicalActions(s.NotAction, whole),
		Resource:     canonicalResources(s.Resource, text, whole),
		NotResource:  canonicalResources(s.NotResource, text, whole),
		Principal:    dropCoveredPrincipals(canonicalPrincipals(s.Principal, partition)),
		NotPrincipal: canonicalPrincipals(s.NotPrincipal, partition),
		Condition:    canonicalConditions(s.Condition, text, whole),
		Unknown:      canonicalElements(s.Unknown),
	}
	if c.Condition == nil && slices.ContainsFunc(c.Unknown, isConditionObject) {
		c.Condition = []Condition{} // as Parse has it for what is printed
	}
	return c
}

// isConditionObject reports whether the element is part of a Condition that is
// an object.
func isConditionObject(e Element) bool {
	return Fold(e.Name) == "condition" && strings.HasPrefix(e.JSON, "{")
}

// sortStatements sorts by what is printed and takes duplicates out.
func sortStatements(list []Statement) []Statement {
	if len(list) < 2 {
		return list
	}
	type printed struct {
		from, to int
		s        *Statement
	}
	var b []byte
	order := make([]printed, len(list))
	for i := range list {
		from := len(b)
		b = appendStatement(b, &list[i])
		order[i] = printed{from, len(b), &list[i]}
	}
	compare := func(x, y printed) int { return bytes.Compare(b[x.from:x.to], b[y.from:y.to]) }
	slices.SortFunc(order, compare)
	order = slices.CompactFunc(order, func(x, y printed) bool { return compare(x, y) == 0 })
	out := make([]Statement, len(order))
	for i, p := range order {
		out[i] = *p.s
	}
	return out
}

// canonicalActions sorts by the folded name, and folds the names too if asked
// to. `*:*` is every action, as `*` is.
func canonicalActions(list []string, fold bool) []string {
	if list == nil {
		return nil
	}
	type action struct{ fold, text string }
	actions := make([]action, len(list))
	for i, s := range list {
		if s = CanonicalPattern(s); s == "*:*" {
			s = "*"
		}
		actions[i] = action{Fold(s), s}
	}
	slices.SortFunc(actions, func(a, b action) int {
		return cmp.Or(strings.Compare(a.fold, b.fold), strings.Compare(a.text, b.text))
	})
	actions = slices.CompactFunc(actions, func(a, b action) bool { return a.fold == b.fold })
	out := make([]string, len(actions))
	for i, a := range actions {
		out[i] = a.fold
	}
	out = dropCovered(out, actionCoverage)
	if fold {
		return out
	}
	left := 0
	for _, a := range actions {
		if left < len(out) && a.fold == out[left] {
			out[left] = a.text
			left++
		}
	}
	return out
}

func canonicalResources(list []string, text func(string) string, drop bool) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = canonicalGlob(foldResourceVariables(text(s)))
	}
	if out = sortedSet(out); drop {
		return dropCovered(out, resourceCoverage)
	}
	return out
}

// canonicalElements returns the unknown elements without those that carry no
// permission whatever they hold.
func canonicalElements(list []Element) []Element {
	var out []Element
	for _, e := range list {
		switch name := Fold(e.Name); {
		case name == "sid", name == "id":
		case name == "condition" && isEmptyOperator(e.JSON):
		default:
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b Element) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.JSON, b.JSON))
	})
	return slices.Compact(out)
}

// isEmptyOperator reports whether what Parse kept of a Condition is an operator
// without a key, which asks for nothing.
func isEmptyOperator(json string) bool { return strings.HasSuffix(json, `":{}}`) }
