package waiver

import "iter"

// Open is a drift that no waiver accepts.
type Open struct {
	Fingerprint, Role string
	// Text returns the drift as Waiver.Drift has it.
	Text func() string
	// Includes reports whether the drift of a role that a waiver was written for is
	// a part of this one now; nil for a drift that has no parts.
	Includes func(w *Waiver) bool
}

// Successors finds, for waivers that fit nothing, the drifts that they were written
// for under another fingerprint: those of the same role and the same words, as fold
// returns them, where one waiver and one drift alone have them, and the one drift that
// includes theirs. It returns the drifts' fingerprints by the waivers' indexes. A
// successor is no more than a hint: whoever accepted the one did not accept the other.
func (f *File) Successors(unmatched []int, open iter.Seq[Open], fold func(string) string) map[int]string {
	s := successors{drifts: map[words]map[string]bool{}, parts: map[int]map[string]bool{}}
	waivers, roles := map[words][]int{}, map[string]bool{}
	for _, i := range unmatched {
		w := &f.Waivers[i]
		if of, text := w.words(); of != "" && text != "" {
			role := fold(of)
			roles[role] = true
			key := words{role, fold(text)}
			waivers[key] = append(waivers[key], i)
		}
	}
	if len(waivers) == 0 {
		return map[int]string{}
	}
	for d := range open {
		if d.Includes != nil {
			for _, i := range unmatched {
				if d.Includes(&f.Waivers[i]) {
					add(s.parts, i, d.Fingerprint)
				}
			}
		} else if role := fold(d.Role); roles[role] {
			add(s.drifts, words{role, fold(d.Text())}, d.Fingerprint)
		}
	}
	return s.of(waivers)
}

// words returns what the waiver is about, and what of it was accepted. Of a finding of
// audits the rule decides, for its message may change with the statement, and of an outlier
// the account.
func (w *Waiver) words() (of, text string) {
	switch {
	case w.OfAudit():
		return w.Entity, w.Rule + " " + w.Account
	case w.OfMatrix():
		return w.Role, w.Account
	}
	return w.Role, w.Drift
}

// words are a role and what differs in it, folded.
type words struct{ role, text string }

// successors are the fingerprints of open drifts by their words, and by the indexes
// of the waivers whose drifts they include.
type successors struct {
	drifts map[words]map[string]bool
	parts  map[int]map[string]bool
}

func add[K comparable](sets map[K]map[string]bool, key K, fingerprint string) {
	if sets[key] == nil {
		sets[key] = map[string]bool{}
	}
	sets[key][fingerprint] = true
}

// of returns the successors of waivers, which are given by their words.
func (s *successors) of(waivers map[words][]int) map[int]string {
	out := map[int]string{}
	for key, list := range waivers {
		for _, i := range list {
			found := s.parts[i]
			if len(list) == 1 && len(s.drifts[key]) > 0 {
				found = s.drifts[key]
			}
			if len(found) == 1 {
				for fingerprint := range found {
					out[i] = fingerprint
				}
			}
		}
	}
	return out
}
