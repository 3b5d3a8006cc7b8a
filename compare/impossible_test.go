package compare_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
	"iamctl/result"
)

// TestImpossiblePairs: what the reference calls impossible differs all the same, as
// drift of its own kind, and only where no item shows the same change.
func TestImpossiblePairs(t *testing.T) {
	for _, tt := range []struct {
		reason  string
		dev, qa inventory.Document
		want    []string
	}{
		{
			"an action that moved to another resource",
			document(`{"Effect":"Allow","Action":["glue:GetTags","glue:GetRegistry"],"Resource":"arn:aws:glue:*:*:registry/*"}`,
				`{"Effect":"Allow","Action":"glue:GetSchema","Resource":"arn:aws:glue:*:*:schema/*"}`),
			document(`{"Effect":"Allow","Action":"glue:GetRegistry","Resource":"arn:aws:glue:*:*:registry/*"}`,
				`{"Effect":"Allow","Action":["glue:GetTags","glue:GetSchema"],"Resource":"arn:aws:glue:*:*:schema/*"}`),
			[]string{"- inline Allow glue:GetTags on arn:aws:glue:*:*:registry/*", "+ inline Allow glue:GetTags on arn:aws:glue:*:*:schema/*"},
		},
		{
			"a denied one",
			document(`{"Effect":"Deny","Action":["glue:GetTags","glue:GetRegistry"],"Resource":"arn:aws:glue:*:*:registry/*"}`,
				`{"Effect":"Deny","Action":"glue:GetSchema","Resource":"arn:aws:glue:*:*:schema/*"}`),
			document(`{"Effect":"Deny","Action":"glue:GetRegistry","Resource":"arn:aws:glue:*:*:registry/*"}`,
				`{"Effect":"Deny","Action":["glue:GetTags","glue:GetSchema"],"Resource":"arn:aws:glue:*:*:schema/*"}`),
			[]string{"- inline Deny glue:GetTags on arn:aws:glue:*:*:registry/*", "+ inline Deny glue:GetTags on arn:aws:glue:*:*:schema/*"},
		},
		{
			"a bucket's and its objects' statements, joined",
			allow(`"Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]`),
			document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`, `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b"}`),
			[]string{"- inline Allow s3:GetObject on arn:aws:s3:::b", "- inline Allow s3:ListBucket on arn:aws:s3:::b/*"},
		},
		{
			"one for a pattern, whatever it stands for",
			document(`{"Effect":"Allow","Action":"s3:GetObject*","Resource":["arn:aws:s3:::b/*","arn:aws:sns:::t"]}`, `{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:::t"}`),
			document(`{"Effect":"Allow","Action":"s3:GetObject*","Resource":"arn:aws:s3:::b/*"}`, `{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:::t"}`),
			[]string{"- inline Allow s3:GetObject* on arn:aws:sns:::t"},
		},
		{
			"none where an item shows that the resource is new",
			allow(`"Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]`),
			allow(`"Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*","arn:aws:s3:::c/*"]`),
			nil,
		},
		{
			"none where an item shows that the action is new",
			allow(`"Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]`),
			allow(`"Action":["s3:GetObject","s3:ListBucket","s3:PutObject"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]`),
			nil,
		},
		{
			"an item of another statement shows nothing",
			document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b/*","arn:aws:sns:::t"]}`, `{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:::t"}`),
			document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`),
			[]string{"- inline Allow s3:GetObject on arn:aws:sns:::t"},
		},
		{
			"a statement's only action on its only resource, which nothing else uses",
			document(`{"Effect":"Allow","Action":"glue:GetTags","Resource":"arn:aws:glue:*:*:registry/*"}`, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`),
			document(`{"Effect":"Allow","Action":"glue:GetTags","Resource":"arn:aws:glue:*:*:schema/*"}`, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`),
			[]string{"- inline Allow glue:GetTags on arn:aws:glue:*:*:registry/*", "+ inline Allow glue:GetTags on arn:aws:glue:*:*:schema/*"},
		},
		{
			"an object's action on a bucket, a mistake worth reading",
			document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b"}`, `{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`),
			document(`{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`),
			[]string{"- inline Allow s3:GetObject on arn:aws:s3:::b"},
		},
		{
			"an action on a resource of another service: one pair, not an action and a resource alone",
			document(`{"Effect":"Deny","Action":"sns:Publish","Resource":"arn:aws:s3:::b"}`, `{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`),
			document(`{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}`),
			[]string{"- inline Deny sns:Publish on arn:aws:s3:::b"},
		},
		{
			"a resource that the other side has within a wider one",
			document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`),
			document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b"}`),
			[]string{"+ inline Allow s3:GetObject on arn:aws:s3:::b"},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			dev, qa := story("dev", devID), story("qa", qaID)
			dev.Roles[0].Inline[0].Document, qa.Roles[0].Inline[0].Document = tt.dev, tt.qa
			c := compareStories(t, storyDictionary, dev, qa)
			if !c.Drift || c.ExitCode != 1 {
				t.Errorf("drift %v, exit code %d", c.Drift, c.ExitCode)
			}
			if d := cmp.Diff(tt.want, impossible(c)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			for d := range c.Drifts() {
				if text := d.Text(); d.Kind == result.DriftItem && strings.Contains(text, " note: ") {
					t.Errorf("an item: %s", text)
				}
			}
		})
	}
}

// impossible spells the impossible pairs that differ.
func impossible(r *result.Result) []string {
	var out []string
	for d := range r.Drifts() {
		if d.Kind == result.DriftImpossible {
			text, note, _ := strings.Cut(d.Text(), " note: ")
			if !strings.HasPrefix(note, "impossible by the reference of ") {
				text += " without the reference's date"
			}
			policy, rest, _ := strings.Cut(text, ": ")
			out = append(out, strings.Join(strings.Fields(policy)[:2], " ")+" "+rest)
		}
	}
	return out
}
