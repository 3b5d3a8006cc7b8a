package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/compare/choose"
	"iamctl/compare/many"
	"iamctl/internal/atomicfile"
	"iamctl/inventory"
	told "iamctl/report/matrix"
	"iamctl/result"
	model "iamctl/result/matrix"
)

func matrixCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "matrix",
		Usage:     "compare the roles of many accounts",
		ArgsUsage: "SOURCE[=TAG]...",
		Description: examples(`
Holds each role of every account against the form that most accounts have, or against
one account, and says which accounts differ and how, the worst first. Roles are compared
as diff compares them. An account that cannot be read is a gap and stops no other.
org:PROFILE is every account of an organisation, org:PROFILE/ou-ID those of a unit, and
accounts:FILE.csv those of a list; each is read by a role that is assumed in it.
--effective counts the control policies of the organisation: verdicts are about what
these leave, and roles that are the same and are left other permissions are outliers.
matrix.csv, outliers.csv, matrix.json and summary.txt go into the output folder.

--since takes the output folder of an earlier run or its matrix.json, git:REV:PATH of
one, or git:REV for the snapshots as they were then. Outliers that waivers.json accepts
('iamctl waive'), or a rule of its "ignore", are counted and listed apart and fail no run.

`+exitCodes, `
  iamctl matrix 'fleet/*'
  iamctl matrix 'fleet/*' --against golden
  iamctl matrix org:mgmt --role-name iamctl-reader --exclude 'Root/Sandbox/*'
  iamctl matrix dev qa prod --roles 'app-*' --json
  iamctl matrix 'fleet/*' --effective
  iamctl matrix 'fleet/*' --since last-night --fail-on new,high --format markdown=-`),
		Flags: append([]cli.Flag{
			outputFlag(), followLinksFlag(),
			&cli.StringFlag{Name: "against", Usage: "hold all against `ACCOUNT`, not against what most accounts have: the tag, the name or the id of one of them, or another SOURCE[=TAG]"},
			&cli.BoolFlag{Name: "majority", Usage: "hold each role against the form that most accounts have (the default)"},
			&cli.StringFlag{Name: "roles", Usage: "compare the roles alone whose names match `PATTERN`, such as app-*"},
			dictionaryFlag(), referenceFlag(), ignoreFlag(), excludeBothFlag(), waiversFlag("read accepted outliers from"),
			&cli.StringFlag{Name: "since", Usage: "tell what is new, still there or gone since `RUN`: the output folder of a run, git:REV:PATH of one, or git:REV"},
			failOnFlag(), byFlag(), effectiveFlag(), organizationFlag(), notifyFlag("an outlier that is new, or that nobody accepted where nothing is asked for with --since"), notifyCredentialsFlag(),
			fullFlag(), colorFlag(), formatFlag(matrixFormats), openOnlyFlag(), sameAccountFlag(), regionFlag(), quietFlag(),
			jsonFlag("print matrix.json to stdout instead of the summary"),
		}, memberFlags()...),
		Action: func(c *cli.Context) error { return runMatrix(e, c) },
	}
}

func runMatrix(e *env, c *cli.Context) error {
	sides, err := sourcesOfMany(e, c)
	if err == nil && len(sides) < 2 && c.String("against") == "" && !slices.ContainsFunc(sides, func(s compare.Side) bool { return s.Spec.Many() }) {
		err = usage("matrix", "matrix takes the SOURCE of two accounts or more")
	}
	if err != nil {
		return err
	}
	o, err := readMatrixOptions(e, c)
	if err != nil {
		return err
	}
	out, err := prepareOutput(e, c, atomicfile.Options{Markers: []string{model.FileName}, Stale: staleMatrixFiles})
	if err != nil {
		return err
	}
	defer out.discard()
	p := newProgress(e, c.Bool("quiet"))
	o.Reader = newReader(e, c, p)
	o.Warn = func(text string) { p.wait(); e.warn(text) }
	m, err := matrixOf(c, sides, o.Options, o.choice)
	p.wait()
	if err != nil {
		return err
	}
	if err := writeMatrix(e, c, out, m, o.formats); err != nil {
		return err
	}
	if notify := newNotifier(c); notify.command != "" && m.News() {
		if err := notify.run(c.Context, e, func(w io.Writer) error { return told.Markdown(w, m) }, "the files are written to "+out.final); err != nil {
			return err
		}
	}
	return outcome(m.ExitCode)
}

