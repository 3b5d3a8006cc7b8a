package meaning

import (
	"slices"
	"strings"
	"sync"

	"iamctl/diff"
	"iamctl/normalize"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// versions are the sides whose versions of policies that AWS changed are taken, by ARN.
type versions map[string]int

// awsShare is what a pair may do, and whether what AWS changed accounts for it alone.
type awsShare struct {
	scope *Scope
	alone bool
}

// noteChanges notes which roles have policies that AWS changed.
func (j *Judge) noteChanges(c *diff.Changes) {
	j.changes, j.shares = map[*normalize.Role][]*diff.AWSChange{}, map[*normalize.Role]func() awsShare{}
	for i := range c.AWSChanges {
		x := &c.AWSChanges[i]
		for k := range x.Holders {
			if r := x.Holders[k].A; !slices.Contains(j.changes[r], x) {
				j.changes[r] = append(j.changes[r], x)
			}
		}
	}
	for i := range c.Common {
		if p := &c.Common[i]; j.changes[p.A] != nil {
			j.shares[p.A] = sync.OnceValue(func() awsShare { return j.share(p) })
		}
	}
}

// share compares what a pair may do with what it would if AWS had changed nothing, and if
// nobody else had.
func (j *Judge) share(p *diff.Pair) awsShare {
	out := awsShare{scope: j.identity([2]*role{j.role(0, p.A, nil), j.role(1, p.B, nil)})}
	s, said := out.scope, changed(j.tags, j.changes[p.A]...)
	if !p.Differs() {
		out.alone = true
		s.Kind = said + ": " + kindOf(s)
		return out
	}
	own := j.identity(j.without(p))
	switch {
	case s.unchanged() && own.unchanged():
		s.Kind = own.Kind
	case s.unchanged():
		s.Kind = "no change in permission, since " + said
	case own.unchanged() && j.accounts(p, s):
		out.alone = true
		s.Kind = said + ": " + kindOf(s)
	case !alike(s, own):
		s.Kind += ", as " + said
	}
	return out
}

// without returns the roles of a pair as if AWS had changed nothing: both have the older
// versions.
func (j *Judge) without(p *diff.Pair) [2]*role {
	older := versions{}
	for _, c := range j.changes[p.A] {
		older[c.ARN] = c.Older()
	}
	return [2]*role{j.role(0, p.A, older), j.role(1, p.B, older)}
}

// accounts reports whether AWS's changes alone do to either role of a pair what s says.
func (j *Judge) accounts(p *diff.Pair, s *Scope) bool {
	for _, alone := range j.alone(p.A, p.B, j.changes[p.A]...) {
		if !alike(alone, s) {
			return false
		}
	}
	return true
}

// alone returns what AWS's changes do to each of two roles by themselves.
func (j *Judge) alone(a, b *normalize.Role, changes ...*diff.AWSChange) [2]*Scope {
	var of [2]versions
	for side := range of {
		of[side] = versions{}
		for _, c := range changes {
			of[side][c.ARN] = side
		}
	}
	return [2]*Scope{
		j.identity([2]*role{j.role(0, a, of[0]), j.role(0, a, of[1])}),
		j.identity([2]*role{j.role(1, b, of[0]), j.role(1, b, of[1])}),
	}
}

// AWS returns what a change means that AWS made to a policy: by itself where it does no
// worse and no better with the other permissions of the roles that have it, otherwise for
// the role to which it does the most.
func (j *Judge) AWS(c *diff.AWSChange) *Meaning {
	var sides [2]*role
	for side := range sides {
		sides[side] = &role{identity: []*document{j.libraries[side].policy(&c.Holders[0], side, c.ARN)}}
	}
	bare := j.identity(sides)
	worst, of := &Scope{}, ""
	for i := range c.Holders {
		for _, s := range j.effects(&c.Holders[i], c) {
			if of == "" || s.Level.Worse(worst.Level) || s.Level == worst.Level && worst.unchanged() && !s.unchanged() {
				worst, of = s, c.Holders[i].A.Raw.Name
			}
		}
	}
	switch {
	case worst.Level == bare.Level && worst.unchanged() == bare.unchanged():
		return &Meaning{Identity: bare}
	case worst.unchanged():
		return &Meaning{Identity: &Scope{
			Result:    verdict.Result{Verdict: verdict.Equal, Future: verdict.Equal},
			Judgement: severity.Judgement{Level: severity.None, Kind: "no change in permission for any role that has it"},
		}}
	}
	out := *worst
	out.Kind = "for " + of + ": " + strings.TrimPrefix(kindOf(worst), changed(j.tags, c)+": ")
	return &Meaning{Identity: &out}
}

// effects returns what a change of AWS's does to a role that has the policy. Where several
// changes do more together, each has it.
func (j *Judge) effects(h *diff.AWSHolder, c *diff.AWSChange) []*Scope {
	changes, share := j.changes[h.A], j.shares[h.A]()
	if share.alone && len(changes) == 1 {
		return []*Scope{share.scope}
	}
	alone := j.alone(h.A, h.B, c)
	out := alone[:]
	together := share.alone
	for _, x := range changes {
		for _, s := range j.alone(h.A, h.B, x) {
			together = together && share.scope.Level.Worse(s.Level)
		}
	}
	if together {
		out = append(out, share.scope)
	}
	return out
}

// changed says that AWS changed policies, from which version to which. The one after the
// arrow is account B's unless it says otherwise.
func changed(tags [2]string, list ...*diff.AWSChange) string {
	said := make([]string, len(list))
	for i, c := range list {
		older := c.Older()
		said[i] = c.Name + " " + c.Versions[older] + " -> " + c.Versions[1-older]
		if older == 1 {
			said[i] += ", which " + tags[0] + " has"
		}
	}
	return "AWS changed " + strings.Join(said, " and ")
}

// kindOf returns the kind of a change, also where it is in form alone.
func kindOf(s *Scope) string {
	if s.unchanged() {
		return "no change in permission"
	}
	return s.Kind
}

// unchanged reports whether both sides permit the same, today and in future.
func (s *Scope) unchanged() bool {
	return s.Verdict == verdict.Equal && s.Future == verdict.Equal && s.Level == severity.None
}

// alike reports whether two scopes say the same of as much.
func alike(s, t *Scope) bool {
	return s.Verdict == t.Verdict && s.Future == t.Future && s.Level == t.Level &&
		s.Gained.Actions == t.Gained.Actions && s.Gained.Pairs == t.Gained.Pairs &&
		s.Lost.Actions == t.Lost.Actions && s.Lost.Pairs == t.Lost.Pairs
}
