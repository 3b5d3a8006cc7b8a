package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"iamctl/policy/eval"
)

// count is what came of the requests on one kind of documents.
type count struct {
	asked, agreed, unexplained int
	explained, several         int // several: by more than one defect
	outcomes                   map[eval.Outcome]int
	defects, reasons           map[string]int
}

func newCount() *count {
	return &count{defects: map[string]int{}, reasons: map[string]int{}, outcomes: map[eval.Outcome]int{}}
}

// round draws questions until n of them are decided, and compares the answers.
func (c *count) round(j *judge, draw func() *question, n int) error {
	questions, decisions := []*question{}, []eval.Decision{}
	for len(questions) < n {
		q := draw()
		d := q.ours()
		switch {
		case !q.fair():
		case d.Outcome == eval.Undecided:
			text, _, _ := strings.Cut(d.Reason, `: "`)
			c.reasons[text]++
		default:
			questions, decisions = append(questions, q), append(decisions, d)
		}
	}
	answers, err := j.ask(questions)
	if err != nil {
		return err
	}
	for i, q := range questions {
		c.asked++
		c.outcomes[decisions[i].Outcome]++
		if answers[i] == words[decisions[i].Outcome] {
			c.agreed++
		} else if err := c.explain(j, q, decisions[i], answers[i]); err != nil {
			return err
		}
	}
	return nil
}

// explain counts the defects for which the judge disagrees: those without which
// it agrees, none of which may be left out.
func (c *count) explain(j *judge, q *question, d eval.Decision, answer string) error {
	agrees := func(without []defect) (bool, error) {
		other := q
		for _, defect := range without {
			other, _ = other.changed(defect.reword)
		}
		answers, err := j.ask([]*question{other})
		return err == nil && answers[0] == words[d.Outcome], err
	}
	needed := slices.DeleteFunc(slices.Clone(defects), func(defect defect) bool {
		_, changed := q.changed(defect.reword)
		return !changed
	})
	ok, err := agrees(needed)
	for i := 0; i < len(needed) && ok && err == nil; {
		fewer := slices.Delete(slices.Clone(needed), i, i+1)
		var still bool
		if still, err = agrees(fewer); still {
			needed = fewer
		} else {
			i++
		}
	}
	if ok {
		c.explained++
		if len(needed) > 1 {
			c.several++
		}
		for _, defect := range needed {
			c.defects[defect.name]++
		}
		return err
	}
	c.unexplained++
	if c.unexplained <= 10 {
		fmt.Printf("unexplained: %s (%s), and the judge says %s of\n%s\n", d.Outcome, d.Reason, answer, q.line())
	}
	return err
}

func (c *count) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%9d asked: %d allowed, %d denied, %d not allowed\n", c.asked, c.outcomes[eval.Allowed], c.outcomes[eval.Denied], c.outcomes[eval.NotAllowed])
	fmt.Fprintf(&b, "%9d agreed\n", c.agreed)
	fmt.Fprintf(&b, "%9d differ by a known defect, %d of them by several\n", c.explained, c.several)
	table(&b, c.defects)
	fmt.Fprintf(&b, "%9d unexplained\n", c.unexplained)
	fmt.Fprintf(&b, "undecided, and not asked:\n")
	table(&b, c.reasons)
	return b.String()
}

// table prints counts, the largest first.
func table(b *strings.Builder, counts map[string]int) {
	names := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), strings.Compare(x, y))
	})
	for _, name := range names {
		fmt.Fprintf(b, "%15d %s\n", counts[name], name)
	}
}
