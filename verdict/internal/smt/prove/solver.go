package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// solver is a program that answers SMT-LIB questions.
type solver struct {
	name  string
	args  []string
	limit time.Duration
}

func newCVC5(limit time.Duration) solver {
	return solver{"cvc5", []string{"--lang=smt2", "--strings-exp", "-q"}, limit}
}

func newZ3(limit time.Duration) solver { return solver{"z3", []string{"-in", "-smt2"}, limit} }

func (s *solver) check() error {
	if s.limit == 0 {
		return nil
	}
	if a := s.ask("(set-logic ALL)(check-sat)\n"); a != satisfiable {
		return fmt.Errorf("%s does not answer: is Debian's package %s installed?", s.name, s.name)
	}
	return nil
}

// result is an answer of a solver.
type result int

const (
	undecided result = iota
	satisfiable
	unsatisfiable
)

func (r result) String() string { return [...]string{"undecided", "sat", "unsat"}[r] }

func (s *solver) ask(question string) result {
	ctx, cancel := context.WithTimeout(context.Background(), s.limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.name, s.args...)
	cmd.Stdin = strings.NewReader(question)
	var out bytes.Buffer
	cmd.Stdout = &out
	_ = cmd.Run() // what it says counts
	switch strings.TrimSpace(out.String()) {
	case "sat":
		return satisfiable
	case "unsat":
		return unsatisfiable
	}
	if strings.Contains(out.String(), "rror") && ctx.Err() == nil {
		fmt.Printf("%s: %.300s\n", s.name, out.String())
	}
	return undecided
}
