package compare_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare"
	"iamctl/inventory"
	"iamctl/result"
)

// dated gives an account what a comparison leaves alone: dates, versions of policies that
// are not in force, and when roles were last used.
func dated(a *inventory.Account, day int) *inventory.Account {
	made := time.Date(2026, 1, day, 12, 0, 0, 0, time.UTC)
	a.LastUsedDay = made.Truncate(24 * time.Hour)
	for i := range a.Roles {
		a.Roles[i].Created, a.Roles[i].LastUsed = made, &inventory.LastUse{At: made, Region: "eu-west-1"}
	}
	for i := range a.Policies {
		p := &a.Policies[i]
		p.Created, p.DefaultVersion = made, "v9"
		p.Others = []inventory.PolicyVersion{}
		for _, id := range []string{"v1", "v2", "v3"}[:day%4] {
			p.Others = append(p.Others, inventory.PolicyVersion{ID: id, Created: made, Document: allow(`"Action":"*","Resource":"*"`)})
		}
	}
	return a
}

// TestNothingOfDatesIsCompared: the diff.json of two accounts, one of which may have a role
// more than the other, is that of the same without dates and versions.
func TestNothingOfDatesIsCompared(t *testing.T) {
	o := options(t)
	file := func(day int, drift bool) string {
		dev, qa := story("dev", devID), story("qa", qaID)
		if drift {
			qa.Roles[0].Inline[0].Document = replace(qa.Roles[0].Inline[0].Document, `"sqs:SendMessage"`, `"sqs:SendMessage","s3:DeleteObject"`)
		}
		for i := range dev.Policies {
			dev.Policies[i].DefaultVersion, qa.Policies[i].DefaultVersion = "v9", "v9"
		}
		if day > 0 {
			dated(dev, day)
			dated(qa, day+1)
		}
		sides := [2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", qa)}
		out := run(t, sides, o)
		var b bytes.Buffer
		if err := out.Result.Write(&b); err != nil {
			t.Fatal(err)
		}
		if out.Result.ExitCode != map[bool]result.ExitCode{true: result.ExitDrift, false: result.ExitInSync}[drift] {
			t.Errorf("drift %v: exit code %d", drift, out.Result.ExitCode)
		}
		return strings.NewReplacer(sides[0].Spec.String(), "dev", sides[1].Spec.String(), "qa").Replace(b.String())
	}
	for _, drift := range []bool{true, false} {
		if d := cmp.Diff(file(0, drift), file(2, drift)); d != "" {
			t.Errorf("drift %v: -without dates +with\n%s", drift, d)
		}
	}
}
