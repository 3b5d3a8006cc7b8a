package report

import (
	"fmt"
	"iter"
	"strings"

	"iamctl/inventory"
)

// masking is a reason for which items are masked, and how many.
type masking struct {
	value, reason string
	items         int
}

// maskings gives the reasons in the order in which they come.
func maskings(masked iter.Seq2[string, string]) (list []masking, total int) {
	index := map[[2]string]int{}
	for value, reason := range masked {
		i, ok := index[[2]string{value, reason}]
		if !ok {
			i = len(list)
			index[[2]string{value, reason}] = i
			list = append(list, masking{value: value, reason: reason})
		}
		list[i].items++
		total++
	}
	return list, total
}

// masked says how many items are equal only by rewriting that might hide
// something, and by which values.
func (t *textWriter) masked() {
	list, total := maskings(t.v.masked)
	if total == 0 {
		return
	}
	t.line("\n%s", t.changed.Sprintf("Masked: %s equal after rewriting, but may hide a difference (masked_items.csv):",
		plural(total, "item is", "items are")))
	for i, m := range list {
		if i == fewLines {
			t.line("  ... and %s", plural(len(list)-i, "more value", "more values"))
			break
		}
		t.line("  %s: %s: %s", plural(m.items, "item", "items"), clip(m.value, clipLine), clip(m.reason, clipLine))
	}
}

func (t *textWriter) gaps() {
	gaps := t.v.head.Gaps
	if len(gaps) == 0 {
		return
	}
	t.line("\n%s", t.alarm.Sprintf("INCOMPLETE: %s could not be read, parsed or compared (gaps.csv):",
		plural(len(gaps), "thing", "things")))
	for i, g := range gaps {
		if i == fewLines {
			t.line("  ... and %d more: see gaps.csv", len(gaps)-i)
			return
		}
		t.line("  %s", gapText(clip, &g))
	}
}

// GapText tells a gap in one line, escaped.
func GapText(g inventory.Gap) string {
	r := runGap(g)
	return gapText(clip, &r)
}

func gapText(s show, g *RunGap) string {
	what := []string{g.Account + ":", g.Entity}
	for _, part := range []string{g.Name, g.PolicyType, g.PolicyName} {
		if part != "" {
			what = append(what, part)
		}
	}
	note := ""
	if g.Blind {
		note = " (not compared)"
	}
	return fmt.Sprintf("%s%s: %s", s(strings.Join(what, " "), clipLine), note, s(g.Reason, clipLine))
}

// remarks says what else the reader must know.
func (t *textWriter) remarks() {
	t.line("")
	h := t.v.head
	for i, n := range h.Notes {
		if i == fewLines {
			t.line("Note: ... and %d more: see diff.json", len(h.Notes)-i)
			break
		}
		t.line("Note: %s", clip(n, clipLine))
	}
	if len(h.Ignored) > 0 {
		t.line("Ignored on request: %s", clip(strings.Join(h.Ignored, ", "), clipLine))
	}
	t.line("Out of scope: %s", clip(strings.Join(h.OutOfScope, ", "), clipLine))
}
