package many_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/extract/snapshot"
	"iamctl/internal/sampleaccount"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
)

func inputs() compare.Inputs {
	d, _ := compare.ReadDictionary("")
	return compare.Inputs{Dictionary: d, Reference: reference.Embedded()}
}

func written(t *testing.T, tag string, a *inventory.Account) compare.Side {
	t.Helper()
	dir := filepath.Join(t.TempDir(), tag)
	a.Sort()
	if _, err := snapshot.Write(dir, a); err != nil {
		t.Fatal(err)
	}
	s, err := compare.NewSide(dir, tag)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func run(t *testing.T, o many.Options, sides ...compare.Side) *matrix.Matrix {
	t.Helper()
	o.Inputs, o.Reader = inputs(), &compare.Reader{}
	m, err := many.Run(context.Background(), sides, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// account is one of accounts that are the same but for their ids.
func account(i int) *inventory.Account {
	return sampleaccount.New(sampleaccount.Options{Environment: "live", ID: fmt.Sprintf("1234567890%02d", i), Roles: 6})
}

func roleOf(a *inventory.Account, name string) *inventory.Role {
	for i := range a.Roles {
		if a.Roles[i].Name == name {
			return &a.Roles[i]
		}
	}
	panic(name)
}

// broadened adds an action to a role's policy.
func broadened(a *inventory.Account, role, action string) {
	p := &roleOf(a, role).Inline[1]
	p.Document = inventory.Document(strings.Replace(string(p.Document), `"sqs:SendMessage"`, `"sqs:SendMessage","`+action+`"`, 1))
}

func without(a *inventory.Account, role string) {
	a.Roles = slices.DeleteFunc(a.Roles, func(r inventory.Role) bool { return r.Name == role })
}

// planted are seven accounts with outliers in known places.
func planted() []*inventory.Account {
	var out []*inventory.Account
	for i := range 7 {
		out = append(out, account(i))
	}
	broadened(out[0], "app-0-live", "sqs:DeleteQueue") // account 0 would be the first to compare with
	broadened(out[3], "app-1-live", "sqs:DeleteQueue")
	broadened(out[5], "app-1-live", "sqs:DeleteQueue")
	broadened(out[4], "app-1-live", "sqs:PurgeQueue")
	without(out[2], "app-2-live")
	for _, i := range []int{0, 1, 3, 4, 5, 6} {
		without(out[i], "app-3-live")
	}
	long := int32(43200)
	roleOf(out[6], "app-4-live").MaxSessionDuration = &long
	return out
}

func sidesOf(t *testing.T, accounts []*inventory.Account) []compare.Side {
	var sides []compare.Side
	for i, a := range accounts {
		sides = append(sides, written(t, fmt.Sprintf("account-%d", i), a))
	}
	return sides
}

// said returns what differs, a line each: the role, the accounts, the kind, the verdict.
func said(m *matrix.Matrix) []string {
	var out []string
	for _, r := range m.Roles {
		for _, f := range r.Forms[1:] {
			var tags []string
			for _, a := range f.Accounts {
				tags = append(tags, m.Accounts[a].Tag)
			}
			out = append(out, fmt.Sprintf("%s %s %s %s %s", r.Name, strings.Join(tags, ","), f.Difference.Kind, f.Difference.Verdict, f.Difference.Severity))
		}
	}
	return out
}

// Each planted outlier is found, and nothing else.
func TestOutliers(t *testing.T) {
	m := run(t, many.Options{}, sidesOf(t, planted())...)
	want := []string{
		"app-0-live account-0 differs MORE medium",
		"app-1-live account-3,account-5 differs MORE medium",
		"app-1-live account-4 differs MORE medium",
		"app-2-live account-2 missing LESS low",
		"app-3-live account-2 extra MORE high",
		"app-4-live account-6 differs EQUAL low",
	}
	if d := cmp.Diff(want, said(m)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if len(m.Roles) != 6 || m.ExitCode != result.ExitDrift {
		t.Errorf("%d roles, exit code %d", len(m.Roles), m.ExitCode)
	}
}

// The order in which accounts are named means nothing, and one more that is as the others
// are changes no verdict.
func TestOrderAndOneMore(t *testing.T) {
	sides := sidesOf(t, planted())
	want := said(run(t, many.Options{}, sides...))
	turned := slices.Clone(sides)
	slices.Reverse(turned)
	if d := cmp.Diff(want, said(run(t, many.Options{}, turned...))); d != "" {
		t.Errorf("the other way round (-want +got):\n%s", d)
	}
	more := account(7)
	without(more, "app-3-live")
	if d := cmp.Diff(want, said(run(t, many.Options{}, append(sides, written(t, "more", more))...))); d != "" {
		t.Errorf("with one more (-want +got):\n%s", d)
	}
}

// Against one account, all others are held against it.
func TestAgainst(t *testing.T) {
	m := run(t, many.Options{Against: "account-0", Roles: "APP-0-*"}, sidesOf(t, planted())...)
	want := []string{"app-0-live account-1,account-2,account-3,account-4,account-5,account-6 differs LESS low"}
	if d := cmp.Diff(want, said(m)); d != "" || len(m.Roles) != 1 {
		t.Errorf("%d roles (-want +got):\n%s", len(m.Roles), d)
	}
	o := many.Options{Against: "none", Inputs: inputs(), Reader: &compare.Reader{}}
	if _, err := many.Run(context.Background(), sidesOf(t, planted()[:2]), o); err == nil || !strings.Contains(err.Error(), "--against none") {
		t.Errorf("no such account: %v", err)
	}
}

// A matrix of two accounts says of each role what diff says.
func TestTwo(t *testing.T) {
	pairs := [][]compare.Side{sidesOf(t, planted()[3:5]), sidesOf(t, planted()[5:7]), sidesOf(t, planted()[1:3])}
	var examples []compare.Side
	for _, tag := range []string{"dev", "qa"} {
		s, err := compare.NewSide("../../examples/"+tag, tag)
		if err != nil {
			t.Fatal(err)
		}
		examples = append(examples, s)
	}
	differing := 0
	for _, sides := range append(pairs, examples) {
		m := run(t, many.Options{Against: sides[0].Tag}, sides...)
		o, err := compare.Run(context.Background(), [2]compare.Side(sides), compare.Options{Inputs: inputs(), Reader: &compare.Reader{}})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]verdict.Verdict{}
		for i := range o.Result.CommonRoles {
			if p := &o.Result.CommonRoles[i]; p.Differs {
				want[policy.Fold(p.RoleName)] = both(p)
			}
		}
		for side := range 2 {
			for _, u := range *o.Result.UniqueRoles.Of(side) {
				want[policy.Fold(u.RoleName)] = []verdict.Verdict{verdict.Less, verdict.More}[side]
			}
		}
		got := map[string]verdict.Verdict{}
		for _, r := range m.Roles {
			if len(r.Forms) > 1 {
				got[policy.Fold(r.Name)] = r.Forms[1].Difference.Verdict
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s and %s (-diff +matrix):\n%s", sides[0].Tag, sides[1].Tag, d)
		}
		differing += len(got)
	}
	if differing < 15 {
		t.Errorf("%d roles differ", differing)
	}
}

// both returns the verdict of a role by those of its scopes.
func both(p *result.Pair) verdict.Verdict {
	a, b := p.Meaning.Identity.Verdict, p.Meaning.Trust.Verdict
	switch {
	case a == b, b == verdict.Equal:
		return a
	case a == verdict.Equal:
		return b
	}
	return verdict.Different
}

// An account that cannot be read is a gap, and the others are compared.
func TestUnreadable(t *testing.T) {
	sides := sidesOf(t, planted()[:3])
	if err := os.Remove(filepath.Join(sides[1].Spec.Name, "account.json")); err != nil {
		t.Fatal(err)
	}
	m := run(t, many.Options{}, sides...)
	if len(m.Accounts) != 2 || m.ExitCode != result.ExitIncomplete || len(m.Gaps) != 1 || m.Gaps[0].Account != "account-1" || !m.Gaps[0].Blind {
		t.Errorf("%d accounts, exit code %d, gaps %+v", len(m.Accounts), m.ExitCode, m.Gaps)
	}
	if err := os.Remove(filepath.Join(sides[0].Spec.Name, "account.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := many.Run(context.Background(), sides[:2], many.Options{Inputs: inputs(), Reader: &compare.Reader{}}); err == nil || !strings.Contains(err.Error(), "no account could be read") {
		t.Errorf("none can be read: %v", err)
	}
}

// A policy that could not be read is no agreement.
func TestBlind(t *testing.T) {
	accounts := planted()[:3]
	roleOf(accounts[2], "app-5-live").Inline[0].Document = `{"Version": "2012-10-17", "Statement": [`
	m := run(t, many.Options{Roles: "app-5-live"}, sidesOf(t, accounts)...)
	if got := said(m); m.ExitCode != result.ExitIncomplete || len(got) != 1 || !strings.HasPrefix(got[0], "app-5-live account-2 differs UNKNOWN") {
		t.Errorf("exit code %d, %v", m.ExitCode, got)
	}
}

// Versions of AWS's policies are told once, and of no role.
func TestAWSChanges(t *testing.T) {
	const arn = "arn:aws:iam::aws:policy/Reading"
	var accounts []*inventory.Account
	for i, v := range []string{"v1", "v1", "v2"} {
		a := account(i)
		action := map[string]string{"v1": "s3:GetObject", "v2": "s3:Get*"}[v]
		a.Policies = append(a.Policies, inventory.Policy{
			Name: "Reading", ARN: arn, Path: "/", DefaultVersion: v,
			Document: inventory.Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"` + action + `","Resource":"*"}]}`),
		})
		r := roleOf(a, "app-0-live")
		r.Attached = append(r.Attached, inventory.PolicyRef{Name: "Reading", ARN: arn})
		accounts = append(accounts, a)
	}
	m := run(t, many.Options{}, sidesOf(t, accounts)...)
	want := []matrix.AWSChange{{Policy: arn, Versions: [2]string{"v1", "v2"}, Accounts: []int{2}}}
	if d := cmp.Diff(want, m.AWSChanges, cmpopts.IgnoreFields(matrix.AWSChange{}, "Outlier")); d != "" || len(said(m)) > 0 || m.ExitCode != result.ExitDrift {
		t.Errorf("%v, exit code %d (-want +got):\n%s", said(m), m.ExitCode, d)
	}
}

// Accounts between which diff finds nothing have one form, whatever the account has that
// all are compared with first.
func TestCovered(t *testing.T) {
	accounts := planted()[:3]
	for i, statements := range []string{
		`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`,
		`{"Effect":"Allow","NotAction":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"sqs:*","Resource":"*"}`,
		`{"Effect":"Allow","NotAction":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"s3:*","Resource":"*"}`,
	} {
		roleOf(accounts[i], "app-5-live").Inline[0].Document = inventory.Document(`{"Version":"2012-10-17","Statement":[` + statements + `]}`)
	}
	m := run(t, many.Options{Roles: "app-5-live"}, sidesOf(t, accounts)...)
	if got := said(m); len(got) != 1 || !strings.HasPrefix(got[0], "app-5-live account-0 differs LESS") {
		t.Errorf("%v", got)
	}
}
