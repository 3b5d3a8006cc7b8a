package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// htmlBoth is the side of a role that both accounts have.
const htmlBoth = -1

// htmlRole is a role that has something to show: of both accounts, or of one.
type htmlRole struct {
	ID     string // anchor, the same from run to run
	Name   string
	Reason string
	Side   int // 0, 1 or htmlBoth
	In     [2]*RunRole
	// Attributes differ; Own are those of a role of one account.
	Attributes []RunAttribute
	Own        []RunOwnAttribute
	Items      [2][]RunItem
	Masked     []RunMasked
	Blind      []RunGap
	Documents  []RunPolicyDocuments
	// Fingerprint and Mark are of a role of one account.
	Fingerprint string
	Mark        RunMark

	tally htmlTally
}

// htmlTally is what the table of roles says of a role.
type htmlTally struct {
	Drifts, New, Known, Waived, Expired int
	// First is the earliest commit that shows a drift, nil if none is known.
	First *RunCommit
	// Kinds are indexes in htmlSurvey.kinds, Services names; both sorted.
	Kinds    []int
	Services []string
}

// Open is how many drifts no waiver accepts.
func (t *htmlTally) Open() int { return t.Drifts - t.Waived }

// htmlRoles gives the roles with something to show, sorted by name, and the
// common roles that are in sync.
func htmlRoles(r *Run) (shown []*htmlRole, inSync []*RunPair) {
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		if !p.Differs && len(p.Attributes)+len(p.OnlyA)+len(p.OnlyB)+len(p.Blind)+len(p.Masked) == 0 {
			inSync = append(inSync, p)
			continue
		}
		shown = append(shown, &htmlRole{
			Name: p.RoleName, Reason: p.Reason, Side: htmlBoth, In: [2]*RunRole{&p.A, &p.B}, Attributes: p.Attributes,
			Items: [2][]RunItem{p.OnlyA, p.OnlyB}, Masked: p.Masked, Blind: p.Blind, Documents: p.Documents,
		})
	}
	for side, list := range [][]RunUnique{r.UniqueRoles.A, r.UniqueRoles.B} {
		for i := range list {
			u := &list[i]
			role := &htmlRole{
				Name: u.RoleName, Side: side, Own: u.Attributes, Documents: u.Documents, Fingerprint: u.Fingerprint, Mark: u.RunMark,
			}
			role.In[side], role.Items[side] = &u.RunRole, u.Items
			shown = append(shown, role)
		}
	}
	slices.SortStableFunc(shown, func(a, b *htmlRole) int {
		return cmp.Or(strings.Compare(fold(a.Name), fold(b.Name)), strings.Compare(a.Name, b.Name), a.Side-b.Side)
	})
	nameHTMLRoles(shown)
	return shown, inSync
}

// nameHTMLRoles gives each role an anchor made of its name, so that a link to
// a role works in the next run's page too.
func nameHTMLRoles(roles []*htmlRole) {
	taken := map[string]int{}
	for _, r := range roles {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", r.Side, fold(r.Name)))
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

// htmlDrift is one drift as the survey sees it. Service is an item's.
type htmlDrift struct {
	kind        string
	side        int
	mark        *RunMark
	fingerprint string
}

// drifts gives the drifts of a role: for a role of one account, that it is.
func (r *htmlRole) drifts(yield func(htmlDrift)) {
	if r.Side != htmlBoth {
		yield(htmlDrift{htmlKindRole, r.Side, &r.Mark, r.Fingerprint})
		return
	}
	for i := range r.Attributes {
		a := &r.Attributes[i]
		side := htmlBoth
		switch {
		case !a.B.Has:
			side = 0
		case !a.A.Has:
			side = 1
		}
		yield(htmlDrift{htmlKindAttribute + a.Kind, side, &a.RunMark, a.Fingerprint})
	}
	for side := range r.Items {
		for i := range r.Items[side] {
			it := &r.Items[side][i]
			yield(htmlDrift{htmlKindItems + it.PolicyType, side, &it.RunMark, it.Fingerprint})
		}
	}
}
