package report

import (
	"strings"

	"iamctl/result"
)

// Masking is how many items, and how many names and attributes, are masked by one
// value for one reason.
type Masking struct {
	Value, Reason     string
	Items, Attributes int
}

// Count returns how much it is, in words.
func (m *Masking) Count() string { return maskedCount(m.Items, m.Attributes) }

// IsOrAre returns how much it is with the verb.
func (m *Masking) IsOrAre() string { return maskedAre(m.Items, m.Attributes) }

func maskedCount(items, attributes int) string {
	switch {
	case attributes == 0:
		return result.Count(items, "item", "items")
	case items == 0:
		return result.Count(attributes, "attribute", "attributes")
	}
	return result.Count(items, "item", "items") + " and " + result.Count(attributes, "attribute", "attributes")
}

func maskedAre(items, attributes int) string {
	if items+attributes == 1 {
		return maskedCount(items, attributes) + " is"
	}
	return maskedCount(items, attributes) + " are"
}

// Maskings returns the values and reasons for which items, names and attributes
// of the pairs are masked, in their order, and how many those are.
func Maskings(pairs ...result.Pair) (list []Masking, items, attributes int) {
	index := map[[2]string]int{}
	of := func(value, reason string) *Masking {
		at, ok := index[[2]string{value, reason}]
		if !ok {
			at = len(list)
			index[[2]string{value, reason}] = at
			list = append(list, Masking{Value: value, Reason: reason})
		}
		return &list[at]
	}
	for i := range pairs {
		for _, m := range pairs[i].MaskedAttributes {
			of(m.Value, m.Reason).Attributes++
			attributes++
		}
		for value, reason := range pairs[i].Masked.Reasons() {
			of(value, reason).Items++
			items++
		}
	}
	return list, items, attributes
}

// masked writes how much is equal only by rewriting that might hide drift, and by
// which values.
func (t *textWriter) masked() {
	list, items, attributes := Maskings(t.r.CommonRoles...)
	if len(list) == 0 {
		return
	}
	t.line("\n%s", t.changed.Sprintf("Masked: %s equal after rewriting, but may hide a difference (masked_items.csv):", maskedAre(items, attributes)))
	for i, m := range list {
		if i == t.few() {
			t.line("  ... and %s", result.Count(len(list)-i, "more value", "more values"))
			break
		}
		t.line("  %s: %s: %s", m.Count(), Clip(m.Value, result.LineLimit), Clip(m.Reason, result.LineLimit))
	}
}

// gaps writes what could not be compared.
func (t *textWriter) gaps() {
	gaps := t.r.Gaps
	if len(gaps) == 0 {
		return
	}
	t.line("\n%s", t.alarm.Sprintf("INCOMPLETE: %s could not be read, parsed or compared (gaps.csv):",
		result.Count(len(gaps), "thing", "things")))
	said := 0
	for i, g := range GapGroups(gaps) {
		if i == t.few() {
			t.line("  ... and %d more: see gaps.csv", len(gaps)-said)
			return
		}
		t.line("  %s", g.Text(Clip))
		said += g.Count
	}
}

// remarks writes what else the reader must know.
func (t *textWriter) remarks() {
	t.line("")
	h := t.r
	for i, n := range h.Notes {
		if i == t.few() {
			t.line("Note: ... and %d more: see diff.json", len(h.Notes)-i)
			break
		}
		t.line("Note: %s", Clip(n, result.LineLimit))
	}
	if len(h.Ignored) > 0 {
		t.line("Ignored on request: %s", Clip(strings.Join(h.Ignored, ", "), result.LineLimit))
	}
	for i := range h.Excluded {
		t.line("Excluded on request: %s", ExcludedText(Clip, t.tags, &h.Excluded[i]))
	}
	t.line("Out of scope: %s", Clip(strings.Join(h.OutOfScope, ", "), result.LineLimit))
	for _, in := range h.Meta.Files() {
		t.line("%s: %s", InputTitle(Clip, in.Kind), InputText(Clip, &in))
	}
}
