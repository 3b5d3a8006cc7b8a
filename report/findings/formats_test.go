package findings_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"iamctl/internal/visible/visibletest"
	"iamctl/report/format"
	"iamctl/result/audited"
)

func rendered(t *testing.T, name string, a *audited.Audit) string {
	t.Helper()
	var b bytes.Buffer
	if err := format.RenderAudit(name, &b, a, format.AuditOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFormats holds every format against its golden file, and looks for characters that
// would move a terminal and for commands to a CI.
func TestFormats(t *testing.T) {
	for _, name := range format.AuditNames() {
		for audit, a := range map[string]*audited.Audit{"whole": whole(), "clean": clean(), "marked": marked(), "chain": chain()} {
			text := rendered(t, name, a)
			golden(t, audit+"."+name, strings.ReplaceAll(text, styleOf(text), ""))
			for line := range strings.Lines(text) {
				visibletest.Check(t, strings.TrimSuffix(line, "\n"))
				if name != "text" && name != "csv" && strings.Contains(line, "##vso[") {
					t.Errorf("%s: a command to a CI: %s", name, line)
				}
			}
		}
	}
}

// TestStepsAreInEveryFormat: what proves the second step is told wherever the first is.
func TestStepsAreInEveryFormat(t *testing.T) {
	for _, name := range format.AuditNames() {
		if text := rendered(t, name, chain()); !strings.Contains(text, "iam:AttachRolePolicy") {
			t.Errorf("%s: the second step is not in %s", name, text)
		}
	}
}

// styleOf returns what of a page is its style, which has tests of its own.
func styleOf(text string) string {
	_, after, ok := strings.Cut(text, "<style>")
	style, _, _ := strings.Cut(after, "</style>")
	if !ok || style == "" {
		return "\x00"
	}
	return style
}

// TestPageHasNoForeignElement: no name makes an element or an attribute.
func TestPageHasNoForeignElement(t *testing.T) {
	page := rendered(t, "html", whole())
	for _, bad := range []string{"<b>*x*", "<script", "javascript:", "href=\"http"} {
		if strings.Contains(page, bad) {
			t.Errorf("%s is in the page", bad)
		}
	}
}

func TestCSVReadsBack(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(rendered(t, "csv", whole()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	const header = "rule,severity,account,tag,entity_type,entity,policytype,policy,statement,message,witness_principal,witness_action,witness_resource,witness_context,fix,fingerprint,age,waiver,steps"
	if got := strings.Join(rows[0], ","); got != header {
		t.Errorf("the columns are %s", got)
	}
	if len(rows) != 1+len(whole().Findings) {
		t.Errorf("%d rows", len(rows))
	}
}

func TestJUnitReadsBack(t *testing.T) {
	d := xml.NewDecoder(strings.NewReader(rendered(t, "junit", whole())))
	counts := map[string]int{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			counts[e.Name.Local]++
		}
	}
	// Two accounts with four rules each and a gap; ADMIN fails in both, IAM-057 and
	// IAM-071 in one.
	if counts["testcase"] != 9 || counts["failure"] != 4 || counts["error"] != 1 || counts["skipped"] != 0 {
		t.Errorf("the elements are %v", counts)
	}
}

// TestSARIFRules: each result has its rule, and the rule the score of its severity.
func TestSARIFRules(t *testing.T) {
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID         string
						Properties map[string]any
					}
				}
			}
			Results []struct {
				RuleID              string
				RuleIndex           int
				Level               string
				PartialFingerprints map[string]string
			}
		}
	}
	if err := json.Unmarshal([]byte(rendered(t, "sarif", whole())), &log); err != nil {
		t.Fatal(err)
	}
	scores := map[string]any{"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0", "none": nil}
	a := whole()
	for i, r := range log.Runs[0].Results {
		f := a.Findings[i]
		rule := log.Runs[0].Tool.Driver.Rules[r.RuleIndex]
		if rule.ID != r.RuleID || rule.Properties["security-severity"] != scores[string(f.Severity)] || r.PartialFingerprints["iamctlFinding/v1"] != f.Fingerprint {
			t.Errorf("%s %s: the result %+v is of the rule %+v", f.Rule, f.Severity, r, rule)
		}
	}
	if len(log.Runs[0].Results) != len(a.Findings) {
		t.Errorf("%d results", len(log.Runs[0].Results))
	}
}
