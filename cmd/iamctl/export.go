package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/export"
	"iamctl/inventory"
	"iamctl/report/lake"
	"iamctl/result"
)

// parquetFormat is the one format of exports.
const parquetFormat = "parquet"

func exportCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "export",
		Usage:     "write accounts as tables for DuckDB, Athena, Trino or Spark",
		ArgsUsage: "SOURCE[=TAG]...",
		Description: examples(`
Writes each account as Parquet files below DIR, by table, day and account:
DIR/roles/day=2026-01-31/account=123456789012/part-0.parquet. A file is there whole or
not at all, and replaces the one of an earlier run of the same day. An account that
cannot be read is a gap and stops no other. The drifts are those of comparisons that were
made before: --drifts names their matrix.json or diff.json. docs/lake.md has the tables,
what to tell the engines, and queries.

Exit codes: 0 all written, 2 usage or failure, 3 a part could not be read; 130 interrupted.`, `
  iamctl export 'fleet/*' --dir lake
  iamctl matrix 'fleet/*' -o out; iamctl export 'fleet/*' --dir lake --drifts out/matrix.json
  iamctl export dev qa=test --dir lake --tables roles,documents
  iamctl export 'fleet/*' --dir lake --day 2026-01-31`),
		Flags: append([]cli.Flag{
			&cli.PathFlag{Name: "dir", Value: "lake", TakesFile: true, Usage: "write below `DIR`, made if need be"},
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: parquetFormat, Usage: "`FORMAT`: " + parquetFormat},
			&cli.StringSliceFlag{Name: "tables", Usage: "write these `TABLES` alone: " + strings.Join(lake.Tables(), ", ") + " (repeat, or separate by commas)"},
			&cli.StringSliceFlag{Name: "drifts", TakesFile: true, Usage: "write the drifts of a comparison, too: `FILE` is a matrix.json, a diff.json or the folder of a run (repeat, or separate by commas)"},
			&cli.StringFlag{Name: "day", Usage: "write the partitions of `YYYY-MM-DD` (default: today, in UTC)"},
			rulesFlag(), configFlag(), referenceFlag(), followLinksFlag(), sameAccountFlag(), regionFlag(), quietFlag(),
			jsonFlag("print what was written as JSON"), excludeAccountsFlag(),
		}, memberFlags()...),
		Action: func(c *cli.Context) error { return runExport(e, c) },
	}
}

func runExport(e *env, c *cli.Context) error {
	o, err := exportOptions(e, c)
	if err != nil {
		return err
	}
	sides, err := sourcesOfMany(e, c)
	if err == nil && len(sides) == 0 && len(o.Drifts) == 0 {
		err = usage("export", "export takes the SOURCE of one account or more")
	}
	if err != nil {
		return err
	}
	of, err := choice(c)
	if err != nil {
		return err
	}
	p := newProgress(e, c.Bool("quiet"))
	o.Reader = newReader(e, c, p)
	if sides, o.Gaps, err = accountsOf(c, o.Reader, sides, of); err != nil {
		return err
	}
	s, err := export.Run(c.Context, sides, o)
	p.wait()
	if err != nil {
		return err
	}
	for _, n := range o.Reference.Notes() {
		e.note(n.String())
	}
	return exported(e, c, o, s)
}

func exportOptions(e *env, c *cli.Context) (o export.Options, err error) {
	o = export.Options{Dir: c.Path("dir"), Version: version()}
	if f := c.String("format"); f != parquetFormat {
		return o, misspelt("export", f, []string{parquetFormat}, "--format %s: there is no such format (there is %s)", f, parquetFormat)
	}
	if o.Dir == "" || o.Dir == "-" {
		return o, usage("export", "--dir %s: a lake is a folder", o.Dir)
	}
	if o.Dir, err = outputPath(c, o.Dir); err != nil {
		return o, err
	}
	if o.Tables, err = chosenTables(c); err != nil {
		return o, err
	}
	if o.Day, err = exportDay(e, c); err != nil {
		return o, err
	}
	if o.Drifts, err = export.ReadDrifts(c.Context, c.StringSlice("drifts")); err != nil {
		return o, err
	}
	if c.IsSet("tables") && slices.Contains(o.Tables, lake.Drifts) && len(o.Drifts) == 0 {
		return o, usage("export", "--tables drifts needs --drifts: the drifts of which comparison?")
	}
	if o.Rules, err = chosenRules(c); err != nil {
		return o, err
	}
	conf, err := compare.ReadAuditConfig(c.Context, c.Path("config"))
	if err != nil {
		return o, err
	}
	o.Config = conf.Config
	o.Reference, err = compare.ReadReference(c.Path("reference"), e.foreignReference)
	return o, err
}

// chosenTables returns the tables of --tables, or all.
func chosenTables(c *cli.Context) ([]string, error) {
	var out []string
	for _, name := range c.StringSlice("tables") {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(lake.Tables(), name) {
			return nil, misspelt("export", name, lake.Tables(), "--tables %s: there is no such table (there are %s)", name, strings.Join(lake.Tables(), ", "))
		}
		out = append(out, name)
	}
	if out == nil {
		return lake.Tables(), nil
	}
	return out, nil
}

// exportDay returns the day of --day, or that of the run.
func exportDay(e *env, c *cli.Context) (time.Time, error) {
	if c.IsSet("day") {
		return auditDay(e, c)
	}
	t, err := time.Parse(time.RFC3339, runTime(e))
	return t.Truncate(24 * time.Hour), err
}

// exportedJSON is what --json prints.
type exportedJSON struct {
	Dir      string           `json:"dir"`
	Day      string           `json:"day"`
	Accounts int              `json:"accounts"`
	Rows     map[string]int64 `json:"rows"`
	Gaps     []result.Gap     `json:"gaps"`
}

// exported reports an export; one with gaps is incomplete.
func exported(e *env, c *cli.Context, o export.Options, s *export.Summary) error {
	gaps := make([]result.Gap, len(s.Gaps))
	for i, g := range s.Gaps {
		gaps[i] = result.GapOf(g)
	}
	for _, list := range byAccount(s.Gaps) {
		e.gaps(list[0].Account, list)
	}
	switch {
	case c.Bool("json"):
		if err := e.printJSON(exportedJSON{o.Dir, o.Day.Format(time.DateOnly), s.Accounts, s.Rows, gaps}); err != nil {
			return err
		}
	case !c.Bool("quiet"):
		var words []string
		for _, table := range lake.Tables() {
			if n, ok := s.Rows[table]; ok {
				words = append(words, result.Count(int(n), strings.TrimSuffix(table, "s"), table))
			}
		}
		fmt.Fprintf(e.stdout, "%s: %s of %s in %s\n", o.Day.Format(time.DateOnly), strings.Join(words, ", "), count(s.Accounts, "account"), o.Dir)
	}
	if len(gaps) > 0 {
		return result.ExitIncomplete
	}
	return nil
}

// byAccount returns sorted gaps by their account.
func byAccount(gaps []inventory.Gap) [][]inventory.Gap {
	var out [][]inventory.Gap
	for i, g := range gaps {
		if i == 0 || gaps[i-1].Account != g.Account {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], g)
	}
	return out
}
