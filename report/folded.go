package report

import (
	"iter"

	"iamctl/result"
)

// scopes are the scopes of a role's meaning in the order of reports.
var scopes = []string{result.ScopeIdentity, result.ScopeTrust}

// folded yields lines on a role's differences with those of each scope that permits the
// same in one line, at the end, which says where they are.
func (f *finder) folded(p *result.Pair, lines iter.Seq[roleLine]) iter.Seq[roleLine] {
	return func(yield func(roleLine) bool) {
		counts := map[string]int{}
		for l := range lines {
			if s := p.Meaning.Own(l.scope); l.scope != "" && result.Unchanged(s) {
				counts[l.scope] += l.count
				continue
			}
			if !yield(l) {
				return
			}
		}
		for _, scope := range scopes {
			if n := counts[scope]; n > 0 {
				text := sameSign + " " + f.same(scope, p.Meaning.Own(scope)) + " (" + result.Count(n, "difference", "differences") + "; --full has them)"
				if !yield(roleLine{text: text, count: n, scope: scope}) {
					return
				}
			}
		}
	}
}

// sameSign is the sign of what differs in form alone.
const sameSign = "="
