package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/internal/hint"
	"iamctl/internal/visible"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/waiver"
)

// isMatrix reports whether a file is a matrix.json, or a folder has one and no diff.json that
// would be the run's.
func isMatrix(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return formatOf(path) == matrix.Format
	}
	if _, err := os.Lstat(filepath.Join(path, result.FileName)); err == nil {
		return false
	}
	return formatOf(filepath.Join(path, matrix.FileName)) == matrix.Format
}

// outlierWaivers returns waivers of the outliers of a run of many accounts that the
// arguments name, and the file that they belong into.
func outlierWaivers(c *cli.Context, template waiver.Waiver) ([]waiver.Waiver, string, error) {
	if c.Bool("meaning") {
		return nil, "", usage("waive", "--meaning is for the drift of two accounts: what an outlier means depends on what the other accounts say, and that changes; without --meaning an outlier is accepted as it is")
	}
	m, err := many.ReadMatrix(c.Context, c.Args().First())
	if err != nil {
		return nil, "", err
	}
	found, err := chosenOutliers(c, m)
	if err != nil {
		return nil, "", err
	}
	var entries []waiver.Waiver
	for _, f := range found {
		w := template
		w.Fingerprint, w.Account = f.Outlier.Fingerprint, f.Key
		w.Role, w.Drift = visible.Escape(f.Role.Name), visible.Escape(f.What)
		entries = append(entries, w)
	}
	path := compare.WaiverPath(c.Path("waivers"), m.Meta.Dictionary)
	if c.Path("waivers") == "" && m.Meta.Waivers != "" {
		path = m.Meta.Waivers
	}
	return entries, path, nil
}

// chosenOutliers returns the outliers that the arguments name. The error is about all
// arguments that do not name one.
func chosenOutliers(c *cli.Context, m *matrix.Matrix) ([]matrix.Found, error) {
	all := slices.Collect(m.Outliers())
	if c.Bool("all") {
		if n := len(all); n > maxWaivers {
			return nil, hint.With(fmt.Errorf("--all would write %d waivers, and more than %d make no file that people can read: nothing was written", n, maxWaivers),
				"an ignore rule in the file of waivers accepts all outliers of a role at once")
		}
		return slices.DeleteFunc(all, func(f matrix.Found) bool { return f.Waiver != nil }), nil
	}
	var out []matrix.Found
	var problems []error
	for _, arg := range c.Args().Tail() {
		one, err := outlierOf(all, arg)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		out = append(out, one)
	}
	if len(problems) > 0 {
		return nil, hint.With(errors.Join(problems...), "nothing was written; outliers.csv and the reports have roles, accounts and fingerprints")
	}
	return out, nil
}

// outlierOf returns the outlier that a fingerprint or ROLE@ACCOUNT names.
func outlierOf(all []matrix.Found, arg string) (one matrix.Found, err error) {
	if !strings.ContainsRune(arg, '@') {
		return byFingerprint(all, bareFingerprint(arg), "outlier", func(f matrix.Found) string { return f.Outlier.Fingerprint })
	}
	fits := slices.DeleteFunc(slices.Clone(all), func(f matrix.Found) bool { return !isCalled(f, arg) })
	switch {
	case len(fits) == 0:
		return one, fmt.Errorf("no outlier of this run is %s (ROLE@ACCOUNT)", visible.Escape(arg))
	case len(fits) > 1:
		return one, fmt.Errorf("%s is %s, and %s: give the fingerprint of the one that is meant", visible.Escape(arg), called(fits[0]), called(fits[1]))
	case fits[0].Outlier.Fingerprint == "":
		return one, fmt.Errorf("%s has no fingerprints, for a version before wrote it: make it again with 'iamctl matrix'", matrix.FileName)
	}
	return fits[0], nil
}

// isCalled reports whether ROLE@ACCOUNT is an outlier. Roles and accounts may have an @ in
// their names.
func isCalled(f matrix.Found, arg string) bool {
	return slices.ContainsFunc([]string{f.Key, f.Account.Tag, f.Label}, func(account string) bool {
		role, ok := strings.CutSuffix(arg, "@"+account)
		return ok && (policy.Fold(f.Role.Name) == policy.Fold(role) || visible.Escape(f.Role.Name) == role)
	})
}

// called returns what a message calls an outlier.
func called(f matrix.Found) string {
	return "the role " + visible.Escape(f.Role.Name) + " in " + visible.Escape(f.Label)
}
