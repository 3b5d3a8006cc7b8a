package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"iamctl/compare"
	"iamctl/extract"
	"iamctl/internal/hint"
	"iamctl/policy"
)

// against returns the accounts with the one that --against means, and its tag: one of them by
// its tag, its name, its id or its source, else the account that a SOURCE[=TAG] names, which is one
// more.
func against(ctx context.Context, accounts []compare.Side, given string) ([]compare.Side, string, error) {
	if given == "" || slices.ContainsFunc(accounts, func(s compare.Side) bool { return s.Tag == given }) {
		return accounts, given, nil
	}
	isID := policy.IsAccountID(given)
	named := slices.DeleteFunc(slices.Clone(accounts), func(s compare.Side) bool {
		return (s.Member == nil || s.Member.Name != given) && (!isID || s.Known(ctx).ID != given)
	})
	switch len(named) {
	case 0:
	case 1:
		return accounts, named[0].Tag, nil
	default:
		return nil, "", hint.With(usage("matrix", "--against %s: several accounts are that", given), "give the tag of one of them, such as %s", named[0].Tag)
	}
	more, err := sources("matrix", []string{given})
	if err != nil {
		return nil, "", err
	}
	one := more[0]
	if one.Spec.Many() {
		return nil, "", usage("matrix", "--against %s: it names many accounts; %s/ACCOUNT-ID is one of them", given, strings.TrimSuffix(one.Spec.Of("").String(), "/"))
	}
	for _, s := range accounts {
		switch {
		case sameSource(s.Spec, one.Spec):
			return accounts, s.Tag, nil
		case strings.EqualFold(s.Tag, one.Tag):
			return nil, "", hint.With(usage("matrix", "--against %s: %s has the tag %q, too", given, s.Spec, s.Tag), "give another tag: --against %s=TAG", one.Spec)
		}
	}
	return append(slices.Clip(accounts), one), one.Tag, nil
}

// sameSource reports whether two sources are one, however a path is written.
func sameSource(a, b extract.Spec) bool {
	a.Name, b.Name = filepath.Clean(a.Name), filepath.Clean(b.Name)
	return a == b
}
