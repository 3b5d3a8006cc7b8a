package diff_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/diff"
	_ "iamctl/internal/raced"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// TestComplementsCover: what a statement with NotAction or NotResource says is no
// difference beside it, and nothing else.
func TestComplementsCover(t *testing.T) {
	const (
		notIAM     = `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`
		notA       = `{"Effect":"Allow","Action":"s3:GetObject","NotResource":"arn:aws:s3:::a/*"}`
		onTransit  = `,"Condition":{"Bool":{"aws:SecureTransport":"true"}}}`
		someone    = `"Principal":{"AWS":"arn:aws:iam::1:role/a"},`
		getOnOther = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`
	)
	for _, tt := range []struct {
		reason, complement, more string
		covered                  bool
	}{
		{"an action that is not left out", notIAM, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`, true},
		{"one that the reference does not know", notIAM, `{"Effect":"Allow","Action":"s3:GetFooBar","Resource":"*"}`, true},
		{"one of an unknown service", notIAM, `{"Effect":"Allow","Action":"foo:Bar","Resource":"*"}`, true},
		{"a pattern", notIAM, `{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}`, true},
		{"everything of a service", notIAM, `{"Effect":"Allow","Action":"S3:*","Resource":"*"}`, true},
		{"pairs that the reference calls impossible", notIAM, `{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*","arn:aws:sns:::t"]}`, true},
		{"a denied action", `{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}`, `{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}`, true},
		{"a condition more", notIAM, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"` + onTransit, true},
		{"a principal beside everyone", `{"Effect":"Allow","Principal":"*","NotAction":"iam:*","Resource":"*"}`, `{"Effect":"Allow",` + someone + `"Action":"s3:GetObject","Resource":"*"}`, true},
		{"a narrower resource", `{"Effect":"Allow","NotAction":["iam:*","sts:*"],"Resource":"arn:aws:s3:::b*"}`, getOnOther, true},
		{"a resource that is not left out", notA, getOnOther, true},
		{"a narrower action on one", `{"Effect":"Allow","Action":"s3:*","NotResource":["arn:aws:s3:::a/*","arn:aws:s3:::c/*"]}`, getOnOther, true},
		{"both lists", `{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::a/*"}`, getOnOther, true},

		{"an action that is left out", notIAM, `{"Effect":"Allow","Action":"iam:GetRole","Resource":"*"}`, false},
		{"in other letters", `{"Effect":"Allow","NotAction":"IAM:get*","Resource":"*"}`, `{"Effect":"Allow","Action":"iam:GETROLE","Resource":"*"}`, false},
		{"a pattern of which a part is left out", `{"Effect":"Allow","NotAction":"s3:GetObject","Resource":"*"}`, `{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}`, false},
		{"a pattern of which no known action is left out", `{"Effect":"Allow","NotAction":"s3:GetFooBar","Resource":"*"}`, `{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}`, false},
		{"everything", notIAM, `{"Effect":"Allow","Action":"*","Resource":"*"}`, false},
		{"a pattern of services", notIAM, `{"Effect":"Allow","Action":"*:GetRole","Resource":"*"}`, false},
		{"what is no action", notIAM, `{"Effect":"Allow","Action":"GetRole","Resource":"*"}`, false},
		{"beside what is no action", `{"Effect":"Allow","NotAction":["iam:*","GetObject"],"Resource":"*"}`, getOnOther, false},
		{"another effect", notIAM, `{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}`, false},
		{"a condition less", `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"` + onTransit, getOnOther, false},
		{"another principal", `{"Effect":"Allow",` + someone + `"NotAction":"iam:*","Resource":"*"}`, `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:role/b"},"Action":"s3:GetObject","Resource":"*"}`, false},
		{"all principals but some", `{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::1:role/a"},"NotAction":"iam:*","Resource":"*"}`, `{"Effect":"Allow",` + someone + `"Action":"s3:GetObject","Resource":"*"}`, false},
		{"a wider resource", `{"Effect":"Allow","NotAction":"iam:*","Resource":"arn:aws:s3:::b/x"}`, getOnOther, false},
		{"a resource that is left out", notA, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/x"}`, false},
		{"one that may be", notA, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::*/x"}`, false},
		{"one that a variable may make so", notA, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::${aws:PrincipalTag/b}/x"}`, false},
		{"one of a variable that is left out", `{"Effect":"Allow","Action":"s3:GetObject","NotResource":"arn:aws:s3:::${aws:PrincipalTag/b}/*"}`, getOnOther, false},
		{"another action on one that is not", notA, `{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}`, false},
		{"both lists, of which one has it", `{"Effect":"Allow","NotAction":"s3:*","NotResource":"arn:aws:s3:::a/*"}`, getOnOther, false},
		{"an element whose meaning is unknown", `{"Effect":"Allow","NotAction":"iam:*","Resource":"*","Only":["x"]}`, getOnOther, false},
		{"beside one", notIAM, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Only":["x"]}`, false},
	} {
		a, b := withInline(inline("p", tt.complement+","+tt.more)), withInline(inline("p", tt.complement))
		there := diff.Compare(normalized(t, "x", a), normalized(t, "y", b), diff.Options{})
		back := diff.Compare(normalized(t, "x", b), normalized(t, "y", a), diff.Options{})
		if there.Drift() == tt.covered || back.Drift() == tt.covered {
			t.Errorf("%s: drift %v there, %v back\n%v", tt.reason, there.Drift(), back.Drift(), spelledAll(there))
		}
		if len(spelled(there, 1))+len(spelled(back, 0)) > 0 {
			t.Errorf("%s: also on the other side: %v %v", tt.reason, spelled(there, 1), spelled(back, 0))
		}
	}
}

// TestComplementsOfOtherPolicies: across policies nothing is dropped.
func TestComplementsOfOtherPolicies(t *testing.T) {
	const notIAM, get = `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`
	const purge = `{"Effect":"Deny","Action":"sqs:PurgeQueue","Resource":"*"}`
	a := normalized(t, "x", withInline(inline("p", notIAM), inline("q", purge+","+get)))
	b := normalized(t, "y", withInline(inline("p", notIAM), inline("q", purge)))
	if d := cmp.Diff([]string{"Allow s3:GetObject *"}, onlyA(diff.Compare(a, b, diff.Options{}))); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// complementary draws a document of statements with and without Not- elements that
// have much in common. The last has none.
var complementary = rapid.Custom(func(t *rapid.T) *policy.Document {
	actions := rapid.SampledFrom([]string{"s3:GetObject", "S3:getobject", "s3:Get*", "s3:*", "s3:GetFooBar", "s3:PutObject", "iam:GetRole", "iam:*", "*:Get*", "foo:Bar", "s?:GetObject"})
	resources := rapid.SampledFrom([]string{"*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/x", "arn:aws:s3:::b/*", "arn:aws:s3:::?/x", "arn:aws:s3:::${aws:PrincipalTag/team}/*", "arn:aws:s3:::b", "arn:aws:iam::1:role/*"})
	d := &policy.Document{Version: "2012-10-17"}
	n := rapid.IntRange(2, 4).Draw(t, "statements")
	for i := range n {
		s := policy.Statement{Effect: rapid.SampledFrom([]string{"Allow", "Allow", "Deny"}).Draw(t, "effect")}
		list, places := rapid.SliceOfN(actions, 1, 2).Draw(t, "actions"), rapid.SliceOfN(resources, 1, 2).Draw(t, "resources")
		kind := rapid.IntRange(0, 5).Draw(t, "kind")
		if i == n-1 {
			kind = 5
		}
		if kind < 3 {
			s.NotAction = list
		} else {
			s.Action = list
		}
		if kind == 2 || kind == 3 {
			s.NotResource = places
		} else {
			s.Resource = places
		}
		if rapid.IntRange(0, 3).Draw(t, "condition") == i {
			s.Condition = []policy.Condition{{Operator: "StringEquals", Key: "aws:PrincipalTag/team", Values: []string{"b"}}}
		}
		d.Statements = append(d.Statements, s)
	}
	return d
})

// TestWhatComplementsCoverSaysNothing: where a statement more is no drift, it decides
// no request. The judge is package eval, which knows nothing of covering.
func TestWhatComplementsCoverSaysNothing(t *testing.T) {
	silent, tried := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := complementary.Draw(t, "document")
		less := *d
		i := len(d.Statements) - 1
		if rapid.IntRange(0, 4).Draw(t, "another") == 0 {
			i = rapid.IntRange(0, i).Draw(t, "without")
		}
		less.Statements = slices.Delete(slices.Clone(d.Statements), i, i+1)
		tried++
		if compareDocuments(t, d, &less).Drift() {
			return
		}
		silent++
		for _, action := range []string{"s3:GetObject", "s3:GetFooBar", "s3:PutObject", "s3:GetBucketAcl", "iam:GetRole", "iam:PassRole", "foo:Bar", "foo:GetBar", "sts:AssumeRole"} {
			for _, resource := range []string{"arn:aws:s3:::a/x", "arn:aws:s3:::a/y", "arn:aws:s3:::b/x", "arn:aws:s3:::b", "arn:aws:s3:::c/x", "arn:aws:iam::1:role/r"} {
				for _, context := range []map[string][]string{nil, {"aws:PrincipalTag/team": {"a"}}, {"aws:PrincipalTag/team": {"b"}}} {
					r := &eval.Request{Action: action, Resource: resource, Context: context}
					with, without := decided(d, r), decided(&less, r)
					if with != without {
						t.Fatalf("%s on %s with %v is %v, and %v without statement %d, which is no drift", action, resource, context, with, without, i)
					}
				}
			}
		}
	})
	if silent == 0 {
		t.Errorf("of %d statements none says nothing more: that holds no law", tried)
	}
	t.Logf("%d of %d statements say nothing more", silent, tried)
}

func decided(d *policy.Document, r *eval.Request) eval.Outcome {
	p := eval.Permissions{Identity: []*policy.Document{d}}
	return p.Decide(r).Outcome
}
