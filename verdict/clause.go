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
	n := 0
	for _, d := range list {
		if d != nil {
			n += 1 + len(d.Statements)
		}
	}
	c.clauses = slices.Grow(c.clauses, n)
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

// readPaired makes statements of the clauses of both sides that may be about actions in
// question.
func (c *comparison) readPaired(paired []int, asked *actions.Question) {
	type span struct{ from, to int } // of statements
	of := make([]span, len(c.clauses))
	for i, other := range paired {
		switch {
		case other == unpaired:
		case other < i:
			for n := of[other].from; n < of[other].to; n++ {
				s := c.statements[n]
				s.side, s.twin = c.clauses[i].side, n
				c.statements = append(c.statements, s)
			}
		case c.clauses[i].about(asked):
			from := len(c.statements)
			c.read(&c.clauses[i])
			of[i] = span{from, len(c.statements)}
		}
	}
}

// unpaired is the number of no clause.
const unpaired = -1

// paired returns for each clause which one of the other side is the same word for word.
// Most have one, and matter only where something else differs: a pattern of theirs that
// another clause has too makes the difference greater than it is, which does no harm.
func (c *comparison) paired() []int {
	out := slices.Repeat([]int{unpaired}, len(c.clauses))
	n := slices.IndexFunc(c.clauses, func(l clause) bool { return l.side == 1 })
	if n < 0 {
		return out
	}
	// Those before and behind what was changed are in the same places.
	from, to := 0, len(c.clauses)
	for from < n && n+from < to && c.clauses[from].same(&c.clauses[n+from]) {
		out[from], out[n+from] = n+from, from
		from++
	}
	end := n
	for end > from && to > n+from && c.clauses[end-1].same(&c.clauses[to-1]) {
		end, to = end-1, to-1
		out[end], out[to] = to, end
	}
	if from < end && n+from < to {
		c.pair(out, from, end, n+from, to)
	}
	return out
}

// pair is paired for the clauses of side 0 from one place to another, and those of
// side 1.
func (c *comparison) pair(out []int, from0, to0, from1, to1 int) {
	open := make(map[outline][]int, to0-from0)
	for i := from0; i < to0; i++ {
		key := c.clauses[i].outline()
		open[key] = append(open[key], i)
	}
	for i := from1; i < to1; i++ {
		l := &c.clauses[i]
		key := l.outline()
		list := open[key]
		if n := slices.IndexFunc(list, func(k int) bool { return c.clauses[k].same(l) }); n >= 0 {
			out[i], out[list[n]] = list[n], i
			open[key] = slices.Delete(list, n, n+1)
		}
	}
}

// outline is equal for clauses that are the same, and mostly for no others.
type outline struct {
	actions, resources int
	action, resource   string
}

func (l *clause) outline() outline {
	var o outline
	if s := l.statement; s != nil {
		o.actions, o.resources = len(s.Action), len(s.Resource)
		if o.actions > 0 {
			o.action = s.Action[0]
		}
		if o.resources > 0 {
			o.resource = s.Resource[0]
		}
	}
	return o
}

// same reports whether clauses say the same.
func (l *clause) same(o *clause) bool {
	s, t := l.statement, o.statement
	if l.allow != o.allow || l.variables != o.variables {
		return false
	}
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
