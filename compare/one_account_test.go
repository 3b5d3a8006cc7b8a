package compare_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
)

// baseline is an account whose texts hold its id and the values of
// dictionaries in every place that a dictionary can reach.
func baseline() *inventory.Account {
	a := story("dev", devID)
	r := &a.Roles[0]
	r.Path, r.Tags = "/dev/", []inventory.Tag{{Key: "dev-team", Value: "red"}, {Key: "env", Value: "dev"}, {Key: "of", Value: devID}}
	r.Description = new("runs in dev")
	r.Inline = append(r.Inline, inventory.InlinePolicy{Name: "dev-extra", Document: document(
		`{"Effect":"Allow","NotAction":"iam:*","NotResource":["arn:aws:s3:::dev-b/*","arn:aws:sns:eu-west-1:`+devID+`:x"]}`,
		`{"Effect":"Deny","Action":"s3:Put*","Resource":"arn:aws:s3:::dev-b/*","Condition":{"StringEquals":{"aws:SourceAccount":"`+devID+`","aws:PrincipalTag/env":"dev"}}}`)})
	return a
}

// texts are those of an account that a person may change, by where they are.
func textsOf(a *inventory.Account) map[string]*string {
	r := &a.Roles[0]
	out := map[string]*string{"role name": &r.Name, "path": &r.Path, "description": r.Description, "trust": (*string)(&r.Trust), "boundary": &r.Boundary.ARN, "attached": &r.Attached[0].ARN}
	for i := range r.Tags {
		out["tag key "+r.Tags[i].Key], out["tag value "+r.Tags[i].Key] = &r.Tags[i].Key, &r.Tags[i].Value
	}
	for i := range r.Inline {
		out["inline name "+r.Inline[i].Name], out["inline document "+r.Inline[i].Name] = &r.Inline[i].Name, (*string)(&r.Inline[i].Document)
	}
	for i := range a.Policies {
		out["document "+a.Policies[i].Name] = (*string)(&a.Policies[i].Document)
	}
	return out
}

// TestOneAccount: where both sides are one account nothing is meant to differ,
// so that whatever the dictionary, the drift is that of a comparison without
// one, and a text that moved from one value of an entry to another is drift.
func TestOneAccount(t *testing.T) {
	dictionaries := []string{
		`{"accountname": ["dev", "qa"], "000000000000": ["` + devID + `", "` + qaID + `"]}`,
		`{"accountname": ["dev", "now", "qa", "red", "blue"]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": ["dev", "qa"], "qa": "blue"}},
			{"placeholder": "000000000000", "values": {"dev": "` + devID + `", "qa": "` + qaID + `"}}], "shared": ["dev-b"]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"` + devID + `": ["dev", "qa"]}, "match": "substring"}]}`,
	}
	long := os.Getenv("IAMCTL_LONG") != "" // every change by every dictionary
	planted := 0
	for _, tags := range [][2]string{{"dev", "now"}, {"qa", "dev"}, {"monday", "tuesday"}} {
		for _, move := range [][2]string{{"dev", "qa"}, {devID, qaID}, {"dev", "accountname"}, {devID, "000000000000"}} {
			for where := range textsOf(baseline()) {
				for n := range strings.Count(*textsOf(baseline())[where], move[0]) {
					changed := baseline()
					text := textsOf(changed)[where]
					parts := strings.Split(*text, move[0])
					*text = strings.Join(parts[:n+1], move[0]) + move[1] + strings.Join(parts[n+1:], move[0])
					what := fmt.Sprintf("%v: %s in %s, %s becomes %s", tags, where, *text, move[0], move[1])
					want := driftOfOne(t, `{}`, tags, changed)
					if len(want) == 0 {
						t.Fatalf("%s: no drift without a dictionary", what)
					}
					by := dictionaries[planted%len(dictionaries):][:1]
					if long {
						by = dictionaries
					}
					for _, d := range by {
						planted++
						if diff := cmp.Diff(want, driftOfOne(t, d, tags, changed)); diff != "" {
							t.Errorf("%s: -without a dictionary +by %s\n%s", what, d, diff)
						}
					}
				}
			}
		}
	}
	t.Logf("%d changes were planted", planted)
	if planted < 100 {
		t.Errorf("%d changes were planted, which is not enough to say anything", planted)
	}
}

// driftOfOne compares an account with its baseline, by the tags.
func driftOfOne(t *testing.T, dictionary string, tags [2]string, changed *inventory.Account) []string {
	t.Helper()
	return slices.Sorted(slices.Values(found(compareTagged(t, dictionary, tags, baseline(), changed))))
}
