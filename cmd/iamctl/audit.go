package main

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"iamctl/audit"
	"iamctl/audit/rule"
	"iamctl/compare"
	"iamctl/internal/atomicfile"
	"iamctl/report/findings"
	"iamctl/report/format"
	"iamctl/result/audited"
	"iamctl/verdict/severity"
	"iamctl/waiver"
)

func auditCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "audit",
		Usage:     "check accounts against rules of compliance",
		ArgsUsage: "SOURCE[=TAG]...",
		Description: examples(`
Asks rules about the roles, users and groups of accounts: whom trust policies let
in, who may do what. Whatever can be evaluated is: conditions, denies and boundaries
count. A finding has the statement, a request that proves it, and the command that
would mend it, which is never run. Nothing is written. An account that cannot be read
is a gap and stops no other.

--since takes the JSON of an earlier audit, or git:REV for the sources as they were
then, or git:REV:PATH for one: each finding is new or known, and what is gone is told.
Findings that waivers.json accepts ('iamctl waive'), or a rule of its "ignore", are
counted and listed apart and fail no run.

Exit codes: 0 nothing found, 1 a finding at or above --fail-on, 2 usage or failure,
3 a part could not be read; 3 beats 0 and 1.`, `
  iamctl audit dev
  iamctl audit baseline/dev baseline/qa=test --fail-on high
  iamctl audit 'fleet/*' --fail-on high
  iamctl audit git:HEAD~10:baseline/dev --rules IAM-057 --json
  iamctl audit baseline/dev --format sarif --output audit.sarif
  iamctl audit baseline/dev --since last.json --fail-on new
  iamctl audit baseline/dev --since git:HEAD~1 --fail-on new,high
  iamctl audit --list
  iamctl audit --scp paths --config audit.json
  iamctl audit --cloudtrail-lake`),
		Flags: append([]cli.Flag{
			rulesFlag(),
			&cli.StringFlag{Name: "fail-on", Value: string(severity.Medium), Usage: "exit with 1 on `WHICH` findings: " + strings.Join(levelNames(), ", ") + " (that and worse), any, new (since what --since names), or both as in new,high"},
			&cli.StringFlag{Name: "since", Usage: "tell what is new, still there or gone since `AUDIT`: the JSON of an audit, git:REV or git:REV:PATH"},
			waiversFlag("read accepted findings from"),
			configFlag(),
			&cli.StringFlag{Name: "day", Usage: "count up to `YYYY-MM-DD` what grows old (default: today)"},
			&cli.BoolFlag{Name: "list", Usage: "list the rules, and ask nothing"},
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: "text", Usage: "`FORMAT`: " + strings.Join(format.AuditNames(), ", ")},
			&cli.PathFlag{Name: "output", Aliases: []string{"o"}, Value: "-", TakesFile: true, Usage: "write to `FILE`, - for stdout"},
			&cli.BoolFlag{Name: "full", Usage: "print every finding, however many there are of one rule; what --output writes always is"},
			notifyFlag("a finding that is new, or that nobody accepted where nothing is asked for with --since"), notifyCredentialsFlag(),
			colorFlag(), followLinksFlag(), sameAccountFlag(), regionFlag(), quietFlag(), jsonFlag("print JSON, as --format json"),
		}, append(pathFlags(), append(memberFlags(), excludeAccountsFlag())...)...),
		Action: func(c *cli.Context) error { return runAudit(e, c) },
	}
}

func rulesFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "rules", Usage: "ask these `RULES` alone (repeat, or separate by commas)"}
}

func configFlag() cli.Flag {
	return &cli.PathFlag{Name: "config", TakesFile: true, Usage: "read friendly accounts, path conventions and severities from `FILE` (default: ./audit.json if it is there)"}
}

// levelNames are the severities that a run can fail on.
func levelNames() []string {
	var out []string
	for _, l := range severity.Levels() {
		if l != severity.None {
			out = append(out, string(l))
		}
	}
	return out
}

