package result

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/internal/digest"
	"iamctl/policy"
)

// AWSChange is a policy of AWS's that AWS changed: one difference, whatever roles
// have the policy and however many items it changes.
type AWSChange struct {
	PolicyName string `json:"policyname"`
	ARN        string `json:"arn"`
	// Versions are the versions in force in the two accounts.
	Versions Sides[string] `json:"versions"`
	// Actions is how many actions are in items of either account alone.
	Actions int `json:"actions"`
	// Roles are the common roles that have the policy in both accounts.
	Roles       []AWSHolder `json:"roles"`
	Fingerprint string      `json:"fingerprint"`
	Mark
	// OnlyA are the items that the policy has in account A alone, OnlyB the
	// reverse. Their fingerprints are those that they would have in the first role.
	OnlyA Items `json:"only_a"`
	OnlyB Items `json:"only_b"`
	// ImpossibleA and ImpossibleB are likewise the pairs of an action as written and
	// a resource that the reference calls impossible.
	ImpossibleA Items `json:"impossible_a,omitzero"`
	ImpossibleB Items `json:"impossible_b,omitzero"`
	// Meaning is what the change means for whoever has this policy alone.
	Meaning *Meaning `json:"meaning,omitempty"`
}

// AWSHolder is a role that has the policy.
type AWSHolder struct {
	RoleName string `json:"rolename"`
	// PolicyType is managed, or boundary where the policy is the role's boundary.
	PolicyType string `json:"policytype"`
}

// Only returns the items that a side alone has.
func (c *AWSChange) Only(side int) Items {
	if side == 0 {
		return c.OnlyA
	}
	return c.OnlyB
}

// Impossible returns the impossible pairs that a side alone has.
func (c *AWSChange) Impossible(side int) Items {
	if side == 0 {
		return c.ImpossibleA
	}
	return c.ImpossibleB
}

// Size returns how many items and impossible pairs a side alone has.
func (c *AWSChange) Size(side int) int { return c.Only(side).Len() + c.Impossible(side).Len() }

func (r *Result) awsChangeOf(c *diff.AWSChange) AWSChange {
	out := AWSChange{
		PolicyName: c.Name, ARN: c.ARN, Versions: Sides[string]{c.Versions[0], c.Versions[1]},
		Fingerprint: awsFingerprint(r.changes, c),
	}
	for i := range c.Holders {
		out.Roles = append(out.Roles, AWSHolder{c.Holders[i].A.Name, string(c.Holders[i].Type)})
	}
	first := &c.Holders[0]
	out.OnlyA = Items{&lazyItems{result: r, role: first.A, side: 0, refs: c.OnlyA, owned: true}}
	out.OnlyB = Items{&lazyItems{result: r, role: first.B, side: 1, refs: c.OnlyB, owned: true}}
	out.ImpossibleA, out.ImpossibleB = r.impossibleIn(c, 0), r.impossibleIn(c, 1)
	out.Actions = out.actions()
	return out
}

// impossibleIn returns the impossible pairs of a policy that AWS changed.
func (r *Result) impossibleIn(c *diff.AWSChange, side int) Items {
	if len(c.Impossible(side)) == 0 {
		return Items{}
	}
	return Items{&impossibleItems{result: r, role: c.Holders[0].Role(side), side: side, pairs: c.Impossible(side), owned: true}}
}

