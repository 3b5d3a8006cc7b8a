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
	"iamctl/report"
	"iamctl/result"
	"iamctl/waiver"
)

func waiveCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "waive",
		Usage:     "accept drift of a run, or findings of an audit, with a reason",
		ArgsUsage: "RUN_FOLDER FINGERPRINT... | RUN_FOLDER --all | RUN_FOLDER --meaning ROLE... | AUDIT.json FINGERPRINT...",
		Description: examples(`
Writes waivers for drift of a run into waivers.json, which 'iamctl diff' reads.
Waived drift is counted and listed apart and does not fail a run, until the
waiver expires or the drift changes. A fingerprint may be shortened as long as
it names one drift; diff.json and the reports have them.

In place of a run's folder, the output of 'iamctl audit --json' will do: the
waivers are then for its findings, each in its account, and 'iamctl audit' reads
them. A finding's waiver holds as long as its statement stays as it is.

The folder of a run of 'iamctl matrix', or its matrix.json, will do too: the waivers are
then for outliers, each a role in an account, and 'iamctl matrix' reads them. Besides a
fingerprint ROLE@ACCOUNT names one, by the account's id, tag or name. A waiver holds as long as
what differs stays as it is; --meaning is not for outliers.

--all leaves waivers that have not expired as they are. A waiver is for the
comparison of the run's two tags ("comparison" in the file): others do not miss it.

--meaning accepts what the drift of a role means rather than its rows: one waiver
each for what the role may do and for who may assume it, or for the one of them
that a fingerprint is a part of. It keeps what both roles allow, and holds as
long as no request is decided differently that was not so when it was accepted:
policies may be reworded, moved or narrowed. Where more differs, or it cannot be
proved, all of the drift is back, and the report says why. Tags, descriptions
and the like have no meaning and want waivers of their own.`, `
  iamctl waive drift 3f2a91c0 --owner platform --reason "until the migration" --expires 2027-03-31
  iamctl waive drift --meaning app1_qa --owner platform --reason "uploads in qa" --expires 2027-06-30
  iamctl waive drift --all --owner platform --reason "state at the audit" --expires 2027-06-30 --ticket AUD-7
  iamctl waive nightly app-deploy@sandbox-7 --owner platform --reason "a trial" --expires 2027-03-31
  iamctl waive findings.json 9c03d1e7 --owner security --reason "the vendor asks for it" --expires 2027-03-31`),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "all", Usage: "accept all drift of the run"},
			&cli.BoolFlag{Name: "meaning", Usage: "accept what the drift of roles means, until that grows"},
			&cli.StringFlag{Name: "owner", Usage: "`WHO` answers for it (required)"},
			&cli.StringFlag{Name: "reason", Usage: "`WHY` it is accepted (required)"},
			&cli.StringFlag{Name: "expires", Usage: "the last day, `YYYY-MM-DD`, on which the waiver counts (required)"},
			&cli.StringFlag{Name: "ticket", Usage: "a `TICKET` that it belongs to"},
			waiversFlag("write to"),
			followLinksFlag(), quietFlag(),
		},
		Action: func(c *cli.Context) error { return runWaive(e, c) },
	}
}

func runWaive(e *env, c *cli.Context) error {
	template, err := waiverTemplate(e, c)
	if err != nil {
		return err
	}
	entries, path, err := askedWaivers(c, template)
	if err != nil {
		return err
	}
	lock, err := holdFile(c, path)
	if err != nil {
		return err
	}
	defer lock.Release()
	w, err := compare.ReadWaivers(path, false)
	if err != nil {
		return err
	}
	if c.Bool("all") {
		// --all is for what nobody decided: a waiver that stands is somebody's.
		standing := w.File.Standing(today(e))
		entries = slices.DeleteFunc(entries, func(w waiver.Waiver) bool { return standing[w.Fingerprint] })
	}
	file, err := w.File.Add(entries)
	if err != nil {
		return err
	}
	if err := writeFile(c, path, file.Marshal()); err != nil {
		return err
	}
	if !c.Bool("quiet") {
		what := "drift"
		switch {
		case c.Bool("meaning"):
			what = "meaning"
		case isAudit(c.Args().First()):
			what = "finding"
		case isMatrix(c.Args().First()):
			what = "outlier"
		}
		fmt.Fprintf(e.stdout, "%s: %s waived until %s\n", path, count(len(entries), what), template.Expires)
	}
	return nil
}

// askedWaivers returns the waivers that the arguments ask for, of a run or an audit, and
// the file that they belong into.
func askedWaivers(c *cli.Context, template waiver.Waiver) ([]waiver.Waiver, string, error) {
	if isAudit(c.Args().First()) {
		return findingWaivers(c, template)
	}
	if isMatrix(c.Args().First()) {
		return outlierWaivers(c, template)
	}
	run, err := compare.ReadRun(c.Context, c.Args().First())
	if err != nil {
		return nil, "", err
	}
	template.Comparison = run.Tags()
	entries, err := newWaivers(c, run, template)
	return entries, runWaivers(c, run), err
}

