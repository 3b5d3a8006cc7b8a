package compare

import (
	"strings"

	"iamctl/diff"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/verdict/severity"
)

// news is whether there is drift that is new and counts, and whether some of it is bad
// enough to fail the run.
type news struct {
	any, fails bool

	*comparison
	before *earlier
	pairs  map[*result.Pair]*diff.Pair
	levels map[part]severity.Level
	// alone are the roles that one account alone has.
	alone map[*result.Unique]*normalize.Role
}

// part is a role in a scope.
type part struct {
	pair  *result.Pair
	scope string
}

func (c *comparison) newNews(changes *diff.Changes, before *earlier) *news {
	n := &news{comparison: c, before: before, pairs: map[*result.Pair]*diff.Pair{}, levels: map[part]severity.Level{}}
	for i := range changes.Common {
		n.pairs[&c.result.CommonRoles[i]] = &changes.Common[i]
	}
	n.alone = map[*result.Unique]*normalize.Role{}
	for side := range 2 {
		for i, r := range changes.Only(side) {
			n.alone[&(*c.result.UniqueRoles.Of(side))[i]] = r
		}
	}
	return n
}

// add takes a drift into account that is new, or as good as new, which known says: that
// the earlier run had it, and a waiver that is not there now.
func (n *news) add(d *result.Drift, known bool) {
	if !n.result.Matters(d) {
		return
	}
	n.any = true
	level := d.Severity()
	if !known && n.FailOn.New {
		level = n.severity(d)
	}
	n.fails = n.fails || n.FailOn.Reaches(level)
}

// severity returns how bad a new drift is. A role's severity is that of all that differs
// in a scope: where the earlier run says what that was, what is new alone counts.
func (n *news) severity(d *result.Drift) severity.Level {
	if d.Unique != nil && n.before != nil {
		if before, ok := n.before.alone[d.Side][d.RoleName]; ok {
			return n.meanings.GrowthAlone(d.Side, n.alone[d.Unique], before, d.Severity())
		}
	}
	level, of := d.Severity(), part{d.Pair, d.Scope()}
	if of.scope == "" || level != "" && !level.Worse(severity.Low) {
		return level
	}
	if known, ok := n.levels[of]; ok {
		return known
	}
	n.levels[of] = level
	before, ok := n.before.before(d.Pair.RoleName, of.scope)
	s := d.Pair.Meaning.Own(of.scope)
	// That a name is the other account's is not seen from one account alone.
	if ok && s != nil && !strings.HasPrefix(s.Kind, "names ") {
		n.levels[of] = n.meanings.Growth(n.pairs[d.Pair], of.scope == result.ScopeTrust, before, level)
	}
	return n.levels[of]
}
