package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/internal/atomicfile"
	"iamctl/report"
	"iamctl/result"
)

func diffCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "compare the roles of two accounts",
		ArgsUsage: "SOURCE_1 SOURCE_2 | SOURCE_1 TAG_1 SOURCE_2 TAG_2",
		Description: examples(`
Reads both accounts side by side, rewrites what is meant to differ by the
dictionary, and writes what still differs as CSV files, diff.json and
summary.txt into the output folder. The summary goes to stdout.

`+exitCodes, `
  iamctl diff dev qa                            two profiles
  iamctl diff account-1 dev account-2 qa        profiles with shorter tags
  iamctl diff baseline/dev dev -o drift         a committed snapshot against now
  iamctl diff dev.json qa.json --json | jq .    saved AWS CLI output, for a script
  iamctl diff git:v1:baseline/dev baseline/dev  a baseline at two moments
  iamctl diff dev qa --since last-run --format markdown=- --format html
  iamctl diff dev qa --since last-run --fail-on new,high
  iamctl diff dev qa --audit --fail-on high     findings of one account alone, too
  iamctl diff dev qa --by meaning               what is only written otherwise is no drift
  iamctl diff fleet/dev fleet/qa --effective    what the SCPs of fleet/organization leave`),
		Flags: append([]cli.Flag{
			outputFlag(), followLinksFlag(), dictionaryFlag(), referenceFlag(), ignoreFlag(), excludeFlag(), waiversFlag("read accepted drift from"),
			&cli.StringFlag{Name: "since", Usage: "tell what is new, still there or fixed since `RUN`: the output folder of a run, or git:REV"},
			failOnFlag(), byFlag(),
			&cli.BoolFlag{Name: "audit", Usage: "ask the rules of 'iamctl audit' about both accounts, and tell what one alone is found to have"},
			rulesFlag(), configFlag(), effectiveFlag(), organizationFlag(),
			fullFlag(), colorFlag(), formatFlag(diffFormats), openOnlyFlag(),
			notifyFlag("new drift"), notifyCredentialsFlag(),
			&cli.BoolFlag{Name: "no-items", Usage: "leave out the two files of all items, TAG_SOURCE_iam_tuples.csv"},
			sameAccountFlag(), regionFlag(), quietFlag(),
			jsonFlag("print diff.json to stdout instead of the summary"),
		}, roleFlags()...),
		Action: func(c *cli.Context) error { return runDiff(e, c) },
	}
}

func runDiff(e *env, c *cli.Context) error {
	sides, err := sidesOf("diff", c)
	if err != nil {
		return err
	}
	o, err := readDiffOptions(e, c)
	if err != nil {
		return err
	}
	out, err := prepareOutput(e, c, atomicfile.Options{Markers: []string{result.FileName}, Stale: staleFiles})
	if err != nil {
		return err
	}
	defer out.discard()
	run, err := compareSides(e, c, sides, o.Options)
	if err != nil {
		return err
	}
	if err := writeDiff(e, c, out, sides, run.Result, o); err != nil {
		return err
	}
	if o.notify.command != "" && run.News {
		if err := o.notify.run(c.Context, e, func(w io.Writer) error { return report.Markdown(w, run.Result) }, "the files are written to "+out.final); err != nil {
			return err
		}
	}
	return outcome(run.Result.ExitCode)
}

// compareSides compares with progress on the terminal, which ends before
// anything else is printed.
func compareSides(e *env, c *cli.Context, sides [2]compare.Side, o compare.Options) (*compare.Outcome, error) {
	p := newProgress(e, c.Bool("quiet"))
	defer p.wait()
	o.Reader = newReader(e, c, p)
	o.Warn = func(text string) { p.wait(); e.warn(text) }
	o.Note = func(text string) { p.wait(); e.note(text) }
	return compare.Run(c.Context, sides, o)
}

// diffOptions are the flags of diff: how to compare, and what is done with the
// result.
type diffOptions struct {
	compare.Options
	formats []formatTarget
	notify  notifier
}

