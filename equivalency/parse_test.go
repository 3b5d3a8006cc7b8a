package equivalency_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/equivalency"
)

func TestParseReadsBothForms(t *testing.T) {
	tests := []struct {
		reason string
		text   string
		want   equivalency.Dictionary
	}{
		{
			reason: "the form of AWS's IAMCTL",
			text:   `{"accountname": ["dev", "qa"], "000000000000": ["123456789012", "987654321098"]}`,
			want: equivalency.Dictionary{Form: equivalency.FormIAMCTL, Entries: []equivalency.Entry{
				{Placeholder: "accountname", Values: []equivalency.Value{{Text: "dev"}, {Text: "qa"}}},
				{Placeholder: "000000000000", Values: []equivalency.Value{{Text: "123456789012"}, {Text: "987654321098"}}},
			}},
		},
		{
			reason: "a single string is a list of one, and a repeated value is one value",
			text:   `{"a": "x", "b": ["y", "y"]}`,
			want: equivalency.Dictionary{Form: equivalency.FormIAMCTL, Entries: []equivalency.Entry{
				{Placeholder: "a", Values: []equivalency.Value{{Text: "x"}}},
				{Placeholder: "b", Values: []equivalency.Value{{Text: "y"}}},
			}},
		},
		{
			reason: "the scoped form with all it has",
			text: `{"$schema": "s.json", "$comment": ["one", "two"], "version": 2, "equivalencies": [
			  {"placeholder": "accountname",  "values": {"dev": "dev", "qa": "qa"}, "match": "token"},
			  {"placeholder": "team", "values": {"dev": ["red", "blue"], "qa": "green"}, "match": "substring",
			   "fields": ["rolename", "rolename", "tag"], "$comment": "colours"}],
			 "shared": ["dev-tools"]}`,
			want: equivalency.Dictionary{
				Schema: "s.json", Comment: []string{"one", "two"},
				Entries: []equivalency.Entry{
					{Placeholder: "accountname", Values: []equivalency.Value{{Account: "dev", Text: "dev"}, {Account: "qa", Text: "qa"}}},
					{
						Placeholder: "team", Substring: true, Fields: []equivalency.Field{"rolename", "tag"}, Comment: []string{"colours"},
						Values: []equivalency.Value{{Account: "dev", Text: "red"}, {Account: "dev", Text: "blue"}, {Account: "qa", Text: "green"}},
					},
				},
				Shared: []string{"dev-tools"},
			},
		},
		{
			reason: "a placeholder may be called version in AWS's form",
			text:   `{"version": ["v1", "v2"], "shared": ["a", "b"]}`,
			want: equivalency.Dictionary{Form: equivalency.FormIAMCTL, Entries: []equivalency.Entry{
				{Placeholder: "version", Values: []equivalency.Value{{Text: "v1"}, {Text: "v2"}}},
				{Placeholder: "shared", Values: []equivalency.Value{{Text: "a"}, {Text: "b"}}},
			}},
		},
		{
			reason: "nothing in it, in AWS's form",
			text:   `{}`,
			want:   equivalency.Dictionary{Form: equivalency.FormIAMCTL},
		},
		{
			reason: "nothing in it, in the scoped form, behind the mark that Windows editors put in front",
			text:   "\xef\xbb\xbf{\"version\": 2.0}",
		},
		{
			reason: "a value may mean different things for different accounts",
			text:   `{"version": 2, "equivalencies": [{"placeholder": "P1", "values": {"dev": "x", "qa": "y"}}, {"placeholder": "P2", "values": {"dev": "y", "qa": "x"}}]}`,
			want: equivalency.Dictionary{Entries: []equivalency.Entry{
				{Placeholder: "P1", Values: []equivalency.Value{{Account: "dev", Text: "x"}, {Account: "qa", Text: "y"}}},
				{Placeholder: "P2", Values: []equivalency.Value{{Account: "dev", Text: "y"}, {Account: "qa", Text: "x"}}},
			}},
		},
		{
			reason: "entries whose fields do not meet do not clash",
			text:   `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "x"}, "fields": ["arn"]}, {"placeholder": "P", "values": {"dev": "x"}, "fields": ["tag"]}]}`,
			want: equivalency.Dictionary{Entries: []equivalency.Entry{
				{Placeholder: "P", Values: []equivalency.Value{{Account: "dev", Text: "x"}}, Fields: []equivalency.Field{"arn"}},
				{Placeholder: "P", Values: []equivalency.Value{{Account: "dev", Text: "x"}}, Fields: []equivalency.Field{"tag"}},
			}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			got, err := equivalency.Parse("d.json", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&tt.want, got, cmpopts.IgnoreTypes(equivalency.Position{}), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestParseTellsPlaces(t *testing.T) {
	d, err := equivalency.Parse("d.json", []byte("{\n  \"é\": [\"ü\", \"dev\"]\n}"))
	if err != nil {
		t.Fatal(err)
	}
	want := []equivalency.Position{{Line: 2, Column: 3}, {Line: 2, Column: 9}, {Line: 2, Column: 14}}
	e := d.Entries[0]
	got := []equivalency.Position{e.At, e.Values[0].At, e.Values[1].At}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("columns count characters (-want +got):\n%s", diff)
	}
}

// badDictionaries are refused. The JSON Schema allows those that are wrong by
// their meaning alone.
var badDictionaries = []struct {
	reason  string
	text    string
	want    []string
	meaning bool
}{
	{"nothing", " \n", []string{"d.json: the file is empty: a dictionary without entries is {}"}, false},
	{"cut off", `{"a": ["x"`, []string{"d.json: line 1, column 11: the file ends in the middle"}, false},
	{"a comment", "{\n  // names\n}", []string{"d.json: line 2, column 3: not valid JSON", `write them as "$comment"`}, false},
	{"a comma too many", "{\"a\": [\"x\",]}", []string{"d.json: line 1, column 11: not valid JSON", "remove the comma"}, false},
	{"single quotes", "{'a': ['x']}", []string{"d.json: line 1, column 2: not valid JSON", "double quotes"}, false},
	{"more after the end", "{}\n{}", []string{"there is more after the end"}, false},
	{"no object", `["dev", "qa"]`, []string{"d.json: line 1, column 1: found a list, but a dictionary is an object"}, false},
	{"an id without quotes", "{\n\"a\": [123456789012]\n}", []string{`d.json: line 2, column 7: found the number 123456789012`, `write "123456789012"`}, false},
	{"null for values", `{"a": null}`, []string{"d.json: line 1, column 7: found null"}, false},
	{"an object for values", `{"a": {"dev": "x"}}`, []string{"found an object", `of the placeholder "a" is made of strings`}, false},
	{"an empty value", `{"a": ["x", ""]}`, []string{"d.json: line 1, column 13: found an empty string, which would match everywhere"}, false},
	{"no values", `{"a": []}`, []string{`d.json: line 1, column 7: the placeholder "a" has no values`}, false},
	{"an empty placeholder", `{"": ["x"]}`, []string{"d.json: line 1, column 2: a placeholder is empty"}, false},
	{"a comment that is no text", `{"$comment": 1}`, []string{`found the number 1, but "$comment" is a string`}, false},
	{"a schema that is no text", `{"$schema": []}`, []string{`found a list, but "$schema" is a string`}, false},

	{"another version", `{"version": 3}`, []string{`d.json: line 1, column 13: "version" is the number 3`, `write "version": 2`}, false},
	{"the version as text", `{"version": "2"}`, []string{`"version" is the string "2"`}, false},
	{"no version", `{"equivalencies": [{"placeholder": "a", "values": {"dev": "x"}}]}`, []string{`d.json: line 1, column 1: "version" is missing`}, false},
	{"a misspelt field", `{"version": 2, "equivalences": []}`, []string{`d.json: line 1, column 16: a dictionary has no "equivalences": did you mean "equivalencies"?`}, false},
	{"an unknown field", `{"version": 2, "accounts": []}`, []string{`a dictionary has no "accounts": it has version, equivalencies, shared`}, false},
	{"a misspelt field of an entry", `{"version": 2, "equivalencies": [{"placeholder": "a", "value": {"dev": "x"}}]}`, []string{`the entry has no "values"`, `an entry has no "value": did you mean "values"?`}, false},
	{"an entry that is no object", `{"version": 2, "equivalencies": ["a"]}`, []string{`found the string "a", but an entry is an object`}, false},
	{"entries that are no list", `{"version": 2, "equivalencies": {}}`, []string{`found an object, but "equivalencies" is a list`}, false},
	{"an entry with nothing", `{"version": 2, "equivalencies": [{}]}`, []string{`the entry has no "placeholder"`, `the entry has no "values"`}, false},
	{"a list for values in the scoped form", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": ["x"]}]}`, []string{`says which account each value belongs to`}, false},
	{"no accounts", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": {}}]}`, []string{`the entry has no values`}, false},
	{"an account without a name", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": {"": "x"}}]}`, []string{`the name of an account is empty`}, false},
	{"an account without values", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": {"dev": []}}]}`, []string{`the account "dev" has no values`}, false},
	{"another match", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": {"dev": "x"}, "match": "word"}]}`, []string{`found the string "word", but "match" is "token"`}, false},
	{"another source of values", `{"version": 2, "equivalencies": [{"placeholder": "a", "from": "alias"}]}`, []string{`line 1, column 63: found the string "alias", but "from" is "account-name"`}, false},
	{"names of accounts inside words", `{"version": 2, "equivalencies": [{"placeholder": "a", "from": "account-name", "match": "substring"}]}`, []string{`the entry has "from" and "match"`}, false},
	{"names of accounts twice", `{"version": 2, "equivalencies": [{"placeholder": "a", "from": "account-name"}, {"placeholder": "B", "from": "account-name"}]}`, []string{`line 1, column 96: the entry "B" takes the names of accounts, as "a" does already (line 1, column 50)`}, true},
	{"names of accounts for ids", `{"version": 2, "equivalencies": [{"placeholder": "000000000000", "from": "account-name"}]}`, []string{`looks like an account's id`}, true},
	{"the placeholder of a part of a name", `{"version": 2, "equivalencies": [{"placeholder": "ACCT", "from": "account-name"}, {"placeholder": "ACCTENV", "values": {"dev": "x"}}]}`, []string{`the placeholder "ACCTENV" is taken`}, true},
	{"no fields", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": {"dev": "x"}, "fields": []}]}`, []string{`"fields" is empty`}, false},
	{"a misspelt field name", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": {"dev": "x"}, "fields": ["RoleNames"]}]}`, []string{`"fields" has no "RoleNames": did you mean "rolename"?`}, false},
	{"a field that is no text", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": {"dev": "x"}, "fields": [true]}]}`, []string{`found true, but "fields" is a list of strings`}, false},
	{"fields that are no list", `{"version": 2, "equivalencies": [{"placeholder": "a", "values": {"dev": "x"}, "fields": "arn"}]}`, []string{`found the string "arn", but "fields" is a list`}, false},
	{"shared that is no list", `{"version": 2, "shared": "x"}`, []string{`found the string "x", but "shared" is a list`}, false},
	{"an empty shared literal", `{"version": 2, "shared": [""]}`, []string{`found an empty string`}, false},

	{"one key twice", "{\"a\": [\"x\"],\n \"a\": [\"y\"]}", []string{`d.json: line 2, column 2: "a" stands here for the second time, first at line 1, column 2`}, true},
	{"one value under two placeholders", "{\"a\": [\"x\"],\n \"b\": [\"x\"]}", []string{`d.json: line 2, column 8: the value "x" stands for "a" already (line 1, column 8)`}, true},
	{"one value twice for an account", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "x"}}, {"placeholder": "Q", "values": {"dev": "x"}}]}`, []string{`the value "x" stands for "P" already`}, true},
	{"one placeholder twice", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "x"}}, {"placeholder": "P", "values": {"dev": "y"}}]}`, []string{`the placeholder "P" is taken by another entry (line 1, column 50)`}, true},
	{"a placeholder that is a value", `{"dev": ["dev", "qa"]}`, []string{`d.json: line 1, column 2: the placeholder "dev" is itself a value (line 1, column 10)`}, true},
	{"a placeholder that is another entry's value", `{"a": ["dev", "qa"], "b": ["a", "c"]}`, []string{`the placeholder "a" is itself a value`}, true},
	{"a placeholder that holds a value", `{"dev-or-qa": ["dev", "qa"]}`, []string{`the placeholder "dev-or-qa" holds the value "dev"`, `the placeholder "dev-or-qa" holds the value "qa"`}, true},
	{"a value that holds its placeholder", `{"team": ["team-red", "team-blue"]}`, []string{`where the placeholder "team" is put in, the value "team-red"`}, true},
	{"placeholders that make a value side by side", `{"a": ["x"], "b": ["1"], "C": ["ab"]}`, []string{`where the placeholder "a" is put in, the value "ab"`, `where the placeholder "b" is put in, the value "ab"`}, true},
	{"a placeholder that ends the word beside it", `{"version": 2, "equivalencies": [{"placeholder": "TEAM", "values": {"dev": "red"}, "match": "substring"}, {"placeholder": "env", "values": {"dev": "dev"}}]}`, []string{`the placeholder "TEAM", put in for "red" inside a longer word, ends the word, so that the value "dev"`}, true},
	{"a wildcard in a placeholder", `{"dev-*": ["x", "y"]}`, []string{`holds a wildcard`}, true},
	{"a wildcard for a value", `{"any": ["*", "x"]}`, []string{`d.json: line 1, column 10: the value "*" holds a wildcard`}, false},
	{"a wildcard in a value", `{"any": ["dev-*", "qa-x"]}`, []string{`d.json: line 1, column 10: the value "dev-*" holds a wildcard`}, false},
	{"a wildcard for one character in a value", `{"any": "d?v"}`, []string{`the value "d?v" holds a wildcard`}, false},
	{"every address for a value", `{"any": ["0.0.0.0/0", "10.0.0.0/8"]}`, []string{`d.json: line 1, column 10: the value "0.0.0.0/0" is every address`}, true},
	{"and of the other kind", `{"any": ["::/0", "2001:db8::/32"]}`, []string{`the value "::/0" is every address`}, true},
	{"a wildcard in a value of the scoped form", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "x", "qa": ["y", "x*"]}}]}`, []string{`d.json: line 1, column 90: the value "x*" holds a wildcard`}, false},
	{"a value that is shared", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "dev-tools"}}], "shared": ["dev"]}`, []string{`"dev" is listed as shared and never rewritten, but the value "dev-tools" of "P"`}, true},
	{
		"everything at once, in the order of the file",
		"{\"version\": 1,\n \"equivalencies\": [{\"placeholder\": \"\", \"values\": {\"dev\": 5}}],\n \"shard\": []}",
		[]string{"d.json: line 1, column 13", "\nd.json: line 2, column 36", "\nd.json: line 2, column 58", "\nd.json: line 3, column 2"},
		false,
	},
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range badDictionaries {
		t.Run(tt.reason, func(t *testing.T) {
			d, err := equivalency.Parse("d.json", []byte(tt.text))
			if err == nil {
				t.Fatalf("parsed to %+v", d)
			}
			at := 0
			for _, want := range tt.want {
				i := strings.Index(err.Error()[at:], want)
				if i < 0 {
					t.Fatalf("got:\n%v\nwant in it, in this order: %q", err, want)
				}
				at += i
			}
			var one *equivalency.Error
			if !errors.As(err, &one) || one.File != "d.json" {
				t.Errorf("%#v holds no *Error with the file's name", err)
			}
		})
	}
}

func TestNaturalPlaceholdersAreAccepted(t *testing.T) {
	for _, tt := range []struct{ reason, text string }{
		{"values that begin with the placeholder", `{"app": ["app1", "app2"]}`},
		{"a longer word that begins with the placeholder", `{"dev": ["devel", "qual"]}`},
		{"letters in common at the edges", `{"accountname": ["emea", "apac"], "env": ["veneto", "open"]}`},
		{"an id among zeros", `{"000000000000": ["120000000000", "000000000012"]}`},
		{"brackets", `{"<env>": ["dev", "qa"], "{{region}}": ["eu-west-1", "us-east-1"]}`},
		{"a separator", `{"-": ["_", "."]}`},
		{"letters for an id", `{"ACCOUNT": ["123456789012", "987654321098"], "accountname": ["dev", "qa"]}`},
		{"substrings with a placeholder like them", `{"version": 2, "equivalencies": [{"placeholder": "team", "values": {"dev": "red", "qa": "green"}, "match": "substring"}, {"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}]}`},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if _, err := equivalency.Parse("d.json", []byte(tt.text)); err != nil {
				t.Error(err)
			}
		})
	}
}