// awsFingerprint returns the fingerprint of what AWS changed in a policy: the same
// for whatever roles, and another for another version or other items.
func awsFingerprint(c *diff.Changes, x *diff.AWSChange) string {
	var sides [2][]byte
	for side := range sides {
		role := x.Holders[0].Role(side)
		sides[side] = digest.Append(nil, c.Account(side).Tag, x.Versions[side])
		var items []string
		d := newRoleDigests(c, side)
		for i, ref := range x.Only(side) {
			t := role.Policies[ref.Policy].Items
			if i == 0 {
				d.lists.Reset(t) // all are of one policy
			}
			items = append(items, string(appendFingerprint(nil, d.lists.Append(nil, t.Rows[ref.Row]))))
		}
		b := impossibleBuilder{l: &impossibleItems{result: &Result{changes: c}, role: role, side: side, pairs: x.Impossible(side)}}
		for i := range x.Impossible(side) {
			p := b.columns(i)
			items = append(items, string(digest.Append(nil, p.Effect, policy.Fold(p.Service), policy.Fold(p.Action), p.ARN, p.Principal, p.PrincipalType, p.Negated, p.Condition, p.Statement)))
		}
		slices.Sort(items)
		sides[side] = digest.Append(sides[side], slices.Compact(items)...)
	}
	if c.B.Tag < c.A.Tag {
		sides[0], sides[1] = sides[1], sides[0]
	}
	head := digest.Append(nil, "iamctl awsmanaged 1", x.ARN)
	return string(appendFingerprint(nil, append(append(head, sides[0]...), sides[1]...)))
}

// AWSDrift returns the drift that AWS changed a policy.
func (r *Result) AWSDrift(c *AWSChange) Drift {
	return Drift{
		Fingerprint: c.Fingerprint, Kind: DriftAWS, Side: Both, Mark: c.Mark, AWS: c,
		Text: func() string { return c.Line(Whole, r.Tags()) },
	}
}

// actions returns how many distinct actions its items have.
func (c *AWSChange) actions() int {
	seen := map[string]bool{}
	for side := range 2 {
		for _, a := range c.ActionsOnly(side) {
			seen[policy.Fold(a)] = true
		}
	}
	return len(seen)
}

// ActionsOnly returns the actions of the items and impossible pairs that a side alone
// has, sorted, each once.
func (c *AWSChange) ActionsOnly(side int) []string {
	var out []string
	for _, list := range []Items{c.Only(side), c.Impossible(side)} {
		for _, o := range list.Outlines() {
			if o.Action != "" {
				out = append(out, o.FullAction())
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// RoleNames returns the roles that have the policy, each once.
func (c *AWSChange) RoleNames() []string {
	out := make([]string, len(c.Roles))
	for i, r := range c.Roles {
		out[i] = r.RoleName
	}
	return slices.Compact(out)
}

// Line returns a line on the change: what AWS changed, from which version to which,
// how much, and how many roles have the policy.
func (c *AWSChange) Line(esc Escape, tags [2]string) string {
	versions, newer := c.inOrder()
	items := c.Size(0) + c.Size(1)
	size := Count(c.Actions, "action", "actions")
	if c.Actions == 0 {
		size = Count(items, "item", "items")
	}
	return fmt.Sprintf("~ AWS changed %s %s -> %s (%s), %s it; %s has %s",
		esc(c.PolicyName, LineLimit), esc(versions[0], TagLimit), esc(versions[1], TagLimit), size,
		Count(len(c.RoleNames()), "role has", "roles have"), esc(tags[newer], TagLimit), esc(versions[1], TagLimit))
}

// Summary says that AWS changed the policy, from which version to which, and how many
// roles have it; which account has the newer one if that is not account B.
func (c *AWSChange) Summary(esc Escape, tags [2]string) string {
	versions, newer := c.inOrder()
	change := fmt.Sprintf("AWS changed %s -> %s", esc(versions[0], TagLimit), esc(versions[1], TagLimit))
	if newer == 0 {
		change += ", which " + esc(tags[0], TagLimit) + " has"
	}
	return fmt.Sprintf("%s, %s it", change, Count(len(c.RoleNames()), "role has", "roles have"))
}

// inOrder returns the versions, the older first, and the side that has the newer one.
func (c *AWSChange) inOrder() (versions [2]string, newer int) {
	versions = [2]string{c.Versions.A, c.Versions.B}
	if older, ok := olderSide(versions); ok && older == 1 {
		return [2]string{versions[1], versions[0]}, 0
	}
	return versions, 1
}

// olderSide returns the side with the older of two versions such as v9 and v10.
func olderSide(versions [2]string) (side int, ok bool) {
	a, isA := strings.CutPrefix(versions[0], "v")
	b, isB := strings.CutPrefix(versions[1], "v")
	if !isA || !isB {
		return 0, false
	}
	if cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) > 0 {
		return 1, true
	}
	return 0, true
}
