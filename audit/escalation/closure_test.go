package escalation_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
)

// world is a small account in a model of its own: who may do which of few actions, which
// are about one principal each or about all of a kind.
type world struct {
	users, roles, groups []string
	allows, denies       map[string][]deed
	trusts               map[string][]string // whom a role names; "root" lets in whom its policies let
	member               map[string][]string // the groups of a user
	bounded, admin       map[string]bool
}

// deed is an action on a principal such as "user/x", or on "user/*".
type deed struct{ action, on string }

func (d deed) covers(action, on string) bool {
	kind, _, _ := strings.Cut(on, "/")
	return d.action == action && (d.on == on || d.on == kind+"/*")
}

const assuming, signing, enrolling = "sts:AssumeRole", "iam:CreateAccessKey", "iam:AddUserToGroup"

// bestowing are the actions that give a principal of a kind anything.
var bestowing = map[string]string{"user": "iam:AttachUserPolicy", "role": "iam:PutRolePolicy", "group": "iam:PutGroupPolicy"}

func drawn(rt *rapid.T) *world {
	w := &world{
		users: []string{"user/u", "user/v"}, roles: []string{"role/a", "role/b", "role/c"}, groups: []string{"group/g", "group/h"},
		allows: map[string][]deed{}, denies: map[string][]deed{}, trusts: map[string][]string{}, member: map[string][]string{}, bounded: map[string]bool{}, admin: map[string]bool{},
	}
	var deeds []deed
	for _, r := range append(slices.Clone(w.roles), "role/*") {
		deeds = append(deeds, deed{assuming, r}, deed{assuming, r}, deed{bestowing["role"], r})
	}
	for _, u := range append(slices.Clone(w.users), "user/*") {
		deeds = append(deeds, deed{bestowing["user"], u}, deed{signing, u})
	}
	for _, g := range append(slices.Clone(w.groups), "group/*") {
		deeds = append(deeds, deed{bestowing["group"], g}, deed{enrolling, g})
	}
	all := slices.Concat(w.users, w.roles, w.groups)
	for _, x := range all {
		w.allows[x] = rapid.SliceOfN(rapid.SampledFrom(deeds), 0, 2).Draw(rt, x)
		w.admin[x] = rapid.IntRange(0, 11).Draw(rt, x+" all") == 0
		if !slices.Contains(w.groups, x) {
			w.denies[x] = rapid.SliceOfN(rapid.SampledFrom(deeds), 0, 1).Draw(rt, x+" denied")
			w.bounded[x] = rapid.IntRange(0, 7).Draw(rt, x+" bounded") == 0
		}
	}
	for _, r := range w.roles {
		w.trusts[r] = rapid.SliceOfNDistinct(rapid.SampledFrom(append(slices.Concat(w.users, w.roles), "root", "root")), 0, 2, rapid.ID).Draw(rt, r+" trusts")
	}
	for _, u := range w.users {
		w.member[u] = rapid.SliceOfNDistinct(rapid.SampledFrom(w.groups), 0, 1, rapid.ID).Draw(rt, u+" in")
	}
	return w
}

// String returns the account in few words.
func (w *world) String() string {
	var b strings.Builder
	for _, x := range slices.Concat(w.users, w.roles, w.groups) {
		fmt.Fprintf(&b, "%s %v, denied %v, trusts %v, in %v, bounded %v, all %v; ", x, w.allows[x], w.denies[x], w.trusts[x], w.member[x], w.bounded[x], w.admin[x])
	}
	return b.String()
}

// account makes the account. The boundary leaves assuming roles.
func (w *world) account() *audittest.Builder {
	b := audittest.New().Policy("limit", document(allow(assuming, "s3:*")))
	texts := func(x string) []string {
		var list []statement
		for _, d := range w.allows[x] {
			list = append(list, on(allow(d.action), arn(d.on)))
		}
		for _, d := range w.denies[x] {
			list = append(list, on(deny(d.action), arn(d.on)))
		}
		if w.admin[x] {
			list = append(list, allow("*"))
		}
		if len(list) == 0 {
			return nil
		}
		return []string{document(list...)}
	}
	name := func(x string) string { return x[strings.Index(x, "/")+1:] }
	for _, g := range w.groups {
		b.Group(name(g), texts(g)...)
	}
	for _, u := range w.users {
		var in []string
		for _, g := range w.member[u] {
			in = append(in, name(g))
		}
		b.User(name(u), in, texts(u)...)
	}
	for _, r := range w.roles {
		var list []statement
		for _, who := range w.trusts[r] {
			list = append(list, statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn(who)}, "Action": assuming})
		}
		trusted := trust("ec2.amazonaws.com")
		if len(list) > 0 {
			trusted = document(list...)
		}
		b.Role("/", name(r), trusted, texts(r)...)
	}
	for _, x := range slices.Concat(w.users, w.roles) {
		if w.bounded[x] {
			b.With(audittest.Bounded(name(x), "limit"))
		}
	}
	return b
}

// reach is what somebody comes to: whom it has become, who was given anything, who is in
// which group.
type reach struct {
	*world
	held, given map[string]bool
	member      map[string][]string
}

