package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/internal/smt"
)

// proof is what the solvers say of one pair.
type proof struct {
	*options
	*pair
	ours      *verdict.Result
	skipped   string
	undecided bool
	disagreed string
	answers   map[string]int
	asked     map[string]result // by question
	// found is what was found today, by new and by old alone.
	found [2]result
}

func newProof(o *options, q *pair, c *verdict.Comparer) *proof {
	p := &proof{options: o, pair: q, answers: map[string]int{}, asked: map[string]result{}}
	if q.trust {
		p.ours = c.Trust(q.old.Identity[0], q.new.Identity[0])
	} else {
		p.ours = c.Identity(q.old, q.new)
	}
	for side := range p.found {
		p.direction(side == 0)
	}
	return p
}

// direction asks what one side alone allows, today and, unless that is all the same
// then, in future.
func (p *proof) direction(new bool) {
	today := p.ask(smt.Asked{New: new})
	p.found[map[bool]int{true: 0, false: 1}[new]] = today
	p.hold("today", p.ours.Verdict, today, smt.Asked{New: new})
	if today == satisfiable {
		p.hold("in future", p.ours.Future, today, smt.Asked{New: new})
		return
	}
	asked := smt.Asked{New: new, Future: true}
	if p.ours.Future != verdict.Unknown {
		p.hold("in future", p.ours.Future, p.ask(asked), asked)
	}
}

// hold holds a verdict against what the solvers found.
func (p *proof) hold(when string, ours verdict.Verdict, found result, asked smt.Asked) {
	if p.skipped != "" || ours == verdict.Unknown {
		return
	}
	more, less := ours == verdict.More || ours == verdict.Different, ours == verdict.Less || ours == verdict.Different
	claimed := more && asked.New || less && !asked.New
	if found == unsatisfiable && !claimed {
		// Nor may there be one that AWS leaves open.
		asked.Open = true
		if found = p.ask(asked); found == satisfiable {
			when += ", where AWS leaves it open"
		}
	}
	switch {
	case found == undecided:
		p.undecided = true
	case claimed != (found == satisfiable) && p.disagreed == "":
		p.disagreed = fmt.Sprintf("%s, %s: %s (%s), and what new=%v alone allows is %s\n%s", p.name, when, ours, p.ours.Reason, asked.New, found, p.shown())
		p.keep(asked)
	}
}

func (p *proof) keep(asked smt.Asked) {
	if p.dump == "" {
		return
	}
	text, _ := p.text(asked)
	name := strings.NewReplacer("/", "_", ":", "_", " ", "_").Replace(fmt.Sprintf("%s-%+v", p.name, asked)) + ".smt2"
	if err := os.WriteFile(filepath.Join(p.dump, name), []byte(text), 0o600); err != nil {
		fmt.Println(err)
	}
}

func (p *proof) text(asked smt.Asked) (string, error) {
	if p.trust {
		return universe().Trust(p.old.Identity[0], p.new.Identity[0], asked)
	}
	return universe().Identity(alone(p.old), alone(p.new), asked)
}

// alone returns the permissions outside of an organisation, which the formulas know nothing of.
func alone(p *verdict.Permissions) smt.Permissions {
	return smt.Permissions{Identity: p.Identity, Boundary: p.Boundary}
}

// ask asks both solvers: they may not contradict each other.
func (p *proof) ask(asked smt.Asked) result {
	text, err := p.text(asked)
	if err != nil {
		p.skipped, _ = smt.IsSkipped(err)
		return undecided
	}
	if r, ok := p.asked[text]; ok {
		return r
	}
	out := undecided
	for i := range p.solvers {
		s := &p.solvers[i]
		if s.limit == 0 {
			continue
		}
		r := s.ask(text)
		p.answers[s.name+" "+r.String()]++
		switch {
		case out == undecided:
			out = r
		case r != undecided && r != out && p.disagreed == "":
			p.disagreed = fmt.Sprintf("%s %+v: the solvers contradict each other", p.name, asked)
			p.keep(asked)
		}
	}
	p.asked[text] = out
	return out
}

// said is the solvers' verdict.
func (p *proof) said() string {
	switch p.found {
	case [2]result{satisfiable, satisfiable}:
		return string(verdict.Different)
	case [2]result{satisfiable, unsatisfiable}:
		return string(verdict.More)
	case [2]result{unsatisfiable, satisfiable}:
		return string(verdict.Less)
	case [2]result{unsatisfiable, unsatisfiable}:
		return string(verdict.Equal)
	}
	return "nothing"
}

func (p *proof) shown() string {
	var b strings.Builder
	for i, side := range []*verdict.Permissions{p.old, p.new} {
		for _, list := range [][]*policy.Document{side.Identity, side.Boundary} {
			for _, d := range list {
				fmt.Fprintf(&b, "  %s %s\n", []string{"old", "new"}[i], d)
			}
		}
	}
	return b.String()
}
