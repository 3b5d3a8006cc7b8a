// Mutation breaks the code at one place at a time and runs the tests: a
// breakage that no test notices shows where a test is missing.
//
//	go run ./internal/mutation -seed 6 -n 40 ./extract/flatten ./diff ./waiver
//
// A mutant negates a condition, drops an operand of && or ||, moves the bound
// of a comparison, or returns another value. A seed draws the same mutants of
// the same code again. No file is changed: the go command reads the mutant
// through an overlay. What loops for ever may take much memory until -timeout
// ends it; a shell's ulimit -v bounds it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	seed := flag.Uint64("seed", 1, "draw the mutants by this `number`")
	n := flag.Int("n", 20, "how many mutants to run")
	then := flag.String("then", "", "`packages`, separated by spaces, whose tests run with -short on what survives its own")
	timeout := flag.Duration("timeout", time.Minute, "how long the tests of a package may take")
	flag.Parse()
	dir, err := os.MkdirTemp("", "mutation")
	if err != nil {
		log.Fatal(err)
	}
	t := &tester{dir: dir, seed: *seed, timeout: *timeout, then: strings.Fields(*then)}
	err = errors.Join(run(t, *n, flag.Args(), os.Stdout), os.RemoveAll(dir))
	if err != nil {
		log.Fatal(err)
	}
}

// run writes a row for each of n mutants of the packages, and the counts.
func run(t *tester, n int, patterns []string, w io.Writer) error {
	all, err := t.mutants(patterns)
	if err != nil {
		return err
	}
	rand.New(rand.NewPCG(t.seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	drawn, survived := 0, 0
	for i := 0; i < len(all) && drawn < n; i++ {
		killer, err := t.test(&all[i])
		if errors.Is(err, errNoBuild) {
			continue
		}
		if err != nil {
			return err
		}
		drawn++
		if killer == "" {
			survived++
			killer = "SURVIVED"
		}
		fmt.Fprintf(w, "%s | %s | %s\n", all[i].place(), all[i].change, killer)
	}
	fmt.Fprintf(w, "seed %d: %d of %d mutants drawn, %d killed, %d survived\n", t.seed, drawn, len(all), drawn-survived, survived)
	return nil
}
