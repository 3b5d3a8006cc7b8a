package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/internal/hint"
	"iamctl/internal/visible"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/waiver"
)

// meantScope is what the differences of a role mean in a scope.
type meantScope struct {
	pair  *result.Pair
	scope string
}

// meaningWaivers returns the waivers of what the arguments name mean: roles, or the
// scopes of drifts. With --all it is everything that differs and that no waiver accepts.
func meaningWaivers(c *cli.Context, run *result.Result, template waiver.Waiver) ([]waiver.Waiver, error) {
	chosen, err := chosenScopes(c, run)
	if err != nil {
		return nil, err
	}
	var entries []waiver.Waiver
	var problems []error
	for _, m := range chosen {
		w, err := compare.MeaningWaiver(run, m.pair, m.scope, template)
		if err != nil {
			problems = append(problems, err)
		}
		entries = append(entries, w)
	}
	if len(problems) > 0 {
		return nil, hint.With(errors.Join(problems...), "nothing was written; fingerprints without --meaning accept drift as it is")
	}
	return entries, nil
}

// chosenScopes returns what the arguments name, each once.
func chosenScopes(c *cli.Context, run *result.Result) ([]meantScope, error) {
	var chosen []meantScope
	var problems []error
	if c.Bool("all") {
		for i := range run.CommonRoles {
			chosen = append(chosen, openScopes(run, &run.CommonRoles[i])...)
		}
	}
	all := distinctDrifts(run)
	for _, arg := range c.Args().Tail() {
		list, err := scopesOf(run, all, arg)
		if err != nil {
			problems = append(problems, err)
		}
		for _, m := range list {
			if !slices.Contains(chosen, m) {
				chosen = append(chosen, m)
			}
		}
	}
	if len(problems) > 0 {
		return nil, hint.With(errors.Join(problems...), "nothing was written; the reports have the names of roles and the fingerprints")
	}
	return chosen, nil
}

// scopesOf returns the scopes that a role's name or a fingerprint names.
func scopesOf(run *result.Result, all []result.Drift, arg string) ([]meantScope, error) {
	for i := range run.CommonRoles {
		p := &run.CommonRoles[i]
		if !slices.ContainsFunc([]string{p.RoleName, p.A.OriginalRoleName, p.B.OriginalRoleName}, func(name string) bool {
			return policy.Fold(name) == policy.Fold(arg) || visible.Escape(name) == arg
		}) {
			continue
		}
		if list := driftingScopes(run, p, func(*result.Drift) bool { return true }); len(list) > 0 {
			return list, nil
		}
		return nil, fmt.Errorf("%s: no permission differs, nor who may assume it", visible.Escape(p.RoleName))
	}
	start := bareFingerprint(arg)
	if len(strings.Trim(strings.ToLower(start), "0123456789abcdef")) > 0 {
		return nil, fmt.Errorf("%q is no role of both accounts, and no fingerprint", arg)
	}
	d, err := byFingerprint(all, start, "drift", driftPrint)
	switch {
	case err != nil:
		return nil, err
	case d.Scope() == "":
		return nil, fmt.Errorf("the drift %s is no permission of a role of both accounts, nor who may assume it: leave out --meaning to accept it as it is", d.Fingerprint)
	}
	return []meantScope{{d.Pair, d.Scope()}}, nil
}

// openScopes returns the scopes of a role with drift that no waiver accepts.
func openScopes(run *result.Result, p *result.Pair) []meantScope {
	return driftingScopes(run, p, func(d *result.Drift) bool { return d.Mark.Waiver == nil })
}

// driftingScopes returns the scopes of a role that have such drift.
func driftingScopes(run *result.Result, p *result.Pair, which func(*result.Drift) bool) []meantScope {
	var out []meantScope
	for d := range run.PairDrifts(p) {
		m := meantScope{p, d.Scope()}
		if m.scope != "" && which(&d) && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}
