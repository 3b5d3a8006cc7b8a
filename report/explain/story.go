package explain

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"iamctl/report"
	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/question"
)

// Options say how a story is to look.
type Options struct {
	// Color asks for terminal colours.
	Color bool
	// Width is the terminal's in columns, between whose words lines are broken; 0 breaks
	// none.
	Width int
}

// Story writes the story of a role for a terminal: who it is, what differs and what
// that means, or the answers to the questions about it.
func Story(w io.Writer, s *result.Story, o Options) error {
	out := bufio.NewWriter(w)
	t := teller{printer{w: out, color: o.Color, width: o.Width, sides: labelsOf(&s.Accounts)}, s}
	t.who()
	if len(s.Asked) > 0 {
		for i := range s.Asked {
			t.asked(&s.Asked[i])
		}
	} else {
		t.means()
	}
	t.gaps()
	return out.Flush()
}

func labelsOf(accounts *result.Sides[result.Account]) Labels {
	a, b := &accounts.A, &accounts.B
	return Labels{{Name: a.Tag, Source: a.Source, Commit: a.Commit}, {Name: b.Tag, Source: b.Source, Commit: b.Commit}}
}

// teller tells the story of a role.
type teller struct {
	printer
	s *result.Story
}

// who says who the role is in both accounts.
func (t *teller) who() {
	t.title("%s", t.s.RoleName)
	for side := range 2 {
		a, r := t.s.Accounts.Of(side), *t.s.Roles.Of(side)
		if r == nil {
			t.field(a.Tag, strings.TrimSpace("does not have the role  "+a.ID))
			continue
		}
		t.field(a.Tag, r.ARN)
		t.asker[side] = r.ARN
	}
	if t.s.Pairing != "" {
		t.field("the same", "paired "+t.s.Pairing)
	}
}

// alone returns the one account that has the role, Both if both have it.
func (t *teller) alone() int {
	switch {
	case t.s.Roles.B == nil:
		return 0
	case t.s.Roles.A == nil:
		return 1
	}
	return result.Both
}

// means says what differs and what it means.
func (t *teller) means() {
	for _, scope := range result.Scopes() {
		if a := t.s.Meaning.Of(scope); a != nil {
			t.text, t.there = t.textsOf(scope), t.elsewhere(scope)
			t.scope(scope, a)
		}
	}
	t.attributes()
	for i := range t.s.AWSChanges {
		t.change(&t.s.AWSChanges[i])
	}
	switch {
	case len(t.s.Gaps) > 0 && !t.s.Differs:
		t.line("")
		t.line("Nothing differs in what could be read.")
	case !t.s.Differs && len(t.s.AWSChanges) > 0:
		t.line("")
		t.line("Nothing else differs.")
	case !t.s.Differs:
		t.line("")
		t.line("Nothing differs.")
	}
}

// titles are what the scopes are about.
var titles = map[string]string{
	result.ScopeIdentity: "what it may do", result.ScopeTrust: "who may assume it",
	result.ScopeEffective: "what it may do within control policies", result.ScopeEffectiveTrust: "who may assume it within control policies",
}

func (t *teller) scope(name string, a *result.Scope) {
	t.line("")
	if side := t.alone(); side != result.Both {
		t.aloneIn(side, name, a)
		return
	}
	t.title("%s: %s, %s", titles[name], a.Verdict, sentence(a.Verdict, t.sides))
	t.answer(a, t.titles())
}

// titles are those of what either account alone allows.
func (t *teller) titles() [2]string {
	return [2]string{"in " + t.sides[0].Name + " alone", "in " + t.sides[1].Name + " alone"}
}

// aloneIn says what a role may do that one account alone has.
func (t *teller) aloneIn(side int, name string, a *result.Scope) {
	t.title("%s, in %s alone", titles[name], t.sides[side].Name)
	all, kind := a.Gained, a.Kind
	if side == 0 {
		all = a.Lost
	}
	if side == 0 && kind != "" {
		kind = "in " + t.sides[1].Name + ": " + kind
	}
	t.level(a.Severity, kind)
	switch {
	case a.Verdict == verdict.Unknown:
		t.field("reason", a.Reason)
	case all == nil || all.Actions == 0:
		t.field("allowed", "nothing")
	default:
		t.field("allowed", amount(all, all.Actions))
	}
	for i := range a.Witnesses {
		w := &a.Witnesses[i]
		t.line("")
		t.line("for instance")
		t.request(t.principal(w), w.Action, w.Resource, w.Context)
		t.field("allowed by", t.places(side, w.Statements[side]))
		t.texts(side, w.Statements[side])
	}
}

