package diff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// withAttached is an account of one role with managed policies of one text.
func withAttached(arns ...string) *inventory.Account {
	a := withInline()
	document := inline("", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`).Document
	for _, arn := range arns {
		name := arn[strings.LastIndex(arn, "/")+1:]
		a.Roles[0].Attached = append(a.Roles[0].Attached, inventory.PolicyRef{Name: name, ARN: arn})
		a.Policies = append(a.Policies, inventory.Policy{Name: name, ARN: arn, Document: document})
	}
	return a
}

// TestPoliciesOfOneName: a role may have AWS's policy attached and one of its
// own of the same name.
func TestPoliciesOfOneName(t *testing.T) {
	const (
		aws   = "arn:aws:iam::aws:policy/ReadOnlyAccess"
		own   = "arn:aws:iam::111111111111:policy/ReadOnlyAccess"
		moved = "arn:aws:iam::111111111111:policy/x/ReadOnlyAccess"
	)
	for _, tt := range []struct {
		reason string
		a, b   []string
		// want are the values that differ, A's before B's.
		want []string
	}{
		{"the same two", []string{aws, own}, []string{own, aws}, nil},
		{"one of the two", []string{aws, own}, []string{own}, []string{aws + " - "}},
		{"the other of the two", []string{aws, own}, []string{aws}, []string{own + " - "}},
		{"one is another", []string{aws, own}, []string{aws, moved}, []string{own + " - " + moved}},
		{"the same one, which a source has twice", []string{aws, aws}, []string{aws}, nil},
		{"none", []string{aws, own}, nil, []string{own + " - ", aws + " - "}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a, b := normalized(t, "x", withAttached(tt.a...)), normalized(t, "y", withAttached(tt.b...))
			for _, c := range []*diff.Changes{diff.Compare(a, b, diff.Options{}), diff.Compare(b, a, diff.Options{})} {
				var got []string
				for _, v := range c.Common[0].Attributes {
					one, other := v.A.Value, v.B.Value
					if c.A == b {
						one, other = other, one
					}
					got = append(got, one+" - "+other)
				}
				want := slices.Clone(tt.want)
				slices.Sort(got)
				slices.Sort(want)
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("(-want +got)\n%s", d)
				}
			}
		})
	}
}

// TestItemsOfPoliciesOfOneName: an item is there if any of the other side's
// policies of the name has it, and none of another name counts.
func TestItemsOfPoliciesOfOneName(t *testing.T) {
	account := func(actions ...string) *inventory.Account {
		a := withInline()
		for i, action := range actions {
			arn := fmt.Sprintf("arn:aws:iam::aws:policy/%d/p", i)
			a.Roles[0].Attached = append(a.Roles[0].Attached, inventory.PolicyRef{Name: "p", ARN: arn})
			// The text of a trust policy, so that only their names tell the two apart.
			a.Policies = append(a.Policies, inventory.Policy{Name: "p", ARN: arn, Document: inventory.Document(
				strings.ReplaceAll(string(a.Roles[0].Trust), "sts:AssumeRole", action))})
		}
		return a
	}
	for _, tt := range []struct {
		reason string
		a, b   *inventory.Account
		want   []string
	}{
		{"the first has it", account("sqs:PurgeQueue"), account("sqs:PurgeQueue", "sqs:SendMessage", "sqs:DeleteQueue"), nil},
		{"the second has it", account("sqs:SendMessage"), account("sqs:PurgeQueue", "sqs:SendMessage", "sqs:DeleteQueue"), nil},
		{"the third has it", account("sqs:DeleteQueue"), account("sqs:PurgeQueue", "sqs:SendMessage", "sqs:DeleteQueue"), nil},
		{"none has it", account("sqs:CreateQueue"), account("sqs:PurgeQueue", "sqs:SendMessage"), []string{"Allow sqs:CreateQueue ec2.amazonaws.com"}},
		{"the trust policy has it", account("sts:AssumeRole"), account("sqs:PurgeQueue", "sqs:SendMessage"), []string{"Allow sts:AssumeRole ec2.amazonaws.com"}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a, b := normalized(t, "x", tt.a), normalized(t, "y", tt.b)
			if d := cmp.Diff(tt.want, onlyA(diff.Compare(a, b, diff.Options{}))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// TestInstanceProfiles: their ARNs are compared as a set, paths included, and not at
// all if a source does not carry them.
func TestInstanceProfiles(t *testing.T) {
	in := func(names ...string) []inventory.InstanceProfile {
		list := []inventory.InstanceProfile{}
		for _, name := range names {
			list = append(list, inventory.InstanceProfile{Name: name, ARN: "arn:aws:iam::123456789012:instance-profile/" + name})
		}
		return list
	}
	for _, tt := range []struct {
		a, b    []inventory.InstanceProfile
		want    int
		notTold bool
		reason  string
	}{
		{in("app"), in("app"), 0, false, "the same"},
		{in("app", "web"), in("web", "app"), 0, false, "in another order"},
		{in("app"), in(), 1, false, "in none: EC2 cannot use the role"},
		{in("app"), in("web"), 1, false, "in another"},
		{in("app"), in("team/app"), 1, false, "at another path"},
		{in("app", "web"), in("web"), 1, false, "in one more"},
		{in("app"), nil, 0, true, "not told on one side"},
		{in("app", "web"), nil, 0, true, "not told, and several on the other"},
		{in(), nil, 0, true, "not told, and none on the other"},
		{nil, nil, 0, true, "not told on either"},
	} {
		of := func(list []inventory.InstanceProfile) *inventory.Account {
			a := withInline()
			a.Roles[0].InstanceProfiles = list
			return a
		}
		a, b := normalized(t, "x", of(tt.a)), normalized(t, "y", of(tt.b))
		for _, c := range []*diff.Changes{diff.Compare(a, b, diff.Options{}), diff.Compare(b, a, diff.Options{})} {
			got := 0
			for _, x := range c.Common[0].Attributes {
				if x.Kind == normalize.KindInstanceProfile {
					got++
				}
			}
			told := !strings.Contains(strings.Join(c.Notes, " "), "instanceprofile")
			if got != tt.want || told == tt.notTold {
				t.Errorf("%s: %d differences, notes %v", tt.reason, got, c.Notes)
			}
		}
	}
}

// TestUnknownAttributes: what one source does not carry is compared on neither
// side, and noted.
func TestUnknownAttributes(t *testing.T) {
	described := func(text *string) *inventory.Account {
		a := withInline()
		hour := int32(3600)
		a.Roles[0].Description, a.Roles[0].MaxSessionDuration, a.Roles[0].InstanceProfiles = text, &hour, []inventory.InstanceProfile{}
		return a
	}
	none, some, other := "", "some", "other"
	const note = "not compared, because a source does not carry it: description"
	for _, tt := range []struct {
		reason  string
		a, b    *string
		differs bool
		notes   []string
	}{
		{"the same", &some, &some, false, nil},
		{"another", &some, &other, true, nil},
		{"an empty one", &some, &none, true, nil},
		{"unknown on one side", &some, nil, false, []string{note}},
		{"unknown on one side, and empty on the other", &none, nil, false, []string{note}},
		{"unknown on both", nil, nil, false, []string{note}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a, b := normalized(t, "x", described(tt.a)), normalized(t, "y", described(tt.b))
			for _, c := range []*diff.Changes{diff.Compare(a, b, diff.Options{}), diff.Compare(b, a, diff.Options{})} {
				if c.Drift() != tt.differs {
					t.Errorf("differs: %v", c.Common[0].Attributes)
				}
				if d := cmp.Diff(tt.notes, c.Notes); d != "" {
					t.Errorf("(-want +got)\n%s", d)
				}
			}
		})
	}
}