// matrixOf finds the accounts of the sources and compares them.
func matrixOf(c *cli.Context, sources []compare.Side, o many.Options, of choose.Choice) (*model.Matrix, error) {
	members, gaps, err := membersOf(c, o.Reader, sources, compare.MemberOptions{Choice: of, Policies: o.Effective != nil})
	if err != nil {
		return nil, err
	}
	sides, held, err := against(c.Context, members.Sides, o.Against)
	if err != nil {
		return nil, err
	}
	o.Against = held
	if o.Effective != nil {
		o.Effective.Known = members.Organizations
	}
	if len(sides) < 2 {
		return nil, usage("matrix", "%s alone is no matrix: it takes two accounts or more", sides[0].Tag)
	}
	o.Gaps = gaps
	return many.Run(c.Context, sides, o)
}

// accountsOf returns the accounts that sources name, and a gap for each that the ledger of a
// fleet says is missing.
func accountsOf(c *cli.Context, r *compare.Reader, sources []compare.Side, of choose.Choice) ([]compare.Side, []inventory.Gap, error) {
	m, gaps, err := membersOf(c, r, sources, compare.MemberOptions{Choice: of})
	if err != nil {
		return nil, gaps, err
	}
	return m.Sides, gaps, nil
}

// membersOf is accountsOf with the organisations that were read.
func membersOf(c *cli.Context, r *compare.Reader, sources []compare.Side, o compare.MemberOptions) (*compare.Members, []inventory.Gap, error) {
	gaps, err := many.Ledgers(c.Context, c.Args().Slice(), sources, o.Takes)
	if err != nil || len(sources) == 0 {
		return &compare.Members{}, gaps, err
	}
	m, err := r.Members(c.Context, sources, o)
	if err != nil {
		return nil, nil, err
	}
	return m, gaps, nil
}

// sourcesOfMany returns the sources that the arguments name, patterns of paths expanded.
func sourcesOfMany(e *env, c *cli.Context) ([]compare.Side, error) {
	args, _, err := expand(e, c.Args().Slice())
	if err != nil {
		return nil, err
	}
	return sources(c.Command.Name, args)
}

// expand returns arguments with the patterns of paths among them expanded, and whether there
// are any.
func expand(e *env, given []string) (args []string, patterns bool, err error) {
	for _, arg := range given {
		sources, skipped, err := many.Expand(arg)
		if err != nil {
			return nil, false, err
		}
		if len(skipped) > 0 {
			e.note(fmt.Sprintf("%s: %s left out, of which none is a snapshot, such as %s", arg, result.Count(len(skipped), "match is", "matches are"), skipped[0]))
		}
		patterns = patterns || len(sources) != 1 || sources[0] != arg
		args = append(args, sources...)
	}
	return args, patterns, nil
}

// matrixOptions are the flags of matrix: how to compare which accounts, and what is written.
type matrixOptions struct {
	many.Options
	choice  choose.Choice
	formats []formatTarget
}

// readMatrixOptions reads the flags and the files that they name.
func readMatrixOptions(e *env, c *cli.Context) (matrixOptions, error) {
	o := matrixOptions{Options: many.Options{Against: c.String("against"), Roles: c.String("roles"), Since: c.String("since"), Today: today(e), Version: version()}}
	if c.Bool("majority") && o.Against != "" {
		return o, usage("matrix", "--majority and --against %s: outliers are held against either; give one of the two", o.Against)
	}
	_, err := filepath.Match(o.Roles, "")
	if err != nil {
		return o, usage("matrix", "--roles %s: the pattern is wrong: %w", o.Roles, err)
	}
	if o.formats, err = formatTargets(c, matrixFormats); err != nil {
		return o, err
	}
	if o.Ignore, err = ignoredKinds(c); err != nil {
		return o, err
	}
	var accounts []string
	if o.Exclude, accounts, err = excluded(c); err != nil {
		return o, err
	}
	if o.choice, err = choiceBut(c, accounts); err != nil {
		return o, err
	}
	if o.FailOn, err = failOn(c, "matrix"); err != nil {
		return o, err
	}
	if o.By, err = countedBy(c); err != nil {
		return o, err
	}
	if o.Effective, err = effectiveAsked(c, "matrix"); err != nil {
		return o, err
	}
	if o.Inputs, err = readInputs(e, c); err != nil {
		return o, err
	}
	path := compare.WaiverPath(c.Path("waivers"), c.Path("dictionary"))
	o.Waivers, err = compare.ReadWaivers(path, c.Path("waivers") != "")
	return o, err
}
