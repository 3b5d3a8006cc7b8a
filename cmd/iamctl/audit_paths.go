package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"iamctl/audit/config"
	"iamctl/audit/paths"
	"iamctl/compare"
	"iamctl/internal/atomicfile"
	"iamctl/internal/hint"
	"iamctl/internal/visible"
)

// scpPaths is the one value of --scp.
const scpPaths = "paths"

func pathFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "scp", Usage: "print service control policies that keep principals to the `PATHS` of path_conventions (paths), and ask nothing"},
		&cli.BoolFlag{Name: "cloudtrail-lake", Usage: "print queries for CloudTrail Lake that find what was done against path_conventions, and ask nothing"},
	}
}

// runPaths prints what is made of the path conventions alone, if that is asked for.
func runPaths(e *env, c *cli.Context) (asked bool, err error) {
	lake := c.Bool("cloudtrail-lake")
	flag := "--cloudtrail-lake"
	if c.IsSet("scp") {
		flag = "--scp " + c.String("scp")
	}
	switch {
	case !lake && !c.IsSet("scp"):
		return false, nil
	case lake && c.IsSet("scp"):
		return true, usage("audit", "--scp and --cloudtrail-lake: print one of them at a time")
	case !lake && c.String("scp") != scpPaths:
		return true, misspelt("audit", c.String("scp"), []string{scpPaths}, "%s: there are policies for %s alone", flag, scpPaths)
	case c.NArg() > 0:
		return true, usage("audit", "%s takes no accounts, got %q", flag, c.Args().First())
	case c.IsSet("format"):
		return true, usage("audit", "%s has no --format: policies are JSON, and queries are text, or JSON with --json", flag)
	}
	conf, err := compare.ReadAuditConfig(c.Context, c.Path("config"))
	if err != nil {
		return true, err
	}
	render, err := pathsRendered(c, flag, conf.PathConventions)
	if err != nil {
		return true, err
	}
	return true, e.writeTo(c, render)
}

// pathsRendered returns what writes the policies or the queries.
func pathsRendered(c *cli.Context, flag string, conventions []config.PathConvention) (func(io.Writer) error, error) {
	if len(conventions) == 0 {
		return nil, hint.With(errors.New(flag+": the configuration has no path_conventions"),
			`write some to %s or to the file of --config, such as {"path_conventions": [{"name": "app-*", "path": "/app/"}]}`, compare.AuditConfigFile)
	}
	if c.Bool("cloudtrail-lake") {
		queries := paths.Queries(conventions)
		if c.Bool("json") {
			return func(w io.Writer) error { return writeJSON(w, queries, "  ") }, nil
		}
		return func(w io.Writer) error { return writeQueries(w, queries) }, nil
	}
	policies := paths.SCPs(conventions)
	if len(policies) == 0 {
		return nil, hint.With(errors.New(flag+`: the path of every convention is "/", which protects no role from another's`),
			"give conventions paths of their own, such as /app/")
	}
	return func(w io.Writer) error { return writeJSON(w, policies, "  ") }, nil
}

func writeQueries(w io.Writer, queries []paths.Query) error {
	for i, q := range queries {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if _, err := fmt.Fprintf(w, "%s: %s\n\n%s\n", q.Name, q.Description, visible.Escape(q.SQL)); err != nil {
			return err
		}
	}
	return nil
}

// writeTo writes to --output, whole or not at all, or to stdout.
func (e *env) writeTo(c *cli.Context, render func(io.Writer) error) error {
	path, err := outputPath(c, c.Path("output"))
	switch {
	case err != nil:
		return err
	case path == "":
		return usage("audit", "--output is empty")
	case path != "-":
		return atomicfile.Write(path, 0o600, render)
	}
	return render(e.stdout)
}
