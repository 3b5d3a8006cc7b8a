package flatten

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/reference"
)

// TestNothingVanishes holds flattening to the first rule: every action
// pattern, resource, principal and condition of a document reaches an item.
func TestNothingVanishes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := policytest.Document().Draw(t, "document")
		for _, m := range missing(doc, Document(doc, reference.Embedded(), "aws")) {
			t.Errorf("%s reaches no item", m)
		}
	})
}

// TestManagedPoliciesKeepEverything runs over AWS's managed policies. The
// file maps ARNs to documents.
func TestManagedPoliciesKeepEverything(t *testing.T) {
	name := os.Getenv("IAMCTL_MANAGED_POLICIES")
	if name == "" {
		t.Skip("left out: set IAMCTL_MANAGED_POLICIES to a JSON file of documents by policy ARN")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var policies map[string]json.RawMessage
	if err := json.Unmarshal(data, &policies); err != nil {
		t.Fatal(err)
	}
	if len(policies) < 1000 {
		t.Errorf("%s holds %d policies, want AWS's 1,000 and more", name, len(policies))
	}
	items := 0
	for arn, text := range policies {
		doc, problems, err := policy.Parse(string(text))
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", arn, err, problems)
			continue
		}
		flat := Document(doc, reference.Embedded(), "aws")
		items += flat.Len()
		for _, m := range missing(doc, flat) {
			t.Errorf("%s: %s reaches no item", arn, m)
		}
	}
	t.Logf("%d policies, %d items", len(policies), items)
}

func FuzzDocument(f *testing.F) {
	f.Add(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:Get*","x:y"],"Resource":["arn:aws:s3:::b","arn:aws:sqs:::q"]}}`)
	f.Add(`{"Statement":[{"Effect":"Deny","NotAction":"iam:*","NotResource":["a","b"],"Condition":{"Bool":{"aws:SecureTransport":false}}}]}`)
	f.Add(`{"Statement":[{"Effect":"Allow","Principal":{"AWS":["123456789012","*"],"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		doc, _, err := policy.Parse(text)
		if err != nil || len(doc.Statements) > 4 || len(text) > 1000 {
			return
		}
		for _, m := range missing(doc, Document(doc, reference.Embedded(), "aws")) {
			t.Errorf("%s reaches no item", m)
		}
	})
}

// missing lists what of a document is in none of its items. It looks at
// each element on its own, by rules of its own: an element is there where
// an item has it, is an instance of it, or covers it.
func missing(doc *policy.Document, items *inventory.Items) []string {
	var out []string
	all := make([]inventory.Item, items.Len())
	written := make([]string, items.Len())
	for n := range all {
		all[n] = items.Item(n)
		written[n] = writtenAction(all[n])
	}
	for i := range doc.Statements {
		s := &doc.Statements[i]
		canonical := policy.CanonicalStatement(s, doc.Version, "aws")
		condition := policy.ConditionJSON(canonical.Condition)
		has := func(what, value string, same func(inventory.Item) bool) {
			for _, it := range all {
				if it.Effect == s.Effect && it.Condition == condition && same(it) {
					return
				}
			}
			out = append(out, what+" "+value)
		}
		hasAction := func(what, pattern string, negated bool) {
			pattern = policy.Fold(pattern)
			canonical := policy.CanonicalPattern(pattern)
			for n, it := range all {
				if it.Effect == s.Effect && it.Condition == condition && strings.Contains(it.Negated, "NotAction") == negated &&
					actionIn(pattern, canonical, written[n]) {
					return
				}
			}
			out = append(out, what+" "+pattern)
		}
		has("the statement", s.Sid, func(inventory.Item) bool { return true })
		for _, a := range s.Action {
			hasAction("Action", a, false)
		}
		for _, a := range s.NotAction {
			hasAction("NotAction", a, true)
		}
		for _, r := range canonical.Resource {
			has("Resource", r, func(it inventory.Item) bool {
				return !strings.Contains(it.Negated, "NotResource") && (it.ARN == r || policy.CoversResource(it.ARN, r))
			})
		}
		for _, r := range canonical.NotResource {
			has("NotResource", r, func(it inventory.Item) bool {
				return strings.Contains(it.Negated, "NotResource") && it.ARN == r
			})
		}
		for _, p := range canonical.Principal {
			has("Principal", p.Value, func(it inventory.Item) bool {
				return !strings.Contains(it.Negated, "NotPrincipal") && it.Principal == p.Value && it.PrincipalType == p.Type
			})
		}
		for _, p := range canonical.NotPrincipal {
			has("NotPrincipal", p.Value, func(it inventory.Item) bool {
				return strings.Contains(it.Negated, "NotPrincipal") && it.Principal == p.Value && it.PrincipalType == p.Type
			})
		}
		for _, u := range canonical.Unknown {
			has("the element", u.Name, func(it inventory.Item) bool { return strings.Contains(it.Statement, u.Name) })
		}
	}
	return out
}

// actionIn reports whether an item's action is the pattern, an instance of it,
// or covers it. All are folded.
func actionIn(pattern, canonical, written string) bool {
	return written == "*:*" || written == pattern || written == canonical ||
		policy.Match(pattern, written) || policy.Covers(written, canonical)
}

func writtenAction(it inventory.Item) string {
	if it.Service == "" {
		return policy.Fold(it.Action)
	}
	return policy.Fold(it.Service + ":" + it.Action)
}
