package grant

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"iamctl/audit/account"
	"iamctl/audit/asking"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Asker asks about the holders of one account. What was found is kept by the statements
// that it depends on, which many holders have in common.
type Asker struct {
	c *verdict.Comparer
	// day is from when on requests are asked about.
	day   time.Time
	found map[string]found
	tags  map[tagging]map[string]asking.Tag
}

// found is what a search found.
type found struct {
	witness *verdict.Witness
	unknown string
}

// NewAsker returns the asker of an account, about requests from a day on.
func NewAsker(c *verdict.Comparer, day time.Time) *Asker {
	return &Asker{c, day, map[string]found{}, map[tagging]map[string]asking.Tag{}}
}

// Within does something with no more than the steps of a limited comparer for all that is
// asked meanwhile.
func (a *Asker) Within(limited *verdict.Comparer, do func()) {
	defer func(c *verdict.Comparer) { a.c = c }(a.c)
	a.c = limited
	do()
}

// Of returns the permissions of a holder.
func (a *Asker) Of(h *account.Holder) Grant {
	p := h.Permissions()
	return Grant{asker: a, holder: h, whole: p, part: p, alone: eval.Statement{Index: -1}, unbounded: h.Unbounded()}
}

// search looks for a request that the permissions allow.
func (a *Asker) search(p *verdict.Permissions) found {
	key := textOf(p)
	f, ok := a.found[key]
	if !ok {
		r := a.c.Identity(&verdict.Permissions{}, p)
		if len(r.Witnesses) > 0 {
			f.witness = &r.Witnesses[0]
		} else if r.Verdict == verdict.Unknown {
			f.unknown = r.Reason
		}
		if !a.c.Spent() { // else another search may find it
			a.found[key] = f
		}
	}
	return f
}

// textOf returns a text that says what permissions do.
func textOf(p *verdict.Permissions) string {
	var b []byte
	text := func(s string) { b = append(append(strconv.AppendInt(b, int64(len(s)), 10), ':'), s...) }
	list := func(of []string) {
		b = append(b, '[')
		for _, s := range of {
			text(s)
		}
		if of != nil {
			b = append(b, ']')
		}
	}
	for i, documents := range [][]*policy.Document{p.Identity, p.Boundary} {
		if documents != nil {
			b = append(b, "IB"[i])
		}
		for _, d := range documents {
			text(d.Version)
			for _, e := range d.Unknown {
				text(e.Name)
				text(e.JSON)
			}
			for _, s := range d.Statements {
				text(s.Effect)
				for _, l := range [][]string{s.Action, s.NotAction, s.Resource, s.NotResource} {
					list(l)
				}
				for _, list := range [][]policy.Principal{s.Principal, s.NotPrincipal} {
					for _, who := range list { // which an identity policy cannot have
						text(who.Type)
						text(who.Value)
					}
				}
				for _, c := range s.Condition {
					text(c.Operator)
					text(c.Key)
					list(c.Values)
				}
				for _, e := range s.Unknown {
					text(e.Name)
					text(e.JSON)
				}
			}
		}
	}
	return string(b)
}

// reduced returns the permissions without statements that are not about what is asked, as
// they are for the holder. It is the same to those requests, and most holders have few left.
func (g Grant) reduced() *verdict.Permissions { return g.personal(g.narrowed()) }

// narrowed returns the permissions without statements that are not about what is asked.
func (g Grant) narrowed() *verdict.Permissions {
	if g.only == nil || slices.ContainsFunc(slices.Concat(g.part.Identity, g.part.Boundary), odd) {
		return g.copied()
	}
	p := &verdict.Permissions{}
	for i, documents := range [][]*policy.Document{g.part.Identity, g.part.Boundary} {
		if documents == nil {
			continue
		}
		out := make([]*policy.Document, 0, len(documents))
		for _, d := range documents {
			if d = g.about(d); d != nil {
				out = append(out, d)
			}
		}
		if i == 0 {
			p.Identity = out
		} else {
			p.Boundary = out
		}
	}
	return p
}

// about returns a document without statements that are not about what is asked, nil if
// that leaves none.
func (g Grant) about(d *policy.Document) *policy.Document {
	out := *d
	out.Statements = nil
	for _, s := range d.Statements {
		if s.Action, s.NotAction = g.actions(&s), nil; len(s.Action) > 0 && g.matches(&s) {
			s.Sid, s.Line, s.Column = "", 0, 0
			out.Statements = append(out.Statements, s)
		}
	}
	if len(out.Statements) == 0 {
		return nil
	}
	return &out
}