func (r *reach) all(x string) bool {
	return r.admin[x] || r.given[x] || slices.ContainsFunc(r.member[x], func(g string) bool { return r.admin[g] || r.given[g] })
}

// is reports whether somebody is an administrator. No Deny of the model keeps it from that.
func (r *reach) is(x string) bool { return r.all(x) && !r.bounded[x] }

// denied reports whether somebody is denied an action. The one policy of a role, which may
// deny it, is replaced by one that is written for the role.
func (r *reach) denied(x, action, on string) bool {
	return !(r.given[x] && strings.HasPrefix(x, "role/")) && slices.ContainsFunc(r.denies[x], func(d deed) bool { return d.covers(action, on) })
}

func (r *reach) may(x, action, on string) bool {
	covers := func(d deed) bool { return d.covers(action, on) }
	if r.denied(x, action, on) || r.bounded[x] && action != assuming {
		return false
	}
	return r.all(x) || slices.ContainsFunc(r.allows[x], covers) ||
		slices.ContainsFunc(r.member[x], func(g string) bool { return slices.ContainsFunc(r.allows[g], covers) })
}

// assumes reports whether somebody may assume a role.
func (r *reach) assumes(x, role string) bool {
	if slices.Contains(r.trusts[role], x) {
		return !r.denied(x, assuming, role)
	}
	return slices.Contains(r.trusts[role], "root") && r.may(x, assuming, role)
}

// becomes adds whom those who are held become by what they may now, and reports whether one
// is an administrator.
func (r *reach) becomes() bool {
	everybody := slices.Concat(r.users, r.roles)
	for changed := true; changed; {
		changed = false
		for _, h := range everybody {
			for _, t := range everybody {
				if r.held[h] && !r.held[t] && (r.assumes(h, t) || strings.HasPrefix(t, "user/") && r.may(h, signing, t)) {
					r.held[t], changed = true, true
				}
			}
		}
	}
	return slices.ContainsFunc(everybody, func(x string) bool { return r.held[x] && r.is(x) })
}

// gift is what somebody may give: anything to one, or a group to a user.
type gift struct{ to, group string }

// gifts are those of them who are held that change something.
func (r *reach) gifts() []gift {
	var out []gift
	for _, h := range slices.Concat(r.users, r.roles) {
		for _, t := range slices.Concat(r.users, r.roles, r.groups) {
			kind, _, _ := strings.Cut(t, "/")
			if r.held[h] && !r.given[t] && r.may(h, bestowing[kind], t) {
				out = append(out, gift{to: t})
			}
			for _, u := range r.users {
				if r.held[h] && kind == "group" && !slices.Contains(r.member[u], t) && r.may(h, enrolling, t) {
					out = append(out, gift{u, t})
				}
			}
		}
	}
	return out
}

// with returns what is reached after a gift.
func (r *reach) with(g gift) *reach {
	out := &reach{r.world, maps.Clone(r.held), maps.Clone(r.given), maps.Clone(r.member)}
	if g.group == "" {
		out.given[g.to] = true
	} else {
		out.member[g.to] = append(slices.Clone(r.member[g.to]), g.group)
	}
	return out
}

// comes reports whether somebody becomes an administrator by what it, and whom it becomes,
// may do one after the other: all of it, or with no more than one gift.
func (w *world) comes(x string, all bool) bool {
	r := &reach{w, map[string]bool{x: true}, map[string]bool{}, w.member}
	for !r.becomes() {
		gifts := r.gifts()
		if !all {
			return slices.ContainsFunc(gifts, func(g gift) bool { return r.with(g).becomes() })
		}
		if len(gifts) == 0 {
			return false
		}
		for _, g := range gifts {
			r = r.with(g)
		}
	}
	return true
}

// What is found is what a model of its own comes to that tries everything, and what that
// comes to with one gift is found.
func TestClosure(t *testing.T) {
	found, more := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := drawn(rt)
		got := map[string]string{}
		for i := range escalation.Rules {
			for _, f := range w.account().Check(t, &escalation.Rules[i], config.Config{}) {
				if strings.Contains(f.Message, "administrator in") {
					got[string(f.Entity.Kind)+"/"+f.Entity.Name] = f.Message
				}
			}
		}
		for _, x := range slices.Concat(w.users, w.roles) {
			if (&reach{w, nil, nil, w.member}).is(x) {
				continue
			}
			group := slices.ContainsFunc(w.member[x], func(g string) bool { return got[g] != "" })
			switch {
			case !w.comes(x, true):
				if got[x] != "" || group && !w.bounded[x] && len(w.denies[x]) == 0 {
					rt.Errorf("%s: %s: found %q, and does not come to that", w, x, got)
				}
			case got[x] != "" || group:
				found++
			case w.comes(x, false):
				rt.Errorf("%s: %s: becomes an administrator, and is not found", w, x)
			default:
				more++
			}
		}
	})
	t.Logf("%d found; %d become one by several gifts, and are not", found, more)
	if found == 0 {
		t.Error("nobody is found")
	}
}
