package diff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/reference"
)

// plainDocument draws a document without Not- elements for actions and resources.
var plainDocument = rapid.Custom(func(t *rapid.T) *policy.Document {
	d := policytest.Document().Draw(t, "document")
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.NotAction != nil {
			s.Action, s.NotAction = s.NotAction, nil
		}
		if s.NotResource != nil {
			s.Resource, s.NotResource = s.NotResource, nil
		}
	}
	return d
})

// pair is an action on a resource for a principal, as a statement has them.
type pair struct {
	key                         string
	principal                   policy.Principal
	action, resource, condition string
}

// pairsOf returns all pairs of a document, the pattern of each, by rules of its
// own: every action that a pattern stands for on every resource.
func pairsOf(d *policy.Document) (pairs, written []pair) {
	for i := range d.Statements {
		s := policy.CanonicalStatement(&d.Statements[i], d.Version, "aws")
		principals := []policy.Principal{{}}
		if s.Principal != nil {
			principals = s.Principal
		}
		key := s.Effect
		if s.NotPrincipal != nil {
			principals, key = s.NotPrincipal, s.Effect+fmt.Sprint(s.NotPrincipal)
		}
		resources := s.Resource
		if resources == nil {
			resources = []string{""}
		}
		for _, a := range s.Action {
			for _, r := range resources {
				for _, p := range principals {
					one := pair{key, p, policy.Fold(a), r, policy.ConditionJSON(s.Condition)}
					written = append(written, one)
					for _, e := range expansion(a) {
						one.action = policy.Fold(e)
						pairs = append(pairs, one)
					}
				}
			}
		}
	}
	return pairs, written
}

func expansion(pattern string) []string {
	service, name, ok := strings.Cut(pattern, ":")
	s, known := reference.Embedded().Service(service)
	if !ok || !known || name == "*" || !strings.ContainsAny(name, "*?") {
		return []string{pattern}
	}
	var out []string
	for _, a := range s.Expand(name) {
		out = append(out, service+":"+a.Name)
	}
	if out == nil {
		return []string{pattern}
	}
	return out
}

func (p pair) covers(q pair) bool {
	if p.key != q.key || p.principal != q.principal && (strings.Contains(p.key, "[") || !policy.CoversPrincipal(p.principal, q.principal)) || !weaker(p.condition, q.condition) {
		return false
	}
	if p.resource != q.resource && (q.resource == "" || !policy.CoversResource(p.resource, q.resource)) {
		return false
	}
	if p.action == q.action || p.action == "*" {
		return true
	}
	ps, pn, ok := strings.Cut(p.action, ":")
	qs, qn, also := strings.Cut(q.action, ":")
	return ok && also && policy.Covers(ps, qs) && policy.Covers(pn, qn)
}

func lacks(of, in *policy.Document) bool {
	pairs, _ := pairsOf(of)
	others, written := pairsOf(in)
	has := map[pair]bool{}
	for _, p := range others {
		has[p] = true
	}
	return slices.ContainsFunc(pairs, func(q pair) bool {
		return !has[q] && !slices.ContainsFunc(written, func(p pair) bool { return p.covers(q) })
	})
}

func compareDocuments(t rapid.TB, a, b *policy.Document) *diff.Changes {
	account := func(d *policy.Document) *inventory.Account {
		return &inventory.Account{Partition: "aws", Roles: []inventory.Role{{
			Name: "r", Path: "/", Trust: `{"Statement":[]}`,
			Inline: []inventory.InlinePolicy{{Name: "p", Document: inventory.Document(d.String())}},
		}}}
	}
	return diff.Compare(normalized(t, "x", account(a)), normalized(t, "y", account(b)), diff.Options{})
}

// mutated draws the document with something taken out of a list or put in.
func mutated(d *policy.Document) *rapid.Generator[*policy.Document] {
	return rapid.Custom(func(t *rapid.T) *policy.Document {
		c := *d
		c.Statements = slices.Clone(d.Statements)
		s := &c.Statements[rapid.IntRange(0, len(c.Statements)-1).Draw(t, "statement")]
		list := &s.Action
		if s.Resource != nil && rapid.Bool().Draw(t, "resource") {
			list = &s.Resource
		}
		i := rapid.IntRange(0, len(*list)-1).Draw(t, "at")
		if len(*list) > 1 && rapid.Bool().Draw(t, "drop") {
			*list = slices.Delete(slices.Clone(*list), i, i+1)
			return &c
		}
		from := plainDocument.Draw(t, "other").Statements[0]
		other := from.Action
		if list == &s.Resource {
			other = from.Resource
		}
		*list = append(slices.Clone(*list), other...)
		return &c
	})
}

