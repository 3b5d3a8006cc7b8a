package meaning

import (
	"maps"
	"slices"
	"strings"

	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// judge fills in what was found, with witnesses that show the kind of change if they
// can be confirmed, and in the accounts' names.
func (s *scope) judge(j *Judge, r *verdict.Result, judged severity.Judgement, asked func(side int) asker) {
	for _, r := range []*verdict.Result{judged.Show(r), r} {
		s.Result, s.Judgement, s.done = *r, judged, false
		s.Witnesses = slices.Clone(r.Witnesses)
		s.Judgement.Witness = nil
		if s.confirm(j, asked); !s.done {
			break
		}
	}
	if s.done {
		return
	}
	s.Kind = s.said(j.lexicon)
	s.finish(j)
}

// said returns the kind in the names of the side that allows more, the old one where
// that is less than before.
func (s *scope) said(l *lexicon) string {
	side, kind := 1, s.Kind
	if s.general {
		return l.generally(kind)
	}
	if s.Gained.Actions == 0 {
		side = 0
	}
	for _, token := range slices.Compact(slices.Sorted(maps.Values(l.tokens))) {
		if strings.Contains(kind, token) {
			kind = strings.ReplaceAll(kind, token, s.values(l, side, token)[0])
		}
	}
	return kind
}
