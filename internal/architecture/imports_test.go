// Package architecture holds the tests that keep the shape of the program:
// which folder may import which, and what stays pure.
package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is what each package may import of iamctl: the table of
// docs/design.md, package by package, so that the packages of one folder have
// an order too. A package that is not in it may not exist, and a row without a
// package neither.
var allowed = map[string][]string{
	"policy":      {"internal/jsonplace"},
	"policy/eval": {"policy"},

	"verdict": {
		"policy", "policy/eval", "reference",
		"verdict/internal/actions", "verdict/internal/bits", "verdict/internal/condition", "verdict/internal/example", "verdict/internal/glob", "verdict/internal/memo", "verdict/internal/resource", "verdict/internal/search", "verdict/internal/variable",
	},
	"verdict/keyname":           {"policy", "reference"},
	"verdict/severity":          {"policy", "policy/eval", "verdict", "verdict/escalation", "verdict/keyname", "verdict/severity/audience"},
	"verdict/escalation":        {},
	"verdict/severity/audience": {"policy"},
	"verdict/growth":            {"policy", "policy/eval", "verdict"},
	"verdict/question":          {"policy", "policy/eval", "verdict", "verdict/keyname", "verdict/severity", "internal/jsonplace", "internal/nearest"},

	"verdict/internal/actions":   {"policy", "reference", "verdict/internal/bits", "verdict/internal/glob", "verdict/internal/memo"},
	"verdict/internal/bits":      {},
	"verdict/internal/condition": {"policy", "verdict/internal/bits", "verdict/internal/example", "verdict/internal/glob", "verdict/internal/memo", "verdict/internal/search", "verdict/internal/variable"},
	"verdict/internal/glob":      {"policy", "verdict/internal/bits", "verdict/internal/memo"},
	"verdict/internal/example":   {},
	"verdict/internal/memo":      {},
	"verdict/internal/resource":  {"policy", "verdict/internal/bits", "verdict/internal/glob"},
	"verdict/internal/smt":       {"policy"},
	"verdict/internal/smt/prove": {"policy", "policy/policytest", "reference", "verdict", "verdict/internal/smt"},
	"verdict/internal/search":    {"verdict/internal/bits"},
	"verdict/internal/variable":  {"policy"},
	"reference":                  {"policy", "internal/inputfile", "internal/jsonplace", "reference/internal/pack"},
	"inventory":                  {"policy"},

	"extract":              {"inventory", "policy", "internal/jsonplace"},
	"extract/flatten":      {"inventory", "policy", "reference"},
	"extract/connect":      {"policy", "internal/inputfile"},
	"extract/live":         {"extract", "extract/connect", "inventory", "policy"},
	"extract/organization": {"extract", "extract/connect", "inventory", "policy"},
	"extract/accountlist":  {"extract", "inventory", "policy", "internal/inputfile"},
	"extract/authdetails":  {"extract", "inventory", "internal/inputfile", "internal/jsonplace"},
	"extract/snapshot":     {"extract", "extract/jsonfile", "inventory", "policy", "internal/atomicfile", "internal/inputfile"},
	"extract/orgfolder":    {"extract", "extract/jsonfile", "inventory", "internal/atomicfile", "internal/inputfile"},
	"extract/jsonfile":     {"extract", "inventory", "internal/jsonplace", "internal/visible"},
	"extract/gitsnapshot":  {"extract", "extract/snapshot", "inventory", "internal/gitrepo", "internal/inputfile"},
	"extract/ledger":       {"extract", "policy", "internal/atomicfile", "internal/hint", "internal/inputfile", "internal/visible"},

	"equivalency":          {"equivalency/toolname", "policy", "internal/jsontree"},
	"equivalency/toolname": {},
	"equivalency/suggest":  {"equivalency", "policy"},
	"waiver":               {"policy", "internal/driftkind", "internal/jsontree", "internal/nearest"},

	"normalize/rewrite": {"equivalency", "policy", "reference"},
	"normalize":         {"normalize/rewrite", "equivalency", "inventory", "policy", "internal/driftkind"},
	"normalize/doubt":   {"normalize", "normalize/rewrite", "inventory"},
	"normalize/unused":  {"normalize", "normalize/rewrite", "equivalency", "inventory", "policy"},
	"normalize/weigh":   {"normalize", "normalize/rewrite", "equivalency", "inventory"},

	"pairing":            {"pairing/randomname", "normalize/rewrite", "equivalency", "inventory", "policy"},
	"pairing/randomname": {"equivalency", "equivalency/toolname"},

	"diff":    {"normalize", "normalize/doubt", "normalize/weigh", "inventory", "policy"},
	"meaning": {"diff", "normalize", "normalize/rewrite", "equivalency", "inventory", "policy", "policy/eval", "reference", "verdict", "verdict/growth", "verdict/severity", "internal/digest"},
	"result":  {"diff", "meaning", "result/found", "policy/eval", "verdict", "verdict/question", "verdict/severity", "normalize", "inventory", "policy", "internal/bulk", "internal/digest", "internal/driftkind", "internal/itemtext", "internal/jsonplace", "internal/visible"},

	"audit":              {"audit/account", "audit/benchmark", "audit/config", "audit/crossaccount", "audit/deputy", "audit/duties", "audit/escalation", "audit/groups", "audit/passrole", "audit/paths", "audit/rule", "audit/trust", "audit/webidentity", "internal/digest", "inventory", "policy", "verdict", "verdict/severity"},
	"audit/beside":       {"audit", "audit/account", "internal/digest", "inventory", "normalize", "normalize/rewrite", "policy"},
	"audit/account":      {"audit/asking", "inventory", "policy", "verdict"},
	"audit/benchmark":    {"audit/account", "audit/everything", "audit/gate", "audit/rule", "inventory", "policy", "verdict", "verdict/severity"},
	"audit/config":       {"policy", "internal/jsontree", "verdict/severity"},
	"audit/crossaccount": {"audit/account", "audit/gate", "audit/known", "audit/rule", "policy", "verdict/severity"},
	"audit/gate":         {"audit/asking", "policy", "policy/eval", "verdict"},
	"audit/everything":   {"audit/account", "audit/grant", "audit/rule", "policy"},
	"audit/escalation":   {"audit/account", "audit/assume", "audit/everything", "audit/grant", "audit/rule", "inventory", "policy", "policy/eval", "reference", "verdict", "verdict/escalation", "verdict/severity"},
	"audit/groups":       {"audit/account", "audit/rule", "inventory", "verdict/severity"},
	"audit/assume":       {"audit/account", "audit/gate", "audit/grant", "audit/rule", "inventory", "policy", "policy/eval"},
	"audit/duties":       {"audit/account", "audit/assume", "audit/rule", "inventory", "policy", "verdict/severity"},
	"audit/grant":        {"audit/account", "audit/asking", "inventory", "policy", "policy/eval", "verdict"},
	"audit/asking":       {"policy"},
	"audit/known":        {},
	"audit/passrole":     {"audit/account", "audit/assume", "audit/gate", "audit/grant", "audit/rule", "inventory", "policy", "verdict/severity"},
	"audit/paths":        {"audit/account", "audit/config", "audit/gate", "audit/rule", "inventory", "policy", "verdict/severity"},
	"audit/deputy":       {"audit/account", "audit/gate", "audit/rule", "policy", "verdict/severity"},
	"audit/trust":        {"audit/account", "audit/gate", "audit/rule", "policy", "verdict/severity"},
	"audit/webidentity":  {"audit/account", "audit/gate", "audit/rule", "policy", "verdict/severity", "verdict/severity/audience"},
	"audit/rule":         {"audit/account", "audit/config", "audit/grant", "inventory", "policy", "policy/eval", "verdict", "verdict/severity"},
	"result/found":       {"audit", "audit/rule", "policy/eval", "verdict/question", "verdict/severity"},
	"result/audited":     {"audit", "audit/account", "audit/rule", "inventory", "result", "result/found", "verdict/severity", "internal/jsonplace", "internal/visible"},

	"fleet":                    {},
	"result/matrix":            {"result", "verdict", "verdict/severity", "internal/visible", "internal/jsonplace", "policy"},
	"result/matrix/matrixtest": {"result", "result/matrix", "verdict", "verdict/question", "verdict/severity", "internal/driftkind"},
	"report/matrix":            {"report", "result", "result/matrix", "verdict", "verdict/severity", "internal/visible", "report/junitxml"},
	"report/lake":              {"inventory", "policy", "result", "result/found", "result/matrix", "internal/digest"},
	"report":                   {"report/junitxml", "result", "result/found", "verdict", "verdict/question", "verdict/severity", "normalize", "inventory", "internal/bulk", "internal/driftkind", "internal/itemtext", "internal/visible"},
	"report/documents":         {"result", "policy", "internal/visible"},
	"report/html":              {"report", "report/matrix", "result/matrix", "report/documents", "report/findings", "result", "result/audited", "result/found", "policy", "verdict", "verdict/question", "verdict/severity", "internal/visible"},
	"report/sarif":             {"report", "report/findings", "result", "result/audited", "result/found", "policy", "verdict/severity", "internal/bulk", "internal/jsonplace", "internal/visible", "result/matrix"},
	"report/explain":           {"report", "result", "verdict", "verdict/question", "verdict/severity", "internal/visible"},
	"report/junitxml":          {"internal/visible"},
	"report/findings":          {"report", "report/junitxml", "result", "result/audited", "result/found", "verdict/severity", "internal/visible"},
	"report/format":            {"report", "report/findings", "report/html", "report/sarif", "result", "result/audited", "report/matrix", "result/matrix"},

	"compare": {
		"compare/choose", "extract", "extract/accountlist", "extract/authdetails", "extract/connect", "extract/flatten", "extract/gitsnapshot", "extract/ledger", "extract/live", "extract/organization", "extract/orgfolder", "extract/snapshot",
		"equivalency", "equivalency/suggest", "waiver", "reference", "normalize", "normalize/unused", "pairing", "diff", "meaning", "result", "result/audited",
		"audit", "audit/account", "audit/beside", "audit/config", "audit/rule", "result/found", "inventory", "policy", "verdict", "verdict/question", "verdict/severity", "internal/hint", "internal/nearest", "internal/visible", "internal/inputfile",
	},
	"compare/choose": {"inventory", "policy"},
	"compare/many": {
		"compare", "diff", "equivalency", "extract/flatten", "fleet", "inventory", "meaning", "normalize", "normalize/rewrite", "normalize/unused", "pairing", "policy", "result", "result/matrix",
		"verdict", "verdict/severity", "internal/digest", "internal/hint",
		"extract", "extract/authdetails", "extract/gitsnapshot", "extract/ledger", "extract/snapshot", "internal/driftkind", "internal/inputfile", "internal/visible", "waiver",
	},
	"export": {
		"audit", "audit/account", "audit/config", "audit/rule", "compare", "compare/many", "extract/flatten", "inventory", "reference", "report/lake", "result/found", "result/matrix",
		"internal/atomicfile", "internal/inputfile",
	},
	"compare/harvest": {"compare", "extract", "extract/ledger", "extract/live", "extract/snapshot", "internal/hint", "inventory", "result"},
	"cmd/iamctl": {
		"compare/harvest", "extract/ledger", "extract/orgfolder",
		"audit", "audit/config", "audit/paths", "audit/rule", "result/audited", "result/found", "verdict/severity",
		"compare/many", "export", "report/lake", "report/matrix", "result/matrix",
		"compare", "compare/choose", "report", "report/explain", "report/findings", "report/format", "report/sarif", "verdict", "verdict/question", "meaning", "policy", "policy/eval", "result", "extract", "extract/connect", "extract/snapshot",
		"equivalency", "equivalency/suggest", "waiver", "reference", "normalize", "diff", "inventory",
		"internal/atomicfile", "internal/gitrepo", "internal/hint", "internal/inputfile", "internal/nearest", "internal/visible",
	},

	"internal/atomicfile": {},
	"internal/bulk":       {},
	"internal/digest":     {},
	"internal/driftkind":  {},
	"internal/gitrepo":    {},
	"internal/hint":       {},
	"internal/inputfile":  {},
	"internal/itemtext":   {"inventory"},
	"internal/jsonplace":  {},
	"internal/jsontree":   {"internal/jsonplace", "internal/nearest", "internal/visible"},
	"internal/nearest":    {},
	"internal/visible":    {},

	// Tools and helpers of tests, which no other package imports.
	"audit/audittest":               {"audit/account", "audit/config", "audit/rule", "inventory", "policy", "policy/eval", "verdict"},
	"examples":                      {},
	"extract/jsonfile/jsonfiletest": {},
	"extract/sourcetest":            {"inventory"},
	"internal/architecture":         {},
	"internal/fakeiam":              {"inventory"},
	"internal/fakeorg":              {"internal/fakeiam", "inventory"},
	"internal/gitrepo/gitrepotest":  {},
	"internal/lettercosts":          {"reference"},
	"internal/madenames":            {},
	"internal/mutation":             {},
	"internal/raced":                {},
	"internal/sampleaccount":        {"inventory"},
	"internal/samplefleet":          {"inventory"},
	"internal/samplefleet/write":    {"extract/snapshot", "internal/samplefleet", "inventory"},
	"internal/secondjudge":          {"policy", "policy/eval", "policy/eval/evaltest"},
	"internal/visible/visibletest":  {},
	"normalize/normalizetest":       {"normalize", "equivalency", "inventory"},
	"policy/eval/evaltest":          {"policy", "policy/eval"},
	"policy/policytest":             {"policy"},
	"reference/generate":            {"reference"},
	"reference/internal/pack":       {},
	"result/resulttest":             {"result", "meaning", "extract/flatten", "reference", "diff", "normalize", "normalize/rewrite", "normalize/weigh", "equivalency", "inventory"},
}