// TestEveryPairIsCompared: two documents differ exactly if one has a pair of an
// action and a resource that no statement of the other has, possible or not: but for
// what AWS may add.
func TestEveryPairIsCompared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := plainDocument.Draw(t, "a")
		b := rapid.OneOf(plainDocument, mutated(a), mutated(a), mutated(a)).Draw(t, "b")
		c := compareDocuments(t, a, b)
		for i := range c.Common {
			c.Common[i].DropFuture(false)
		}
		if want := lacks(a, b) || lacks(b, a); c.Drift() != want {
			t.Errorf("drift is %v, want %v between\n%s\n%s\n%v", c.Drift(), want, a, b, spelledAll(c))
		}
	})
}

// TestSplittingIsNoDifference: nor are merging, another order and repetitions,
// for pairs that the reference calls impossible either.
func TestSplittingIsNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := plainDocument.Draw(t, "a")
		b := policytest.Permuted(policytest.Split(a).Draw(t, "split")).Draw(t, "permuted")
		if c := compareDocuments(t, a, b); c.Drift() {
			t.Errorf("between\n%s\n%s\n%v", a, b, spelledAll(c))
		}
	})
}

// TestSwappingSwapsImpossiblePairs, and of documents that say the same by split
// statements the drift has the same sides.
func TestSwappingSwapsImpossiblePairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := plainDocument.Draw(t, "a")
		b := mutated(a).Draw(t, "b")
		there, back := compareDocuments(t, a, b), compareDocuments(t, b, a)
		for side := range 2 {
			if d := cmp.Diff(impossible(there, side), impossible(back, 1-side)); d != "" {
				t.Errorf("side %d (-there +back)\n%s", side, d)
			}
		}
	})
}

func spelledAll(c *diff.Changes) []string {
	return slices.Concat(spelled(c, 0), spelled(c, 1), impossible(c, 0), impossible(c, 1))
}

// impossible spells the impossible pairs that a side of the first role has alone.
func impossible(c *diff.Changes, side int) []string {
	var out []string
	for i := range c.Common {
		p := &c.Common[i]
		for _, x := range p.Impossible(side) {
			t := p.Role(side).Policies[x.Policy].Items
			a := t.Patterns[x.Pattern]
			words := []string{"impossible", t.Effects[x.Effect], a.Service + ":" + a.Name, t.Resources[x.Resource], t.Principals[x.Principal].Value, t.Terms[x.Terms].Condition}
			out = append(out, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
		}
	}
	return out
}

// TestWhatItemsShow: a pair is not listed where an item of its statement has the same
// action or the same resource.
func TestWhatItemsShow(t *testing.T) {
	parse := func(text string) *policy.Document {
		d, _, err := policy.Parse(`{"Version":"2012-10-17","Statement":[` + text + `]}`)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	const topic = `{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:::t"}`
	for _, tt := range []struct {
		reason, a, b string
		want         []string
	}{
		{
			"the resource is new", `{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}`,
			`{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::b"}`, nil,
		},
		{
			"the action is new", `{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}`,
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}`, nil,
		},
		{
			"an action that can use no resource, as each of its pairs", `{"Effect":"Allow","Action":["s3:GetObject","sqs:PurgeQueue"],"Resource":["arn:aws:s3:::b/*","arn:aws:sns:::t"]},` + topic,
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b/*","arn:aws:sns:::t"]},` + topic,
			[]string{"impossible Allow sqs:PurgeQueue arn:aws:s3:::b/*", "impossible Allow sqs:PurgeQueue arn:aws:sns:::t"},
		},
		{
			"resources that the action cannot use, whether or not another one can", `{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b/*","arn:aws:sns:::t","arn:aws:sqs:::q"]},` + topic,
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},` + topic,
			[]string{"impossible Allow s3:GetObject arn:aws:sns:::t", "impossible Allow s3:GetObject arn:aws:sqs:::q"},
		},
		{
			"an item of another condition shows nothing",
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b/*","arn:aws:sns:::t"]},` + topic +
				`,{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::c/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`,
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},` + topic,
			[]string{"impossible Allow s3:GetObject arn:aws:sns:::t"},
		},
	} {
		c := compareDocuments(t, parse(tt.a), parse(tt.b))
		if d := cmp.Diff(tt.want, impossible(c, 0)); d != "" || !c.Drift() || len(impossible(c, 1)) > 0 {
			t.Errorf("%s (-want +got)\n%s%v", tt.reason, d, spelledAll(c))
		}
	}
}