// readDiffOptions reads the flags and the files that they name.
func readDiffOptions(e *env, c *cli.Context) (diffOptions, error) {
	o := diffOptions{notify: newNotifier(c)}
	o.Options = compare.Options{Since: c.String("since"), Time: runTime(e), Today: today(e), Version: version()}
	var err error
	if o.Ignore, err = ignoredKinds(c); err != nil {
		return o, err
	}
	if o.Exclude, err = exclusions(c); err != nil {
		return o, err
	}
	if o.formats, err = formatTargets(c, diffFormats); err != nil {
		return o, err
	}
	if o.FailOn, err = failOn(c, "diff"); err != nil {
		return o, err
	}
	if o.By, err = countedBy(c); err != nil {
		return o, err
	}
	if o.Audit, err = auditAsked(e, c); err != nil {
		return o, err
	}
	if o.Effective, err = effectiveAsked(c, "diff"); err != nil {
		return o, err
	}
	if o.Inputs, err = readInputs(e, c); err != nil {
		return o, err
	}
	path := compare.WaiverPath(c.Path("waivers"), c.Path("dictionary"))
	o.Waivers, err = compare.ReadWaivers(path, c.Path("waivers") != "")
	return o, err
}

// auditAsked reads --audit, --rules and --config, nil for no audit.
func auditAsked(e *env, c *cli.Context) (*compare.Audited, error) {
	if !c.Bool("audit") {
		for _, flag := range []string{"rules", "config"} {
			if c.IsSet(flag) {
				return nil, usage("diff", "--%s is for --audit", flag)
			}
		}
		return nil, nil
	}
	rules, err := chosenRules(c)
	if err != nil {
		return nil, err
	}
	conf, err := compare.ReadAuditConfig(c.Context, c.Path("config"))
	return &compare.Audited{Rules: rules, Config: conf, Day: day(e)}, err
}

func failOnFlag() cli.Flag {
	return &cli.StringFlag{Name: "fail-on", Value: result.FailOnAny, Usage: "exit with 1 on `WHICH` drift: any, new (since what --since names), critical, high, medium or low (that and worse), or both as in new,high"}
}

func byFlag() cli.Flag {
	return &cli.StringFlag{Name: "by", Value: result.ByItems, Usage: "count drift by `WHAT`: items, or meaning, which leaves out what changes no permission"}
}

// failOn reads the --fail-on of a command.
func failOn(c *cli.Context, command string) (result.FailOn, error) {
	text := c.String("fail-on")
	on, bad := result.ParseFailOn(text)
	word := strings.ToLower(strings.TrimSpace(bad))
	switch {
	case bad != "" && slices.Contains(result.FailOnWords(), word):
		return on, usage(command, "--fail-on %s: a severity means that and worse, and only new goes with one, as in new,high", text)
	case text == "" || bad != "":
		return on, misspelt(command, word, result.FailOnWords(), "--fail-on %s: write any, new, one of the severities %s, or both as in new,high",
			text, strings.Join(result.FailOnWords()[2:], ", "))
	case on.New && c.String("since") == "":
		return on, usage(command, "--fail-on %s needs --since: new since when?", on)
	}
	return on, nil
}

// countedBy reads --by.
func countedBy(c *cli.Context) (string, error) {
	by := strings.ToLower(c.String("by"))
	if !slices.Contains(valuesOf("by"), by) {
		return "", misspelt(c.Command.Name, by, valuesOf("by"), "--by %s: write items or meaning", c.String("by"))
	}
	return by, nil
}

// readInputs reads the dictionary and the reference.
func readInputs(e *env, c *cli.Context) (compare.Inputs, error) {
	var in compare.Inputs
	var err error
	if in.Dictionary, err = compare.ReadDictionary(c.Path("dictionary")); err != nil {
		return in, err
	}
	in.Reference, err = compare.ReadReference(c.Path("reference"), e.foreignReference)
	return in, err
}

// foreignReference warns of an iam.json that is something else.
func (e *env) foreignReference(err error) {
	e.warn(fmt.Sprintf("%v; it is left alone and the embedded reference serves ('iamctl init --force' replaces it)", err))
}
