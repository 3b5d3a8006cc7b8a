package policy

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// ReduceCondition returns a condition as ConditionJSON writes it without the values
// that others of their list cover, as Canonical has it. Another text it returns as
// it is.
func ReduceCondition(text string) string {
	if !strings.Contains(text, "Like") && !strings.Contains(text, "Arn") && !strings.Contains(text, "IpAddress") {
		return text
	}
	var operators map[string]map[string][]string
	if !utf8.ValidString(text) || json.Unmarshal([]byte(text), &operators) != nil {
		return text
	}
	var all, reduced []Condition
	dropped := false
	for operator, keys := range operators {
		o, known := ParseOperator(operator)
		for key, values := range keys {
			c := Condition{operator, key, values}
			all = append(all, c)
			if known && slices.IsSorted(values) {
				c.Values = dropRedundant(o.Kind, values)
			}
			dropped = dropped || len(c.Values) < len(values)
			reduced = append(reduced, c)
		}
	}
	// What a map cannot hold, such as a key that stands twice, must not get lost.
	if !dropped || ConditionJSON(all) != text {
		return text
	}
	return ConditionJSON(reduced)
}

// ReduceStatement returns a JSON object with the elements of a statement that hold as a
// whole, the lists of Not- elements among them, without the resources of NotResource
// that others there cover. Another text it returns as it is.
func ReduceStatement(text string) string {
	from, to := memberSpan(text, "NotResource")
	if from == to || !utf8.ValidString(text) {
		return text
	}
	var list []string
	if json.Unmarshal([]byte(text[from:to]), &list) != nil || !slices.IsSorted(list) {
		return text
	}
	left := dropCovered(list, resourceCoverage)
	if len(left) == len(list) {
		return text
	}
	return text[:from] + string(appendList(nil, left, false)) + text[to:]
}

// memberSpan returns where the value of the first member of that name is in a JSON
// object; both are 0 if there is none.
func memberSpan(text, name string) (from, to int) {
	if !strings.Contains(text, name) {
		return 0, 0
	}
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return 0, 0
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return 0, 0
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return 0, 0
		}
		if key == name {
			to := int(d.InputOffset())
			return to - len(value), to
		}
	}
	return 0, 0
}
