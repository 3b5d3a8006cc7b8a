package many_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/internal/driftkind"
	"iamctl/internal/samplefleet"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
)

const everything = `{"Effect":"Allow","Action":"*","Resource":"*"}`

// bySCP and byRCP are statements of control policies. The accounts have queues, buckets and
// tables; role-7 is a name that some have.
var (
	bySCP = []string{
		`{"Effect":"Deny","Action":"sqs:*","Resource":"*"}`,
		`{"Effect":"Deny","Action":["s3:PutObject","s3:DeleteObject"],"Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/apps/app-*"}}}`,
		`{"Effect":"Deny","Action":"sqs:SendMessage","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}}`,
		`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":["210000007919","210000023757","210000000000"]}}}`,
		`{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}`,
		`{"Effect":"Deny","Action":"s3:GetObject","Resource":"*","Condition":{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-x/r-1/ou-1/*"}}}`,
		`{"Effect":"Allow","NotAction":"sqs:*","Resource":"*"}`,
		`{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/apps/app-1*"}}}`,
	}
	byRCP = []string{
		`{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/apps/app-0*"}`,
		`{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-x"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}`,
	}
)

// drawOrganization returns an organisation of the accounts of a fleet: three units with
// policies that are drawn.
func drawOrganization(f *samplefleet.Fleet, draw *rand.Rand) *inventory.Organization {
	o := organizationOf(f, 3)
	for i, s := range slices.Concat(bySCP, byRCP) {
		p := inventory.ControlPolicy{ID: fmt.Sprintf("p-%d", i), Name: fmt.Sprintf("Policy%d", i), Type: inventory.ServiceControl, Document: policyOf(s)}
		if i >= len(bySCP) {
			p.Type = inventory.ResourceControl
		}
		o.Policies = append(o.Policies, p)
		u := &o.Units[draw.IntN(len(o.Units))]
		u.Policies = append(u.Policies, p.ID)
	}
	if draw.IntN(2) == 0 { // an allow list
		o.Units[1].Policies = slices.DeleteFunc(o.Units[1].Policies, func(id string) bool { return id == "p-full" })
	}
	o.Sort()
	return o
}

func policyOf(statements string) inventory.Document {
	return inventory.Document(`{"Version":"2012-10-17","Statement":[` + statements + `]}`)
}

// organizationOf returns an organisation whose policies allow everything, with the accounts of
// a fleet in turn in its units.
func organizationOf(f *samplefleet.Fleet, units int) *inventory.Organization {
	ids := make([]string, f.Accounts)
	for i := range ids {
		ids[i] = f.ID(i)
	}
	return organizationAmong(ids, units)
}

// organizationAmong is organizationOf for accounts of these ids.
func organizationAmong(ids []string, units int) *inventory.Organization {
	full := []string{"p-full", "p-rfull"}
	o := &inventory.Organization{
		ID: "o-x", Management: "999999999999", Units: []inventory.Unit{{ID: "r-1", Name: "Root", Path: "Root", Policies: slices.Clone(full)}},
		Policies: []inventory.ControlPolicy{
			{ID: "p-full", Name: "FullAWSAccess", Type: inventory.ServiceControl, Document: policyOf(everything)},
			{ID: "p-rfull", Name: "RCPFullAWSAccess", Type: inventory.ResourceControl, Document: policyOf(`{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}`)},
		},
	}
	for i := range units {
		o.Units = append(o.Units, inventory.Unit{ID: fmt.Sprintf("ou-%d", i), Name: fmt.Sprintf("Unit%d", i), Parent: "r-1", Path: fmt.Sprintf("Root/Unit%d", i), Policies: slices.Clone(full)})
	}
	for i, id := range ids {
		o.Members = append(o.Members, inventory.Member{ID: id, Name: fmt.Sprint("account-", i), Unit: fmt.Sprintf("ou-%d", i%units), Status: "ACTIVE", Policies: slices.Clone(full)})
	}
	o.Sort()
	return o
}

func within(o *inventory.Organization) *compare.Effective {
	return &compare.Effective{Known: []*inventory.Organization{o}}
}

