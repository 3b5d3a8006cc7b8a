package verdict_test

import (
	"encoding/json"
	"os"
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
)

// sample is a question with AWS's answer.
type sample struct {
	File, Expect         string
	Trust, Resource      bool
	Reference, Candidate json.RawMessage
}

func readSamples(t testing.TB) []sample {
	t.Helper()
	data, err := os.ReadFile("testdata/no_new_access_samples.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Questions []sample }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Questions
}

// TestSamplesOfAWS (the samples are of aws-samples/iam-access-analyzer-custom-policy-check-samples,
// under MIT-0, as the file says) asks what AWS's published samples ask of CheckNoNewAccess: does
// the candidate allow anything that the reference does not?
func TestSamplesOfAWS(t *testing.T) {
	asked, c := 0, verdict.NewComparer(verdict.Options{})
	for i, s := range readSamples(t) {
		if s.Resource && !s.Trust {
			continue
		}
		asked++
		old, new := parse(t, string(s.Reference)), parse(t, string(s.Candidate))
		r := c.Identity(permissions(old), permissions(new))
		if s.Trust {
			r = c.Trust(old, new)
		}
		checkResult(t, r)
		fails := r.Verdict == verdict.More || r.Verdict == verdict.Different
		passes := r.Verdict == verdict.Equal || r.Verdict == verdict.Less
		if fails != (s.Expect == "FAIL") || passes != (s.Expect == "PASS") {
			t.Errorf("question %d of %s: %s (%s), want %s\n%s\n%s", i, s.File, r.Verdict, r.Reason, s.Expect, old, new)
		}
	}
	if asked != 61 {
		t.Errorf("asked %d questions, want 61", asked)
	}
}

func parse(t testing.TB, text string) *policy.Document {
	t.Helper()
	d, _, err := policy.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func permissions(d ...*policy.Document) *verdict.Permissions {
	return &verdict.Permissions{Identity: d}
}

// checkResult holds what every result must be.
func checkResult(t testing.TB, r *verdict.Result) {
	t.Helper()
	sides := map[verdict.Verdict][]int{verdict.More: {2}, verdict.Less: {1}, verdict.Different: {1, 2}, verdict.Equal: nil}
	want, known := sides[r.Verdict]
	if !known {
		if r.Reason == "" {
			t.Error("unknown without a reason")
		}
		return
	}
	if len(r.Witnesses) != len(want) {
		t.Errorf("%s has %d witnesses", r.Verdict, len(r.Witnesses))
		return
	}
	for i, w := range r.Witnesses {
		if w.AllowedBy != want[i] || w.Allowed.Outcome.String() != "allowed" || w.Refused.Outcome.String() == "allowed" || w.Refused.Outcome.String() == "undecided" {
			t.Errorf("%s has the witness %+v", r.Verdict, w)
		}
	}
}
