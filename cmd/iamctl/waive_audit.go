package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/result/audited"
	"iamctl/waiver"
)

// isAudit reports whether a file is the JSON of an audit, by what it says near its
// beginning. What cannot be read is not, and is complained about as a run.
func isAudit(path string) bool { return formatOf(path) == audited.FileFormat }

// formatOf returns what the JSON of a file says near its beginning that its format is, "" if
// it does not.
func formatOf(path string) string {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	d := jsontext.NewDecoder(io.LimitReader(f, 4096))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return ""
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return ""
		}
		key := name.String()
		value, err := d.ReadValue()
		if err != nil {
			return ""
		}
		if key == "format" {
			return strings.Trim(string(value), `"`)
		}
	}
	return ""
}

// findingWaivers returns waivers of the findings of an audit that the arguments name, and
// the file that they belong into.
func findingWaivers(c *cli.Context, template waiver.Waiver) ([]waiver.Waiver, string, error) {
	if c.Bool("meaning") {
		return nil, "", usage("waive", "--meaning is for drift: a finding of an audit is accepted as it is")
	}
	a, err := compare.ReadAudit(c.Context, c.Args().First())
	if err != nil {
		return nil, "", err
	}
	found := distinctFindings(a)
	if !c.Bool("all") {
		if found, err = chosen(c, found, "finding", func(f *audited.Finding) string { return f.Fingerprint }); err != nil {
			return nil, "", err
		}
	} else if n := len(found); n > maxWaivers {
		return nil, "", fmt.Errorf("--all would write %d waivers, and more than %d make no file that people can read: nothing was written", n, maxWaivers)
	}
	var entries []waiver.Waiver
	for _, f := range found {
		if !c.Bool("all") || f.Waiver == nil {
			entries = append(entries, compare.WaiverOf(&f.Finding, template))
		}
	}
	path := compare.WaiverPath(c.Path("waivers"), "")
	for _, in := range a.Meta.Inputs {
		if c.Path("waivers") == "" && (in.Kind == "waivers" || in.Kind == "config" && path == compare.WaiverFile) {
			path = in.Path
			if in.Kind == "config" {
				path = compare.WaiverPath("", in.Path)
			}
		}
	}
	return entries, path, nil
}

// distinctFindings returns the findings of an audit, each fingerprint once.
func distinctFindings(a *audited.Audit) []*audited.Finding {
	var out []*audited.Finding
	seen := map[string]bool{}
	for i := range a.Findings {
		if f := &a.Findings[i]; !seen[f.Fingerprint] {
			seen[f.Fingerprint] = true
			out = append(out, f)
		}
	}
	return out
}
