package verdict

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict/internal/actions"
)

// clause is a statement of a side as it is written, or the doubt what a document
// says that nobody can read.
type clause struct {
	side      int
	allow     layer // of an Allow
	variables bool
	statement *policy.Statement
	doubt     string
}

// documents adds the clauses of a side's documents.
func (c *comparison) documents(side int, list []*policy.Document, allow layer) {
	for _, d := range list {
		if d == nil {
			continue
		}
		if why := unreadable(d); why != "" {
			c.clauses = append(c.clauses, clause{side: side, allow: allow, doubt: why + "\x00" + d.Version + elements(d.Unknown)})
		}
		for i := range d.Statements {
			c.clauses = append(c.clauses, clause{side: side, allow: allow, variables: d.Version == variablesVersion, statement: &d.Statements[i]})
		}
	}
}

// read makes a statement of a clause.
func (c *comparison) read(l *clause) {
	if l.statement == nil {
		c.doubt(l.side, l.allow, l.doubt, everyAction, false)
		c.doubt(l.side, deny, l.doubt, everyAction, false)
		return
	}
	c.statement(l.side, l.statement, l.variables, l.allow)
}

// paired returns which clauses the other side has word for word. Most are, and
// matter only where something else differs: a pattern of theirs that another
// clause has too makes the difference greater than it is, which does no harm.
func (c *comparison) paired() []bool {
	out := make([]bool, len(c.clauses))
	open := make(map[outline][]int, len(c.clauses)) // of side 0
	for i := range c.clauses {
		l := &c.clauses[i]
		key := l.outline()
		if l.side == 0 {
			open[key] = append(open[key], i)
			continue
		}
		list := open[key]
		if n := slices.IndexFunc(list, func(k int) bool { return c.clauses[k].same(l) }); n >= 0 {
			out[i], out[list[n]] = true, true
			open[key] = slices.Delete(list, n, n+1)
		}
	}
	return out
}

// outline is equal for clauses that are the same, and mostly for no others.
type outline struct {
	allow                layer
	variables            bool
	actions, resources   int
	effect, first, about string
}

func (l *clause) outline() outline {
	o := outline{allow: l.allow, variables: l.variables, effect: l.doubt}
	if s := l.statement; s != nil {
		o.actions, o.resources, o.effect = len(s.Action), len(s.Resource), s.Effect
		if len(s.Action) > 0 {
			o.first = s.Action[0]
		}
		if len(s.Resource) > 0 {
			o.about = s.Resource[0]
		}
	}
	return o
}

// same reports whether clauses of the same outline say the same.
func (l *clause) same(o *clause) bool {
	s, t := l.statement, o.statement
	if s == nil || t == nil {
		return s == t && l.doubt == o.doubt
	}
	return s.Effect == t.Effect && alike(s.Action, t.Action) && alike(s.NotAction, t.NotAction) &&
		alike(s.Resource, t.Resource) && alike(s.NotResource, t.NotResource) &&
		alike(s.Principal, t.Principal) && alike(s.NotPrincipal, t.NotPrincipal) && alike(s.Unknown, t.Unknown) &&
		slices.EqualFunc(s.Condition, t.Condition, func(a, b policy.Condition) bool {
			return a.Operator == b.Operator && a.Key == b.Key && alike(a.Values, b.Values)
		})
}

// alike reports whether lists are the same; an empty list is not like none.
func alike[T comparable](a, b []T) bool {
	return (a == nil) == (b == nil) && slices.Equal(a, b)
}

// about reports whether the clause may be about actions in question.
func (l *clause) about(asked *actions.Question) bool {
	s := l.statement
	if s == nil || len(s.Action) == 0 || s.Unknown != nil {
		return true
	}
	return slices.ContainsFunc(s.Action, func(p string) bool { return asked.About(p) || !strings.Contains(p, ":") })
}