func (g Grant) actions(s *policy.Statement) []string {
	if len(g.only) == 1 {
		if s.About(g.only[0]) {
			return g.only
		}
		return nil
	}
	return slices.DeleteFunc(slices.Clone(g.only), func(a string) bool { return !s.About(a) })
}

// matches reports whether a statement may be about the resource that is asked about.
func (g Grant) matches(s *policy.Statement) bool {
	return g.on == "" || s.NotResource != nil || len(s.Resource) == 0 || slices.ContainsFunc(s.Resource, func(r string) bool {
		return strings.Contains(r, "$") || policy.Match(r, g.on)
	})
}

// odd reports whether a document has something of which it is not known what it means.
func odd(d *policy.Document) bool {
	return d.Unknown != nil || d.Version != "2012-10-17" && d.Version != "2008-10-17" && d.Version != "" ||
		slices.ContainsFunc(d.Statements, func(s policy.Statement) bool {
			return s.Unknown != nil || s.Principal != nil || s.NotPrincipal != nil || s.Action != nil && s.NotAction != nil || s.Effect != "Allow" && s.Effect != "Deny" || slices.ContainsFunc(s.Action, dollar) || slices.ContainsFunc(s.NotAction, dollar)
		})
}

func dollar(s string) bool { return strings.Contains(s, "$") }

const principalARN = "aws:principalarn"

// personal returns permissions as they are for the holder: the search is about a role of
// any name, and knows neither that of a user nor the holder's ARN.
func (g Grant) personal(p *verdict.Permissions) *verdict.Permissions {
	p = g.own(p)
	return g.possible(p, p)
}

// own returns permissions with what is known of the holder where they have it as a variable
// or ask for its name.
func (g Grant) own(p *verdict.Permissions) *verdict.Permissions {
	if g.holder.Kind != inventory.EntityPolicy {
		p.Identity, p.Boundary = g.filled(p.Identity), g.filled(p.Boundary)
	}
	return g.byName(p)
}

// possible returns permissions without requests that the holder cannot make by those keys
// that some permissions ask for.
func (g Grant) possible(p *verdict.Permissions, of ...*verdict.Permissions) *verdict.Permissions {
	out := *p
	for _, list := range g.never(of...) {
		out.Identity = append(slices.Clip(out.Identity), denied(policy.Statement{Condition: list}))
	}
	out.Identity = append(slices.Clip(out.Identity), g.elsewhere(of...)...)
	return &out
}

// never returns lists of conditions of which one holds together for each request that is none
// of the holder's, or before the day, of those keys that some permissions ask for.
func (g Grant) never(of ...*verdict.Permissions) [][]policy.Condition {
	asked := func(some func(key string) bool) bool {
		return slices.ContainsFunc(of, func(p *verdict.Permissions) bool { return asks(p, some) })
	}
	var out [][]policy.Condition
	if g.holder.Kind != inventory.EntityPolicy {
		who := g.Asking()
		if asked(func(key string) bool { return key == standIn }) {
			for _, list := range who.Never(userKey) {
				for i := range list {
					list[i].Key = standIn
				}
				out = append(out, list)
			}
		}
		if g.individual() && asked(func(key string) bool { return key == principalARN }) {
			out = append(out, []policy.Condition{{Operator: "ArnNotEquals", Key: principalARN, Values: []string{g.holder.ARN}}})
		}
		for _, key := range asking.Keys {
			if asked(func(k string) bool { return k == key }) {
				out = append(out, who.Never(key)...)
			}
		}
		for _, key := range principalTags(of) {
			out = append(out, who.Never(key)...)
		}
	}
	if asked(asking.Timed) {
		for _, c := range asking.Before(g.asker.day) {
			out = append(out, []policy.Condition{c})
		}
	}
	return out
}

// principalTags returns the condition keys of tags of who asks that permissions have, in lower
// case, sorted.
func principalTags(of []*verdict.Permissions) []string {
	var out []string
	for _, p := range of {
		asks(p, func(key string) bool {
			if asking.Tagged(key) && key != standIn {
				out = append(out, key)
			}
			return false
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// individual reports whether the holder is one who asks by its own ARN.
func (g Grant) individual() bool {
	return g.holder.Trust != nil || g.holder.Kind == inventory.EntityUser
}
