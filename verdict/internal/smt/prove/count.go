package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"iamctl/reference"
	"iamctl/verdict"
	"iamctl/verdict/internal/smt"
)

// count is what came of the pairs of one source.
type count struct {
	verdicts, agreed   map[verdict.Verdict]int // of today
	unknown, skipped   map[string]int          // by reason
	undecided          int
	questions, answers map[string]int // by solver, and what it said
	disagreed          []string
}

func newCount() *count {
	return &count{
		verdicts: map[verdict.Verdict]int{}, agreed: map[verdict.Verdict]int{}, unknown: map[string]int{},
		skipped: map[string]int{}, questions: map[string]int{}, answers: map[string]int{},
	}
}

var universe = sync.OnceValue(func() *smt.Universe {
	r := reference.Embedded()
	var all []string
	for _, prefix := range r.Services() {
		s, _ := r.Service(prefix)
		for i := range s.Actions {
			all = append(all, prefix+":"+s.Actions[i].Name)
		}
	}
	return smt.NewUniverse(all)
})

// prove asks the solvers about all pairs, and counts in their order.
func (c *count) prove(o *options, pairs []pair) {
	proofs := make([]*proof, len(pairs))
	comparer := verdict.NewComparer(verdict.Options{})
	var group sync.WaitGroup
	next := make(chan int)
	for range o.parallel {
		group.Go(func() {
			for i := range next {
				proofs[i] = newProof(o, &pairs[i], comparer)
			}
		})
	}
	for i := range pairs {
		if next <- i; i > 0 && i%100 == 0 {
			fmt.Fprintf(os.Stderr, "%d of %d\n", i, len(pairs))
		}
	}
	close(next)
	group.Wait()
	for _, p := range proofs {
		c.add(p)
	}
}

func (c *count) add(p *proof) {
	c.verdicts[p.ours.Verdict]++
	for k, n := range p.answers {
		c.answers[k] += n
	}
	switch {
	case p.disagreed != "":
		c.disagreed = append(c.disagreed, p.disagreed)
	case p.skipped != "":
		c.skipped[p.skipped]++
	case p.ours.Verdict == verdict.Unknown:
		c.unknown["today, the solvers say "+p.said()+": "+brief(p.ours.Reason)]++
	case p.undecided:
		c.undecided++
	case p.ours.Future == verdict.Unknown:
		c.unknown["in future alone: "+brief(p.ours.Reason)]++
	default:
		c.agreed[p.ours.Verdict]++
	}
}

func brief(reason string) string {
	reason, _, _ = strings.Cut(reason, `: "`)
	return reason
}

func (c *count) String() string {
	var b strings.Builder
	total := 0
	for _, v := range []verdict.Verdict{verdict.Equal, verdict.More, verdict.Less, verdict.Different, verdict.Unknown} {
		total += c.agreed[v]
		if v == verdict.Unknown {
			fmt.Fprintf(&b, "%8d %s\n", c.verdicts[v], v)
		} else {
			fmt.Fprintf(&b, "%8d %s, %d proved\n", c.verdicts[v], v, c.agreed[v])
		}
	}
	fmt.Fprintf(&b, "%8d proved in all\n%8d disagreements\n%8d undecided by the solvers\n", total, len(c.disagreed), c.undecided)
	table(&b, "not written as SMT-LIB", c.skipped)
	table(&b, "unknown to us", c.unknown)
	table(&b, "answers", c.answers)
	for _, d := range c.disagreed {
		fmt.Fprintf(&b, "DISAGREEMENT %s\n", d)
	}
	return b.String()
}

// table prints counts, the largest first.
func table(b *strings.Builder, title string, counts map[string]int) {
	total := 0
	for _, n := range counts {
		total += n
	}
	if total == 0 {
		return
	}
	fmt.Fprintf(b, "%8d %s\n", total, title)
	names := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), strings.Compare(x, y))
	})
	for _, name := range names {
		fmt.Fprintf(b, "%15d %s\n", counts[name], name)
	}
}
