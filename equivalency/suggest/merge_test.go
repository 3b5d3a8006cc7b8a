package suggest_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/equivalency/suggest"
)

var (
	dev = equivalency.Identity{Tag: "dev", ID: devID, Source: "profile:development", Alias: "acme-dev"}
	qa  = equivalency.Identity{Tag: "qa", ID: qaID}
)

func proposal(placeholder, x, y string) suggest.Proposal {
	return suggest.Proposal{Placeholder: placeholder, A: suggest.Side{Account: dev, Value: x}, B: suggest.Side{Account: qa, Value: y}}
}

func dictionary(t testing.TB, text string) *equivalency.Dictionary {
	t.Helper()
	d, err := equivalency.Parse("d.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestMerge(t *testing.T) {
	extending := proposal("accountname", "dev", "qa")
	extending.Extends = true
	for _, tt := range []struct {
		reason     string
		dictionary string
		accepted   []suggest.Proposal
		want       string
	}{
		{
			"nothing there", "",
			[]suggest.Proposal{proposal("accountname", "dev", "qa")},
			`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "dev", "123456789012": "dev", "qa": "qa", "987654321098": "qa"}}]}`,
		},
		{
			"all that is there stays",
			`{"$schema": "s", "$comment": "c", "version": 2, "equivalencies": [{"placeholder": "team", "values": {"prod": "red"}, "match": "substring", "fields": ["arn"], "$comment": "d"}], "shared": ["dev-tools"]}`,
			[]suggest.Proposal{proposal("accountname", "dev", "qa")},
			`{"$schema": "s", "$comment": "c", "version": 2, "equivalencies": [{"placeholder": "team", "values": {"prod": "red"}, "match": "substring", "fields": ["arn"], "$comment": "d"}, {"placeholder": "accountname", "values": {"dev": "dev", "123456789012": "dev", "qa": "qa", "987654321098": "qa"}}], "shared": ["dev-tools"]}`,
		},
		{
			"an account's value is added to the entry that lacks it",
			`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"prod": "prod", "development": "dev"}}]}`,
			[]suggest.Proposal{extending},
			`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"prod": "prod", "development": "dev", "qa": "qa", "987654321098": "qa"}}]}`,
		},
		{
			"what is there already, under other names, is not added",
			`{"version": 2, "equivalencies": [{"placeholder": "env", "values": {"acme-dev": "dev", "987654321098": "qa"}}]}`,
			[]suggest.Proposal{proposal("accountname", "dev", "qa"), extending},
			`{"version": 2, "equivalencies": [{"placeholder": "env", "values": {"acme-dev": "dev", "987654321098": "qa"}}]}`,
		},
		{
			"the form of AWS's IAMCTL, all of whose values are names of the accounts",
			`{"accountname": ["dev", "qa"], "000000000000": ["123456789012", "987654321098"]}`,
			[]suggest.Proposal{proposal("accountname2", "blue", "green")},
			`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "dev", "123456789012": "dev", "qa": "qa", "987654321098": "qa"}},
			  {"placeholder": "000000000000", "values": {"123456789012": "123456789012", "987654321098": "987654321098"}},
			  {"placeholder": "accountname2", "values": {"dev": "blue", "123456789012": "blue", "qa": "green", "987654321098": "green"}}]}`,
		},
		{
			"nothing accepted leaves the form as it is",
			`{"accountname": ["dev", "somebody"]}`, nil,
			`{"accountname": ["dev", "somebody"]}`,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			var d *equivalency.Dictionary
			if tt.dictionary != "" {
				d = dictionary(t, tt.dictionary)
			}
			before := string(d.Marshal())
			got, err := suggest.Merge(d, tt.accepted)
			if err != nil {
				t.Fatal(err)
			}
			want := dictionary(t, tt.want)
			if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(equivalency.Position{}), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if string(d.Marshal()) != before {
				t.Error("the dictionary itself was changed")
			}
			again, err := suggest.Merge(got, tt.accepted)
			if err != nil || string(again.Marshal()) != string(got.Marshal()) {
				t.Errorf("accepted twice, %v:\n%s", err, again.Marshal())
			}
		})
	}
}

