package unused_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/unused"
)

// In one account no entry applies, and none is to blame for it.
func TestNoWarningsInOneAccount(t *testing.T) {
	now := equivalency.Identity{Tag: "now", ID: normalizetest.Dev.ID}
	for _, dictionary := range []string{
		`{"accountname": ["dev", "qa"]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"prod": "red"}}]}`,
	} {
		f := normalizetest.Flat(inventory.Role{Name: "developer", Path: "/"})
		a := normalizetest.Apply(t, f, dictionary, normalizetest.Dev, now)
		b := normalizetest.Apply(t, f, dictionary, now, normalizetest.Dev)
		if got := unused.Warnings(normalizetest.Dictionary(t, dictionary), a, b); got != nil {
			t.Errorf("%s: %v", dictionary, got)
		}
	}
}

func TestUnmatched(t *testing.T) {
	roleNamed := func(names ...string) (roles []inventory.Role) {
		for _, n := range names {
			roles = append(roles, inventory.Role{Name: n, Path: "/"})
		}
		return roles
	}
	for _, tt := range []struct {
		reason     string
		dictionary string
		a, b       []inventory.Role
		want       []string
	}{
		{"an entry that matched on both sides", `{"accountname": ["dev", "qa"]}`, roleNamed("x-dev"), roleNamed("x-qa"), nil},
		{
			"an entry that matched on one side", `{"accountname": ["dev", "qa"]}`, roleNamed("x-dev"), roleNamed("x"),
			[]string{`the dictionary's entry "accountname" (line 1, column 2) rewrote texts of "dev" alone: "qa" has none with "qa"`},
		},
		{
			"on one side, of several values", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": ["red", "blue"], "qa": "green"}}]}`,
			roleNamed("x"), roleNamed("x-green"),
			[]string{`the dictionary's entry "P" (line 1, column 50) rewrote texts of "qa" alone: "dev" has none with "red" and "blue"`},
		},
		{"no entries: an account's own id is none", `{}`, roleNamed("x"), roleNamed("x"), nil},
		{
			"nothing like it anywhere", `{"accountname": ["dev", "qa"]}`, roleNamed("x"), roleNamed("x"),
			[]string{`the dictionary's entry "accountname" (line 1, column 2) rewrote nothing`},
		},
		{
			"inside longer words and in other letter case, a few of each", `{"accountname": ["dev", "qa"]}`,
			roleNamed("devops", "developer", "devious", "DEV-x"), roleNamed("QA"),
			[]string{`the dictionary's entry "accountname" (line 1, column 2) rewrote nothing; left alone: ` +
				`"DEV-x" (rolename in dev: "dev" is in other letter case), ` +
				`"developer" (rolename in dev: "dev" is inside a longer word), ` +
				`"devious" (rolename in dev: "dev" is inside a longer word)`},
		},
		{
			"no more than two that were left alone for one reason", `{"accountname": ["dev", "qa"]}`,
			roleNamed("devaa", "devbb", "devcc", "z-DEV"), nil,
			[]string{`the dictionary's entry "accountname" (line 1, column 2) rewrote nothing; left alone: ` +
				`"devaa" (rolename in dev: "dev" is inside a longer word), ` +
				`"devbb" (rolename in dev: "dev" is inside a longer word), ` +
				`"z-DEV" (rolename in dev: "dev" is in other letter case)`},
		},
		{
			"on the other account", `{"accountname": ["dev", "qa"]}`, roleNamed("x-qa"), roleNamed("x-dev"),
			[]string{`the dictionary's entry "accountname" (line 1, column 2) rewrote nothing; left alone: ` +
				`"x-qa" (rolename in dev: "qa" belongs to qa), "x-dev" (rolename in qa: "dev" belongs to dev)`},
		},
		{
			"a value that is nobody's belongs to both", `{"PARTNER": ["alpha", "beta"]}`, nil, roleNamed("alphabet"),
			[]string{`the dictionary's entry "PARTNER" (line 1, column 2) rewrote nothing; left alone: "alphabet" (rolename in qa: "alpha" is inside a longer word)`},
		},
		{
			"in another field", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "red", "qa": "green"}, "fields": ["path"]}]}`,
			roleNamed("red-x"), roleNamed("x"),
			[]string{`the dictionary's entry "P" (line 1, column 50) rewrote nothing; left alone: "red-x" (rolename in dev: the entry is not for the field rolename)`},
		},
		{
			"in a shared literal", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "red", "qa": "green"}}], "shared": ["red-x"]}`,
			roleNamed("red-x"), roleNamed("x"),
			[]string{`the dictionary's entry "P" (line 1, column 50) rewrote nothing; left alone: "red-x" (rolename in dev: "red" is inside a shared literal or a longer value)`},
		},
		{
			"in a shared literal, inside a word, which the entry asks for",
			`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "red", "qa": "green"}, "match": "substring"}], "shared": ["scored-x"]}`,
			roleNamed("scored-x"), roleNamed("x"),
			[]string{`the dictionary's entry "P" (line 1, column 50) rewrote nothing; left alone: "scored-x" (rolename in dev: "red" is inside a shared literal or a longer value)`},
		},
		{
			"where nothing is rewritten", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "iam", "qa": "zz"}}]}`,
			[]inventory.Role{{Name: "x", Path: "/", Boundary: &inventory.PolicyRef{ARN: "arn:aws:iam::1:policy/edge"}}},
			nil,
			[]string{`the dictionary's entry "P" (line 1, column 50) rewrote nothing; left alone: "arn:aws:iam::1:policy/edge" (arn in dev: ` +
				`"iam" is where nothing is rewritten: in an ARN's partition, service or type of resource, a policy variable, a condition key, a part of a region or of an address, or a name that AWS gave)`},
		},
		{
			"hostile text comes out harmless", `{"a": ["dev"]}`,
			[]inventory.Role{{Name: "x", Path: "/", Description: new("devops\x1b[31m")}},
			nil,
			[]string{`the dictionary's entry "a" (line 1, column 2) rewrote nothing; left alone: "devops\x1b[31m" (description in dev: "dev" is inside a longer word)`},
		},
		{
			"an entry about other accounts is not of this comparison",
			`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"prod": "red"}}, {"placeholder": "Q", "values": {"dev": "dev"}}]}`,
			roleNamed("dev-x"), roleNamed("x"), nil,
		},
		{
			"no entry is about these accounts",
			`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"prod": "red", "st\u001bage": "x"}}, {"placeholder": "Q", "values": {"prod": "x"}}]}`,
			roleNamed("x"), roleNamed("x"),
			[]string{`no entry of the dictionary names an account of this comparison, and none has any effect; ` +
				`they name "prod", "st\x1bage"; compared are "dev" (123456789012) and "qa" (987654321098)`},
		},
		{
			"and they name more than anybody reads",
			`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"a": "1", "b": "1", "c": "1", "d": "1", "e": "1", "f": "1", "g": "1", "h": "1", "i": "1", "j": "1", "k": "1", "l": "1"}}]}`,
			roleNamed("x"), roleNamed("x"),
			[]string{`no entry of the dictionary names an account of this comparison, and none has any effect; ` +
				`they name "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", 2 more; compared are "dev" (123456789012) and "qa" (987654321098)`},
		},
		{
			"as many as are listed",
			`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"a": "1", "b": "1", "c": "1", "d": "1", "e": "1", "f": "1", "g": "1", "h": "1", "i": "1", "j": "1"}}]}`,
			roleNamed("x"), roleNamed("x"),
			[]string{`no entry of the dictionary names an account of this comparison, and none has any effect; ` +
				`they name "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"; compared are "dev" (123456789012) and "qa" (987654321098)`},
		},
		{"a scoped dictionary without entries", `{"version": 2}`, roleNamed("x"), roleNamed("x"), nil},
		{
			"the accounts' own ids, which need no entry and are in no text",
			`{"version": 2, "equivalencies": [{"placeholder": "000000000000", "values": {"dev": "123456789012", "qa": "987654321098"}}]}`,
			roleNamed("x"), roleNamed("x"), nil,
		},
		{
			"one account's own id beside those of accounts that are not there",
			`{"version": 2, "equivalencies": [{"placeholder": "000000000000", "values": {"dev": "123456789012", "prod": "111111111111"}}]}`,
			roleNamed("x"), roleNamed("x"), nil,
		},
		{
			"own ids and a third one in AWS's form", `{"000000000000": ["123456789012", "987654321098", "111111111111"]}`,
			roleNamed("x"), roleNamed("x"),
			[]string{`the dictionary's entry "000000000000" (line 1, column 2) takes "111111111111", the id of an account that is not compared, for the account's own`},
		},
		{
			"a partner's id that each account has of its own", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "111111111111", "qa": "222222222222"}}]}`,
			roleNamed("111111111111"), roleNamed("222222222222"),
			[]string{`the dictionary's entry "P" (line 1, column 50) takes "111111111111" and "222222222222", ` +
				`the ids of accounts that are not compared, for the accounts' own`},
		},
		{
			"ids that are nobody's own", `{"PARTNER": ["111111111111"]}`, roleNamed("x"), roleNamed("x"),
			[]string{`the dictionary's entry "PARTNER" (line 1, column 2) rewrote nothing and takes "111111111111", ` +
				`the id of an account that is not compared, for the account's own`},
		},
		{
			"an own id beside a name: the name is what the entry is for", `{"ACCOUNT": ["123456789012", "devel"]}`,
			roleNamed("x"), roleNamed("x"),
			[]string{`the dictionary's entry "ACCOUNT" (line 1, column 2) rewrote nothing`},
		},
		{
			"an entry with a misspelt account", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"deev": "dev", "qa": "qa"}}]}`,
			roleNamed("x-dev"), roleNamed("x-qa"),
			[]string{`the dictionary's entry "P" (line 1, column 50) has no value for "dev": "deev", which it names, is not in this comparison`},
		},
		{
			"an entry with a misspelt account that rewrote nothing either",
			`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"deev": "dev", "Q A": "x", "qa": "qa"}}]}`,
			roleNamed("x-dev"), roleNamed("x"),
			[]string{`the dictionary's entry "P" (line 1, column 50) rewrote nothing and has no value for "dev": "deev" and "Q A", which it names, are not in this comparison`},
		},
		{
			"an entry that is meant for one account alone",
			`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"qa": "qa"}}]}`, roleNamed("x"), roleNamed("x-qa"), nil,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			d, err := equivalency.Parse("d.json", []byte(tt.dictionary))
			if err != nil {
				t.Fatal(err)
			}
			a := normalizetest.Apply(t, normalizetest.Flat(tt.a...), tt.dictionary, normalizetest.Dev, normalizetest.QA)
			b := normalizetest.Apply(t, normalizetest.Flat(tt.b...), tt.dictionary, normalizetest.QA, normalizetest.Dev)
			b.Flat.ID = normalizetest.QA.ID
			var got []string
			for _, w := range unused.Warnings(d, a, b) {
				got = append(got, w.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestUnmatchedLooksEverywhere(t *testing.T) {
	const dictionary = `{"P": ["dev", "qa"]}`
	d, err := equivalency.Parse("d.json", []byte(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		reason string
		role   inventory.Role
		policy inventory.FlatPolicy
		field  normalize.Field
	}{
		{"path", inventory.Role{Path: "/devops/"}, inventory.FlatPolicy{}, "path"},
		{"boundary", inventory.Role{Boundary: &inventory.PolicyRef{ARN: "devops"}}, inventory.FlatPolicy{}, "arn"},
		{"tag key", inventory.Role{Tags: []inventory.Tag{{Key: "devops"}}}, inventory.FlatPolicy{}, "tag"},
		{"policy name", inventory.Role{}, inventory.FlatPolicy{Name: "devops"}, "policyname"},
		{"policy ARN", inventory.Role{}, inventory.FlatPolicy{ARN: "devops"}, "arn"},
		{"resource", inventory.Role{}, inventory.FlatPolicy{Items: normalizetest.Items([]inventory.Item{{ARN: "devops"}})}, "arn"},
		{"principal", inventory.Role{}, inventory.FlatPolicy{Items: normalizetest.Items([]inventory.Item{{Principal: "devops"}})}, "principal"},
		{"condition", inventory.Role{}, inventory.FlatPolicy{Items: normalizetest.Items([]inventory.Item{{Condition: `{"devops":{"devops":["\u0064evops"]}}`}})}, "conditionkey"},
		{"value of a condition", inventory.Role{}, inventory.FlatPolicy{Items: normalizetest.Items([]inventory.Item{{Condition: `{"devops":{"k":["\u0064evops"]}}`}})}, "condition"},
		{"statement", inventory.Role{}, inventory.FlatPolicy{Items: normalizetest.Items([]inventory.Item{{Statement: `{"NotPrincipal":{"AWS":["devops"]}}`}})}, "principal"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			f := normalizetest.Flat(tt.role)
			if tt.policy.Items == nil {
				tt.policy.Items = &inventory.Items{}
			}
			f.Roles[0].Policies = []inventory.FlatPolicy{tt.policy}
			got := unused.Warnings(d, normalizetest.Apply(t, f, dictionary, normalizetest.Dev, normalizetest.QA))
			if len(got) != 1 || len(got[0].Near) != 1 || got[0].Near[0].Field != tt.field {
				t.Errorf("got %v", got)
			}
		})
	}
}
