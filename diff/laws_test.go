package diff_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/reference"
)

// account draws an account of a few roles with random documents. Few names
// and values make accounts that have much in common.
func account(t *rapid.T, label string) *inventory.Account {
	document := func(what string) inventory.Document {
		return inventory.Document(policytest.Document().Draw(t, label+what).String())
	}
	a := &inventory.Account{ID: "111111111111", Partition: "aws"}
	names := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 3, rapid.ID[string]).Draw(t, label+"roles")
	for _, name := range names {
		session := int32(rapid.SampledFrom([]int{3600, 7200}).Draw(t, label+"session"))
		r := inventory.Role{
			Name: name, Path: rapid.SampledFrom([]string{"/", "/x/"}).Draw(t, label+"path"),
			MaxSessionDuration: &session, Trust: document("trust"),
		}
		if rapid.Bool().Draw(t, label+"inline") {
			r.Inline = []inventory.InlinePolicy{{Name: "p", Document: document("inline")}}
		}
		a.Roles = append(a.Roles, r)
	}
	a.Sort()
	return a
}

func normalized(t rapid.TB, tag string, a *inventory.Account) *normalize.Account {
	id := equivalency.Identity{Tag: tag, Source: tag, ID: a.ID}
	rules, err := equivalency.Empty().Rules(id, equivalency.Identity{Tag: "other", ID: a.ID})
	if err != nil {
		t.Fatal(err)
	}
	n, err := normalize.Apply(flatten.Account(a, reference.Embedded()), id, rules)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// spelled is all that one side has more, as text.
func spelled(c *diff.Changes, side int) []string {
	var out []string
	for _, r := range c.Only(side) {
		out = append(out, "role "+r.Name)
	}
	for i := range c.Common {
		p := &c.Common[i]
		for _, ref := range p.Only(side) {
			out = append(out, fmt.Sprintf("%+v", spell(p.Role(side), ref)))
		}
		for _, a := range p.Attributes {
			v := []diff.AttributeValue{a.A, a.B}[side]
			out = append(out, fmt.Sprintf("%s %s %v %s", a.Kind, a.Key, v.Has, v.Value))
		}
	}
	return out
}

func TestAnAccountEqualsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := account(t, "a")
		c := diff.Compare(normalized(t, "x", a), normalized(t, "y", a), diff.Options{})
		if c.Drift() {
			t.Fatalf("drift: %v %v", spelled(c, 0), spelled(c, 1))
		}
	})
}

func TestSwappingTheSidesSwapsTheDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := normalized(t, "x", account(t, "a")), normalized(t, "y", account(t, "b"))
		there, back := diff.Compare(a, b, diff.Options{}), diff.Compare(b, a, diff.Options{})
		for side := range 2 {
			if d := cmp.Diff(spelled(there, side), spelled(back, 1-side)); d != "" {
				t.Fatalf("side %d (-there +back)\n%s", side, d)
			}
		}
	})
}

// TestItemsAgainstSets holds the comparison against sets of spelled-out items:
// what is reported is on one side only, and what is not reported although
// the other side lacks it is covered by another item of its own policy.
func TestItemsAgainstSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := normalized(t, "x", account(t, "a")), normalized(t, "y", account(t, "b"))
		c := diff.Compare(a, b, diff.Options{})
		for i := range c.Common {
			p := &c.Common[i]
			for side := range 2 {
				checkSide(t, c, p, side)
			}
		}
	})
}

func checkSide(t *rapid.T, c *diff.Changes, p *diff.Pair, side int) {
	mine, others := items(p.Role(side)), items(p.Role(1-side))
	for _, ref := range p.Only(side) {
		it := spell(p.Role(side), ref)
		if slices.Contains(others, plain(it)) {
			t.Fatalf("reported, but on both sides: %+v", it)
		}
	}
	for _, it := range mine {
		if slices.Contains(others, it) || reported(c, p, side, it) {
			continue
		}
		if strings.Contains(it.Note, "can use") || strings.Contains(it.Note, "cannot use") {
			continue // stands for pairs, which TestEveryPairIsCompared holds
		}
		if !slices.ContainsFunc(mine, func(wide inventory.Item) bool { return wide != it && covers(wide, it) }) {
			t.Fatalf("not reported, although on one side only: %+v", it)
		}
	}
}

func reported(c *diff.Changes, p *diff.Pair, side int, it inventory.Item) bool {
	return slices.ContainsFunc(p.Only(side), func(ref diff.Ref) bool {
		return plain(spell(p.Role(side), ref)) == it
	})
}

func items(r *normalize.Role) []inventory.Item {
	var out []inventory.Item
	for _, p := range r.Policies {
		for i := range p.Items.Rows {
			it := p.Items.Item(i)
			it.PolicyName, it.PolicyType = p.Name, string(p.Type)
			out = append(out, plain(it))
		}
	}
	return out
}

// plain leaves out what is not compared: the role's columns, and the letter
// case of actions.
func plain(it inventory.Item) inventory.Item {
	it.RoleName, it.Path = "", ""
	it.Service, it.Action = policy.Fold(it.Service), policy.Fold(it.Action)
	return it
}

