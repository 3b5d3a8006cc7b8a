package diff

import "encoding/json"

// conditions is a condition taken apart. All of its parts must hold.
type conditions struct {
	// parts are the values in JSON by operator and key; nil if the condition
	// has another form.
	parts map[[2]string]string
	// whole is the condition in canonical JSON, "" for none.
	whole string
}

// parseConditions takes a condition in canonical JSON apart.
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

// within reports whether every part of c is one of d: c then holds whenever d
// does.
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
