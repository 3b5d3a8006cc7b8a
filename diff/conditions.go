package diff

import (
	"encoding/json"
	"slices"

	"iamctl/inventory"
)

// conditions is a condition taken apart. All of its parts must hold.
type conditions struct {
	// parts are the values in JSON by operator and key; nil if the condition
	// has another form.
	parts map[[2]string]string
	// hashes are those of the parts, sorted: most conditions are told apart by
	// them.
	hashes []uint64
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
			out.hashes = append(out.hashes, hashOf(operator, key, string(values)))
		}
	}
	slices.Sort(out.hashes)
	return out
}

// hashOf returns a hash of texts (FNV-1a), the same in every run.
func hashOf(texts ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, s := range texts {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	return h
}

// within reports whether every part of c is one of d: c then holds whenever d
// does.
func (c *conditions) within(d *conditions) bool {
	if c.whole == d.whole || c.whole == "" {
		return true
	}
	if c.parts == nil || d.parts == nil || !subset(c.hashes, d.hashes) {
		return false
	}
	for part, values := range c.parts {
		if v, ok := d.parts[part]; !ok || v != values {
			return false
		}
	}
	return true
}

// subset reports whether all of a sorted list are in another one.
func subset(a, b []uint64) bool {
	for _, h := range a {
		for len(b) > 0 && b[0] < h {
			b = b[1:]
		}
		if len(b) == 0 || b[0] != h {
			return false
		}
	}
	return true
}

// conditionCache has the conditions of a document's terms taken apart, as far as
// they were asked for.
type conditionCache struct {
	t      *inventory.Items
	parsed []*conditions
}

func newConditionCache(t *inventory.Items) *conditionCache {
	return &conditionCache{t: t, parsed: make([]*conditions, len(t.Terms))}
}

func (c *conditionCache) of(i uint32) *conditions {
	if c.parsed[i] == nil {
		parsed := parseConditions(c.t.Terms[i].Condition)
		c.parsed[i] = &parsed
	}
	return c.parsed[i]
}

// covers reports whether terms i hold whenever terms j of another document, or of
// the same, do: with the same Not- elements, and some of the conditions or none.
func (c *conditionCache) covers(i uint32, d *conditionCache, j uint32) bool {
	m, n := &c.t.Terms[i], &d.t.Terms[j]
	return m.Negated == n.Negated && m.Statement == n.Statement && c.of(i).within(d.of(j))
}
