package many_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/equivalency"
	"iamctl/internal/samplefleet"
	"iamctl/inventory"
	"iamctl/reference"
	"iamctl/result/matrix"
)

// accountNames are those of a fleet whose things are called after their accounts. Words of
// some are in others, and the names of all are in no service's ARNs.
var accountNames = []string{"payments-prod", "search-prod", "Ledger-Dev", "sandbox", "data-lake-qa", "acme-search-qa", "billing"}

// namedFleet returns a fleet in which the names of the accounts are parts of all names.
func namedFleet(o samplefleet.Options) *samplefleet.Fleet {
	o.Accounts, o.Environments = len(accountNames), accountNames
	return samplefleet.New(o)
}

// memberSides writes accounts of an organisation.
func memberSides(t *testing.T, f *samplefleet.Fleet, accounts ...int) []compare.Side {
	t.Helper()
	sides := fleetSides(t, f, accounts...)
	for i, n := range accounts {
		sides[i].Member = memberOf(f, n)
	}
	return sides
}

func memberOf(f *samplefleet.Fleet, n int) *inventory.Member {
	return &inventory.Member{ID: f.ID(n), Name: f.Environment(n), Path: []string{"Root/Prod", "Root/Other"}[n%2]}
}

const byName = `{"version": 2, "equivalencies": [{"placeholder": "ENVIRONMENT", "from": "account-name"}]}`

// dictionaries say the same of a fleet in several ways, with and without what has nothing to
// do with it.
func dictionaries(f *samplefleet.Fleet) map[string]string {
	var ids, patterns, list []string
	for i := range f.Accounts {
		name := f.Environment(i)
		ids = append(ids, fmt.Sprintf("%q: %q", f.ID(i), name))
		patterns = append(patterns, fmt.Sprintf("%q: %q", strings.ToUpper(name[:3])+"*", name))
		list = append(list, fmt.Sprintf("%q", name))
	}
	scoped := func(values []string, more string) string {
		return `{"version": 2, "equivalencies": [{"placeholder": "ENVIRONMENT", "values": {` + strings.Join(values, ", ") + `}}` + more + `]}`
	}
	return map[string]string{
		"by id":                      scoped(ids, ""),
		"by patterns":                scoped(patterns, ""),
		"by patterns, with more":     scoped(append(patterns, `"*": "none", "/Prod/*": "noprod"`), `, {"placeholder": "TEAM", "values": {"/Prod/*": "gold", "/Other/*": "silver"}}`),
		"by name":                    byName,
		"by name, and a list":        `{"version": 2, "equivalencies": [{"placeholder": "ENVIRONMENT", "from": "account-name"}, {"placeholder": "TIER", "values": {"*-prod": ["tier1", "gold"], "/Other": "tier2"}}]}`,
		"in the form of AWS's tool":  `{"ENVIRONMENT": [` + strings.Join(list, ", ") + `]}`,
		"that form, with everything": `{"ENVIRONMENT": [` + strings.Join(list, ", ") + `], "OTHER": ["blue", "green"], "222222222222": ["` + f.ID(0) + `", "` + f.ID(1) + `", "` + f.ID(2) + `"]}`,
	}
}

func matrixBy(t *testing.T, dictionary string, sides ...compare.Side) *matrix.Matrix {
	t.Helper()
	return matrixWith(t, many.Options{}, dictionary, sides...)
}

