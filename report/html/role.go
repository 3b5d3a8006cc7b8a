package html

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/result"
	"iamctl/verdict/severity"
)

// shownRole is a role that has something to show: of both accounts, or of one.
type shownRole struct {
	ID     string // anchor, the same from run to run
	Name   string
	Reason string
	Side   int // 0, 1 or result.Both
	In     [2]*result.Role
	// Attributes differ; Own are those of a role of one account.
	Attributes []result.Attribute
	Own        []result.OwnAttribute
	Items      [2]result.Items
	// Impossible are pairs that the reference calls impossible.
	Impossible [2]result.Items
	Masked     result.MaskedItems
	// MaskedAttributes are equal names and attributes that might hide drift.
	MaskedAttributes []result.MaskedAttribute
	Blind            []result.Gap
	Documents        []result.PolicyDocuments
	// Fingerprint and Mark are of a role of one account.
	Fingerprint string
	Mark        result.Mark
	// Meaning is what the differences mean, nil where that is not known, and Level how
	// bad they are.
	Meaning *result.Meaning
	Level   severity.Level

	run    *result.Result
	pair   *result.Pair   // nil for a role of one account
	unique *result.Unique // nil for a role of both
	tally  roleTally
}

// roleTally is what the table of roles says of a role.
type roleTally struct {
	Drifts, New, Known, Waived, Expired int
	// First is the earliest commit that shows a drift, nil if none is known.
	First *result.Commit
	// Kinds are indexes in survey.kinds; Services are names. Both are sorted.
	Kinds    []int
	Services []string
}

// Open is how many drifts no waiver accepts.
func (t *roleTally) Open() int { return t.Drifts - t.Waived }

// shownRoles returns the roles with something to show, in the order of all reports or, if
// nothing says what drift means, by name, and the common roles that are in sync.
func shownRoles(r *result.Result) (shown []*shownRole, inSync []*result.Pair) {
	for f := range r.Ranked() {
		switch {
		case f.Pair != nil:
			shown = append(shown, commonRole(r, f.Pair))
		case f.Unique != nil:
			shown = append(shown, uniqueRole(r, f.Side, f.Unique))
		}
	}
	for i := range r.CommonRoles {
		switch p := &r.CommonRoles[i]; {
		case p.Differs:
		case len(p.Blind)+p.Masked.Len()+len(p.MaskedAttributes) > 0:
			shown = append(shown, commonRole(r, p))
		default:
			inSync = append(inSync, p)
		}
	}
	order := func(a, b *shownRole) int { return result.Rank(a.Level) - result.Rank(b.Level) }
	if !slices.ContainsFunc(shown, func(s *shownRole) bool { return s.Meaning != nil }) {
		order = byName
	}
	slices.SortStableFunc(shown, order)
	setIDs(shown)
	return shown, inSync
}

func byName(a, b *shownRole) int {
	return cmp.Or(strings.Compare(policy.Fold(a.Name), policy.Fold(b.Name)), strings.Compare(a.Name, b.Name), a.Side-b.Side)
}

func commonRole(r *result.Result, p *result.Pair) *shownRole {
	return &shownRole{
		run: r, pair: p, Name: p.RoleName, Reason: p.Reason, Side: result.Both, In: [2]*result.Role{&p.A, &p.B}, Attributes: p.Attributes,
		Items: [2]result.Items{p.OnlyA, p.OnlyB}, Impossible: [2]result.Items{p.ImpossibleA, p.ImpossibleB}, Masked: p.Masked, MaskedAttributes: p.MaskedAttributes, Blind: p.Blind, Documents: p.Documents,
		Meaning: p.Meaning, Level: p.Severity(),
	}
}

func uniqueRole(r *result.Result, side int, u *result.Unique) *shownRole {
	s := &shownRole{
		run: r, unique: u, Name: u.RoleName, Side: side, Own: u.Attributes, Documents: u.Documents, Fingerprint: u.Fingerprint, Mark: u.Mark,
		Meaning: u.Meaning, Level: u.Meaning.Level(),
	}
	s.In[side], s.Items[side], s.Impossible[side] = &u.Role, u.Items, u.Impossible
	return s
}

// setIDs makes each role an anchor of its name, so that a link to a role works
// in the next run's page too.
func setIDs(roles []*shownRole) {
	taken := map[string]int{}
	for _, r := range roles {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", r.Side, policy.Fold(r.Name)))
		id := "r" + hex.EncodeToString(sum[:5])
		taken[id]++
		r.ID = id
		if n := taken[id]; n > 1 {
			r.ID = fmt.Sprintf("%s-%d", id, n)
		}
	}
}

// Other are the names that the role has in the accounts, where they are not
// its normalised name.
func (r *shownRole) Other() []string {
	var out []string
	for _, in := range r.In {
		if in != nil && in.OriginalRoleName != r.Name && !slices.Contains(out, in.OriginalRoleName) {
			out = append(out, in.OriginalRoleName)
		}
	}
	return out
}

// ServiceLinked reports whether AWS owns the role.
func (r *shownRole) ServiceLinked() bool {
	return r.In[0] != nil && r.In[0].ServiceLinked || r.In[1] != nil && r.In[1].ServiceLinked
}

// drifts yields the drifts of a role: for a role of one account, that it is.
func (r *shownRole) drifts() iter.Seq[result.Drift] {
	if r.unique != nil {
		return slices.Values([]result.Drift{r.run.UniqueDrift(r.Side, r.unique)})
	}
	return r.run.PairDrifts(r.pair)
}
