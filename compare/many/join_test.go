package many_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"iamctl/compare/many"
	"iamctl/inventory"
	"iamctl/pairing/randomname"
	"iamctl/result/matrix"
)

// suffixes returns CloudFormation's random parts, the half of which does not show by itself
// that it is one.
func suffixes(seed uint64, n int) []string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	r := rand.New(rand.NewPCG(seed, 1))
	var out []string
	for weak := 0; len(out) < n; {
		b := make([]byte, 12)
		for i := range b {
			b[i] = alphabet[r.IntN(len(alphabet))]
		}
		f, ok := randomname.Of("role", "stack-Role-"+string(b), "/")
		switch alone := f.Alone(); {
		case !ok || f.Evidence < -5: // it reads like a word, and pairs with few
		case alone && weak < len(out)-weak:
		default:
			out = append(out, string(b))
			if !alone {
				weak++
			}
		}
	}
	return out
}

// unlike returns two suffixes that do not pair with each other, since they look too little as if
// they were drawn, and do with that of some which looks most so.
func unlike(drawn []string) [2]string {
	form := func(suffix string) randomname.Form {
		f, _ := randomname.Of("role", "stack-Role-"+suffix, "/")
		return f
	}
	with := form(slices.MaxFunc(drawn, func(a, b string) int { return cmp.Compare(form(a).Evidence, form(b).Evidence) }))
	var found []string
	for _, s := range suffixes(99, 4000) {
		if f := form(s); f.Evidence < -1 && randomname.Same(with, f) {
			found = append(found, s)
		}
	}
	for _, a := range found {
		for _, b := range found {
			if a != b && !randomname.Same(form(a), form(b)) {
				return [2]string{a, b}
			}
		}
	}
	panic("there are no two")
}

// named adds a role of a name to an account, as its first role but for what it is called.
func named(a *inventory.Account, name string) *inventory.Role {
	r := a.Roles[0]
	r.ARN = strings.TrimSuffix(r.ARN, r.Name) + name
	r.Name, r.ID, r.Inline = name, "AROA"+strings.ToUpper(strings.ReplaceAll(name, "-", "")), slices.Clone(r.Inline)
	a.Roles = append(a.Roles, r)
	return lastOf(a)
}

func lastOf(a *inventory.Account) *inventory.Role { return &a.Roles[len(a.Roles)-1] }

// twoUnlike adds a role to each account, of which the names of the first two do not pair with each
// other, and do with those of others.
func twoUnlike(accounts []*inventory.Account, suffix []string) {
	words := unlike(suffix[2:])
	for i, a := range accounts {
		name := "stack-Role-" + suffix[i]
		if i < 2 {
			name = "stack-Role-" + words[i]
		}
		named(a, name)
	}
}

// rowsOf returns the roles whose names begin so, each with its forms as account numbers.
func rowsOf(m *matrix.Matrix, prefix string) []string {
	var out []string
	for _, r := range m.Roles {
		if !strings.HasPrefix(r.Name, prefix) {
			continue
		}
		var forms []string
		for _, f := range r.Forms {
			var tags []string
			for _, a := range f.Accounts {
				tags = append(tags, strings.TrimPrefix(m.Accounts[a].Tag, "account-"))
			}
			kind := ""
			if f.Absent {
				kind = "none "
			}
			forms = append(forms, kind+strings.Join(tags, ","))
		}
		out = append(out, r.Name+": "+strings.Join(forms, " | "))
	}
	return out
}