func matrixWith(t *testing.T, o many.Options, dictionary string, sides ...compare.Side) *matrix.Matrix {
	t.Helper()
	d, err := equivalency.Parse("dictionary.json", []byte(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	o.Reader, o.Inputs = &compare.Reader{}, compare.Inputs{Dictionary: compare.Dictionary{Dictionary: d, Name: "dictionary.json"}, Reference: reference.Embedded()}
	m, err := many.Run(context.Background(), sides, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Accounts whose things are called after them are the same by any dictionary that says so,
// and without one no role is.
func TestNamedFleetIsEqual(t *testing.T) {
	f := namedFleet(samplefleet.Options{Seed: 3, Roles: 12, Respelled: true, Suffixes: true})
	sides := memberSides(t, f, upTo(f.Accounts)...)
	for how, d := range dictionaries(f) {
		if got := said(matrixBy(t, d, sides...)); len(got) > 0 {
			t.Errorf("%s: %s", how, strings.Join(got, "\n"))
		}
	}
	if got := said(matrixBy(t, `{}`, sides...)); len(got) < 12 {
		t.Errorf("without a dictionary only %d roles differ", len(got))
	}
}

// No entry hides a difference that is not by its values: whatever the dictionary, what was
// planted is found, and nothing else.
func TestNoEntryHides(t *testing.T) {
	for seed := range seeds(1, 20) {
		f := namedFleet(samplefleet.Options{Seed: seed + 5, Roles: 30, Outliers: len(samplefleet.Kinds()), Respelled: true})
		sides := memberSides(t, f, upTo(f.Accounts)...)
		var want []string
		for _, o := range f.Outliers {
			want = append(want, f.Tag(o.Account)+" "+strings.Replace(f.Name(o.Account, o.Role), f.Environment(o.Account), "ENVIRONMENT", 1))
		}
		slices.Sort(want)
		for how, d := range dictionaries(f) {
			if d := cmp.Diff(want, outliers(matrixBy(t, d, sides...))); d != "" {
				t.Errorf("seed %d, %s (-planted +found):\n%s", seed, how, d)
			}
		}
	}
}

// naming is a place in a role where one account may name another's thing.
type naming struct {
	reason string
	plant  func(f *samplefleet.Fleet, a *inventory.Account, own, other string)
}

// namings put the name or the id of another account in place of the account's own.
func namings(role int) []naming {
	in := func(f *samplefleet.Fleet, a *inventory.Account, own string) *inventory.Role {
		return roleOf(a, fmt.Sprintf("app-%d-%s", role, own))
	}
	replace := func(d *inventory.Document, old, text string) {
		if !strings.Contains(string(*d), old) {
			panic(old + " is not in " + string(*d))
		}
		*d = inventory.Document(strings.Replace(string(*d), old, text, 1))
	}
	return []naming{
		{"a queue's name", func(f *samplefleet.Fleet, a *inventory.Account, own, other string) {
			replace(&in(f, a, own).Inline[1].Document, fmt.Sprintf("app-%d-%s", role, own), fmt.Sprintf("app-%d-%s", role, other))
		}},
		{"a bucket's name", func(f *samplefleet.Fleet, a *inventory.Account, own, other string) {
			replace(&in(f, a, own).Inline[0].Document, fmt.Sprintf("app-%d-%s-%s-0/*", role, own, a.ID), fmt.Sprintf("app-%d-%s-%s-0/*", role, other, a.ID))
		}},
		{"a tag", func(f *samplefleet.Fleet, a *inventory.Account, own, other string) {
			in(f, a, own).Tags[0].Value = other
		}},
		{"a condition", func(f *samplefleet.Fleet, a *inventory.Account, own, other string) {
			replace(&in(f, a, own).Inline[0].Document, `"in/*"`, `"in/*","`+other+`/*"`)
		}},
		{"a tag's key in a condition", func(f *samplefleet.Fleet, a *inventory.Account, own, other string) {
			replace(&in(f, a, own).Inline[0].Document, `"s3:prefix"`, `"aws:ResourceTag/`+other+`"`)
		}},
	}
}

// A name of another account that one account alone has is drift, by any dictionary, and it is
// said whose it is.
func TestWhoseName(t *testing.T) {
	const role = 4
	f := namedFleet(samplefleet.Options{Seed: 9, Roles: 6})
	for i, n := range namings(role) {
		at, of := (i*2+1)%f.Accounts, (i*3+2)%f.Accounts
		if f.Environment(of) == f.Environment(at) {
			of = (of + 1) % f.Accounts
		}
		sides := memberSides(t, f, upTo(f.Accounts)...)
		a := f.Account(at)
		n.plant(f, a, f.Environment(at), f.Environment(of))
		sides[at] = written(t, f.Tag(at), a)
		sides[at].Member = memberOf(f, at)
		for how, d := range dictionaries(f) {
			m := matrixBy(t, d, sides...)
			if d := cmp.Diff([]string{f.Tag(at) + " app-4-ENVIRONMENT"}, outliers(m)); d != "" {
				t.Errorf("%s, %s (-planted +found):\n%s", n.reason, how, d)
				continue
			}
			want := fmt.Sprintf("names account %s (%s), by %q; ", f.ID(of), f.Environment(of), f.Environment(of))
			for o := range m.Outliers() {
				if !strings.HasPrefix(o.What, want) || len(o.Names) != 1 || m.Accounts[o.Names[0].Accounts[0]].ID != f.ID(of) {
					t.Errorf("%s of %s in %s, %s: %q, %v", n.reason, f.Environment(of), f.Environment(at), how, o.What, o.Names)
				}
			}
		}
	}
}

// An id of another account that most name is no drift, and one that an account alone names
// is said to be whose.
func TestWhoseID(t *testing.T) {
	accounts := []*inventory.Account{account(0), account(1), account(2), account(3)}
	partner := "999999999999"
	for _, a := range accounts {
		broadenTrust(a, "app-0-live", partner)
	}
	broadenTrust(accounts[2], "app-1-live", accounts[1].ID)
	m := run(t, many.Options{}, sidesOf(t, accounts)...)
	if d := cmp.Diff([]string{"account-2 app-1-live"}, outliers(m)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for o := range m.Outliers() {
		if want := "names account " + accounts[1].ID + " (account-1); trust: "; !strings.HasPrefix(o.What, want) {
			t.Errorf("%q, want %s", o.What, want)
		}
	}
}

// broadenTrust lets an account assume a role.
func broadenTrust(a *inventory.Account, role, account string) {
	d := &roleOf(a, role).Trust
	*d = inventory.Document(strings.Replace(string(*d), `"Statement":[`, `"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::`+account+`:root"},"Action":"sts:AssumeRole"},`, 1))
	if !strings.Contains(string(*d), account) {
		panic(string(*d))
	}
}

// A word of one account's in the name of another means the other one: that all name it is no
// difference, though the word is the own one of some.
func TestWordsInOtherNames(t *testing.T) {
	f := namedFleet(samplefleet.Options{Seed: 2, Roles: 3})
	var sides []compare.Side
	for i := range f.Accounts {
		a := f.Account(i)
		r := roleOf(a, "app-1-"+f.Environment(i))
		r.Tags = append(r.Tags, inventory.Tag{Key: "logs", Value: "acme-audit-prod-logs"})
		s := written(t, f.Tag(i), a)
		s.Member = memberOf(f, i)
		sides = append(sides, s)
	}
	log := f.Account(f.Accounts)
	log.Roles = nil
	s := written(t, "audit", log)
	s.Member = &inventory.Member{ID: log.ID, Name: "acme-audit-prod"}
	m := matrixBy(t, byName, append(sides, s)...)
	for _, line := range said(m) {
		if !strings.Contains(line, " audit missing ") {
			t.Error(line)
		}
	}
	// Without the account nobody knows that it is a name; still all write the same.
	if got := said(matrixBy(t, byName, sides...)); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

// The order of the accounts means nothing, and one more that is as the others changes no
// verdict.
func TestNamedOrder(t *testing.T) {
	f := namedFleet(samplefleet.Options{Seed: 8, Roles: 20, Outliers: 12})
	sides := memberSides(t, f, upTo(f.Accounts)...)
	m := matrixBy(t, byName, sides...)
	turned := rapid.Permutation(slices.Clone(sides)).Example(4)
	if d := cmp.Diff(bytesOf(t, m), bytesOf(t, matrixBy(t, byName, turned...))); d != "" {
		t.Errorf("in another order (-want +got):\n%s", d)
	}
	g := *f
	g.Environments = append(slices.Clone(accountNames), "tracing-uat")
	more := memberSides(t, &g, f.Accounts)
	if d := cmp.Diff(sorted(said(m)), sorted(said(matrixBy(t, byName, append(slices.Clone(sides), more...)...)))); d != "" {
		t.Errorf("with one more (-want +got):\n%s", d)
	}
}

// The same texts are not the same where a word of them is one account's own and not
// another's.
func TestPrintsOfOwnWords(t *testing.T) {
	var sides []compare.Side
	for i, name := range []string{"alpha-live", "beta-qa", "gamma-live", "delta-dev", "epsilon-dev"} {
		s := written(t, name, account(i)) // all have live in their names
		s.Member = &inventory.Member{ID: account(i).ID, Name: name}
		sides = append(sides, s)
	}
	o := many.Options{Against: "alpha-live"}
	want := bytesOf(t, matrixWith(t, o.Whole(), byName, sides...))
	if d := cmp.Diff(want, bytesOf(t, matrixWith(t, o, byName, sides...))); d != "" {
		t.Errorf("(-whole +by prints):\n%s", d)
	}
}
