package documents

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/internal/visible"
)

// checkComparison holds the comparison of any two texts to its laws.
func checkComparison(t rapid.TB, a, b string) {
	t.Helper()
	x, y := Parse(a, nil), Parse(b, nil)
	before := fmt.Sprint(*x, *y)
	pairs := setSideBySide(x, y)
	checkNothingLost(t, pairs, x, y)
	// Putting lists on one line loses nothing either.
	if before, after := squeezed(pairs), squeezed(joinLists(pairs)); before != after {
		t.Fatalf("%s\nbecame\n%s", before, after)
	}
	if c := Compare(x, Parse(a, nil)); !c.Same() || c.Differ() {
		t.Fatalf("%q is not the same as itself", a)
	}
	c := Compare(x, y)
	if after := fmt.Sprint(*x, *y); before != after {
		t.Fatalf("comparing %q and %q changed them", a, b)
	}
	checkCounts(t, c)
	for _, l := range c.Lines {
		for _, r := range l.A + l.B {
			if visible.Hidden(r) && r != '\t' {
				t.Fatalf("%U in the line %q", r, l)
			}
		}
	}
	for _, l := range Compare(nil, y).Lines {
		if l.Kind != OnlyB || l.A != "" || l.Text() != l.B {
			t.Fatalf("with no document A there is the line %q of kind %c", l, l.Kind)
		}
	}
}

// checkNothingLost: one side of all pairs is the document of that side, but for the
// order of B's statements.
func checkNothingLost(t rapid.TB, pairs []linePair, a, b *Document) {
	t.Helper()
	var sides [2][]string
	for _, p := range pairs {
		for side, l := range []*line{p.a, p.b} {
			if (l != nil) != (p.kind == Equal || p.kind == Alike || p.kind == OnlyA && side == 0 || p.kind == OnlyB && side == 1) {
				t.Fatalf("a line of kind %c", p.kind)
			}
			if l != nil {
				sides[side] = append(sides[side], l.bare())
			}
		}
	}
	one, other := bareTexts(a), bareTexts(b)
	slices.Sort(other)
	slices.Sort(sides[1])
	if !slices.Equal(one, sides[0]) || !slices.Equal(other, sides[1]) {
		t.Fatalf("lines got lost between %q and %q", one, other)
	}
}

func bareTexts(d *Document) []string {
	var out []string
	add := func(lines []line) {
		for i := range lines {
			out = append(out, lines[i].bare())
		}
	}
	add(d.before)
	for _, s := range d.statements {
		add(s.lines)
	}
	add(d.after)
	return out
}

// squeezed is the text of both sides without blanks and commas.
func squeezed(pairs []linePair) string {
	squeeze := strings.NewReplacer(" ", "", "\t", "", ",", "")
	var sides [2]strings.Builder
	for _, p := range pairs {
		for side, l := range []*line{p.a, p.b} {
			if l != nil {
				sides[side].WriteString(squeeze.Replace(l.bare()))
			}
		}
	}
	return sides[0].String() + "\n" + sides[1].String()
}

// checkCounts counts the lines anew.
func checkCounts(t rapid.TB, c Comparison) {
	t.Helper()
	kinds := map[Kind]int{}
	for _, l := range c.Lines {
		kinds[l.Kind]++
		if l.Differs() != (l.Kind == OnlyA || l.Kind == OnlyB) || l.Text() != l.A && l.Kind != OnlyB {
			t.Fatalf("a line of kind %c: %q", l.Kind, l)
		}
	}
	if kinds[OnlyA] != c.OnlyA || kinds[OnlyB] != c.OnlyB || kinds[Alike] != c.Alike || c.Differ() != (c.OnlyA+c.OnlyB > 0) {
		t.Fatalf("counted %v in %q", c.Counts, c.Lines)
	}
}

func TestCompareLaw(t *testing.T) {
	value := func(t *rapid.T) any {
		return rapid.OneOf(
			rapid.Map(rapid.SampledFrom([]string{"x", "y", "s3:*", "arn:aws:s3:::b", "</pre>", "\u202e"}), func(s string) any { return s }),
			rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y", "z", "<mark>", "&amp;"}), 0, 4), func(s []string) any { return s }),
			rapid.Just(any(map[string]any{"Bool": map[string]any{"k": "true"}})), rapid.Just(any(1)),
		).Draw(t, "value")
	}
	policy := func(t *rapid.T, label string) string {
		var statements []any
		for range rapid.IntRange(0, 4).Draw(t, label) {
			s := map[string]any{}
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Action", "Resource", "Effect", "Sid", "Condition", "Principal"}), 0, 5, rapid.ID).Draw(t, "names") {
				s[name] = value(t)
			}
			statements = append(statements, s)
		}
		text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	rapid.Check(t, func(t *rapid.T) { checkComparison(t, policy(t, "a"), policy(t, "b")) })
}

func FuzzCompare(f *testing.F) {
	f.Add(queuePolicy, archivePolicy)
	f.Add(trustPolicy, "no JSON\n\n")
	f.Add(`{"Statement":[[["a"]],{"a":{"b":{}}},"x"]}`, `{"Statement":{"a":[]}}`)
	f.Add("[\n[", `["[",["a","b"],{"c":"{"}]`)
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) < 1<<12 {
			checkComparison(t, a, b)
		}
	})
}
