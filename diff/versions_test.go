package diff_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"iamctl/policy"
	"iamctl/policy/policytest"
)

// TestVersionsOfManagedPolicies compares the versions of AWS's managed policies, and
// versions with something taken out, by the rule of TestEveryPairIsCompared.
func TestVersionsOfManagedPolicies(t *testing.T) {
	policies := policytest.Policies(t)
	v := versionTest{T: t, r: rand.New(rand.NewPCG(1, 2))}
	for _, p := range policies {
		versions := p.Documents
		if len(versions) == 0 {
			continue
		}
		for i := 1; i < len(versions); i++ {
			v.pair(versions[i-1], versions[i])
		}
		last := versions[len(versions)-1]
		for range 5 {
			v.mutation(last)
		}
		v.split(last)
	}
	t.Logf("%d pairs of versions: %d differ, %d of them in impossible pairs alone, %d in some; %d mutations: %d differ; %d rewordings",
		v.pairs, v.differ, v.impossibleAlone, v.impossible, v.mutations, v.mutationsDiffer, v.rewordings)
}

type versionTest struct {
	*testing.T
	r                                          *rand.Rand
	pairs, differ, impossibleAlone, impossible int
	mutations, mutationsDiffer, rewordings     int
}

// pair compares two versions.
func (v *versionTest) pair(a, b *policy.Document) {
	c := compareDocuments(v, a, b)
	v.check(c.Drift(), a, b)
	back := compareDocuments(v, b, a)
	v.pairs++
	if c.Drift() {
		v.differ++
	}
	p := &c.Common[0]
	if len(p.ImpossibleA)+len(p.ImpossibleB) > 0 {
		v.impossible++
		if len(p.OnlyA)+len(p.OnlyB) == 0 {
			v.impossibleAlone++
		}
	}
	if len(p.ImpossibleA) != len(back.Common[0].ImpossibleB) || len(p.ImpossibleB) != len(back.Common[0].ImpossibleA) {
		v.Errorf("swapping does not swap between\n%s\n%s", a, b)
	}
}

// check holds what was found against the rule, for documents without Not- elements.
func (v *versionTest) check(drift bool, a, b *policy.Document) {
	if negated(a) || negated(b) {
		return
	}
	if want := lacks(a, b) || lacks(b, a); drift != want {
		v.Errorf("drift is %v, want %v between\n%s\n%s", drift, want, a, b)
	}
}

func negated(d *policy.Document) bool {
	return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool { return s.NotAction != nil || s.NotResource != nil })
}

// mutation takes an action or a resource out of a statement.
func (v *versionTest) mutation(d *policy.Document) {
	c := *d
	c.Statements = slices.Clone(d.Statements)
	s := &c.Statements[v.r.IntN(len(c.Statements))]
	list := &s.Action
	if v.r.IntN(2) == 0 {
		list = &s.Resource
	}
	if len(*list) < 2 {
		return
	}
	i := v.r.IntN(len(*list))
	*list = slices.Delete(slices.Clone(*list), i, i+1)
	v.mutations++
	drift := compareDocuments(v, d, &c).Drift()
	if drift {
		v.mutationsDiffer++
	}
	v.check(drift, d, &c)
}

// split takes statements apart by action and by resource.
func (v *versionTest) split(d *policy.Document) {
	c := *d
	c.Statements = nil
	for _, s := range d.Statements {
		list := []*[]string{&s.Action, &s.Resource}[v.r.IntN(2)]
		if len(*list) < 2 {
			c.Statements = append(c.Statements, s)
			continue
		}
		at, all := 1+v.r.IntN(len(*list)-1), *list
		*list = all[:at:at]
		c.Statements = append(c.Statements, s)
		*list = all[at:]
		c.Statements = append(c.Statements, s)
	}
	v.r.Shuffle(len(c.Statements), func(i, j int) { c.Statements[i], c.Statements[j] = c.Statements[j], c.Statements[i] })
	v.rewordings++
	if x := compareDocuments(v, d, &c); x.Drift() {
		v.Errorf("split differs: %v\n%s\n%s", spelledAll(x), d, &c)
	}
}
