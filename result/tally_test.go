package result_test

import (
	"testing"

	"iamctl/result"
	"iamctl/result/resulttest"
)

func TestTally(t *testing.T) {
	c, m := resulttest.Marked()
	r := resulttest.Result(c, m)
	got := r.Tally()
	if got.Waived != [2]int{2, 0} || got.WaivedAll != 2 {
		t.Errorf("waived %v, %d in all: want the attribute and the role, both of A", got.Waived, got.WaivedAll)
	}
	if got.New != [2]int{0, 1} || got.NewAll != 1 {
		t.Errorf("new %v, %d in all: a waived role is not new", got.New, got.NewAll)
	}
	for i, want := range []int{4, 4, 0} {
		if p := &r.CommonRoles[i]; p.Open() != want {
			t.Errorf("%s: %d open, want %d: the expired waiver accepts nothing", p.RoleName, p.Open(), want)
		}
	}
	if got.Roles != 2 || got.Only != [2]int{1, 0} || !got.Drift() {
		t.Errorf("%d roles, only %v, drift %v", got.Roles, got.Only, got.Drift())
	}
	if fixed := r.Counts["fixed_differences"]; fixed != (result.Sides[int]{A: 1, B: 2}) {
		t.Errorf("fixed %v", fixed)
	}
}

// TestTallyWithoutMarksIsTheSame: counting without fingerprints is counting.
func TestTallyWithoutMarksIsTheSame(t *testing.T) {
	plain := resulttest.Result(resulttest.Sample(), nil)
	walked := resulttest.Result(resulttest.Sample(), &result.Marks{Of: func(string) result.Mark { return result.Mark{} }})
	if *plain.Tally() != *walked.Tally() {
		t.Errorf("counted %+v, walked %+v", plain.Tally(), walked.Tally())
	}
	for i := range plain.CommonRoles {
		if p, w := plain.CommonRoles[i].Open(), walked.CommonRoles[i].Open(); p != w {
			t.Errorf("role %d: counted %d, walked %d", i, p, w)
		}
	}
}

// TestExitCode: gaps beat drift, and drift that may pass is in sync.
func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		gaps   bool
		marks  *result.Marks
		want   result.ExitCode
		reason string
	}{
		{false, nil, result.ExitDrift, "drift"},
		{true, nil, result.ExitIncomplete, "gaps beat drift"},
		{false, resulttest.AllWaived(), result.ExitInSync, "all drift is waived"},
		{true, resulttest.AllWaived(), result.ExitIncomplete, "gaps beat that all is waived"},
		{false, &result.Marks{Tolerated: true}, result.ExitInSync, "drift that fails no run"},
		{true, &result.Marks{Tolerated: true}, result.ExitIncomplete, "gaps beat that too"},
	} {
		changes := resulttest.Sample()
		if !c.gaps {
			changes.Gaps = nil
		}
		if got := resulttest.Result(changes, c.marks).ExitCode; got != c.want {
			t.Errorf("%s: %d, want %d", c.reason, got, c.want)
		}
		if got := resulttest.Reread(t, changes, c.marks).ExitCode; got != c.want {
			t.Errorf("%s: %d in the file, want %d", c.reason, got, c.want)
		}
	}
}
