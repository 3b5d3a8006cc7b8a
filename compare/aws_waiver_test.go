package compare_test

import (
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/waiver"
)

// changedByAWS are two sides between which AWS changed its policy, and the
// fingerprints that its items had in each role before that was one difference.
func changedByAWS(t *testing.T) (sides [2]compare.Side, items []string) {
	t.Helper()
	accounts := func() (a, b *inventory.Account) {
		return withAWSPolicy(devID, "v1", "s3:GetObject", "sns:Publish"), withAWSPolicy(qaID, "v2", "s3:GetObject", "sns:Subscribe")
	}
	a, b := accounts()
	sides = [2]compare.Side{sideIn(t, "dev", a), sideIn(t, "qa", b)}
	a, b = accounts()
	a.Policies[0].DefaultVersion = "" // not known: role by role, as before
	for d := range comparedAWS(t, a, b).Drifts() {
		items = append(items, d.Fingerprint)
	}
	if len(items) != 6 {
		t.Fatalf("%d items, want two in each of three roles", len(items))
	}
	return sides, items
}

func awsOptions(t *testing.T) compare.Options {
	t.Helper()
	o := options(t)
	o.Dictionary = compare.Dictionary{Dictionary: equivalency.Empty()}
	return o
}

func TestWaiversForEachItemAcceptWhatAWSChanged(t *testing.T) {
	sides, items := changedByAWS(t)
	for _, tt := range []struct {
		reason string
		waived []string
		want   result.ExitCode
	}{
		{"every item is waived", items, result.ExitInSync},
		{"an item is not", items[1:], result.ExitDrift},
		{"none is", nil, result.ExitDrift},
	} {
		o := awsOptions(t)
		file := &waiver.File{}
		for _, f := range tt.waived {
			file.Waivers = append(file.Waivers, waiver.Waiver{Fingerprint: f, Owner: "a", Reason: "b", Expires: waiver.Date{Year: 2030, Month: 1, Day: 1}})
		}
		o.Waivers = &compare.Waivers{File: file, Path: "waivers.json"}
		r := run(t, sides, o).Result
		if r.ExitCode != tt.want {
			t.Errorf("%s: exit code %d, want %d", tt.reason, r.ExitCode, tt.want)
		}
	}
}

// TestRulesByRoleDoNotAcceptWhatAWSChanged: the change is no role's.
func TestRulesByRoleDoNotAcceptWhatAWSChanged(t *testing.T) {
	sides, _ := changedByAWS(t)
	o := awsOptions(t)
	file, err := waiver.Parse("waivers.json", []byte(`{"version":1,"waivers":[],"ignore":[{"role":"a*","owner":"a","reason":"b"},{"role":"b*","owner":"a","reason":"b"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	o.Waivers = &compare.Waivers{File: file, Path: "waivers.json"}
	r := run(t, sides, o).Result
	if r.ExitCode != result.ExitDrift || r.Tally().AWS != 1 {
		t.Errorf("exit code %d, %+v", r.ExitCode, r.Tally())
	}
	if line := r.AWSChanges[0].Line(result.Whole, r.Tags()); !strings.Contains(line, "AWS changed Viewer v1 -> v2") {
		t.Error(line)
	}
}
