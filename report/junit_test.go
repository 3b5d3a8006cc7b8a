package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gojunit "github.com/joshdk/go-junit"
	"pgregory.net/rapid"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/resulttest"
)

func junitOf(t interface {
	Helper()
	Fatal(...any)
}, r *result.Result,
) string {
	t.Helper()
	var b bytes.Buffer
	if err := JUnit(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJUnitGolden(t *testing.T) {
	resulttest.Golden(t, ".junit.xml", func(r *result.Result) string { return junitOf(t, r) })
}

// ingested is the file as another program reads it.
func ingested(t *testing.T, c *diff.Changes, m *result.Marks) []gojunit.Suite {
	t.Helper()
	suites, err := gojunit.Ingest([]byte(junitOf(t, resulttest.Reread(t, c, m))))
	if err != nil {
		t.Fatal(err)
	}
	return suites
}

// TestJUnitReadBack reads the file by another program.
func TestJUnitReadBack(t *testing.T) {
	c, m := resulttest.Marked()
	got := map[string]map[string]gojunit.Status{}
	var failure string
	for _, s := range ingested(t, c, m) {
		got[s.Name] = map[string]gojunit.Status{}
		for _, test := range s.Tests {
			got[s.Name][test.Name] = test.Status
			if test.Name == "app1_accountname" {
				failure = test.Message + "\n" + test.Error.Error()
			}
		}
	}
	want := map[string]map[string]gojunit.Status{
		"common roles":      {"=cmd,@x": gojunit.StatusFailed, "app1_accountname": gojunit.StatusFailed, "AwsSecurityAudit": gojunit.StatusError},
		"roles only in dev": {"AWSServiceRoleForSupport": gojunit.StatusFailed, "only-in-dev": gojunit.StatusSkipped},
		"gaps":              {"dev user bob": gojunit.StatusError, "qa role AwsSecurityAudit boundary": gojunit.StatusError},
		"waivers":           {m.Waivers[2].Fingerprint: gojunit.StatusSkipped, m.Waivers[3].Fingerprint: gojunit.StatusSkipped, m.Waivers[4].Fingerprint: gojunit.StatusSkipped},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for _, text := range []string{"4 differences, 1 new: + inline s3-accountname: Allow s3:PutObject", "paired by the name without", "+ inline s3-accountname: Allow s3:PutObject", "[new]", "[since 2026-10-03 or before"} {
		if !strings.Contains(failure, text) {
			t.Errorf("the failure does not say %q: %s", text, failure)
		}
	}
}

// TestJUnitFailsWithDriftAlone: failures are what makes a run go red.
func TestJUnitFailsWithDriftAlone(t *testing.T) {
	sync := resulttest.Sample()
	sync.Gaps, sync.Common[2].Blind = nil, nil
	dark := resulttest.Empty()
	dark.Gaps = []inventory.Gap{{Account: "dev", Entity: "account", Reason: "denied"}}
	for _, c := range []struct {
		changes        *diff.Changes
		marks          *result.Marks
		failed, errors int
		reason         string
	}{
		{resulttest.Sample(), nil, 4, 3, "two common roles and two of one account; two gaps and a role that was not compared"},
		{sync, resulttest.AllWaived(), 0, 0, "all is waived"},
		{resulttest.Empty(), nil, 0, 0, "nothing there"},
		{dark, nil, 0, 1, "an account in the dark"},
	} {
		failed, errs := 0, 0
		for _, s := range ingested(t, c.changes, c.marks) {
			failed += s.Totals.Failed
			errs += s.Totals.Error
		}
		if failed != c.failed || errs != c.errors {
			t.Errorf("%s: %d failures and %d errors, want %d and %d", c.reason, failed, errs, c.failed, c.errors)
		}
	}
}

// TestJUnitCounts: the figures in the attributes are those of the cases.
func TestJUnitCounts(t *testing.T) {
	type Counts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
	}
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		var f struct {
			Counts
			Suites []struct {
				Counts
				Cases []struct {
					Failure *struct{} `xml:"failure"`
					Error   *struct{} `xml:"error"`
					Skipped *struct{} `xml:"skipped"`
				} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(junitOf(t, resulttest.Reread(t, changes, marks))), &f); err != nil {
			t.Fatal(err)
		}
		var all Counts
		for _, s := range f.Suites {
			n := Counts{Tests: len(s.Cases)}
			for _, c := range s.Cases {
				switch {
				case c.Failure != nil:
					n.Failures++
				case c.Error != nil:
					n.Errors++
				case c.Skipped != nil:
					n.Skipped++
				}
			}
			if n != s.Counts {
				t.Errorf("%s: %+v says the suite, %+v have the cases", c.Name, s.Counts, n)
			}
			all.Tests, all.Failures, all.Errors, all.Skipped = all.Tests+n.Tests, all.Failures+n.Failures, all.Errors+n.Errors, all.Skipped+n.Skipped
		}
		if all != f.Counts {
			t.Errorf("%s: %+v says the file, %+v have the suites", c.Name, f.Counts, all)
		}
	}
}

// TestJUnitHostileLaw: whatever the text, it is XML that Go's strict parser
// reads to its end, with our elements and no others.
func TestJUnitHostileLaw(t *testing.T) {
	ours := map[string]bool{
		"testsuites": true, "testsuite": true, "testcase": true, "failure": true, "error": true, "skipped": true, "system-out": true, "system-err": true, "properties": true, "property": true,
	}
	rapid.Check(t, func(t *rapid.T) {
		c, m := resulttest.AnyChanges(t)
		c.A.Tag += rapid.SampledFrom(append(resulttest.HostileMarkdown, "]]>", "<![CDATA[", "\ufffe", "\uffff", "\x00")).Draw(t, "hostile")
		var file bytes.Buffer
		if err := resulttest.Result(c, m).Write(&file); err != nil {
			t.Fatal(err)
		}
		r, err := result.Read(&file)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(strings.NewReader(junitOf(t, r)))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := token.(xml.StartElement); ok && !ours[e.Name.Local] {
				t.Fatalf("an element %s", e.Name.Local)
			}
		}
	})
}

func FuzzXMLText(f *testing.F) {
	for _, s := range append(resulttest.HostileMarkdown, resulttest.Hostile...) {
		f.Add(s)
	}
	f.Add("]]>\ufffe\uffff")
	f.Fuzz(func(t *testing.T, s string) {
		type element struct {
			Attribute string `xml:"a,attr"`
			Text      string `xml:",cdata"`
		}
		want := XMLText(s, 1<<20)
		b, err := xml.Marshal(element{want, want})
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Attribute string `xml:"a,attr"`
			Text      string `xml:",chardata"`
		}
		if err := xml.Unmarshal(b, &got); err != nil {
			t.Fatalf("%q: %s: %v", s, b, err)
		}
		if got.Attribute != want || got.Text != want {
			t.Errorf("%q reads back as %q and %q", want, got.Attribute, got.Text)
		}
	})
}

// TestJUnitByMeaning: what does not count fails no test.
func TestJUnitByMeaning(t *testing.T) {
	r := resulttest.Result(resulttest.Meant(), nil)
	for _, by := range []string{"", result.ByMeaning} {
		r.Meta.By = by
		r.Judge(nil)
		var b bytes.Buffer
		if err := JUnit(&b, r); err != nil {
			t.Fatal(err)
		}
		_, audit, _ := strings.Cut(b.String(), `name="audit"`)
		audit, _, _ = strings.Cut(audit, "</testcase>")
		if got := strings.Contains(audit, "<failure"); got != (by == "") {
			t.Errorf("by %q: a policy with another name fails: %v", by, got)
		}
	}
}
