package report

import (
	"strings"

	"iamctl/result"
)

// Masking is how many items are masked by one value for one reason.
type Masking struct {
	Value, Reason string
	Items         int
}

// Maskings returns the values and reasons for which items of the pairs are
// masked, in the order of the items, and how many items those are.
func Maskings(pairs ...result.Pair) (list []Masking, total int) {
	index := map[[2]string]int{}
	for i := range pairs {
		for value, reason := range pairs[i].Masked.Reasons() {
			at, ok := index[[2]string{value, reason}]
			if !ok {
				at = len(list)
				index[[2]string{value, reason}] = at
				list = append(list, Masking{Value: value, Reason: reason})
			}
			list[at].Items++
			total++
		}
	}
	return list, total
}

// masked writes how many items are equal only by rewriting that might hide
// drift, and by which values.
func (t *textWriter) masked() {
	list, total := Maskings(t.r.CommonRoles...)
	if total == 0 {
		return
	}
	t.line("\n%s", t.changed.Sprintf("Masked: %s equal after rewriting, but may hide a difference (masked_items.csv):",
		result.Count(total, "item is", "items are")))
	for i, m := range list {
		if i == fewLines {
			t.line("  ... and %s", result.Count(len(list)-i, "more value", "more values"))
			break
		}
		t.line("  %s: %s: %s", result.Count(m.Items, "item", "items"), Clip(m.Value, result.LineLimit), Clip(m.Reason, result.LineLimit))
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
	for i, g := range gaps {
		if i == fewLines {
			t.line("  ... and %d more: see gaps.csv", len(gaps)-i)
			return
		}
		t.line("  %s", GapText(Clip, &g))
	}
}

// remarks writes what else the reader must know.
func (t *textWriter) remarks() {
	t.line("")
	h := t.r
	for i, n := range h.Notes {
		if i == fewLines {
			t.line("Note: ... and %d more: see diff.json", len(h.Notes)-i)
			break
		}
		t.line("Note: %s", Clip(n, result.LineLimit))
	}
	if len(h.Ignored) > 0 {
		t.line("Ignored on request: %s", Clip(strings.Join(h.Ignored, ", "), result.LineLimit))
	}
	t.line("Out of scope: %s", Clip(strings.Join(h.OutOfScope, ", "), result.LineLimit))
	for _, in := range h.Meta.Files() {
		t.line("%s: %s", InputTitle(Clip, in.Kind), InputText(Clip, &in))
	}
}
