package waiver

import "iter"

// Open is a drift that no waiver accepts.
type Open struct {
	Fingerprint, Role string
	// Text returns the drift as Waiver.Drift has it.
	Text func() string
}

// Successors finds, for waivers that fit nothing, the drifts that they were written
// for under another fingerprint: those of the same role and the same words, as fold
// returns them, where one waiver and one drift alone have them. It returns the
// drifts' fingerprints by the waivers' indexes. A successor is no more than a hint:
// whoever accepted the one did not accept the other.
func (f *File) Successors(unmatched []int, open iter.Seq[Open], fold func(string) string) map[int]string {
	type words struct{ role, text string }
	waivers, roles := map[words][]int{}, map[string]bool{}
	for _, i := range unmatched {
		w := &f.Waivers[i]
		if w.Role != "" && w.Drift != "" {
			role := fold(w.Role)
			roles[role] = true
			key := words{role, fold(w.Drift)}
			waivers[key] = append(waivers[key], i)
		}
	}
	drifts := map[words]map[string]bool{}
	if len(waivers) > 0 {
		for d := range open {
			role := fold(d.Role)
			if !roles[role] {
				continue
			}
			key := words{role, fold(d.Text())}
			if drifts[key] == nil {
				drifts[key] = map[string]bool{}
			}
			drifts[key][d.Fingerprint] = true
		}
	}
	out := map[int]string{}
	for key, list := range waivers {
		if len(list) == 1 && len(drifts[key]) == 1 {
			for fingerprint := range drifts[key] {
				out[list[0]] = fingerprint
			}
		}
	}
	return out
}
