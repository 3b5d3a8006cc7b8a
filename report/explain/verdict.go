// Package explain says in words what a verdict on two sets of policies means.
package explain

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"iamctl/internal/visible"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Side is what one side and its documents are called.
type Side struct {
	// Name is such as "old", or an account's tag.
	Name string
	// Documents name the documents in their order, Boundary that of the boundary.
	Documents []string
	Boundary  string
}

// Labels name both sides, the old one first.
type Labels = [2]Side

// Verdict writes a verdict with its proofs for a terminal. Lines are at most some 100
// characters long, but for the names in them.
func Verdict(w io.Writer, r *verdict.Result, j severity.Judgement, sides Labels) {
	p := printer{w: w, sides: sides}
	p.line("%s: %s", r.Verdict, sentence(r.Verdict, sides))
	p.field(string(j.Level), j.Kind)
	for i := range r.Witnesses {
		p.witness(&r.Witnesses[i])
	}
	if len(r.Witnesses) > 0 {
		p.line("")
	}
	if r.Verdict != verdict.Equal {
		p.field("gained", amount(&r.Gained))
		p.field("lost", amount(&r.Lost))
	}
	if r.Future != r.Verdict {
		p.field("in future", fmt.Sprintf("%s, with the actions that AWS may add", r.Future))
	}
	if r.Reason != "" {
		p.field("reason", r.Reason)
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

type printer struct {
	w     io.Writer
	sides Labels
}

func (p *printer) line(format string, args ...any) {
	fmt.Fprintln(p.w, visible.Escape(fmt.Sprintf(format, args...)))
}

func (p *printer) field(name, text string) { p.line("  %-12s %s", name, text) }

func (p *printer) witness(w *verdict.Witness) {
	allowed, refused := w.AllowedBy-1, 2-w.AllowedBy
	p.line("")
	p.line("%s alone allows", p.sides[allowed].Name)
	if who := w.Request.Principal.Value; who != "" {
		p.field("principal", who)
	}
	p.field("action", w.Request.Action)
	if w.Request.Resource != "" {
		p.field("resource", w.Request.Resource)
	}
	for _, key := range slices.Sorted(maps.Keys(w.Request.Context)) {
		p.field("with", key+" = "+strings.Join(w.Request.Context[key], ", "))
	}
	p.field("allowed by", p.places(allowed, w.Allowed.By))
	p.field("in "+p.sides[refused].Name, p.refusal(refused, &w.Refused))
}

// refusal says why a side does not allow a request.
func (p *printer) refusal(side int, d *eval.Decision) string {
	if d.Outcome == eval.Denied {
		return "denied by " + p.places(side, d.By)
	}
	return "no statement allows it"
}

// places name statements.
func (p *printer) places(side int, by []eval.Statement) string {
	names := make([]string, len(by))
	for i, s := range by {
		of := p.sides[side].Boundary
		if !s.Boundary && s.Document < len(p.sides[side].Documents) {
			of = p.sides[side].Documents[s.Document]
		}
		names[i] = fmt.Sprintf("statement %d of %s", s.Index+1, of)
	}
	return strings.Join(names, " and ")
}

// amount is an amount in words: by service and access level.
func amount(a *verdict.Amount) string {
	if a.Actions == 0 {
		return "nothing"
	}
	const most = 6
	text := fmt.Sprintf("%d actions", a.Actions)
	if a.Actions == 1 {
		text = "1 action"
	}
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
