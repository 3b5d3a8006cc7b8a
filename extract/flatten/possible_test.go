package flatten

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "iamctl/internal/raced"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/reference"
)

func TestPossible(t *testing.T) {
	for _, tt := range []struct {
		reason     string
		statements string
		want       bool
	}{
		{"each action can use each resource", `{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"]}`, true},
		{"some actions of the pattern can use a bucket", `{"Effect":"Allow","Action":"s3:Get*","Resource":["arn:aws:s3:::a","arn:aws:s3:::a/*"]}`, true},
		{"objects and buckets in one statement", `{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::a","arn:aws:s3:::a/*"]}`, false},
		{"a mistaken ARN", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a"}`, false},
		{"the second statement", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Effect":"Allow","Action":["s3:GetObject","sqs:SendMessage"],"Resource":"arn:aws:s3:::a/*"}`, false},
		{"what the reference does not know can use anything", `{"Effect":"Allow","Action":["nothing:Known","s3:GetObject"],"Resource":"arn:aws:s3:::a/*"}`, true},
		{"everything is rows", `{"Effect":"Allow","NotAction":"s3:GetObject","Resource":["arn:aws:s3:::a","*"]}`, true},
		{"no resource", `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}`, true},
	} {
		doc, _, err := policy.Parse(statement(tt.statements))
		if err != nil {
			t.Fatal(err)
		}
		if got := Document(doc, reference.Embedded(), "aws").Possible; got != tt.want {
			t.Errorf("%s: %v, want %v", tt.reason, got, tt.want)
		}
	}
}

// A document of which each pair is possible has rows for each pattern on each resource.
func TestPossibleHasRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := Document(policytest.Document().Draw(t, "document"), reference.Embedded(), "aws")
		if !items.Possible {
			return
		}
		for _, w := range items.Written {
			for _, p := range w.Patterns {
				for _, r := range w.Resources {
					for _, q := range w.Principals {
						if !hasRow(items, inventory.Row{Effect: w.Effect, Resource: r, Principal: q, Terms: w.Terms}, items.Patterns[p].Actions) {
							t.Fatalf("no row has %v on %q", items.Patterns[p], items.Resources[r])
						}
					}
				}
			}
		}
	})
}

// hasRow reports whether there is a row like r with one of the actions, which can use
// the resource.
func hasRow(items *inventory.Items, r inventory.Row, actions []uint32) bool {
	return slices.ContainsFunc(items.Rows, func(x inventory.Row) bool {
		bare := items.Terms[x.Terms]
		if strings.HasPrefix(bare.Note, inventory.NoteMisfit) {
			return false
		}
		bare.Note = ""
		return x.Effect == r.Effect && x.Resource == r.Resource && x.Principal == r.Principal && bare == items.Terms[r.Terms] && slices.Contains(actions, x.Action)
	})
}
