package compare_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/equivalency/suggest"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/reference"
	"iamctl/result"
)

// TestNoPlantedDriftIsSilent lets suggest write a dictionary for accounts that are
// meant to be the same and differ in some things unmeant: each of them is reported
// still. With IAMCTL_LONG=1 over a thousand pairs of accounts, and -v prints the
// figures.
func TestNoPlantedDriftIsSilent(t *testing.T) {
	pairs := 40
	if os.Getenv("IAMCTL_LONG") != "" {
		pairs = 1000
	}
	var n figures
	for seed := range uint64(pairs) {
		w := newWorld(seed)
		w.plantSome()
		n.add(t, w, seed)
	}
	t.Logf("%d pairs of accounts: %d of %d planted differences are silent, %d more show without a dictionary neither; of %d rows without a dictionary, %d are left with what suggest writes (%d with a perfect dictionary); %d entries were written",
		pairs, n.silent, n.planted, n.unseen, n.before, n.after, n.perfect, n.entries)
	if n.silent > 0 || 500*n.unseen > n.planted || n.planted < pairs || 2*n.after > n.before {
		t.Errorf("%+v", n)
	}
}

// plantSome plants differences of one to four kinds.
func (w *world) plantSome() {
	names := slices.Sorted(maps.Keys(plantings))
	for _, i := range w.Perm(len(names))[:1+w.IntN(4)] {
		for _, p := range plantings[names[i]](w) {
			p.kind = names[i]
			w.plants = append(w.plants, p)
		}
	}
}

type figures struct {
	planted, silent int
	// unseen are differences that only a dictionary can show, such as one account
	// naming the other's bucket, where suggest is not sure of the words.
	unseen                          int
	before, after, perfect, entries int
}

func (n *figures) add(t *testing.T, w *world, seed uint64) {
	t.Helper()
	flats, ids := w.flat()
	none := compare.Dictionary{Dictionary: equivalency.Empty()}
	proposals, err := compare.Suggestions(t.Context(), ids, flats, none, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	accepted := suggest.Accepted(proposals, false)
	written, err := suggest.Merge(none.Dictionary, accepted)
	if err != nil {
		t.Fatal(err)
	}
	n.entries += len(accepted)
	after := w.compare(t, ids, flats, written)
	before := w.compare(t, ids, flats, none.Dictionary)
	n.before += rows(before)
	n.after += rows(after)
	n.perfect += rows(w.compare(t, ids, flats, w.perfect()))
	for _, p := range w.plants {
		n.planted++
		switch {
		case w.reported(after, p):
		case !w.reported(before, p):
			n.unseen++
		default:
			n.silent++
			t.Errorf("seed %d: silent: %s: %q\n%s", seed, p.kind, p.names, written.Marshal())
		}
	}
}

func (w *world) flat() (flats [2]*inventory.Flat, ids [2]equivalency.Identity) {
	for k := range 2 {
		a := w.account(k)
		a.Sort()
		flats[k] = flatten.Account(a, reference.Embedded())
		ids[k] = equivalency.Identity{Tag: w.tags[k], Source: "accounts/" + w.tags[k], Name: w.tags[k], ID: a.ID}
	}
	return flats, ids
}

func (w *world) compare(t *testing.T, ids [2]equivalency.Identity, flats [2]*inventory.Flat, d *equivalency.Dictionary) *result.Result {
	t.Helper()
	c, err := compare.Changes(t.Context(), ids, flats, nil, compare.Dictionary{Dictionary: d}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.New(c, result.Meta{})
}

// perfect returns the dictionary of who knows the accounts.
func (w *world) perfect() *equivalency.Dictionary {
	d := equivalency.Empty()
	for _, word := range []string{"env", "Env", "region", "key", "vpce", "issuer", "partner"} {
		if w.words[0][word] == w.words[1][word] {
			continue
		}
		e := equivalency.Entry{Placeholder: "THE" + strings.ToUpper(word) + map[bool]string{true: "CAPITAL"}[word == "Env"]}
		for k := range 2 {
			e.Values = append(e.Values, equivalency.Value{Account: w.words[k]["id"], Text: w.words[k][word]})
		}
		d.Entries = append(d.Entries, e)
	}
	return d
}

// rows counts what there is to read in a comparison, all that a role of one account
// alone has included.
func rows(r *result.Result) int {
	n := 0
	for side := range 2 {
		for _, u := range *r.UniqueRoles.Of(side) {
			n += 1 + u.Items.Len() + len(u.Attributes)
		}
	}
	for i := range r.CommonRoles {
		n += r.CommonRoles[i].Differences()
	}
	return n
}

// reported reports whether a comparison has a planted difference: its role as one
// account's alone, or a difference with its marker in the pair of roles.
func (w *world) reported(r *result.Result, p plant) bool {
	for side := range 2 {
		name := w.render(side, p.names[side])
		if name != "" && slices.ContainsFunc(*r.UniqueRoles.Of(side), func(u result.Unique) bool { return u.OriginalRoleName == name }) {
			return true
		}
	}
	for i := range r.CommonRoles {
		c := &r.CommonRoles[i]
		if p.marker == "" || c.OriginalNames() != [2]string{w.render(0, p.names[0]), w.render(1, p.names[1])} {
			continue
		}
		for d := range r.PairDrifts(c) {
			if strings.Contains(d.Text(), p.marker) {
				return true
			}
		}
	}
	return false
}
