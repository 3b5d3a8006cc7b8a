// Secondjudge asks the evaluator and an independent one, iam-simulate, the same
// requests, and explains every answer that differs. See README.md.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
)

func main() {
	folder := flag.String("folder", "", "the folder with node_modules")
	n := flag.Int("n", 100_000, "how many requests, half on AWS's managed policies and half on generated ones")
	seed := flag.Uint64("seed", 1, "what the requests are drawn by")
	organization := flag.Bool("organization", false, "ask them within the control policies of levels of an organisation, all on generated documents")
	flag.Parse()
	ok, err := run(*folder, *n, *seed, *organization)
	if err != nil {
		fmt.Fprintln(os.Stderr, "secondjudge:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

func run(folder string, n int, seed uint64, organization bool) (bool, error) {
	managed, err := readManaged(folder)
	if err != nil {
		return false, err
	}
	j, err := start(folder)
	if err != nil {
		return false, err
	}
	each := n / 2
	if organization {
		each = n
	}
	r := rand.New(rand.NewPCG(seed, 0))
	all := true
	for i, source := range []struct {
		name string
		draw func() *question
	}{
		{"AWS's managed policies", func() *question { return managed.question(r) }},
		{"generated documents", func() *question { return generator{r}.question() }},
		{"generated documents within control policies", func() *question { return generator{r}.within(generator{r}.question()) }},
	} {
		if organization != (i == 2) {
			continue
		}
		c := newCount()
		for c.asked < each {
			if err := c.round(j, source.draw, min(1000, each-c.asked)); err != nil {
				return false, err
			}
		}
		fmt.Printf("%s\n%s\n", source.name, c)
		all = all && c.unexplained == 0
	}
	return all, j.stop()
}
