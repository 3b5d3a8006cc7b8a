package many_test

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/equivalency"
	"iamctl/internal/samplefleet"
	"iamctl/policy"
	"iamctl/reference"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
)

// fleetSides writes accounts of a fleet.
func fleetSides(t *testing.T, f *samplefleet.Fleet, accounts ...int) []compare.Side {
	var sides []compare.Side
	for _, n := range accounts {
		sides = append(sides, written(t, f.Tag(n), f.Account(n)))
	}
	return sides
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// fleetMatrix compares accounts of a fleet by its dictionary.
func fleetMatrix(t *testing.T, f *samplefleet.Fleet, o many.Options, sides ...compare.Side) *matrix.Matrix {
	t.Helper()
	o.Inputs, o.Reader = fleetInputs(t, f), &compare.Reader{}
	m, err := many.Run(context.Background(), sides, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func fleetInputs(t *testing.T, f *samplefleet.Fleet) compare.Inputs {
	t.Helper()
	d, err := equivalency.Parse("dictionary.json", f.Dictionary(1))
	if err != nil {
		t.Fatal(err)
	}
	return compare.Inputs{Dictionary: compare.Dictionary{Dictionary: d, Name: "dictionary.json"}, Reference: reference.Embedded()}
}

// outliers returns the roles that are not as in most accounts, with the accounts.
func outliers(m *matrix.Matrix) []string {
	var out []string
	for _, r := range m.Roles {
		for _, f := range r.Forms[1:] {
			for _, a := range f.Accounts {
				out = append(out, m.Accounts[a].Tag+" "+r.Name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// seeds returns how many fleets a law is tried on.
func seeds(few, many int) uint64 {
	if os.Getenv("IAMCTL_LONG") != "" {
		return uint64(many)
	}
	return uint64(few)
}

// drawFleet returns a small fleet with an outlier of every kind.
func drawFleet(seed uint64) *samplefleet.Fleet {
	o := samplefleet.Options{Seed: seed, Accounts: 6, Roles: 30, Outliers: len(samplefleet.Kinds()), Respelled: true, Suffixes: seed%2 == 1}
	if seed%3 == 1 {
		o.Environments = []string{"live", "test", "develop"}
	}
	return samplefleet.New(o)
}

// fleetName returns the name of a role after rewriting, "" for a role whose name is made up.
func fleetName(f *samplefleet.Fleet, o samplefleet.Outlier) string {
	name := strings.Replace(f.Name(o.Account, o.Role), f.Environment(o.Account), "ENVIRONMENT", 1)
	if strings.HasPrefix(name, "stack") {
		name = name[:strings.LastIndexByte(name, '-')+1] + equivalency.Random
	}
	return name
}

// Every outlier of a fleet is found, and none that is not there.
func TestFleetOutliers(t *testing.T) {
	found := 0
	for seed := range seeds(2, 60) {
		f := drawFleet(seed)
		m := fleetMatrix(t, f, many.Options{}, fleetSides(t, f, upTo(f.Accounts)...)...)
		var want []string
		for _, o := range f.Outliers {
			want = append(want, f.Tag(o.Account)+" "+fleetName(f, o))
		}
		slices.Sort(want)
		if d := cmp.Diff(want, outliers(m)); d != "" {
			t.Errorf("seed %d (-planted +found):\n%s", seed, d)
		}
		if m.ExitCode != result.ExitIncomplete || len(m.Gaps) != 1 {
			t.Errorf("seed %d: exit code %d, gaps %v", seed, m.ExitCode, m.Gaps)
		}
		found += len(want)
	}
	t.Logf("%d outliers", found)
}

// A matrix of two accounts of a fleet says of each role what diff says.
func TestFleetTwo(t *testing.T) {
	for seed := range seeds(1, 30) {
		f := drawFleet(seed)
		for n := 0; n+1 < f.Accounts; n += 2 {
			sides := fleetSides(t, f, n, n+1)
			inputs := fleetInputs(t, f)
			m := fleetMatrix(t, f, many.Options{Against: sides[0].Tag}, sides...)
			o, err := compare.Run(context.Background(), [2]compare.Side(sides), compare.Options{Inputs: inputs, Reader: &compare.Reader{}})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(diffSays(o.Result), matrixSays(m)); d != "" {
				t.Errorf("seed %d, accounts %d and %d (-diff +matrix):\n%s", seed, n, n+1, d)
			}
		}
	}
}

// diffSays returns the verdict of each role that differs.
func diffSays(r *result.Result) map[string]verdict.Verdict {
	out := map[string]verdict.Verdict{}
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		if len(p.Blind) > 0 {
			out[policy.Fold(p.RoleName)] = verdict.Unknown
		} else if p.Differs {
			out[policy.Fold(p.RoleName)] = both(p)
		}
	}
	for side := range 2 {
		for _, u := range *r.UniqueRoles.Of(side) {
			out[policy.Fold(u.RoleName)] = []verdict.Verdict{verdict.Less, verdict.More}[side]
		}
	}
	return out
}

func matrixSays(m *matrix.Matrix) map[string]verdict.Verdict {
	out := map[string]verdict.Verdict{}
	for _, r := range m.Roles {
		if len(r.Forms) > 1 {
			out[policy.Fold(r.Name)] = r.Forms[1].Difference.Verdict
		}
	}
	return out
}

func bytesOf(t *testing.T, m *matrix.Matrix) string {
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The order in which accounts are named changes no byte, other ids nothing but these, and one
// more account that is as most are no verdict.
func TestFleetOrder(t *testing.T) {
	for seed := range seeds(1, 30) {
		f := drawFleet(seed + 1)
		sides := fleetSides(t, f, upTo(f.Accounts)...)
		m := fleetMatrix(t, f, many.Options{}, sides...)
		want := sorted(said(m))
		order := rapid.Permutation(upTo(f.Accounts)).Example(int(seed))
		turned := make([]compare.Side, len(sides))
		for i, n := range order {
			turned[i] = sides[n]
		}
		if d := cmp.Diff(bytesOf(t, m), bytesOf(t, fleetMatrix(t, f, many.Options{}, turned...))); d != "" {
			t.Errorf("seed %d, in the order %v (-want +got):\n%s", seed, order, d)
		}
		more := fleetMatrix(t, f, many.Options{}, append(sides, fleetSides(t, f, f.Accounts)...)...)
		if d := cmp.Diff(want, sorted(said(more))); d != "" {
			t.Errorf("seed %d, with one more (-want +got):\n%s", seed, d)
		}
		f.Order = order
		if d := cmp.Diff(want, sorted(said(fleetMatrix(t, f, many.Options{}, fleetSides(t, f, upTo(f.Accounts)...)...)))); d != "" {
			t.Errorf("seed %d, with the ids in the order %v (-want +got):\n%s", seed, order, d)
		}
	}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
