package result_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/result"
	"iamctl/result/resulttest"
)

// awsDrift returns the only drift that AWS made.
func awsDrift(t *testing.T, r *result.Result) result.Drift {
	t.Helper()
	var found []result.Drift
	for d := range r.Drifts() {
		if d.Kind == result.DriftAWS {
			found = append(found, d)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d drifts of AWS's, want one", len(found))
	}
	return found[0]
}

func TestAWSChangeIsOneDrift(t *testing.T) {
	c := resulttest.ChangedByAWS()
	r := resulttest.Reread(t, c, nil)
	d := awsDrift(t, r)
	if want := "~ AWS changed Reader v9 -> v10 (3 actions), 2 roles have it; qa has v10"; d.Text() != want {
		t.Errorf("got %q, want %q", d.Text(), want)
	}
	if got := r.Tally(); got.AWS != 1 || got.Roles != 1 || !got.Drift() || r.ExitCode != result.ExitDrift {
		t.Errorf("%+v, exit code %d", got, r.ExitCode)
	}
	if n := r.Counts["aws_managed_policy_changes"]; n != (result.Sides[int]{A: 1, B: 1}) {
		t.Errorf("counted %v", n)
	}
	swapped := awsDrift(t, resulttest.Result(resulttest.Swapped(c), nil))
	if swapped.Fingerprint != d.Fingerprint || swapped.Text() != d.Text() {
		t.Errorf("swapped: %s %q", swapped.Fingerprint, swapped.Text())
	}
}

// TestAWSChangeFingerprint: one waiver accepts the change for whatever roles, and no
// other change.
func TestAWSChangeFingerprint(t *testing.T) {
	base := awsDrift(t, result.New(resulttest.ChangedByAWS(), resulttest.Meta)).Fingerprint
	for _, tt := range []struct {
		reason string
		same   bool
		change func(*diff.AWSChange)
	}{
		{"fewer roles", true, func(c *diff.AWSChange) { c.Holders = c.Holders[:1] }},
		{"another version", false, func(c *diff.AWSChange) { c.Versions[1] = "v11" }},
		{"another policy", false, func(c *diff.AWSChange) { c.ARN += "2" }},
		{"other items", false, func(c *diff.AWSChange) { c.OnlyB = c.OnlyB[:1] }},
		{"items of the other side", false, func(c *diff.AWSChange) { c.OnlyA = nil }},
	} {
		c := resulttest.ChangedByAWS()
		tt.change(&c.AWSChanges[0])
		if got := awsDrift(t, result.New(c, resulttest.Meta)).Fingerprint; (got == base) != tt.same {
			t.Errorf("%s: the same fingerprint: %v", tt.reason, !tt.same)
		}
	}
}

func TestAWSChangeCanBeWaived(t *testing.T) {
	c := resulttest.ChangedByAWS()
	c.Common, c.OnlyA, c.OnlyB = c.Common[:2], nil, nil
	zero := 0
	m := &result.Marks{
		Waivers: []result.Waiver{{Fingerprint: strings.Repeat("0", 32), Reason: "AWS's", State: result.WaiverUsed, Count: 1}},
		Of:      func(string) result.Mark { return result.Mark{Waiver: &zero} },
	}
	for _, r := range []*result.Result{resulttest.Result(c, m), resulttest.Reread(t, c, m)} {
		if r.ExitCode != result.ExitInSync || r.Tally().WaivedAll != 1 || r.Tally().AWS != 0 {
			t.Errorf("exit code %d, %+v", r.ExitCode, r.Tally())
		}
	}
}

func TestReadRefusesAWSChanges(t *testing.T) {
	file := resulttest.File(t, resulttest.ChangedByAWS(), nil)
	for _, tt := range []struct{ old, with, want string }{
		{`"actions":3`, `"actions":2`, "aws_changes[0].actions is 2"},
		{`"versions":{"a":"v9"`, `"versions":{"a":""`, "has not all of its members"},
		{`"roles":[{"rolename":"=reader`, `"roles":[],"x":[{"rolename":"=reader`, "x"},
	} {
		changed := strings.Replace(file, tt.old, tt.with, 1)
		if changed == file {
			t.Fatalf("%q is not in the file", tt.old)
		}
		if _, err := result.Read(strings.NewReader(changed)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.with, err)
		}
	}
	r, err := result.Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.AWSChanges[0].RoleNames(); !slices.Equal(got, []string{"=reader\x1b[2J", "second"}) {
		t.Errorf("roles %q", got)
	}
}
