package doubt_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/normalizetest"
)

// symbols are the rules with placeholders that stand in no text, so that what
// was put in is told from what stood there.
func symbols(rules *equivalency.Rules) *equivalency.Rules {
	out := *rules
	out.Rewrites = slices.Clone(rules.Rewrites)
	for i := range out.Rewrites {
		out.Rewrites[i].Placeholder = "\ue000" + out.Rewrites[i].Placeholder + "\ue001"
	}
	return &out
}

// originalsOf counts what became row i, rewritten by the rules.
func originalsOf(t *testing.T, table *normalize.Table, i int, rules *equivalency.Rules, self equivalency.Identity) map[inventory.Item]int {
	out := map[inventory.Item]int{}
	for _, o := range table.Origins(uint32(i)) {
		one := normalizetest.Table(t, normalizetest.Items([]inventory.Item{table.Before.Item(int(o))}), rules, self)
		out[one.Items.Item(0)]++
	}
	return out
}

// Rows are certain to differ if and only if they would not be equal with
// placeholders that nobody has, and suspect if another number of them would
// be. May never denies what Rows finds, and both
// are the same with the sides swapped.
func TestMaskerLaws(t *testing.T) {
	dictionaries := []string{
		`{"P": ["dev", "qa", "prod"]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "m", "values": {"dev": ["dev", "prod"], "qa": ["qa", "rod"]}, "match": "substring"}]}`,
	}
	rapid.Check(t, func(rt *rapid.T) {
		dictionary := rapid.SampledFrom(dictionaries).Draw(rt, "dictionary")
		ids := rapid.SampledFrom([][2]equivalency.Identity{owned, nobodys, {normalizetest.Dev, {Tag: "qa", ID: normalizetest.Dev.ID}}}).Draw(rt, "accounts")
		itemsA := normalizetest.Items(rapid.SliceOfN(normalizetest.Item, 0, 6).Draw(rt, "a"))
		itemsB := normalizetest.Items(rapid.SliceOfN(normalizetest.Item, 0, 6).Draw(rt, "b"))
		m, a, b := bothOf(t, dictionary, ids, itemsA, itemsB)
		swapped, b2, a2 := bothOf(t, dictionary, [2]equivalency.Identity{ids[1], ids[0]}, itemsB, itemsA)
		if m.May(a, b) != swapped.May(b2, a2) {
			rt.Fatal("May depends on the order")
		}
		rulesA, rulesB := symbols(normalizetest.Rules(t, dictionary, ids[0], ids[1])), symbols(normalizetest.Rules(t, dictionary, ids[1], ids[0]))
		for i, x := range normalizetest.Rows(a.Items) {
			for j, y := range normalizetest.Rows(b.Items) {
				if x != y {
					continue
				}
				mask, ok := m.Rows(a, uint32(i), b, uint32(j))
				back, okBack := swapped.Rows(b2, uint32(j), a2, uint32(i))
				if ok && !m.May(a, b) || ok != okBack || mask.Certain != back.Certain || mask.OnlyA != back.OnlyB || mask.OnlyB != back.OnlyA {
					rt.Fatalf("%+v: %+v, swapped %+v, May %v", x, mask, back, m.May(a, b))
				}
				inA, inB := originalsOf(t, a, i, rulesA, ids[0]), originalsOf(t, b, j, rulesB, ids[1])
				either := func(int, int) bool { return true }
				if want := !maps.EqualFunc(inA, inB, either); mask.Certain != want || !ok && !maps.Equal(inA, inB) {
					rt.Fatalf("%+v: %+v\nA: %+v\nB: %+v", x, mask, inA, inB)
				}
			}
		}
	})
}
