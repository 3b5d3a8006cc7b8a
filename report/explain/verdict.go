// Package explain says in words what a verdict on two sets of policies means, and tells
// the story of one role.
package explain

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/question"
)

// Side is what one side and its documents are called.
type Side struct {
	// Name is such as "old", or an account's tag.
	Name string
	// Source is where an account was read from, in which its files are.
	Source string
	// Commit is the commit at which it was read, "" if there is none.
	Commit string
	// Documents name the documents in their order, Boundary that of the boundary.
	// They are for bare documents: those of roles have names of their own.
	Documents []string
	Boundary  string
}

// Labels name both sides, the old one first.
type Labels = [2]Side

// Verdict writes a verdict with its proofs for a terminal. Lines are at most some 100
// characters long, but for the names in them.
func Verdict(w io.Writer, a *question.Answer, sides Labels) {
	p := printer{w: w, sides: sides}
	p.line("%s: %s", a.Verdict, sentence(a.Verdict, sides))
	p.answer(a, [2]string{"lost", "gained"})
}

// answer writes what an answer says besides the verdict. The titles are those of what the
// old side, and the new one, alone allows.
func (p *printer) answer(a *question.Answer, titles [2]string) {
	p.level(a.Severity, a.Kind)
	for i := range a.Witnesses {
		p.witness(&a.Witnesses[i])
	}
	if len(a.Witnesses) > 0 {
		p.line("")
	}
	if a.Verdict != verdict.Equal {
		p.amount(a, titles[1], a.Gained)
		p.amount(a, titles[0], a.Lost)
	}
	if a.Future != a.Verdict {
		p.field("in future", fmt.Sprintf("%s, with the actions that AWS may add", a.Future))
	}
	if a.Reason != "" {
		p.field("reason", a.Reason)
	}
}

// sentence is a verdict in words.
func sentence(v verdict.Verdict, sides Labels) string {
	old, new := sides[0].Name, sides[1].Name
	switch v {
	case verdict.Equal:
		return fmt.Sprintf("%s and %s allow the same", old, new)
	case verdict.More:
		return fmt.Sprintf("%s allows more than %s", new, old)
	case verdict.Less:
		return fmt.Sprintf("%s allows less than %s", new, old)
	case verdict.Different:
		return fmt.Sprintf("%s and %s each allow what the other does not", old, new)
	}
	return "what differs could not be decided"
}

func (p *printer) witness(w *question.Witness) {
	allowed, refused := w.AllowedBy-1, 2-w.AllowedBy
	p.line("")
	p.line("%s alone allows", p.sides[allowed].Name)
	p.request(p.principal(w), w.Action, w.Resource, w.Context)
	p.field("allowed by", p.places(allowed, w.Statements[allowed]))
	p.texts(allowed, w.Statements[allowed])
	by, why := w.Statements[refused], "no statement allows it"
	switch {
	case bounded(by) && by[0].Level > 0:
		why = p.places(refused, by) + " do not allow it"
	case bounded(by):
		why = p.places(refused, by) + " does not allow it"
	case len(by) > 0:
		why = "denied by " + p.places(refused, by)
	}
	if p.there != nil && p.there(w) != "" {
		why += "; there it is " + p.there(w)
	}
	p.field("in "+p.sides[refused].Name, why)
	p.texts(refused, by)
}

// bounded reports whether a boundary, or a level of control policies, alone decides that
// something is not allowed.
func bounded(by []question.Place) bool {
	return len(by) > 0 && (by[0].Boundary || by[0].Level > 0) && by[0].Statement < 0
}

// principal returns who asks, "" where that is the role of which the title says it.
func (p *printer) principal(w *question.Witness) string {
	if w.Principal == p.asker[w.AllowedBy-1] {
		return ""
	}
	return w.Principal
}

// request writes what is asked.
func (p *printer) request(principal, action, resource string, context map[string]question.Values) {
	if principal != "" {
		p.field("principal", principal)
	}
	p.field("action", action)
	if resource != "" {
		p.field("resource", resource)
	}
	for _, key := range slices.Sorted(maps.Keys(context)) {
		p.field("with", key+" = "+strings.Join(context[key], ", "))
	}
}

// places name statements.
func (p *printer) places(side int, by []question.Place) string {
	names := make([]string, len(by))
	for i := range by {
		names[i] = p.document(side, &by[i])
		if n := by[i].Statement; n >= 0 {
			names[i] = fmt.Sprintf("statement %d of %s", n+1, names[i])
		}
	}
	return strings.Join(names, " and ")
}

// document names the document of a statement.
func (p *printer) document(side int, at *question.Place) string {
	switch documents := p.sides[side].Documents; {
	case at.Level > 0 && at.Document < 0:
		return "the " + at.PolicyType + "s of " + at.LevelName
	case at.Level > 0:
		return "the " + at.PolicyType + " " + at.PolicyName + " of " + at.LevelName
	case at.PolicyType == result.ScopeTrust:
		return "the trust policy"
	case at.Boundary && at.PolicyName != "":
		return "the boundary " + at.PolicyName
	case at.PolicyType != "":
		return "the " + at.PolicyType + " policy " + at.PolicyName
	case !at.Boundary && at.Document < len(documents):
		return documents[at.Document]
	}
	return p.sides[side].Boundary
}

// amount writes what one side alone allows; where nothing is proved, nobody knows.
func (p *printer) amount(a *question.Answer, title string, of *question.Amount) {
	switch {
	case of == nil || a.Verdict == verdict.Unknown && of.Actions == 0:
	case a.Verdict == verdict.Unknown:
		p.field(title, "at least "+amount(of, mostServices))
	default:
		p.field(title, amount(of, mostServices))
	}
}

// mostServices is how many services a line names.
const mostServices = 6

// amount is an amount in words: by service and access level.
func amount(a *question.Amount, most int) string {
	if a.Actions == 0 {
		return "nothing"
	}
	text := result.Count(a.Actions, "action", "actions")
	var by []string
	for i, s := range a.Services {
		if i == most {
			by = append(by, fmt.Sprintf("and %d more", len(a.Services)-most))
			break
		}
		by = append(by, strings.TrimSpace(fmt.Sprintf("%s %s %d", s.Service, strings.ToLower(s.Access), s.Actions)))
	}
	return text + ": " + strings.Join(by, ", ")
}
