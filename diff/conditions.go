package diff

import "encoding/json"

// conditions are the parts of a condition, all of which must hold: operator
// and key, with the JSON of the values. Nil, but for a missing condition, is
// one that cannot be taken apart.
type conditions struct {
	parts map[[2]string]string
	whole string
}

// parseConditions takes canonical JSON apart.
func parseConditions(text string) conditions {
	out := conditions{parts: map[[2]string]string{}, whole: text}
	if text == "" {
		return out
	}
	var operators map[string]map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &operators); err != nil {
		out.parts = nil
		return out
	}
	for operator, keys := range operators {
		for key, values := range keys {
			out.parts[[2]string{operator, key}] = string(values)
		}
	}
	return out
}

// within tells whether every part of c is one of d, so that c holds whenever
// d does.
func (c conditions) within(d conditions) bool {
	if c.whole == d.whole || c.whole == "" {
		return true
	}
	if c.parts == nil || d.parts == nil {
		return false
	}
	for part, values := range c.parts {
		if v, ok := d.parts[part]; !ok || v != values {
			return false
		}
	}
	return true
}
