package condition

import (
	"slices"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/example"
	"iamctl/verdict/internal/search"
)

// value is a kind of single values.
type value struct {
	text  string
	truth []truth // of each matcher
}

// findValues finds all kinds of single values: those of each family, in all
// combinations where a key is compared in several ways.
func (k *key) findValues(names example.Names, budget *int) error {
	k.values = []value{{truth: make([]truth, len(k.matchers))}}
	for f := range families {
		var members []*matcher
		for _, m := range k.matchers {
			if familyOf(m.kind) == f {
				members = append(members, m)
			}
		}
		if len(members) == 0 && (f != text || len(k.matchers) > 0) {
			continue
		}
		texts, err := valuesOf(members, f, names, budget)
		if err != nil {
			return err
		}
		if *budget -= len(texts) * len(k.values) * len(k.matchers); *budget < 0 || len(texts)*len(k.values) > maxValues {
			return search.ErrBudget
		}
		k.combine(texts, f)
	}
	return nil
}

func valuesOf(members []*matcher, f family, names example.Names, budget *int) ([]string, error) {
	switch f {
	case number, date:
		return orderedValues(members, f), nil
	case address:
		return addressValues(members), nil
	}
	return textValues(members, names, budget)
}

// combine adds what the matchers of a family say of its kinds of values to the
// kinds known so far.
func (k *key) combine(texts []string, f family) {
	var out []value
	seen := map[string]int{}
	for _, v := range k.values {
		for _, t := range texts {
			n := value{t, slices.Clone(v.truth)}
			for i, m := range k.matchers {
				if familyOf(m.kind) == f {
					n.truth[i] = m.of(t)
				}
			}
			if v.text != "" && k.agrees(v.text, n.truth, f) {
				n.text = v.text
			}
			id := truths(n.truth)
			at, again := seen[id]
			switch {
			case !again:
				seen[id] = len(out)
				out = append(out, n)
			case out[at].text == "":
				// AWS does not say for which keys an empty string is no value.
				out[at].text = n.text
			}
		}
	}
	k.values = out
}

// agrees reports whether a text has the truths that are given, up to a family.
func (k *key) agrees(text string, want []truth, f family) bool {
	for i, m := range k.matchers {
		if familyOf(m.kind) <= f && m.of(text) != want[i] {
			return false
		}
	}
	return true
}

func truths(list []truth) string {
	b := make([]byte, len(list))
	for i, t := range list {
		b[i] = byte(t)
	}
	return string(b)
}

// cellsOf returns the cells in which the key has the value alone, or is absent
// for "".
func (k *key) cellsOf(value string) bits.Set {
	out := bits.New(len(k.Cells))
	want := make([]truth, len(k.matchers))
	for i, m := range k.matchers {
		want[i] = m.of(value)
	}
	for n, c := range k.Cells {
		switch {
		case value == "" && c.Absent, value != "" && len(c.Values) == 1 && k.agrees(c.Values[0], want, families):
			out.Add(n)
		}
	}
	return out
}
