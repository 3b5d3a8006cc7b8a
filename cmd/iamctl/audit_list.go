package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/audit/rule"
	"iamctl/compare"
	"iamctl/report"
	"iamctl/result/found"
	"iamctl/verdict/severity"
)

// listRules prints rules, with the severities that the configuration gives them.
func listRules(e *env, c *cli.Context, rules []rule.Rule) error {
	if c.NArg() > 0 {
		return usage("audit", "--list takes no accounts, got %q", c.Args().First())
	}
	name, err := auditFormat(c)
	if err != nil {
		return err
	}
	if name != "text" && name != "json" {
		return usage("audit", "--list has no --format %s: rules are listed as text or json", name)
	}
	conf, err := compare.ReadAuditConfig(c.Context, c.Path("config"))
	if err != nil {
		return err
	}
	list := make([]found.Rule, len(rules))
	for i := range rules {
		list[i] = found.RuleOf(&rules[i])
		list[i].Severity = cmp.Or(conf.Severities[list[i].ID], list[i].Severity)
	}
	return e.writeTo(c, func(w io.Writer) error {
		if name == "json" {
			return writeJSON(w, list, "  ")
		}
		width := e.width
		if c.Path("output") != "-" {
			width = 0
		}
		return writeRules(w, list, width)
	})
}

func writeRules(w io.Writer, list []found.Rule, width int) error {
	longest := 0
	for _, r := range list {
		longest = max(longest, len(r.ID))
	}
	indent := longest + 1 + len(severity.Critical) + 2
	for _, r := range list {
		source := strings.Join(append([]string{r.Source}, r.Controls...), "; ")
		if _, err := fmt.Fprintf(w, "%-*s %-8s  %s\n%*s%s\n", longest, r.ID, r.Severity, report.Wrap(r.Title, width, indent), indent, "", report.Wrap(source, width, indent)); err != nil {
			return err
		}
	}
	return nil
}
