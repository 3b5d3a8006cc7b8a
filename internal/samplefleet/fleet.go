// Package samplefleet makes fleets of accounts of any size for tests and benchmarks: roles
// that are equal in all of them up to the account's id and the name of its environment,
// with realistic documents, some written otherwise in some accounts, and outliers in known
// places.
package samplefleet

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"iamctl/inventory"
)

// Options are what fleet to make.
type Options struct {
	// Seed draws the documents, and where the outliers are.
	Seed uint64
	// Accounts and Roles are how many accounts there are, and how many roles each has.
	Accounts, Roles int
	// Outliers is how many differences there are; all accounts but a few of each role are
	// the same.
	Outliers int
	// Environments are names that are part of names, each account's one of them. None is
	// one name for all.
	Environments []string
	// Suffixes gives every fifth role a name that ends as CloudFormation ends names.
	Suffixes bool
	// Order is a permutation: account i has the id that account Order[i] would have. Nil is
	// none.
	Order []int
	// Respelled writes documents otherwise in some accounts, which changes nothing.
	Respelled bool
}

// Outlier is a role that is not in one account as in the others.
type Outlier struct {
	Account int
	// Role is the number of the role, as Name has it.
	Role int
	// Kind is what is different, one of Kinds.
	Kind string
}

// Fleet makes the accounts one by one: a fleet need not fit into memory.
type Fleet struct {
	Options
	// Outliers are sorted by account and role.
	Outliers []Outlier
	shapes   []shape
}

// New returns a fleet. The same options make the same fleet.
func New(o Options) *Fleet {
	f := &Fleet{Options: o}
	draw := rand.New(rand.NewPCG(o.Seed, 0))
	for i := range o.Roles {
		f.shapes = append(f.shapes, drawShape(draw, i))
	}
	f.plant(draw)
	return f
}

// perRole is which part of the accounts may have an outlier of a role.
const perRole = 4

func (f *Fleet) plant(draw *rand.Rand) {
	kinds := Kinds()
	taken, of := map[[2]int]bool{}, map[int]int{}
	for n := 0; len(f.Outliers) < f.Options.Outliers && n < 100*f.Options.Outliers; n++ {
		role, account := draw.IntN(f.Roles), draw.IntN(f.Accounts)
		at, kind := [2]int{account, role}, kinds[len(f.Outliers)%len(kinds)]
		if taken[at] || (of[role]+1)*perRole > f.Accounts || kind == missing && f.suffixed(role) {
			continue // most accounts have the role as it was drawn, and its name
		}
		taken[at] = true
		of[role]++
		f.Outliers = append(f.Outliers, Outlier{account, role, kind})
	}
	slices.SortFunc(f.Outliers, func(a, b Outlier) int {
		if a.Account != b.Account {
			return a.Account - b.Account
		}
		return a.Role - b.Role
	})
}

// ID returns the id of an account.
func (f *Fleet) ID(account int) string {
	if account < len(f.Order) {
		account = f.Order[account]
	}
	return fmt.Sprintf("%012d", 210000000000+uint64(account)*7919)
}

// Tag returns the name of an account.
func (f *Fleet) Tag(account int) string { return fmt.Sprintf("account-%05d", account) }

// Environment returns the name that is part of an account's names.
func (f *Fleet) Environment(account int) string {
	if len(f.Environments) == 0 {
		return "live"
	}
	return f.Environments[account%len(f.Environments)]
}

// Account makes an account. One behind the last is as most of them are.
func (f *Fleet) Account(n int) *inventory.Account {
	m := f.maker(n)
	a := &inventory.Account{ID: m.id, Partition: "aws"}
	a.Policies = append(awsPolicies(), m.shared()...)
	for i := range f.shapes {
		a.Roles = append(a.Roles, m.role(i))
	}
	at, _ := slices.BinarySearchFunc(f.Outliers, n, func(o Outlier, n int) int { return o.Account - n })
	for ; at < len(f.Outliers) && f.Outliers[at].Account == n; at++ {
		o := f.Outliers[at]
		i := slices.IndexFunc(a.Roles, func(r inventory.Role) bool { return r.Name == m.name(o.Role) })
		kinds[o.Kind](m, a, i)
	}
	a.Sort()
	return a
}

// Plain reports whether an account is as most are, but for its id, the ids that begin with it
// (see IDPart), and when its roles were made.
func (f *Fleet) Plain(n int) bool {
	_, odd := slices.BinarySearchFunc(f.Outliers, n, func(o Outlier, n int) int { return o.Account - n })
	return !odd && len(f.Environments) == 0 && !f.Suffixes && !f.Respelled
}

// Name returns the name of a role in an account.
func (f *Fleet) Name(account, role int) string { return f.maker(account).name(role) }

func (f *Fleet) maker(account int) *maker {
	return &maker{
		fleet: f, id: f.ID(account), other: f.ID((account + 1) % f.Accounts), environment: f.Environment(account), account: account,
		draw: rand.New(rand.NewPCG(f.Seed, 1+uint64(account))),
	}
}
