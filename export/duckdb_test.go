package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/report/lake"
)

// fence returns the SQL of a section of docs/lake.md.
func fence(t *testing.T, doc, heading string) string {
	t.Helper()
	_, section, ok := strings.Cut(doc, "\n### "+heading+"\n")
	_, sql, found := strings.Cut(section, "```sql\n")
	sql, _, closed := strings.Cut(sql, "```")
	if !ok || !found || !closed {
		t.Fatalf("docs/lake.md has no SQL below %q", heading)
	}
	return sql
}

// duckDB asks statements and returns the rows of each, sorted, their columns joined.
func duckDB(t *testing.T, modules, folder string, statements []string) [][]string {
	t.Helper()
	script, err := filepath.Abs("testdata/ask.cjs")
	if err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(statements)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("node", script)
	c.Dir, c.Stdin, c.Env = folder, bytes.NewReader(in), append(os.Environ(), "IAMCTL_DUCKDB="+modules)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	data, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	var answers [][][]any
	if err := json.Unmarshal(data, &answers); err != nil {
		t.Fatal(err)
	}
	out := make([][]string, len(answers))
	for i, rows := range answers {
		for _, row := range rows {
			out[i] = append(out[i], line(row...))
		}
		slices.Sort(out[i])
	}
	return out
}

// line joins the columns of a row.
func line(columns ...any) string {
	var words []string
	for _, c := range columns {
		if c == nil {
			c = "-"
		}
		words = append(words, fmt.Sprint(c))
	}
	return strings.Join(words, " | ")
}

// DuckDB counts what iamctl counts, and the queries of docs/lake.md answer what iamctl says
// of the same accounts.
func TestInDuckDB(t *testing.T) {
	modules := os.Getenv("IAMCTL_DUCKDB")
	if modules == "" {
		t.Skip("left out: DuckDB reading the lake; IAMCTL_DUCKDB names a folder of node modules with @duckdb/node-api (.ci/lake)")
	}
	dir, rows := t.TempDir(), map[string]int64{}
	was, is := fleetOn(t, before), fleetOn(t, today)
	was.export(t, filepath.Join(dir, "lake"), rows)
	is.export(t, filepath.Join(dir, "lake"), rows)
	data, err := os.ReadFile("../docs/lake.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	questions := []struct {
		heading string
		want    []string
	}{
		{"Who may pass a role", passers(is.accounts)},
		{"Which roles came, went or changed their policies since the day before", changed(was.accounts, is.accounts)},
		{"Which roles nobody used for 90 days", unused(is.accounts)},
		{"Which findings are new since the day before", newFindings(was.accounts, is.accounts)},
		{"How much drift there is, day by day", append(drifted(was), drifted(is)...)},
		{"Which accounts are missing today", []string{line("000000000003", 12)}},
		{"Which documents several accounts have, by their text", shared(is.accounts)},
	}
	statements := strings.SplitAfter(strings.TrimSpace(fence(t, doc, "DuckDB")), ";\n")
	first := len(statements)
	for _, q := range questions {
		statements = append(statements, fence(t, doc, q.heading))
	}
	for _, table := range lake.Tables() {
		statements = append(statements, "SELECT count(*) FROM "+table)
	}
	statements = append(statements,
		"SELECT DISTINCT day, account, account_id = account, account_tag FROM roles",
		"SELECT policy_name = 'hostile' || chr(0) || '\\x{FF}' FROM items WHERE policy_name LIKE 'hostile%' GROUP BY ALL",
		"SELECT count(*) FROM documents WHERE sha256 <> sha256(document) OR bytes <> strlen(document) OR NOT exact",
		"SELECT count(*) FROM items WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.day = items.day AND d.account = items.account AND d.sha256 = document_sha256)",
		"SELECT count(*) FROM roles r WHERE items <> (SELECT count(*) FROM items i WHERE i.day = r.day AND i.account = r.account AND i.role_name = r.role_name)",
	)
	answers := duckDB(t, modules, dir, statements)[first:]
	for i, q := range questions {
		slices.Sort(q.want)
		if d := cmp.Diff(q.want, answers[i]); d != "" || len(q.want) == 0 {
			t.Errorf("%s: %d answers (-iamctl +DuckDB):\n%s", q.heading, len(answers[i]), d)
		}
	}
	answers = answers[len(questions):]
	for i, table := range lake.Tables() {
		if want := fmt.Sprint(rows[table]); len(answers[i]) != 1 || answers[i][0] != want || want == "0" {
			t.Errorf("%s has %v rows, want %s", table, answers[i], want)
		}
	}
	var accounts []string
	for _, d := range []*day{was, is} {
		for i, a := range d.accounts {
			accounts = append(accounts, line(d.Format(time.DateOnly), a.ID, true, fmt.Sprintf("account-%d", i)))
		}
	}
	slices.Sort(accounts)
	if d := cmp.Diff([][]string{accounts, {"true"}, {"0"}, {"0"}, {"0"}}, answers[len(lake.Tables()):]); d != "" {
		t.Errorf("(-want +DuckDB):\n%s", d)
	}
}