// textsOf returns the texts of the statements that decide in a scope.
func (t *teller) textsOf(scope string) func(side int, at *question.Place) string {
	return func(side int, at *question.Place) string {
		for i := range t.s.Statements {
			if d := &t.s.Statements[i]; d.Account == side+1 && d.Scope == scope && d.Place == *at {
				return d.Text
			}
		}
		return ""
	}
}

// elsewhere returns what witnesses of a scope are called where they are refused.
func (t *teller) elsewhere(scope string) func(w *question.Witness) string {
	return func(w *question.Witness) string {
		for i := range t.s.Elsewhere {
			switch e := &t.s.Elsewhere[i]; {
			case e.Scope != scope || e.AllowedBy != w.AllowedBy:
			case e.Resource != w.Resource:
				return e.Resource
			default:
				return e.Principal
			}
		}
		return ""
	}
}

// attributes says what else differs.
func (t *teller) attributes() {
	var lines []string
	for i := range t.s.Attributes {
		lines = append(lines, t.s.Attributes[i].Line(report.Clip, [2]string{t.sides[0].Name, t.sides[1].Name}))
	}
	if t.alone() == result.Both {
		for side := range 2 {
			if n := *t.s.Items.Of(side); n > 0 {
				lines = append(lines, fmt.Sprintf("%c %s of 'iamctl diff' in %s alone", result.Signs[side], result.Count(n, "row", "rows"), report.Clip(t.sides[side].Name, result.TagLimit)))
			}
		}
	}
	if len(lines) == 0 {
		return
	}
	t.line("")
	t.title("what differs as it is written")
	for _, l := range lines {
		fmt.Fprintln(t.w, "  "+l)
	}
}

// change says what AWS changed in a policy of the role.
func (t *teller) change(c *result.StoryChange) {
	t.line("")
	t.title("AWS changed its policy %s: %s in %s, %s in %s", c.PolicyName, c.Versions.A, t.sides[0].Name, c.Versions.B, t.sides[1].Name)
	if a := c.Meaning.Of(result.ScopeIdentity); a != nil {
		t.line("  %s: %s", a.Verdict, sentence(a.Verdict, t.sides))
		t.text, t.there = nil, nil
		t.answer(a, t.titles())
	}
}

// gaps says what could not be read of the role.
func (t *teller) gaps() {
	if len(t.s.Gaps) == 0 {
		return
	}
	t.line("")
	t.title("what could not be read or compared")
	for i := range t.s.Gaps {
		g := &t.s.Gaps[i]
		what := strings.Join(strings.Fields(g.Entity+" "+g.Name+" "+g.PolicyType+" "+g.PolicyName), " ")
		t.field(g.Account, what+": "+g.Reason)
	}
}

// asked writes the answers of both accounts to a question.
func (t *teller) asked(a *result.Asked) {
	t.line("")
	t.title("%s", t.conclusion(a))
	if a.Given > 0 {
		t.field("asked", fmt.Sprintf("in the names of %s; the dictionary has them of %s", t.sides[a.Given-1].Name, t.sides[2-a.Given].Name))
	}
	for side := range 2 {
		reply := *a.Answers.Of(side)
		if reply == nil {
			continue
		}
		t.line("")
		t.line("%s: %s", t.sides[side].Name, reply.Outcome)
		t.request(reply.Principal, reply.Action, reply.Resource, reply.Context)
		for i := range reply.Statements {
			d := &reply.Statements[i]
			t.field(decides(reply.Outcome), t.places(side, []question.Place{d.Place}))
			t.where(side, &d.Place)
			t.statement(d.Text)
		}
		if len(reply.Statements) == 0 && reply.Reason == "" {
			t.field("because", "no statement allows it")
		}
		if reply.Reason != "" {
			t.field("reason", reply.Reason)
		}
	}
}

// decides is what a statement does with an outcome.
func decides(outcome string) string {
	switch outcome {
	case "allowed":
		return "allowed by"
	case "denied":
		return "denied by"
	case "not allowed":
		return "forbidden by"
	}
	return "undecided"
}

// conclusion says in a line what both accounts answer.
func (t *teller) conclusion(a *result.Asked) string {
	x, y := a.Answers.A, a.Answers.B
	switch {
	case x == nil:
		return t.sides[1].Name + " alone has the role: " + y.Outcome
	case y == nil:
		return t.sides[0].Name + " alone has the role: " + x.Outcome
	case x.Outcome == y.Outcome:
		return "both accounts: " + x.Outcome
	}
	return fmt.Sprintf("%s: %s, %s: %s", t.sides[0].Name, x.Outcome, t.sides[1].Name, y.Outcome)
}