func runAudit(e *env, c *cli.Context) error {
	if asked, err := runPaths(e, c); asked {
		return err
	}
	rules, err := chosenRules(c)
	if err != nil {
		return err
	}
	if c.Bool("list") {
		return listRules(e, c, rules)
	}
	if c.NArg() == 0 {
		return usage("audit", "audit takes the SOURCE of one account or more")
	}
	sides, err := sourcesOfMany(e, c)
	if err != nil {
		return err
	}
	on, err := failOn(c, "audit")
	if err != nil {
		return err
	}
	name, err := auditFormat(c)
	if err != nil {
		return err
	}
	when, err := auditDay(e, c)
	if err != nil {
		return err
	}
	conf, err := compare.ReadAuditConfig(c.Context, c.Path("config"))
	if err != nil {
		return err
	}
	o := compare.AuditOptions{
		Rules: rules, Config: conf, Day: when, FailOn: on, Iamctl: version(),
		Since: c.String("since"), Today: waiverDay(e, c, when),
	}
	path := compare.WaiverPath(c.Path("waivers"), conf.Name)
	if o.Waivers, err = compare.ReadWaivers(path, c.Path("waivers") != ""); err != nil {
		return err
	}
	a, news, err := auditSides(e, c, sides, o)
	if err != nil {
		return err
	}
	if err := printAudit(e, c, name, a); err != nil {
		return err
	}
	if notify := newNotifier(c); notify.command != "" && news {
		markdown := func(w io.Writer) error { return findings.Markdown(w, a) }
		if err := notify.run(c.Context, e, markdown, "the findings are written"); err != nil {
			return err
		}
	}
	return outcome(a.ExitCode)
}

// auditSides audits with progress on the terminal, which ends before anything else is
// printed.
func auditSides(e *env, c *cli.Context, sides []compare.Side, o compare.AuditOptions) (a *audited.Audit, news bool, err error) {
	p := newProgress(e, c.Bool("quiet"))
	defer p.wait()
	o.Reader = newReader(e, c, p)
	o.Warn = func(text string) { p.wait(); e.warn(text) }
	if p.terminal != nil {
		o.Asking = newAsking(p)
	}
	of, err := choice(c)
	if err != nil {
		return nil, false, err
	}
	if sides, o.Unread, err = accountsOf(c, o.Reader, sides, of); err != nil {
		return nil, false, err
	}
	return compare.Audit(c.Context, sides, o)
}

// auditDay returns the day of --day, or today.
func auditDay(e *env, c *cli.Context) (time.Time, error) {
	text := c.String("day")
	if !c.IsSet("day") {
		return day(e), nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, usage("audit", "--day %s: give a day such as 2026-01-31", text)
	}
	return t, nil
}

// waiverDay returns the day on which waivers are to hold: that of --day, or today.
func waiverDay(e *env, c *cli.Context, when time.Time) waiver.Date {
	if !c.IsSet("day") {
		return today(e)
	}
	return dateOf(when)
}

// printAudit writes an audit to a file, whole or not at all, or to stdout.
func printAudit(e *env, c *cli.Context, name string, a *audited.Audit) error {
	path, err := outputPath(c, c.Path("output"))
	o := format.AuditOptions{SARIF: auditLocator(c.Context, a), Text: findings.TextOptions{Full: true}}
	switch {
	case err != nil:
		return err
	case path != "-":
		return atomicfile.Write(path, 0o600, func(w io.Writer) error { return format.RenderAudit(name, w, a, o) })
	case c.Bool("quiet") && name == "text":
		e.warnGaps(a.Gaps)
		return nil
	}
	o.Text = findings.TextOptions{Color: e.color(c), Width: e.width, Full: c.Bool("full")}
	return format.RenderAudit(name, e.stdout, a, o)
}

// auditFormat reads --format, --json and --output.
func auditFormat(c *cli.Context) (string, error) {
	name := c.String("format")
	switch {
	case !format.IsAudit(name):
		return "", misspelt("audit", name, format.AuditNames(), "--format %s: there is no such format (there are %s)", name, strings.Join(format.AuditNames(), ", "))
	case c.Path("output") == "":
		return "", usage("audit", "--output is empty")
	case c.Bool("json") && c.IsSet("format") && name != "json":
		return "", usage("audit", "--json and --format %s: write one of them", name)
	case c.Bool("json"):
		name = "json"
	}
	return name, nil
}

// chosenRules returns the rules of --rules, or all.
func chosenRules(c *cli.Context) ([]rule.Rule, error) {
	all := audit.Rules()
	var out []rule.Rule
	for _, id := range c.StringSlice("rules") {
		id = strings.TrimSpace(id)
		i := slices.IndexFunc(all, func(r rule.Rule) bool { return strings.EqualFold(r.ID, id) })
		if i < 0 {
			return nil, misspelt(c.Command.Name, id, ruleIDs(all), "--rules %s: there is no such rule ('iamctl audit --list' has them)", id)
		}
		if !slices.ContainsFunc(out, func(r rule.Rule) bool { return r.ID == all[i].ID }) {
			out = append(out, all[i])
		}
	}
	if out == nil {
		return all, nil
	}
	return out, nil
}

func ruleIDs(rules []rule.Rule) []string {
	out := make([]string, len(rules))
	for i := range rules {
		out[i] = rules[i].ID
	}
	return out
}
