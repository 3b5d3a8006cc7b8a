package compare

import (
	"iamctl/inventory"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/result"
)

// whole reports whether there is a document of each policy that a role has.
func whole(u *result.Unique, w *meaning.Written) bool {
	policies, boundaries := 0, 0
	for _, a := range u.Attributes {
		switch a.Kind {
		case string(normalize.KindPolicy):
			policies++
		case string(normalize.KindBoundary):
			boundaries++
		}
	}
	return len(w.Identity) == policies && len(w.Boundary) == boundaries && len(w.Trust) == 1
}

// writtenOf returns the documents of a role that a side of a run alone has.
func writtenOf(run *result.Result, u *result.Unique, side int) (out meaning.Written) {
	for _, d := range u.Documents {
		i := []*int{d.A, d.B}[side]
		if i == nil || *i < 0 || *i >= len(run.Documents) {
			continue
		}
		into := &out.Identity
		switch inventory.PolicyType(d.PolicyType) {
		case inventory.Trust:
			into = &out.Trust
		case inventory.Boundary:
			into = &out.Boundary
		}
		*into = append(*into, run.Documents[*i].Text)
	}
	return out
}
