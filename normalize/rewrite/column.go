package rewrite

import (
	"iter"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
)

// isJSON reports whether a field's texts are JSON.
func isJSON(f Field) bool { return f == equivalency.Condition || f == Statement }

// edit changes a string.
type edit func(Field, jsonString) edited

// edited is the JSON of a string after a change, with the places of what was
// put in where that matters. Strings of one set that are equal in both become
// one.
type edited struct{ raw, places string }

// editColumn changes the values of a condition or a statement, and a condition's
// keys, and leaves everything else byte for byte: operators, names of elements,
// actions, numbers. Where something changed, lists whose order means nothing are
// sorted again and have no duplicates; merged reports whether different
// strings became one by that. A text that is not JSON is changed as a plain
// text.
func editColumn(field Field, text string, change edit) (after string, merged bool) {
	if text == "" {
		return text, false
	}
	root, ok := readJSON(text)
	if !ok {
		return change(plainField(field), jsonString{text: text, plain: true}).raw, false
	}
	if !root.editColumn(field, change) {
		return text, false
	}
	var b strings.Builder
	root.write(&b, func(n *jsonNode) {
		b.WriteString(n.raw)
		merged = merged || n.merged > 0
	})
	return b.String(), merged
}

// plainField returns the field of a column's text that is not JSON.
func plainField(column Field) Field {
	if column == Statement {
		return equivalency.ARN
	}
	return column
}

// Strings returns the strings of a text that rules may rewrite, each with the
// field whose rules apply: of a condition or a statement the values, of a
// condition the keys too, otherwise the text itself.
func Strings(field Field, text string) iter.Seq2[Field, string] {
	return func(yield func(Field, string) bool) {
		if !isJSON(field) {
			yield(field, text)
			return
		}
		more := true
		editColumn(field, text, func(f Field, s jsonString) edited {
			more = more && yield(f, s.text)
			return edited{raw: s.replace(nil)}
		})
	}
}

func (n *jsonNode) editColumn(field Field, change edit) bool {
	if field == Statement {
		return n.editStatement(change)
	}
	return n.editCondition(change)
}

// editCondition changes {"Operator": {"key": ["value", ...]}}.
func (n *jsonNode) editCondition(change edit) bool {
	if n.kind != '{' {
		return n.edit(equivalency.Condition, true, change)
	}
	changed := false
	for i := range n.items {
		block := &n.items[i]
		keys := block.editNames(equivalency.ConditionKey, change)
		changed = block.editValues(newJSONString(n.names[i].raw).text, change) || keys || changed
		if keys {
			block.sortMembers()
		}
	}
	return changed
}

// editValues changes the values under an operator.
func (n *jsonNode) editValues(operator string, change edit) bool {
	if valueField(operator, "") == equivalency.Condition {
		return n.edit(equivalency.Condition, true, change)
	}
	return n.editLiterals(operator, change)
}

// valueField returns the field of a condition's value, "" for one that nothing
// rewrites. Addresses are somebody's, but only as a whole; numbers, moments, true and
// false are nobody's names. A variable in their place may have a name all the same.
func valueField(operator, value string) Field {
	op, ok := policy.ParseOperator(operator)
	switch {
	case !ok || op.Kind < policy.NumericOperator || strings.Contains(value, "${"):
		return equivalency.Condition
	case op.Kind == policy.IPOperator:
		return equivalency.Address
	}
	return ""
}

// editLiterals changes strings one by one, each as a value of its own kind.
func (n *jsonNode) editLiterals(operator string, change edit) bool {
	if n.kind == '"' {
		n.before = n.raw
		field := valueField(operator, newJSONString(n.raw).text)
		return field != "" && n.edit(field, true, change)
	}
	changed := false
	for i := range n.items {
		changed = n.items[i].editLiterals(operator, change) || changed
	}
	if changed && n.kind == '[' {
		n.sort()
	}
	return changed
}

// editStatement changes {"NotAction": [...], "NotResource": [...],
// "NotPrincipal": {"AWS": [...]}} and elements that iamctl does not know. The
// order of a list in an unknown element may mean something.
func (n *jsonNode) editStatement(change edit) bool {
	if n.kind != '{' {
		return n.edit(equivalency.ARN, false, change)
	}
	changed := false
	for i := range n.items {
		element := &n.items[i]
		switch newJSONString(n.names[i].raw).text {
		case "NotAction":
		case "NotResource":
			changed = element.edit(equivalency.ARN, true, change) || changed
		case "NotPrincipal":
			changed = element.edit(equivalency.Principal, true, change) || changed
		default:
			changed = element.edit(equivalency.ARN, false, change) || changed
		}
	}
	return changed
}
