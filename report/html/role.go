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
)

// htmlBoth is the side of a role that both accounts have.
const htmlBoth = -1

// htmlRole is a role that has something to show: of both accounts, or of one.
type htmlRole struct {
	ID     string // anchor, the same from run to run
	Name   string
	Reason string
	Side   int // 0, 1 or htmlBoth
	In     [2]*result.Role
	// Attributes differ; Own are those of a role of one account.
	Attributes []result.Attribute
	Own        []result.OwnAttribute
	Items      [2]result.Items
	Masked     result.MaskedItems
	Blind      []result.Gap
	Documents  []result.PolicyDocuments
	// Fingerprint and Mark are of a role of one account.
	Fingerprint string
	Mark        result.Mark

	run    *result.Result
	pair   *result.Pair   // nil for a role of one account
	unique *result.Unique // nil for a role of both
	tally  htmlTally
}

// htmlTally is what the table of roles says of a role.
type htmlTally struct {
	Drifts, New, Known, Waived, Expired int
	// First is the earliest commit that shows a drift, nil if none is known.
	First *result.Commit
	// Kinds are indexes in htmlSurvey.kinds, Services names; both sorted.
	Kinds    []int
	Services []string
}

// Open is how many drifts no waiver accepts.
func (t *htmlTally) Open() int { return t.Drifts - t.Waived }

// htmlRoles gives the roles with something to show, sorted by name, and the
// common roles that are in sync.
func htmlRoles(r *result.Result) (shown []*htmlRole, inSync []*result.Pair) {
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		if !p.Differs && p.Differences()+len(p.Blind)+p.Masked.Len() == 0 {
			inSync = append(inSync, p)
			continue
		}
		shown = append(shown, &htmlRole{
			run: r, pair: p, Name: p.RoleName, Reason: p.Reason, Side: htmlBoth, In: [2]*result.Role{&p.A, &p.B}, Attributes: p.Attributes,
			Items: [2]result.Items{p.OnlyA, p.OnlyB}, Masked: p.Masked, Blind: p.Blind, Documents: p.Documents,
		})
	}
	for side, list := range [][]result.Unique{r.UniqueRoles.A, r.UniqueRoles.B} {
		for i := range list {
			u := &list[i]
			role := &htmlRole{
				run: r, unique: u, Name: u.RoleName, Side: side, Own: u.Attributes, Documents: u.Documents, Fingerprint: u.Fingerprint, Mark: u.Mark,
			}
			role.In[side], role.Items[side] = &u.Role, u.Items
			shown = append(shown, role)
		}
	}
	slices.SortStableFunc(shown, func(a, b *htmlRole) int {
		return cmp.Or(strings.Compare(policy.Fold(a.Name), policy.Fold(b.Name)), strings.Compare(a.Name, b.Name), a.Side-b.Side)
	})
	nameHTMLRoles(shown)
	return shown, inSync
}

// nameHTMLRoles gives each role an anchor made of its name, so that a link to
// a role works in the next run's page too.
func nameHTMLRoles(roles []*htmlRole) {
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
func (r *htmlRole) Other() []string {
	var out []string
	for _, in := range r.In {
		if in != nil && in.OriginalRoleName != r.Name && !slices.Contains(out, in.OriginalRoleName) {
			out = append(out, in.OriginalRoleName)
		}
	}
	return out
}

// ServiceLinked tells that AWS owns the role.
func (r *htmlRole) ServiceLinked() bool {
	return r.In[0] != nil && r.In[0].ServiceLinked || r.In[1] != nil && r.In[1].ServiceLinked
}

// drifts yields the drifts of a role: for a role of one account, that it is.
func (r *htmlRole) drifts() iter.Seq[result.Drift] {
	if r.unique != nil {
		return slices.Values([]result.Drift{r.run.UniqueDrift(r.Side, r.unique)})
	}
	return r.run.PairDrifts(r.pair)
}

// htmlKindOf is the kind of a drift as the page counts them.
func htmlKindOf(d *result.Drift) string {
	switch d.Kind {
	case result.DriftAttribute:
		return htmlKindAttribute + d.Detail
	case result.DriftItem:
		return htmlKindItems + d.Detail
	}
	return htmlKindRole
}
