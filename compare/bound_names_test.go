package compare_test

import (
	"path/filepath"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/inventory"
	"iamctl/result"
)

// TestMeaningsAreKeptWithoutNames: whatever the dictionary rewrites is in waivers.json as
// the placeholder and is found again. Each case has a statement of the inline policy and
// one of the trust policy, with ENV, ID, UNIQUE, MADEUP, BLOCK and PART for what each
// account has of its own; qa's has an action more, or another principal.
func TestMeaningsAreKeptWithoutNames(t *testing.T) {
	const ec2 = `"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"`
	for _, tt := range []struct {
		reason, inline, trust string
		kept                  string // is in waivers.json
	}{
		{"names and ids", `"Action":[MORE"s3:GetObject"],"Resource":"arn:aws:s3:::app-ENV-ID/*"`, ec2, `app-<accountname>-<000000000000>/*`},
		{"a value of a condition", `"Action":[MORE"s3:GetObject"],"Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/of":["app-ENV","x"]}}`, ec2, `app-<accountname>`},
		{"a key of a condition", `"Action":[MORE"s3:GetObject"],"Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/ENV":"x"}}`, ec2, `"aws:principaltag/<ACCOUNTNAME>"`},
		{"a block of addresses", `"Action":[MORE"s3:GetObject"],"Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":["BLOCK","192.0.2.0/24"]}}`, ec2, `<office>`},
		{"the name of a role that a tool made up", `"Action":[MORE"iam:PassRole"],"Resource":"arn:aws:iam::ID:role/MADEUP"`, ec2, `role/Stack-Web-<random>`},
		{"NotResource", `"Action":[MORE"s3:GetObject"],"NotResource":"arn:aws:s3:::app-ENV/*"`, ec2, `"NotResource":"arn:aws:s3:::app-<accountname>/*"`},
		{"a principal", `"Action":"s3:GetObject","Resource":"*"`, `"Principal":{"AWS":[OTHER"ID"]},"Action":"sts:AssumeRole"`, `"arn:aws:iam::<000000000000>:root"`},
		{"a role as principal", `"Action":"s3:GetObject","Resource":"*"`, `"Principal":{"AWS":[OTHER"UNIQUE"]},"Action":"sts:AssumeRole"`, `arn:aws:iam::<000000000000>:role/`},
		{"a literal placeholder in angle brackets is refused", `"Action":[MORE"s3:GetObject"],"Resource":"arn:aws:s3:::<accountname>/*"`, ec2, ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			account := func(environment, id, more string) *inventory.Account {
				unique, madeUp, block := "AROADEV1234567890ABC", "Stack-Web-Q7R8S9T0U1V2", "10.1.0.0/16"
				if id == qaID {
					unique, madeUp, block = "AROAQA01234567890ABC", "Stack-Web-1A2B3C4D5E6F", "10.2.0.0/16"
				}
				fill := strings.NewReplacer("ENV", environment, "UNIQUE", unique, "MADEUP", madeUp, "BLOCK", block, "ID", id, "MORE", more,
					"OTHER", strings.NewReplacer(`"s3:PutObject",`, `"arn:aws:iam::555555555555:role/x",`, `"s3:DeleteObject",`, `"arn:aws:iam::666666666666:root",`).Replace(more))
				a := story(environment, id)
				r := &a.Roles[0]
				r.Name, r.ID, r.ARN = madeUp, unique, "arn:aws:iam::"+id+":role/"+madeUp
				r.Inline[0].Document, r.Trust = allow(fill.Replace(tt.inline)), allow(fill.Replace(tt.trust))
				r.InstanceProfiles = nil
				return a
			}
			o := options(t)
			o.Dictionary = dictionaryOf(t, `{"accountname": ["dev", "qa"], "office": ["10.1.0.0/16", "10.2.0.0/16"], "000000000000": ["`+devID+`", "`+qaID+`"]}`)
			dev := sideIn(t, "dev", account("dev", devID, ""))
			accepted := [2]compare.Side{dev, sideIn(t, "qa", account("qa", qaID, `"s3:PutObject",`))}
			first := run(t, accepted, o).Result
			scope := result.ScopeIdentity
			if strings.Contains(tt.trust, "OTHER") {
				scope = result.ScopeTrust
			}
			if p := &first.CommonRoles[0]; tt.kept == "" {
				if p.Allowed.Of(scope) != nil {
					t.Errorf("it is kept: %+v", p.Allowed.Of(scope))
				}
				return
			}
			o.Waivers = accepting(t, first, longAfter)
			text := string(o.Waivers.File.Marshal())
			if !strings.Contains(text, tt.kept) {
				t.Errorf("no %s in\n%s", tt.kept, text)
			}
			for _, own := range []string{devID, qaID, "AROA", "Q7R8S9T0U1V2", "1A2B3C4D5E6F", "10.1.0.0", "10.2.0.0"} {
				if strings.Contains(text, own) {
					t.Errorf("%s is in\n%s", own, text)
				}
			}
			for _, sides := range [][2]compare.Side{accepted, {accepted[1], accepted[0]}} {
				if out := run(t, sides, o); out.Result.Drift {
					t.Errorf("what was accepted is drift: %+v", out.Result.Waivers)
				}
			}
			grown := [2]compare.Side{dev, sideIn(t, "qa", account("qa", qaID, `"s3:PutObject","s3:DeleteObject",`))}
			if out, _ := warned(t, grown, o); !out.Result.Drift || outgrown(out.Result) == "" {
				t.Errorf("what was not accepted is no drift: %+v", out.Result.Waivers)
			}
		})
	}
}

// TestNamesThatWereKeptAndAreGone: a name that the dictionary has no more is no text.
func TestNamesThatWereKeptAndAreGone(t *testing.T) {
	o := options(t)
	sides := sidesOf(t, pairOf())
	o.Waivers = accepting(t, run(t, sides, o).Result, longAfter)
	o.Dictionary = dictionaryOf(t, `{"renamed": ["dev", "qa"]}`)
	for i := range o.Waivers.File.Waivers {
		w := &o.Waivers.File.Waivers[i]
		p := run(t, sides, o).Result
		w.Fingerprint, w.Role = p.MeaningFingerprint(&p.CommonRoles[0], w.Meaning.Scope), p.CommonRoles[0].RoleName
	}
	out, _ := warned(t, sides, o)
	if said := outgrown(out.Result); !strings.Contains(said, "<accountname>") || !out.Result.Drift {
		t.Errorf("drift %v, and it says %q", out.Result.Drift, said)
	}
}

// dictionaryOf returns a dictionary as it is read from its file.
func dictionaryOf(t *testing.T, text string) compare.Dictionary {
	t.Helper()
	path := filepath.Join(t.TempDir(), compare.DictionaryFile)
	write(t, path, text)
	d, err := compare.ReadDictionary(path)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
