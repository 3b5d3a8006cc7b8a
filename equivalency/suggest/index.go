package suggest

import (
	"slices"

	"iamctl/policy"
)

// run is a value that was met, one or more tokens.
type run struct {
	text   string
	tokens []uint32
	// small are the tokens in lower case.
	small  []uint32
	kind   kind
	region bool
}

// runs numbers runs.
type runs struct {
	words *vocabulary
	ids   map[string]uint32
	list  []run
	room  []byte
}

func (r *runs) id(tokens []uint32, region bool) uint32 {
	r.room = r.room[:0]
	if len(tokens) == 1 && r.words.tokens[tokens[0]].kind == opaque {
		// A placeholder is not the word that it looks like.
		r.room = append(r.room, 0)
	}
	for _, id := range tokens {
		r.room = append(r.room, r.words.tokens[id].text...)
	}
	if id, ok := r.ids[string(r.room)]; ok {
		return id
	}
	id := uint32(len(r.list))
	one := run{text: r.words.spell(tokens), tokens: slices.Clone(tokens), kind: word, region: region}
	if len(tokens) == 1 {
		one.kind = r.words.tokens[tokens[0]].kind
	}
	one.small = one.tokens
	if small := policy.Fold(one.text); small != one.text && one.kind != opaque {
		one.small = r.words.split(nil, small)
	}
	r.list = append(r.list, one)
	r.ids[string(r.room)] = id
	return id
}

// end is a text of one account with the run that was cut out of it.
type end struct{ text, run uint32 }

// bucket is the texts of both accounts that are the same except for a run.
type bucket struct {
	ends [2][]end
	// bare is true if nothing descriptive is left of the texts.
	bare bool
}

// index returns the buckets that have texts of both accounts, and perhaps some of the
// second account's alone. Texts that both accounts have are not in it.
func (s *search) index(sp spans) map[uint64]*bucket {
	// Most keys are one account's alone, so that a first look at them saves
	// keeping their runs.
	seen := new(filter)
	s.cutAll(0, sp, func(_ uint32, _ *text, c cut) { seen.add(c.key) })
	out := map[uint64]*bucket{}
	s.cutAll(1, sp, func(i uint32, t *text, c cut) {
		if !seen.has(c.key) {
			return
		}
		b := out[c.key]
		if b == nil {
			b = &bucket{bare: c.bare}
			out[c.key] = b
		}
		b.ends[1] = append(b.ends[1], end{i, s.runOf(t, c)})
	})
	s.cutAll(0, sp, func(i uint32, t *text, c cut) {
		if b := out[c.key]; b != nil {
			b.ends[0] = append(b.ends[0], end{i, s.runOf(t, c)})
		}
	})
	return out
}

func (s *search) cutAll(side int, sp spans, yield func(i uint32, t *text, c cut)) {
	k := &cutter{search: s, side: side, spans: sp}
	texts := s.sides[side].texts
	for i := range texts {
		if t := &texts[i]; !t.same {
			k.cuts(t, func(c cut) { yield(uint32(i), t, c) })
		}
	}
}

// filter is a set of hashes that may seem to have some more than were added.
type filter [filterBits / 64]uint64

// filterBits is 2 MB, for a million hashes of 100,000 texts.
const filterBits = 1 << 24

func (f *filter) add(key uint64)      { f[key%filterBits/64] |= 1 << (key % 64) }
func (f *filter) has(key uint64) bool { return f[key%filterBits/64]&(1<<(key%64)) != 0 }
