package flatten

import (
	"cmp"
	"fmt"
	"slices"

	"iamctl/inventory"
)

// The budget of a role. IAM lets one role have 20 managed policies of 6,144
// characters and more, which patterns can make into tens of millions of items: the
// owner of one role is not to stop the report on an account. All of AWS's own
// managed policies, and all policies that people write to be read, are far below.
// What is beyond is a gap of the role, said with the figures.
const (
	// documentPairs is how many pairs of an action and a resource, times the
	// principals, one document may have. ReadOnlyAccess, AWS's widest, has about
	// 20,000. A pair takes a look at what may use what, and 20 bytes, also in a
	// policy that no role has room for.
	documentPairs = 250_000
	// roleItems is how many items all policies of a role may have. One that
	// differs takes about 300 bytes of memory, and as many in diff.json.
	roleItems = 500_000
	// roleText is how many bytes the columns of these items may have, role and
	// policy names included. Up to five files of a run have each column.
	roleText = 48 << 20
)

// limitError is the error for a document with more pairs than the limit.
type limitError struct{ limit int }

func (e *limitError) Error() string {
	return fmt.Sprintf("its patterns come to more than %d pairs of an action and a resource, and iamctl compares up to so many in one document", e.limit)
}

// keepBudget takes from a role what is beyond its budget: the policies with the
// most text, since most policies are small. Each is a gap.
func (f *flattener) keepBudget(r *inventory.Role, policies []inventory.FlatPolicy) {
	costs := make([]cost, len(policies))
	var all cost
	order := make([]int, len(policies))
	for i := range policies {
		costs[i] = f.cost(r, &policies[i])
		all.items, all.text, order[i] = all.items+costs[i].items, all.text+costs[i].text, i
	}
	if all.within() {
		return
	}
	slices.SortStableFunc(order, func(i, k int) int {
		return cmp.Or(cmp.Compare(costs[i].text, costs[k].text), cmp.Compare(costs[i].items, costs[k].items))
	})
	var used cost
	for _, i := range order {
		next := cost{used.items + costs[i].items, used.text + costs[i].text}
		if next.within() {
			used = next
			continue
		}
		f.leaveOut(r, &policies[i], costs[i], all)
	}
}

// leaveOut takes a policy's items out of a role.
func (f *flattener) leaveOut(r *inventory.Role, p *inventory.FlatPolicy, own, all cost) {
	p.Items, p.Blind = &inventory.Items{}, true
	f.gaps = append(f.gaps, inventory.Gap{
		Kind: inventory.GapLimit, Entity: inventory.EntityRole, Name: r.Name, Part: inventory.Part(p.Type), PolicyName: p.Name, Blind: true,
		Reason: fmt.Sprintf("the role's policies come to %d items with %d MB of text, and iamctl compares up to %d items with %d MB in one role: this policy, with %d items, is not compared",
			all.items, megabytes(all.text), roleItems, megabytes(roleText), own.items),
	})
}

func megabytes(bytes int) int { return (bytes + 1<<20 - 1) >> 20 }

// cost is what items come to.
type cost struct{ items, text int }

func (c cost) within() bool { return c.items <= roleItems && c.text <= roleText }

// cost returns what the items of a policy of a role come to.
func (f *flattener) cost(r *inventory.Role, p *inventory.FlatPolicy) cost {
	items := p.Items.Len()
	text, ok := f.sizes[p.Items]
	if !ok {
		text = textOf(p.Items)
		f.sizes[p.Items] = text
	}
	return cost{items, text + items*(len(r.Name)+len(r.Path)+len(p.Name))}
}

// textOf returns how many bytes the columns of items have.
func textOf(t *inventory.Items) int {
	actions := lengths(t.Actions, func(a inventory.Action) int { return len(a.Service) + len(a.Name) })
	resources := lengths(t.Resources, func(s string) int { return len(s) })
	principals := lengths(t.Principals, func(p inventory.Principal) int { return len(p.Type) + len(p.Value) })
	terms := lengths(t.Terms, func(m inventory.Terms) int {
		return len(m.Negated) + len(m.Condition) + len(m.Statement) + len(m.Note)
	})
	text := 0
	for _, row := range t.Rows {
		text += actions[row.Action] + resources[row.Resource] + principals[row.Principal] + terms[row.Terms]
	}
	return text
}

func lengths[T any](list []T, of func(T) int) []int {
	out := make([]int, len(list))
	for i, v := range list {
		out[i] = of(v)
	}
	return out
}