// pure folders have no context, clock, file, network or logger.
var pure = []string{
	"policy", "inventory", "equivalency", "waiver", "normalize", "pairing", "diff", "verdict", "meaning", "audit", "fleet", "result",
	"internal/bulk", "internal/driftkind", "internal/hint", "internal/itemtext", "internal/jsonplace", "internal/jsontree", "internal/nearest", "internal/visible",
}

// impure are the packages that a pure folder may not import. Of the package
// time it may use what does not ask the clock: see TestPureFoldersAskNoClock.
var impure = []string{
	"context", "io/ioutil", "log", "log/slog", "net", "net/http", "os", "os/exec", "path/filepath", "syscall",
}

type pkg struct {
	ImportPath, Name string
	Imports          []string
}

func TestImportDirection(t *testing.T) {
	rows := maps.Clone(allowed)
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "iamctl/")
		may, listed := allowed[name]
		if !listed {
			t.Errorf("the package %q is not in the table of docs/design.md", name)
		}
		delete(rows, name)
		for _, i := range p.Imports {
			if to, ours := strings.CutPrefix(i, "iamctl/"); ours && !slices.Contains(may, to) {
				t.Errorf("%s imports %s, which it may not", name, to)
			}
		}
		for _, to := range may {
			if !slices.Contains(p.Imports, "iamctl/"+to) {
				t.Errorf("%s may import %s and does not: the table is to say what is so", name, to)
			}
		}
	}
	for name := range rows {
		t.Errorf("the table has the package %q, which is not there", name)
	}
}

func TestPureFoldersTouchNothing(t *testing.T) {
	for _, p := range packages(t) {
		if !slices.Contains(pure, folder(p.ImportPath)) || strings.HasSuffix(p.ImportPath, "test") || p.Name == "main" {
			continue // what nobody can import touches nobody else
		}
		for _, i := range p.Imports {
			if slices.Contains(impure, i) {
				t.Errorf("%s is to be pure and imports %s", p.ImportPath, i)
			}
		}
	}
}

// TestSDKStaysInTheLiveSources keeps AWS calls where read-only is checked.
func TestSDKStaysInTheLiveSources(t *testing.T) {
	for _, p := range packages(t) {
		if slices.Contains([]string{"iamctl/extract/connect", "iamctl/extract/live", "iamctl/extract/organization"}, p.ImportPath) {
			continue
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "github.com/aws/") {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
}

// folder is the folder that a package belongs to.
func folder(importPath string) string {
	parts := strings.Split(strings.TrimPrefix(importPath, "iamctl/"), "/")
	if parts[0] == "internal" && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Name,Imports", "iamctl/...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var list []pkg
	d := json.NewDecoder(bytes.NewReader(out))
	for {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 10 {
		t.Fatalf("go list found %d packages only", len(list))
	}
	return list
}