// A matrix of two accounts says of each role what diff says, within control policies too.
func TestEffectiveTwo(t *testing.T) {
	effective := 0
	for seed := range seeds(2, 60) {
		f := drawFleet(seed)
		o := within(drawOrganization(f, rand.New(rand.NewPCG(seed, 1))))
		for n := 0; n+1 < f.Accounts; n += 2 {
			sides := fleetSides(t, f, n, n+1)
			m := fleetMatrix(t, f, many.Options{Against: sides[0].Tag, Effective: o}, sides...)
			d, err := compare.Run(context.Background(), [2]compare.Side(sides), compare.Options{Inputs: fleetInputs(t, f), Reader: &compare.Reader{}, Effective: o})
			if err != nil {
				t.Fatal(err)
			}
			want := diffSays(d.Result)
			for i := range d.Result.CommonRoles {
				if p := &d.Result.CommonRoles[i]; p.Differs && len(p.Blind) == 0 {
					want[policy.Fold(p.RoleName)] = leftSays(p, &effective)
				}
			}
			got := matrixSays(m)
			for _, r := range m.Roles {
				if k := policy.Fold(r.Name); len(r.Forms) > 1 && r.Forms[1].Difference.Kind != matrix.Differs && r.Forms[1].Difference.Kind != matrix.Effective {
					got[k], want[k] = "alone", "alone"
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("seed %d, accounts %d and %d (-diff +matrix):\n%s", seed, n, n+1, d)
			}
		}
	}
	if effective == 0 {
		t.Error("no role is left other permissions")
	}
}

// leftSays returns the verdict on what is left of a role, by its scopes.
func leftSays(p *result.Pair, effective *int) verdict.Verdict {
	out := verdict.Equal
	for _, scope := range []string{result.ScopeIdentity, result.ScopeTrust} {
		alone := slices.ContainsFunc(p.Attributes, func(a result.Attribute) bool {
			return a.Kind == driftkind.Effective && a.Key == scope
		})
		if alone {
			*effective++
		}
		v := p.Meaning.Left(scope).Verdict
		switch {
		case !alone && result.Unchanged(p.Meaning.Of(scope)), v == verdict.Equal, v == out:
		case out == verdict.Equal:
			out = v
		case v == verdict.Unknown || out == verdict.Unknown:
			out = verdict.Unknown
		default:
			out = verdict.Different
		}
	}
	return out
}

// Accounts that are bound alike are judged once, and that comes to what it comes to when each
// is judged.
func TestEffectiveParts(t *testing.T) {
	for seed := range seeds(2, 60) {
		f := drawFleet(seed)
		sides := fleetSides(t, f, upTo(f.Accounts)...)
		options := many.Options{Effective: within(drawOrganization(f, rand.New(rand.NewPCG(seed, 2))))}
		want := fleetMatrix(t, f, options.Whole(), sides...)
		if d := cmp.Diff(saidOfEach(want), saidOfEach(fleetMatrix(t, f, options, sides...))); d != "" {
			t.Errorf("seed %d (-each +once):\n%s", seed, d)
		}
	}
}

// saidOfEach returns what differs in each account, whatever accounts share a form.
func saidOfEach(m *matrix.Matrix) []string {
	var out []string
	for x := range m.Outliers() {
		out = append(out, fmt.Sprintln(x.Account.Tag, x.Role.Name, x.Kind, x.Verdict, x.Severity))
	}
	return sorted(out)
}

// Policies that allow everything change nothing, nor does the unit of an account.
func TestEffectiveNothing(t *testing.T) {
	for seed := range seeds(1, 30) {
		f := drawFleet(seed)
		sides := fleetSides(t, f, upTo(f.Accounts)...)
		want := said(fleetMatrix(t, f, many.Options{}, sides...))
		if d := cmp.Diff(want, said(fleetMatrix(t, f, many.Options{Effective: within(organizationOf(f, 3))}, sides...))); d != "" {
			t.Errorf("seed %d (-without +with):\n%s", seed, d)
		}
	}
}

// To move accounts between units of equal policies changes nothing but where they are.
func TestEffectiveMoved(t *testing.T) {
	for seed := range seeds(2, 30) {
		f := drawFleet(seed)
		sides := fleetSides(t, f, upTo(f.Accounts)...)
		var got [2]*matrix.Matrix
		for i, units := range []int{1, 4} {
			o := organizationOf(f, units)
			for k, s := range []string{bySCP[0], bySCP[1], byRCP[0]} {
				p := inventory.ControlPolicy{ID: fmt.Sprint("p-", k), Name: fmt.Sprint("Policy", k), Type: inventory.ServiceControl, Document: policyOf(s)}
				if k == 2 {
					p.Type = inventory.ResourceControl
				}
				o.Policies = append(o.Policies, p)
				for u := range o.Units[1:] {
					o.Units[u+1].Policies = append(o.Units[u+1].Policies, p.ID)
				}
			}
			// One account has a policy of its own.
			o.Policies = append(o.Policies, inventory.ControlPolicy{ID: "p-own", Name: "Own", Type: inventory.ServiceControl, Document: policyOf(`{"Effect":"Deny","Action":"s3:*","Resource":"*"}`)})
			o.Members[2].Policies = append(o.Members[2].Policies, "p-own")
			o.Sort()
			got[i] = fleetMatrix(t, f, many.Options{Effective: within(o)}, sides...)
			got[i].Meta.Inputs = nil
		}
		if d := cmp.Diff(bytesOf(t, got[0]), bytesOf(t, got[1])); d != "" {
			t.Errorf("seed %d (-one unit +four):\n%s", seed, d)
		}
	}
}

// A policy that denies makes an account allow less, or the same.
func TestEffectiveDeny(t *testing.T) {
	less := 0
	for seed := range seeds(3, 30) {
		f := samplefleet.New(samplefleet.Options{Seed: seed, Accounts: 4, Roles: 20})
		o := organizationOf(f, 1)
		own := bySCP[[]int{0, 2, 7}[seed%3]]
		o.Policies = append(o.Policies, inventory.ControlPolicy{ID: "p-own", Name: "Own", Type: inventory.ServiceControl, Document: policyOf(own)})
		o.Members[3].Policies = append(o.Members[3].Policies, "p-own")
		o.Sort()
		m := fleetMatrix(t, f, many.Options{Effective: within(o), Against: f.Tag(1)}, fleetSides(t, f, 1, 3)...)
		for x := range m.Outliers() {
			if x.Account.ID != o.Members[3].ID {
				continue
			}
			if x.Kind != matrix.Effective || x.Verdict != verdict.Less {
				t.Errorf("seed %d: %s %s %s", seed, x.Role.Name, x.Kind, x.What)
			}
			less++
		}
	}
	if less == 0 {
		t.Error("no role is left less")
	}
}