// newWaivers returns the waivers that the arguments ask for.
func newWaivers(c *cli.Context, run *result.Result, template waiver.Waiver) ([]waiver.Waiver, error) {
	if c.Bool("meaning") {
		return meaningWaivers(c, run, template)
	}
	drifts, err := chosenDrifts(c, run)
	if err != nil {
		return nil, err
	}
	var entries []waiver.Waiver
	for _, d := range drifts {
		if d.Finding != nil {
			of := template
			of.Comparison = waiver.Comparison{}
			entries = append(entries, compare.WaiverOf(&d.Finding.Finding, of))
			continue
		}
		entry := template
		entry.Fingerprint, entry.Role, entry.Drift = d.Fingerprint, visible.Escape(d.RoleName), visible.Escape(d.Text())
		entries = append(entries, entry)
	}
	return entries, nil
}

// runWaivers returns the file of waivers that the next run like this one reads:
// the one that the run read, or the one beside its dictionary.
func runWaivers(c *cli.Context, run *result.Result) string {
	if c.Path("waivers") == "" && run.Meta.Waivers != "" {
		return run.Meta.Waivers
	}
	return compare.WaiverPath(c.Path("waivers"), run.Meta.Dictionary)
}

// waiverTemplate returns what all new waivers have in common, by the flags.
func waiverTemplate(e *env, c *cli.Context) (waiver.Waiver, error) {
	w := waiver.Waiver{Owner: strings.TrimSpace(c.String("owner")), Reason: strings.TrimSpace(c.String("reason")), Ticket: strings.TrimSpace(c.String("ticket"))}
	var missing []string
	for _, f := range []string{"owner", "reason", "expires"} {
		if strings.TrimSpace(c.String(f)) == "" {
			missing = append(missing, "--"+f)
		}
	}
	switch {
	case c.NArg() == 0:
		return w, usage("waive", "waive takes a RUN_FOLDER")
	case c.Bool("all") == (c.NArg() > 1):
		return w, usage("waive", "name the fingerprints of the drift to accept, or --all; with --meaning also roles")
	case len(missing) > 0:
		return w, usage("waive", "%s must be given: a waiver says who, why and until when", strings.Join(missing, ", "))
	}
	var err error
	if w.Expires, err = waiver.ParseDate(c.String("expires")); err != nil {
		return w, usage("waive", "--expires: %w", err)
	}
	if w.Expires.Compare(today(e)) < 0 {
		return w, usage("waive", "--expires %s is past, so the waiver would never count", w.Expires)
	}
	return w, nil
}

// chosenDrifts returns the drifts that the arguments name. The error is about all
// arguments that do not name one drift.
func chosenDrifts(c *cli.Context, run *result.Result) ([]result.Drift, error) {
	all := distinctDrifts(run)
	if n := len(all); c.Bool("all") && n > maxWaivers {
		return nil, hint.With(fmt.Errorf("--all would write %d waivers, and more than %d make no file that people can read: nothing was written", n, maxWaivers),
			"an ignore rule in the file of waivers accepts all drift of a role at once")
	}
	if c.Bool("all") {
		return slices.DeleteFunc(all, func(d result.Drift) bool { return d.Mark.Waiver != nil }), nil
	}
	return chosen(c, all, "drift", driftPrint)
}

func driftPrint(d result.Drift) string { return d.Fingerprint }

// chosen returns what the arguments name by fingerprints. The error is about all arguments
// that do not name one thing.
func chosen[T any](c *cli.Context, all []T, what string, print func(T) string) ([]T, error) {
	var chosen []T
	var problems []error
	for _, arg := range c.Args().Tail() {
		one, err := byFingerprint(all, bareFingerprint(arg), what, print)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		chosen = append(chosen, one)
	}
	if len(problems) > 0 {
		return nil, hint.With(errors.Join(problems...), "nothing was written; diff.json, the JSON of audits and the reports have the fingerprints")
	}
	return chosen, nil
}

// maxWaivers is how many waivers --all writes: some 60 MB, as much as is read.
const maxWaivers = 150_000

// distinctDrifts returns the drifts of a run, each fingerprint once.
func distinctDrifts(run *result.Result) []result.Drift {
	var all []result.Drift
	seen := map[string]bool{}
	for d := range run.Drifts() {
		if !seen[d.Fingerprint] {
			seen[d.Fingerprint] = true
			all = append(all, d)
		}
	}
	return all
}

// bareFingerprint returns a fingerprint without what a report, or that of an older
// version, has in front of it.
func bareFingerprint(s string) string {
	return strings.TrimPrefix(strings.TrimPrefix(s, report.FingerprintPrefix), "#")
}

const shortestFingerprint = 6

// byFingerprint returns the one thing whose fingerprint begins with start, in any letter
// case.
func byFingerprint[T any](all []T, start, what string, print func(T) string) (one T, err error) {
	fits := slices.DeleteFunc(slices.Clone(all), func(x T) bool {
		return !strings.HasPrefix(print(x), strings.ToLower(start))
	})
	switch {
	case len(start) < shortestFingerprint:
		return one, fmt.Errorf("%q is too short for a fingerprint: give %d characters or more", start, shortestFingerprint)
	case len(fits) == 0:
		return one, fmt.Errorf("no %s of this run has the fingerprint %s", what, start)
	case len(fits) > 1:
		return one, fmt.Errorf("%d %ss of this run have fingerprints that begin with %s: give more of it", len(fits), what, start)
	}
	return fits[0], nil
}
