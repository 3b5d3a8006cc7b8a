package compare_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/waiver"
)

// pairOf are the accounts of a story whose roles differ: qa's may delete objects, and
// qa's trusts another account.
func pairOf() [2]*inventory.Account {
	out := [2]*inventory.Account{story("dev", devID), story("qa", qaID)}
	qa := &out[1].Roles[0]
	qa.Inline[0].Document = replace(qa.Inline[0].Document, `"sqs:SendMessage"`, `"sqs:SendMessage","s3:DeleteObject"`)
	qa.Trust = replace(qa.Trust, `"AWS":"arn:aws:iam::`+qaID+`:role/deployer"`, `"AWS":["arn:aws:iam::`+qaID+`:role/deployer","arn:aws:iam::555555555555:role/partner"]`)
	return out
}

func sidesOf(t *testing.T, accounts [2]*inventory.Account) [2]compare.Side {
	t.Helper()
	return [2]compare.Side{sideIn(t, "dev", accounts[0]), sideIn(t, "qa", accounts[1])}
}

// accepting returns waivers that are bound to what the drift of a run means, as they are
// read from their file.
func accepting(t *testing.T, r *result.Result, last waiver.Date) *compare.Waivers {
	t.Helper()
	f := &waiver.File{}
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		for _, scope := range []string{result.ScopeIdentity, result.ScopeTrust} {
			w, err := compare.MeaningWaiver(r, p, scope, waiver.Waiver{Owner: "o", Reason: "r", Expires: last})
			if err != nil {
				t.Fatal(err)
			}
			if f, err = f.Add([]waiver.Waiver{w}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return waivers(t, string(f.Marshal()))
}

var longAfter = waiver.Date{Year: 2999, Month: 1, Day: 1}

// TestWaiversOfAMeaning: a waiver holds however the policies are reworded, and does not
// where the roles differ in more.
func TestWaiversOfAMeaning(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(dev, qa *inventory.Account)
		// open are the drifts that no waiver accepts, by scope or kind.
		open []string
		// says is in what the outgrown waiver says.
		says string
	}{
		{"nothing", func(_, _ *inventory.Account) {}, nil, ""},
		{"the order of actions", func(_, qa *inventory.Account) {
			inline(qa, `"s3:Get*","sqs:SendMessage","s3:DeleteObject"`, `"s3:DeleteObject","sqs:SendMessage","s3:Get*"`)
		}, nil, ""},
		{"a statement of its own", func(_, qa *inventory.Account) {
			inline(qa, `,"s3:DeleteObject"`, ``)
			qa.Roles[0].Inline = append(qa.Roles[0].Inline, inventory.InlinePolicy{Name: "delete", Document: allow(`"Action":"s3:DeleteObject","Resource":"arn:aws:s3:::app1-qa/shared/*"`)})
		}, nil, ""},
		{"moved to a managed policy", func(_, qa *inventory.Account) {
			qa.Policies[1].Document = document(string(qa.Policies[1].Document)[len(`{"Version":"2012-10-17","Statement":[`):len(qa.Policies[1].Document)-2],
				`{"Effect":"Allow","Action":["s3:Get*","s3:DeleteObject","sqs:SendMessage","s3:List*"],"Resource":["arn:aws:s3:::app1-qa","arn:aws:s3:::app1-qa/shared/*","arn:aws:sqs:eu-west-1:`+qaID+`:jobs"]}`)
			qa.Roles[0].Inline = nil
		}, nil, ""},
		{"both may more alike", func(dev, qa *inventory.Account) {
			inline(dev, `"s3:List*"`, `"s3:List*","s3:PutObject"`)
			inline(qa, `"s3:List*"`, `"s3:List*","s3:PutObject"`)
		}, nil, ""},
		{"dev may it too", func(dev, _ *inventory.Account) { inline(dev, `"s3:List*"`, `"s3:List*","s3:DeleteObject"`) }, nil, ""},
		{"narrower", func(_, qa *inventory.Account) {
			inline(qa, `,"s3:DeleteObject"`, ``)
			qa.Roles[0].Inline[0].Document = with(qa.Roles[0].Inline[0].Document, `{"Effect":"Allow","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::app1-qa/shared/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`)
		}, nil, ""},
		{"a Deny of what was accepted", func(_, qa *inventory.Account) {
			qa.Roles[0].Inline[0].Document = with(qa.Roles[0].Inline[0].Document, `{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::app1-qa/shared/old/*"}`)
		}, nil, ""},
		{"a Deny of more", func(_, qa *inventory.Account) {
			qa.Roles[0].Inline[0].Document = with(qa.Roles[0].Inline[0].Document, `{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::app1-qa/shared/old/*"}`)
		}, []string{"identity"}, "dev allows s3:"},
		{"one more action", func(_, qa *inventory.Account) { inline(qa, `"s3:DeleteObject"`, `"s3:DeleteObject","s3:PutObject"`) }, []string{"identity"}, "qa allows s3:PutObject on arn:aws:s3:::app1-qa"},
		{"one action less", func(_, qa *inventory.Account) { inline(qa, `"sqs:SendMessage",`, ``) }, []string{"identity"}, "dev allows sqs:SendMessage on arn:aws:sqs:eu-west-1:" + devID},
		{"dev lost what qa has", func(dev, _ *inventory.Account) { inline(dev, `"sqs:SendMessage",`, ``) }, []string{"identity"}, "qa allows sqs:SendMessage"},
		{"dev's bucket", func(_, qa *inventory.Account) {
			inline(qa, `"arn:aws:s3:::app1-qa/shared/*"`, `"arn:aws:s3:::app1-qa/shared/*","arn:aws:s3:::app1-dev/*"`)
		}, []string{"identity"}, "arn:aws:s3:::app1-dev/"},
		{"the boundary gone", func(_, qa *inventory.Account) { qa.Roles[0].Boundary = nil }, []string{"boundary", "identity"}, "the boundary Edge is in dev and not in qa"},
		{"undecided", func(_, qa *inventory.Account) {
			qa.Roles[0].Inline[0].Document = with(qa.Roles[0].Inline[0].Document, `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringWrong":{"aws:x":"y"}}}`)
		}, []string{"identity"}, "not decided"},
		{"another principal", func(_, qa *inventory.Account) {
			qa.Roles[0].Trust = replace(qa.Roles[0].Trust, `role/partner"`, `role/partner","arn:aws:iam::666666666666:root"`)
		}, []string{"trust"}, "qa lets in arn:aws:iam::666666666666:"},
		{"the external id gone", func(_, qa *inventory.Account) {
			qa.Roles[0].Trust = replace(qa.Roles[0].Trust, `"StringEquals":{"sts:ExternalId":"abc"},`, ``)
		}, []string{"trust"}, "qa lets in "},
		{"the trust in two statements", func(_, qa *inventory.Account) {
			qa.Roles[0].Trust = replace(qa.Roles[0].Trust, `,"arn:aws:iam::555555555555:role/partner"`, ``)
			qa.Roles[0].Trust = with(qa.Roles[0].Trust, `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::555555555555:role/partner"},"Action":"sts:AssumeRole",
				"Condition":{"StringEquals":{"sts:ExternalId":"abc"},"Bool":{"aws:MultiFactorAuthPresent":"true"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`)
		}, nil, ""},
		{"a tag and a description", func(_, qa *inventory.Account) {
			other := "another"
			qa.Roles[0].Tags[0].Value, qa.Roles[0].Description = "blue", &other
		}, []string{"tag", "description"}, ""},
		{"a longer session", func(_, qa *inventory.Account) {
			long := int32(43200)
			qa.Roles[0].MaxSessionDuration = &long
		}, []string{"maxsessionduration"}, ""},
		{"the instance profile gone", func(_, qa *inventory.Account) { qa.Roles[0].InstanceProfiles = []inventory.InstanceProfile{} }, []string{"instanceprofile"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := options(t)
			o.Waivers = accepting(t, run(t, sidesOf(t, pairOf()), o).Result, longAfter)
			accounts := pairOf()
			tt.change(accounts[0], accounts[1])
			sides := sidesOf(t, accounts)
			for _, sides := range [][2]compare.Side{sides, {sides[1], sides[0]}} {
				out, warnings := warned(t, sides, o)
				if got := openScopes(out.Result); !slices.Equal(got, tt.open) {
					t.Errorf("open are %v, want %v: %+v", got, tt.open, out.Result.Waivers)
				}
				said := outgrown(out.Result)
				if (said == "") != (tt.says == "") || !strings.Contains(said, tt.says) {
					t.Errorf("the waiver says %q, want %q", said, tt.says)
				}
				if tt.says != "" && !strings.Contains(warnings, tt.says) {
					t.Errorf("the warnings are %q", warnings)
				}
			}
		})
	}
}

// inline changes the inline policy of an account's role.
func inline(a *inventory.Account, old, with string) {
	d := &a.Roles[0].Inline[0].Document
	*d = replace(*d, old, with)
}

// with returns a document with a statement more.
func with(d inventory.Document, statement string) inventory.Document {
	return inventory.Document(strings.TrimSuffix(string(d), "]}") + "," + statement + "]}")
}

// openScopes returns the scopes, or kinds, of the drifts that no waiver accepts.
func openScopes(r *result.Result) []string {
	var out []string
	for d := range r.Drifts() {
		what := d.Scope()
		if d.Kind == result.DriftAttribute {
			what = d.Detail
		}
		if d.Mark.Waiver == nil && !slices.Contains(out, what) {
			out = append(out, what)
		}
	}
	return out
}

func outgrown(r *result.Result) string {
	out := ""
	for _, w := range r.Waivers {
		if (w.State == result.WaiverOutgrown) != (w.Outgrown != "") {
			return "the state is " + w.State
		}
		out += w.Outgrown
	}
	return out
}

// TestWaiversOfAMeaningEnd: they expire, fit nothing and are news like others.
func TestWaiversOfAMeaningEnd(t *testing.T) {
	o := options(t)
	sides := sidesOf(t, pairOf())
	first := run(t, sides, o).Result

	o.Waivers = accepting(t, first, waiver.Date{Year: 2020, Month: 1, Day: 1})
	if out := run(t, sides, o); !out.Result.Drift || out.Result.Waivers[0].State != result.WaiverExpired || out.Result.Waivers[0].Count != 1 {
		t.Errorf("drift %v, and the expired waivers are %+v", out.Result.Drift, out.Result.Waivers)
	}
	o.Waivers = accepting(t, first, longAfter)
	same := [2]*inventory.Account{story("dev", devID), story("qa", qaID)}
	if out := run(t, sidesOf(t, same), o); out.Result.Drift || out.Result.Waivers[0].State != result.WaiverUnmatched {
		t.Errorf("drift %v, and the waivers that fit nothing are %+v", out.Result.Drift, out.Result.Waivers)
	}
	waived := run(t, sides, o).Result
	grown := pairOf()
	inline(grown[1], `"s3:DeleteObject"`, `"s3:DeleteObject","s3:PutObject"`)
	o.Since, o.FailOn = saved(t, waived), result.FailOn{New: true}
	out := run(t, sidesOf(t, grown), o)
	if !out.News || out.Result.ExitCode != result.ExitDrift {
		t.Errorf("what is not waived any more is no news: %v, exit code %d", out.News, out.Result.ExitCode)
	}
	o.Since = saved(t, out.Result)
	if again := run(t, sidesOf(t, grown), o); again.Result.ExitCode != result.ExitDrift {
		t.Error("an outgrown waiver is news, as an expired one is, until somebody decides")
	}
}

// TestWaiversOfAMeaningInOtherOrder: a waiver of qa and dev is one of dev and qa.
func TestWaiversOfAMeaningInOtherOrder(t *testing.T) {
	o := options(t)
	sides := sidesOf(t, pairOf())
	o.Waivers = accepting(t, run(t, [2]compare.Side{sides[1], sides[0]}, o).Result, longAfter)
	if out := run(t, sides, o); out.Result.Drift {
		t.Errorf("it accepts nothing: %+v", out.Result.Waivers)
	}
}

// TestAFingerprintAloneAcceptsNoMeaning: without what was accepted, the fingerprint of a
// meaning fits nothing.
func TestAFingerprintAloneAcceptsNoMeaning(t *testing.T) {
	o := options(t)
	sides := sidesOf(t, pairOf())
	first := run(t, sides, o).Result
	o.Waivers = waiving(first.MeaningFingerprint(&first.CommonRoles[0], result.ScopeIdentity), longAfter)
	if out := run(t, sides, o); out.Result.Waivers[0].State != result.WaiverUnmatched || !out.Result.Drift {
		t.Errorf("drift %v, %+v", out.Result.Drift, out.Result.Waivers)
	}
}

// TestWaiversOfAMeaningSayWhatTheyAre: a waiver that names another role accepts nothing,
// and one whose words are not of what it accepts is said.
func TestWaiversOfAMeaningSayWhatTheyAre(t *testing.T) {
	for _, tt := range []struct {
		reason, old, with string
		holds             bool
		says              string
	}{
		{"as written", "", "", true, ""},
		{"another role", `"role": "app1_accountname"`, `"role": "harmless"`, false, `waivers.json: line`},
		{"the role in other letters", `"role": "app1_accountname"`, `"role": "APP1_accountname"`, true, ""},
		{"no role", `"role": "app1_accountname",`, ``, true, ""},
		{"another verdict", `"drift": "identity MORE`, `"drift": "identity EQUAL`, true, `waivers.json: line`},
		{"another scope", `"drift": "identity MORE`, `"drift": "trust MORE`, true, `but it accepts identity MORE`},
		{"what is critical called harmless", `account 555555555555 added`, `a tag`, true, `what it accepts is critical: role partner of account 555555555555 added`},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			o := options(t)
			text := string(accepting(t, run(t, sidesOf(t, pairOf()), o).Result, longAfter).File.Marshal())
			if tt.old != "" && !strings.Contains(text, tt.old) {
				t.Fatalf("%s is not in\n%s", tt.old, text)
			}
			o.Waivers = waivers(t, strings.Replace(text, tt.old, tt.with, 1))
			out, warnings := warned(t, sidesOf(t, pairOf()), o)
			if out.Result.Drift == tt.holds {
				t.Errorf("drift is %v: %+v", out.Result.Drift, out.Result.Waivers)
			}
			if (tt.says == "") != (warnings == "") || !strings.Contains(warnings, tt.says) {
				t.Errorf("the warnings are %q, want %q", warnings, tt.says)
			}
		})
	}
}