// TestMadeUpNamesOfManyAreOneRole: roles that the account lacks that all are compared with,
// and that each of the others calls otherwise, are one row if they would pair in a comparison
// of two of their accounts.
func TestMadeUpNamesOfManyAreOneRole(t *testing.T) {
	const random = "stack-Role-<random>"
	for _, tt := range []struct {
		change func(accounts []*inventory.Account, suffix []string)
		want   []string
		reason string
	}{
		{
			func(accounts []*inventory.Account, suffix []string) {
				for i, a := range accounts[1:] {
					named(a, "stack-Role-"+suffix[i])
				}
			},
			[]string{random + ": 1,2,3,4,5,6 | none 0"},
			"another name in each account, and the same said",
		},
		{
			func(accounts []*inventory.Account, suffix []string) {
				for i, a := range accounts[1:] {
					r := named(a, "stack-Role-"+suffix[i])
					r.Trust = inventory.Document(strings.Replace(string(r.Trust), `"Statement":[`, `"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"`+r.ARN+`"}},`, 1))
				}
				broadened(accounts[4], lastOf(accounts[4]).Name, "sqs:DeleteQueue")
			},
			[]string{random + ": 1,2,3,5,6 | 4 | none 0"},
			"one says more, and all trust themselves by their names",
		},
		{
			func(accounts []*inventory.Account, suffix []string) {
				for i, a := range accounts[1:] {
					named(a, "stack-Role-"+suffix[i])
				}
				named(accounts[2], "stack-Role-"+suffix[6])
			},
			[]string{"stack-Role-" + "2a", "stack-Role-" + "2b", random + ": 1,3,4,5,6 | none 0,2"},
			"two may be meant in one account",
		},
		{
			func(accounts []*inventory.Account, suffix []string) {
				for i, a := range accounts[1:4] {
					named(a, "stack-Role-"+[]string{"CUST01ACME42", "CUST02ACME42", "CUST03ACME17"}[i])
				}
			},
			[]string{
				"stack-Role-CUST01ACME42: none 0,2,3,4,5,6 | 1", "stack-Role-CUST02ACME42: none 0,1,3,4,5,6 | 2", "stack-Role-CUST03ACME17: none 0,1,2,4,5,6 | 3",
			},
			"names that somebody gave",
		},
		{
			func(accounts []*inventory.Account, suffix []string) {
				twoUnlike(accounts, suffix)
				broadened(accounts[3], lastOf(accounts[3]).Name, "sqs:DeleteQueue")
			},
			[]string{random + ": 0,1,2,4,5,6 | 3"},
			"one that does not pair with the reference's, and does with the others'",
		},
		{
			func(accounts []*inventory.Account, suffix []string) {
				twoUnlike(accounts, suffix)
				broadened(accounts[1], lastOf(accounts[1]).Name, "sqs:DeleteQueue")
				broadened(accounts[4], lastOf(accounts[4]).Name, "sqs:DeleteQueue")
			},
			[]string{random + ": 0,2,3,5,6 | 1,4"},
			"nor does it then say the same, but what another one says",
		},
		{
			func(accounts []*inventory.Account, suffix []string) {
				for i, a := range accounts[1:] {
					named(a, fmt.Sprintf("stack-%c-%s", 'A'+i%2, suffix[i]))
				}
			},
			[]string{"stack-A-<random>: none 0,2,4,6 | 1,3,5", "stack-B-<random>: none 0,1,3,5 | 2,4,6"},
			"two roles",
		},
	} {
		for seed := range seeds(1, 30) {
			suffix := suffixes(seed, 7)
			var accounts []*inventory.Account
			for i := range 7 {
				accounts = append(accounts, account(i))
			}
			tt.change(accounts, suffix)
			want := slices.Clone(tt.want)
			if tt.reason == "two may be meant in one account" {
				two := []string{"stack-Role-" + suffix[1] + ": none 0,1,3,4,5,6 | 2", "stack-Role-" + suffix[6] + ": none 0,1,3,4,5,6 | 2"}
				want = append(two, want[2])
			}
			slices.Sort(want)
			sides := sidesOf(t, accounts)
			// The account without the roles is the one that all are held against first.
			m := run(t, many.Options{}, sides...)
			got := rowsOf(m, "stack-")
			slices.Sort(got)
			if d := gocmp.Diff(want, got); d != "" {
				t.Errorf("%s, seed %d (-want +got):\n%s", tt.reason, seed, d)
			}
			back := slices.Clone(sides)
			rand.New(rand.NewPCG(seed, 2)).Shuffle(len(back), func(i, j int) { back[i], back[j] = back[j], back[i] })
			if again := run(t, many.Options{}, back...); string(bytesOf(t, again)) != string(bytesOf(t, m)) {
				t.Errorf("%s, seed %d: the order of the accounts changes the matrix", tt.reason, seed)
			}
		}
	}
}
