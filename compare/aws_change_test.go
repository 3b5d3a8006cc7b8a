package compare_test

import (
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/reference"
	"iamctl/result"
)

const awsPolicy = "arn:aws:iam::aws:policy/Viewer"

// withAWSPolicy returns an account with two roles that have a policy of AWS's, and
// one whose boundary it is.
func withAWSPolicy(id, version string, actions ...string) *inventory.Account {
	trust := allow(`"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"`)
	a := &inventory.Account{ID: id, Partition: "aws"}
	for _, name := range []string{"a", "b", "bounded"} {
		r := inventory.Role{Name: name, ARN: "arn:aws:iam::" + id + ":role/" + name, Path: "/", Trust: trust}
		if ref := (inventory.PolicyRef{Name: "Viewer", ARN: awsPolicy}); name == "bounded" {
			r.Boundary = &ref
		} else {
			r.Attached = []inventory.PolicyRef{ref}
		}
		a.Roles = append(a.Roles, r)
	}
	a.Policies = []inventory.Policy{{
		Name: "Viewer", ARN: awsPolicy, Path: "/", DefaultVersion: version,
		Document: allow(`"Action":["` + strings.Join(actions, `","`) + `"],"Resource":"*"`),
	}}
	return a
}

func comparedAWS(t *testing.T, a, b *inventory.Account, ignore ...normalize.Kind) *result.Result {
	t.Helper()
	var flats [2]*inventory.Flat
	for i, account := range []*inventory.Account{a, b} {
		account.Sort()
		flats[i] = flatten.Account(account, reference.Embedded())
	}
	ids := [2]equivalency.Identity{{Tag: "dev", ID: a.ID}, {Tag: "qa", ID: b.ID}}
	c, err := compare.Changes(t.Context(), ids, flats, nil, compare.Dictionary{Dictionary: equivalency.Empty()}, ignore)
	if err != nil {
		t.Fatal(err)
	}
	return result.New(c, result.Meta{})
}

func TestAWSChangedItsPolicy(t *testing.T) {
	old := func() *inventory.Account { return withAWSPolicy(devID, "v1", "s3:GetObject", "sns:Publish") }
	for _, tt := range []struct {
		reason string
		b      *inventory.Account
		change func(b *inventory.Account)
		ignore []normalize.Kind
		// aws and rest are how many changes of AWS's and how many other differences
		// there are.
		aws, rest int
	}{
		{reason: "another version, another document: one difference", b: withAWSPolicy(qaID, "v2", "s3:GetObject", "sns:Subscribe", "sqs:SendMessage"), aws: 1},
		{reason: "another version, the same document", b: withAWSPolicy(qaID, "v2", "s3:GetObject", "sns:Publish")},
		{reason: "the same version, another document: AWS did not do that", b: withAWSPolicy(qaID, "v1", "s3:GetObject"), rest: 3},
		{reason: "no version on a side", b: withAWSPolicy(qaID, "", "s3:GetObject"), rest: 3},
		{reason: "a version that is none", b: withAWSPolicy(qaID, "v2x", "s3:GetObject"), rest: 3},
		{reason: "left out on request", b: withAWSPolicy(qaID, "v2", "s3:GetObject"), ignore: []normalize.Kind{normalize.KindAWSManaged}},
		{
			reason: "left out on request, and a role differs by itself", b: withAWSPolicy(qaID, "v2", "s3:GetObject"),
			change: func(b *inventory.Account) { b.Roles[0].Path = "/x/" }, ignore: []normalize.Kind{normalize.KindAWSManaged}, rest: 1,
		},
		{
			reason: "a policy of the account's own in two versions is the account's",
			b:      withAWSPolicy(qaID, "v2", "s3:GetObject"),
			change: func(b *inventory.Account) {
				b.Policies[0].ARN = "arn:aws:iam::" + qaID + ":policy/Viewer"
				for i := range b.Roles[:2] {
					b.Roles[i].Attached[0].ARN = b.Policies[0].ARN
				}
				b.Roles[2].Boundary.ARN = b.Policies[0].ARN
			}, rest: 3 + 3,
		},
		{
			reason: "one of the roles has lost the policy", b: withAWSPolicy(qaID, "v2", "s3:GetObject"),
			change: func(b *inventory.Account) { b.Roles[0].Attached = nil }, aws: 1, rest: 3,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if tt.change != nil {
				tt.change(tt.b)
			}
			r := comparedAWS(t, old(), tt.b, tt.ignore...)
			aws, rest := 0, 0
			for d := range r.Drifts() {
				if d.Kind == result.DriftAWS {
					aws++
				} else {
					rest++
				}
			}
			if aws != tt.aws || rest != tt.rest {
				t.Errorf("%d changes of AWS's and %d other differences, want %d and %d:\n%s", aws, rest, tt.aws, tt.rest, strings.Join(found(r), "\n"))
			}
			if drift := tt.aws+tt.rest > 0; r.Drift != drift || (r.ExitCode == result.ExitDrift) != drift {
				t.Errorf("drift %v, exit code %d", r.Drift, r.ExitCode)
			}
		})
	}
}

// TestAWSChangeHasAllItems: what AWS changed is listed once, whole, and names every
// role, the one with the policy as its boundary too.
func TestAWSChangeHasAllItems(t *testing.T) {
	r := comparedAWS(t, withAWSPolicy(devID, "v9", "s3:GetObject", "sns:Publish"), withAWSPolicy(qaID, "v10", "s3:GetObject", "sns:Subscribe", "sqs:SendMessage"))
	if len(r.AWSChanges) != 1 {
		t.Fatalf("%d changes", len(r.AWSChanges))
	}
	c := &r.AWSChanges[0]
	want := "~ AWS changed Viewer v9 -> v10 (3 actions), 3 roles have it; qa has v10"
	if got := c.Line(result.Whole, r.Tags()); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	lists := strings.Join(c.ActionsOnly(0), " ") + " | " + strings.Join(c.ActionsOnly(1), " ") + " | " + strings.Join(c.RoleNames(), " ")
	if want := "sns:Publish | sns:Subscribe sqs:SendMessage | a b bounded"; lists != want {
		t.Errorf("got %q, want %q", lists, want)
	}
	back := comparedAWS(t, withAWSPolicy(qaID, "v10", "s3:GetObject", "sns:Subscribe", "sqs:SendMessage"), withAWSPolicy(devID, "v9", "s3:GetObject", "sns:Publish"))
	if got := strings.Join(back.AWSChanges[0].ActionsOnly(0), " "); got != "sns:Subscribe sqs:SendMessage" {
		t.Errorf("swapped: %q", got)
	}
}