func TestMergeRefuses(t *testing.T) {
	for _, tt := range []struct {
		reason     string
		dictionary string
		accepted   []suggest.Proposal
		want       string
	}{
		{
			"a value of AWS's form that is nobody's here",
			"{\"accountname\": [\"dev\", \"qa\",\n \"prod\"]}",
			[]suggest.Proposal{proposal("P", "blue", "green")},
			`line 2, column 2: the value "prod" of "accountname" is no name of dev or qa`,
		},
		{
			"two proposals with one value", "",
			[]suggest.Proposal{proposal("P", "blue", "green"), proposal("Q", "blue", "red")},
			`the value "blue" stands for "P" already`,
		},
		{
			"a placeholder that is taken", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"prod": "x"}}]}`,
			[]suggest.Proposal{proposal("P", "blue", "green")},
			`the placeholder "P" is taken by another entry (line 1, column 50)`,
		},
		{
			"an entry that has one of the values, and is not to be extended", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "blue"}}]}`,
			[]suggest.Proposal{proposal("P", "blue", "green")},
			`the value "blue" stands for "P" already`,
		},
		{
			"an id of the other account", "",
			[]suggest.Proposal{proposal("P", qaID, devID)},
			`gives the account "dev" the id 987654321098, which is that of "qa"`,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			var d *equivalency.Dictionary
			if tt.dictionary != "" {
				d = dictionary(t, tt.dictionary)
			}
			got, err := suggest.Merge(d, tt.accepted)
			if err == nil {
				t.Fatalf("accepted:\n%s", got.Marshal())
			}
			var errs equivalency.Errors
			if !strings.Contains(err.Error(), tt.want) || !errors.As(err, &errs) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// TestMergeKeepsTheMeaning: the rules that a dictionary had, it has.
func TestMergeKeepsTheMeaning(t *testing.T) {
	value := rapid.SampledFrom([]string{"dev", "qa", devID, qaID, "acme-dev", "development", "profile:development", "prod", "red"})
	rapid.Check(t, func(t *rapid.T) {
		d := &equivalency.Dictionary{Form: equivalency.Form(rapid.IntRange(0, 1).Draw(t, "form")), Shared: []string{"x"}}
		known := true
		for i := range rapid.IntRange(0, 3).Draw(t, "entries") {
			e := equivalency.Entry{Placeholder: string(rune('P' + i))}
			for _, v := range rapid.SliceOfNDistinct(value, 1, 3, rapid.ID).Draw(t, "values") {
				known = known && v != "prod" && v != "red"
				entry := equivalency.Value{Text: v}
				if d.Form == equivalency.FormScoped {
					entry.Account = value.Draw(t, "account")
				}
				e.Values = append(e.Values, entry)
			}
			d.Entries = append(d.Entries, e)
		}
		here, err := d.Rules(dev, qa)
		if err != nil || d.Check() != nil {
			return
		}
		there, err := d.Rules(qa, dev)
		if err != nil {
			return
		}
		before := string(d.Marshal())
		merged, err := suggest.Merge(d, []suggest.Proposal{proposal("accountname", "blue", "green")})
		if d.Form == equivalency.FormIAMCTL && !known {
			if err == nil {
				t.Fatal("the values of nobody changed their meaning")
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if string(d.Marshal()) != before {
			t.Fatal("the dictionary itself was changed")
		}
		same := func(was *equivalency.Rules, self, other equivalency.Identity) {
			is, err := merged.Rules(self, other)
			if err != nil {
				t.Fatal(err)
			}
			// Only what is new may differ.
			n := len(d.Entries)
			drop := cmpopts.IgnoreSliceElements(func(r equivalency.Rule) bool { return r.Entry == n })
			dropForeign := cmpopts.IgnoreSliceElements(func(r equivalency.Foreign) bool { return r.Entry == n })
			dropName := cmpopts.IgnoreSliceElements(func(s string) bool { return s == "accountname" })
			if diff := cmp.Diff(was, is, drop, dropForeign, dropName, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("-before +after:\n%s", diff)
			}
		}
		same(here, dev, qa)
		same(there, qa, dev)
	})
}

func TestEntry(t *testing.T) {
	want := equivalency.Entry{Placeholder: "P", Values: []equivalency.Value{
		{Account: "dev", Text: "blue"}, {Account: devID, Text: "blue"}, {Account: "qa", Text: "green"}, {Account: qaID, Text: "green"},
	}}
	if diff := cmp.Diff(want, proposal("P", "blue", "green").Entry()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestHides(t *testing.T) {
	p := proposal("accountname", "dev", "qa")
	p.Roles, p.Texts, p.Broken = 1, 1, 1
	p.A.Foreign, p.B.Foreign = 1, 2
	p.Collisions = []suggest.Collision{{Account: "dev", First: "a", Second: "b\x1b"}}
	want := []string{
		`2 pairs of texts differ in "dev" and "qa" alone, and would count as the same`,
		`1 text of dev names qa's value "qa" and stays drift`,
		`2 texts of qa name dev's value "dev" and stay drift`,
		`1 text is equal now and would differ: one account names the other's thing, or both share it and it belongs under "shared"`,
		`the roles "a" and "b\x1b" of dev would get one name, and could not be compared`,
	}
	if diff := cmp.Diff(want, p.Hides()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := proposal("P", "x", "y").Hides(); got != nil {
		t.Errorf("nothing to hide: %q", got)
	}
}

func TestSuggestRefuses(t *testing.T) {
	for _, tt := range []struct {
		reason string
		a, b   suggest.Account
		d      string
		want   string
	}{
		{"one tag for both", account("dev", devID), account("dev", qaID), "", "give each account a tag of its own"},
		{"no tag", account("dev", devID), account("", qaID), "", `tagged "dev" and ""`},
		{"one account twice", account("dev", devID), account("qa", devID), "", "are the same account, " + devID},
		{
			"a dictionary that cannot be applied", account("dev", devID), account("qa", qaID),
			`{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "` + qaID + `"}}]}`, "which is that of",
		},
	} {
		var d *equivalency.Dictionary
		if tt.d != "" {
			d = dictionary(t, tt.d)
		}
		_, err := suggest.Suggest(tt.a, tt.b, suggest.Options{Dictionary: d})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.reason, err, tt.want)
		}
	}
}
