package sarif

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/report"
	"iamctl/result"
	"iamctl/result/resulttest"
	"iamctl/verdict/question"
)

// TestMeant: a result says the verdict, what changed and a request, in the words of the
// other reports.
func TestMeant(t *testing.T) {
	r := resulttest.Result(resulttest.Meant(), nil)
	log, f := logOf(t, r, Options{})
	checkSARIF(t, log)
	texts := map[string]string{}
	for _, got := range f.Runs[0].Results {
		texts[got.PartialFingerprints["iamctlDrift/v1"]] += got.Message.Text
	}
	said := map[string]bool{}
	for d := range r.Drifts() {
		text, meant := texts[d.Fingerprint], report.Meant(escape, r, &d)
		if text == "" || strings.Contains(text, ". Verdict ") != (meant != "") || !strings.HasSuffix(text, meant) {
			t.Errorf("%s %s: %q, want %q at its end", d.RoleName, d.Text(), text, meant)
		}
		verdict, _, _ := strings.Cut(meant, ":")
		said[verdict] = true
	}
	for _, x := range report.Findings(escape, r) {
		if x.Example == "" || x.Of.Pair == nil {
			continue
		}
		if all := fmt.Sprint(texts); !strings.Contains(all, x.What+"; e.g. "+x.Example) {
			t.Errorf("no result says %q, e.g. %q", x.What, x.Example)
		}
	}
	for _, v := range []string{"", "EQUAL", "MORE", "LESS", "UNKNOWN"} {
		if !said[v] {
			t.Errorf("no drift is %q", v)
		}
	}
}

// TestMeantIsHostile: what a meaning says comes from AWS.
func TestMeantIsHostile(t *testing.T) {
	r := resulttest.Result(resulttest.Meant(), nil)
	for i := range r.CommonRoles {
		if m := r.CommonRoles[i].Meaning; m != nil && m.Identity != nil {
			m.Identity.Kind, m.Identity.Witnesses = "a\x1b[2J ##vso[x] [b](http://c)", []question.Witness{{AllowedBy: 2, Action: "s3:\u202eX", Resource: "\x00"}}
			m.Identity.Verdict = "MORE"
		}
	}
	log, f := logOf(t, r, Options{})
	checkSARIF(t, log)
	for _, got := range f.Runs[0].Results {
		if strings.ContainsAny(got.Message.Text, "\x1b\x00\u202e") || strings.Contains(got.Message.Text, "](") {
			t.Errorf("%q", got.Message.Text)
		}
	}
}

// TestByMeaning: what does not count is no result, and it is said how much that is.
func TestByMeaning(t *testing.T) {
	r := resulttest.Result(resulttest.Meant(), nil)
	_, all := logOf(t, r, Options{})
	if n := notified(all); n != "" {
		t.Errorf("a run that counts everything says %q", n)
	}
	r.Meta.By = result.ByMeaning
	r.Judge(nil)
	log, f := logOf(t, r, Options{})
	checkSARIF(t, log)
	listed := map[string]bool{}
	for _, got := range f.Runs[0].Results {
		listed[got.PartialFingerprints["iamctlDrift/v1"]] = true
	}
	counted, not := 0, 0
	for d := range r.Drifts() {
		matters := r.Matters(&d)
		if listed[d.Fingerprint] != matters {
			t.Errorf("%s %s counts: %v, is a result: %v", d.RoleName, d.Text(), matters, listed[d.Fingerprint])
		}
		if matters {
			counted++
		} else {
			not++
		}
	}
	if counted == 0 || not == 0 {
		t.Fatalf("%d drifts count, %d do not: nothing is shown", counted, not)
	}
	if n := notified(f); !strings.HasPrefix(n, result.Count(not, "difference is", "differences are")+" left out") {
		t.Errorf("%d do not count: %q", not, n)
	}
}

func notified(f *logFile) string {
	for _, n := range f.Runs[0].Invocations[0].Notifications {
		if n.Descriptor.ID == uncounted.ID {
			return n.Message.Text
		}
	}
	return ""
}
