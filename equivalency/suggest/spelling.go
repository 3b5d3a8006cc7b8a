package suggest

import (
	"slices"

	"iamctl/equivalency"
	"iamctl/policy"
)

// spellKeys finds out how the accounts' other texts spell the words of condition keys:
// in a key letter case means nothing and is lost, while a value has its own everywhere
// else. A word that is spelled in two ways stays as it is.
func (s *search) spellKeys() {
	found := map[string][]uint32{}
	begins := map[uint32]bool{} // the first tokens, so that few words are spelled out
	s.eachWord(true, func(run []uint32) {
		found[s.words.spell(run)], begins[run[0]] = nil, true
	})
	if len(found) == 0 {
		return
	}
	s.eachWord(false, func(run []uint32) {
		if !begins[s.words.tokens[run[0]].folded] {
			return
		}
		small := policy.Fold(s.words.spell(run))
		old, wanted := found[small]
		switch {
		case !wanted || len(s.words.split(nil, small)) != len(run):
		case old == nil:
			found[small] = slices.Clone(run)
		case !slices.Equal(old, run):
			delete(found, small)
		}
	})
	s.spelled = found
}

// eachWord calls f for what is between two dividers in the texts of both accounts, in
// condition keys or in all other texts, as the dictionary leaves them.
func (s *search) eachWord(keys bool, f func(run []uint32)) {
	for k := range s.sides {
		for i := range s.sides[k].texts {
			t := &s.sides[k].texts[i]
			if (t.Field == equivalency.ConditionKey) != keys {
				continue
			}
			for from := 0; from < len(t.base); {
				to := s.wordEnd(t.base, from)
				if to > from {
					f(t.base[from:to])
				}
				from = to + 1
			}
		}
	}
}

// wordEnd returns the end of the word that begins at token i.
func (s *search) wordEnd(tokens []uint32, i int) int {
	for i < len(tokens) && s.wordly(tokens[i]) {
		i++
	}
	return i
}

// runOf returns the number of a run of a text, in the spelling of the other texts.
func (s *search) runOf(t *text, c cut) uint32 {
	tokens := t.now[c.from:c.to]
	begins := c.from == 0 || !s.wordly(t.now[c.from-1])
	if t.Field != equivalency.ConditionKey || !begins || c.to < len(t.now) && s.wordly(t.now[c.to]) {
		return s.runs.id(tokens, c.region)
	}
	spelled := slices.Clone(tokens)
	for from := 0; from < len(tokens); {
		to := s.wordEnd(tokens, from)
		copy(spelled[from:], s.spelled[s.words.spell(tokens[from:to])])
		from = to + 1
	}
	return s.runs.id(spelled, c.region)
}

// in returns the tokens of the run as a text of the field has them: those of condition
// keys are in lower case.
func (r *run) in(f equivalency.Field) []uint32 {
	if f == equivalency.ConditionKey {
		return r.small
	}
	return r.tokens
}

// inKeys limits a rule to condition keys.
var inKeys = []equivalency.Field{equivalency.ConditionKey}

// addRule adds a rule for a value, and one for the value in condition keys.
func (s *search) addRule(w *rewriter, value string, r rule) {
	r.tokens = s.words.split(nil, value)
	w.add(r)
	if small := policy.Fold(value); small != value && (r.fields == nil || slices.Contains(r.fields, equivalency.ConditionKey)) {
		r.tokens, r.fields = s.words.split(nil, small), inKeys
		w.add(r)
	}
}