// covers is the test's own idea of one item's covering another.
func covers(wide, it inventory.Item) bool {
	if wide.PolicyName != it.PolicyName || wide.PolicyType != it.PolicyType || wide.Effect != it.Effect ||
		!coversPrincipal(wide, it) || !weaker(wide.Condition, it.Condition) {
		return false
	}
	if wide.Negated == "" && wide.Statement == "" && wide.Service == "*" && wide.Action == "*" && wide.ARN == "*" && it.Negated != "" &&
		!strings.Contains(it.Negated, "NotPrincipal") {
		return true
	}
	if wide.Negated != it.Negated && it.Negated+it.Statement == "" {
		return complements(wide, it)
	}
	if wide.Negated != it.Negated || wide.Statement != it.Statement {
		return false
	}
	action := wide.Service == it.Service && wide.Action == it.Action
	if !strings.Contains(it.Negated, "NotAction") {
		action = policy.Covers(wide.Service, it.Service) && policy.Covers(wide.Action, it.Action)
	}
	// Of NotResource both are of the very same list, in which one needs no other.
	resource := wide.ARN == it.ARN || policy.Covers(wide.ARN, it.ARN)
	return action && resource
}

// complements reports whether an item with NotAction, NotResource or both covers one
// without, by what their lists leave out.
func complements(wide, it inventory.Item) bool {
	var lists map[string][]string
	if strings.Contains(wide.Negated, "NotPrincipal") || json.Unmarshal([]byte(wide.Statement), &lists) != nil {
		return false
	}
	action := slices.Contains(strings.Fields(wide.Negated), "NotAction")
	resource := slices.Contains(strings.Fields(wide.Negated), "NotResource")
	for _, a := range lists["NotAction"] {
		if policy.Intersects(a, it.Service+":"+it.Action) {
			return false
		}
	}
	for _, r := range lists["NotResource"] {
		if it.ARN == "" || policy.Intersects(policy.VariablesAsPattern(r), policy.VariablesAsPattern(it.ARN)) {
			return false
		}
	}
	return (action || policy.Covers(wide.Service, it.Service) && policy.Covers(wide.Action, it.Action)) &&
		(resource || wide.ARN == it.ARN || policy.Covers(wide.ARN, it.ARN))
}

// coversPrincipal reports whether one item is for the principal of another, or for
// everyone.
func coversPrincipal(wide, it inventory.Item) bool {
	p, q := policy.Principal{Type: wide.PrincipalType, Value: wide.Principal}, policy.Principal{Type: it.PrincipalType, Value: it.Principal}
	return p == q || !strings.Contains(it.Negated, "NotPrincipal") && policy.CoversPrincipal(p, q)
}

// weaker reports whether every part of condition a is one of b.
func weaker(a, b string) bool {
	var parts [2]map[string]map[string][]string
	for i, text := range []string{a, b} {
		if text != "" && json.Unmarshal([]byte(text), &parts[i]) != nil {
			return a == b
		}
	}
	for operator, keys := range parts[0] {
		for key, values := range keys {
			if other, ok := parts[1][operator][key]; !ok || !slices.Equal(values, other) {
				return false
			}
		}
	}
	return true
}

// TestBlindPartsAreNotCompared: a role whose policies could not be read has
// not lost them.
func TestBlindPartsAreNotCompared(t *testing.T) {
	trust := inventory.Document(`{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`)
	full := inventory.Role{
		Name: "r", Path: "/", Trust: trust,
		Inline:   []inventory.InlinePolicy{{Name: "p", Document: `{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`}},
		Attached: []inventory.PolicyRef{{Name: "Q", ARN: "arn:Q"}},
		Tags:     []inventory.Tag{{Key: "k", Value: "v"}},
	}
	all := &inventory.Account{Roles: []inventory.Role{full}, Policies: []inventory.Policy{{Name: "Q", ARN: "arn:Q", Document: trust}}}
	bare := inventory.Role{Name: "r", Path: "/", Trust: trust}
	for _, tt := range []struct {
		reason string
		role   inventory.Role
		gap    inventory.Gap
		want   string
	}{
		{"the list of inline policies", bare, inventory.Gap{Part: "inline"}, "managed tag"},
		{"the list of attached policies", bare, inventory.Gap{Part: "managed"}, "inline tag"},
		{"the tags", bare, inventory.Gap{Part: "tag"}, "inline managed"},
		{"everything", bare, inventory.Gap{}, ""},
		{"one inline document", inventory.Role{
			Name: "r", Path: "/", Trust: trust, Inline: []inventory.InlinePolicy{{Name: "p"}},
			Attached: full.Attached, Tags: full.Tags,
		}, inventory.Gap{Part: "inline", PolicyName: "p"}, ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				tt.gap.Kind, tt.gap.Entity, tt.gap.Blind, tt.gap.Reason = "read", "role", true, "denied"
				// A gap without a name covers every role.
				tt.gap.Name = rapid.SampledFrom([]string{"r", ""}).Draw(rt, "name")
				partial := &inventory.Account{Roles: []inventory.Role{tt.role}, Policies: all.Policies, Gaps: []inventory.Gap{tt.gap}}
				c := diff.Compare(normalized(rt, "x", all), normalized(rt, "y", partial), diff.Options{})
				var got []string
				for _, line := range append(spelled(c, 0), spelled(c, 1)...) {
					for _, word := range []string{"inline", "managed", "tag"} {
						if strings.Contains(line, word) && !slices.Contains(got, word) {
							got = append(got, word)
						}
					}
				}
				slices.Sort(got)
				if strings.Join(got, " ") != tt.want {
					rt.Fatalf("differences in %q, want %q", got, tt.want)
				}
				if !c.Incomplete() {
					rt.Fatal("the gap was lost")
				}
			})
		})
	}
}

// spell is an item with the columns of its role and policy.
func spell(r *normalize.Role, ref diff.Ref) inventory.Item {
	p := &r.Policies[ref.Policy]
	it := p.Items.Item(int(ref.Row))
	it.RoleName, it.Path, it.PolicyName, it.PolicyType = r.Name, r.Path, p.Name, string(p.Type)
	return it
}
