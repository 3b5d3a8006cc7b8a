package escalation

import (
	"slices"
	"strings"
	"sync"

	"iamctl/audit/account"
	"iamctl/policy"
	"iamctl/verdict/escalation"
)

// sort is how a set of actions leads to more permissions.
type sort int

const (
	lifts sort = iota // gives permissions to a principal
	passes
	runs
	center // changes what IAM Identity Center gives
	credentials
	joins
	letsIn
	assumes
	combined // is two of the others
	makes    // makes somebody to become
)

// sorted is a set with how it leads to more permissions.
type sorted struct {
	escalation.Set
	sort
}

var single = map[string]sort{
	"iam:CreateAccessKey": credentials, "iam:CreateLoginProfile": credentials, "iam:UpdateLoginProfile": credentials,
	"iam:AddUserToGroup": joins, "iam:UpdateAssumeRolePolicy": letsIn, escalation.AssumeRole: assumes,
}

func sortOf(s *escalation.Set) sort {
	switch {
	case slices.ContainsFunc(s.Actions, func(a string) bool { _, ok := made[a]; return ok }) && len(s.PassedTo) == 0:
		return makes
	case len(s.PassedTo) > 0:
		return passes
	case len(s.RunsAs) > 0:
		return runs
	case strings.HasPrefix(s.Actions[0], "sso:"):
		return center
	case len(s.Actions) > 1:
		return combined
	}
	return single[s.Actions[0]] // lifts, if it is not there
}

// freeing are sets that the library does not have: who may do them to itself has its
// permissions without the boundary.
var freeing = []escalation.Set{
	{Actions: []string{"iam:DeleteRolePermissionsBoundary"}},
	{Actions: []string{"iam:PutRolePermissionsBoundary"}},
	{Actions: []string{"iam:PutUserPermissionsBoundary"}},
}

// all are the sets but for those that are patterns and those of which a part does the same,
// and those that free of a boundary.
var all = sync.OnceValue(func() []*sorted {
	var out []*sorted
	list := escalation.All()
	list = slices.Concat(list, freeing, making)
	for i := range list {
		s := &list[i]
		part := func(t *sorted) bool { return t.sort == sortOf(s) && subset(t.Actions, s.Actions) }
		if !s.Pattern() && !slices.ContainsFunc(out, part) {
			out = append(out, &sorted{*s, sortOf(s)})
		}
	}
	return out
})

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(x string) bool { return !slices.Contains(b, x) })
}

// together returns the set of two sets' actions, with its name in the library if it has
// one.
func together(a, b *escalation.Set) *escalation.Set {
	actions := slices.Concat(a.Actions, b.Actions)
	slices.Sort(actions)
	actions = slices.Compact(actions)
	list := escalation.All()
	for i := range list {
		if slices.Equal(list[i].Actions, actions) {
			return &list[i]
		}
	}
	return &escalation.Set{Actions: actions, IDs: slices.Concat(a.IDs, b.IDs)}
}

// reading finds the sets that documents may allow, by their text. It saves asking.
type reading struct {
	actions  []string
	patterns map[string]bits
}

// bits are the actions of reading by place; there are fewer than 256.
type bits [4]uint64

func (b *bits) set(i int)     { b[i/64] |= 1 << (i % 64) }
func (b bits) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }

func newReading() *reading {
	r := &reading{patterns: map[string]bits{}}
	for _, s := range all() {
		r.actions = append(r.actions, s.Actions...)
	}
	slices.Sort(r.actions)
	r.actions = slices.Compact(r.actions)
	return r
}

func (r *reading) of(pattern string) bits {
	b, ok := r.patterns[pattern]
	if !ok {
		for i, a := range r.actions {
			if strings.Contains(pattern, "$") || policy.MatchFold(pattern, a) {
				b.set(i)
			}
		}
		r.patterns[pattern] = b
	}
	return b
}

// sets returns the sets of which a holder may hold all by the text of its policies.
func (r *reading) sets(h *account.Holder) []*sorted {
	var may bits
	for _, p := range h.Policies {
		if p.Document == nil {
			continue
		}
		for _, s := range p.Document.Statements {
			if s.Effect == "Deny" {
				continue
			}
			for _, a := range s.Action {
				b := r.of(a)
				for i := range may {
					may[i] |= b[i]
				}
			}
			if s.NotAction != nil {
				may = bits{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
			}
		}
	}
	if may == (bits{}) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all()), func(s *sorted) bool {
		return slices.ContainsFunc(s.Actions, func(a string) bool {
			i, _ := slices.BinarySearch(r.actions, a)
			return !may.has(i)
		})
	})
}
