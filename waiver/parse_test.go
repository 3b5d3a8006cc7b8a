package waiver_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"iamctl/internal/driftkind"
	"iamctl/waiver"
)

const (
	printA = "0123456789abcdef0123456789abcdef"
	printB = "ffffffffffffffffffffffffffffffff"
)

const whole = `{
  "$schema": "waivers.schema.json",
  "$comment": [
    "one",
    "two"
  ],
  "version": 1,
  "waivers": [
    {
      "$comment": "until the migration",
      "fingerprint": "0123456789abcdef0123456789abcdef",
      "role": "app1-accountname",
      "drift": "Allow s3:PutObject on arn:aws:s3:::logs/*, only in qa",
      "owner": "team-a",
      "reason": "a test of the new logs",
      "ticket": "OPS-1",
      "expires": "2027-01-31"
    }
  ],
  "ignore": [
    {
      "role": "AWSServiceRoleFor*",
      "path": "/aws-service-role/*",
      "reason": "AWS's own",
      "owner": "team-b",
      "ticket": "OPS-2",
      "expires": "2028-02-29"
    },
    {
      "path": "/aws-reserved/*",
      "kind": ["tag", "item"],
      "reason": "Identity Center's"
    },
    {
      "kind": "impossible",
      "reason": "read by hand"
    }
  ]
}
`

func parse(t testing.TB, text string) *waiver.File {
	t.Helper()
	f, err := waiver.Parse("w.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParseReadsEverything(t *testing.T) {
	want := &waiver.File{
		Schema: "waivers.schema.json", Comment: []string{"one", "two"},
		Waivers: []waiver.Waiver{{
			Fingerprint: printA, Role: "app1-accountname", Drift: "Allow s3:PutObject on arn:aws:s3:::logs/*, only in qa",
			Owner: "team-a", Reason: "a test of the new logs", Ticket: "OPS-1", Expires: waiver.Date{Year: 2027, Month: 1, Day: 31},
			Comment: []string{"until the migration"}, At: waiver.Position{Line: 11, Column: 22},
		}},
		Ignore: []waiver.Rule{
			{
				Role: "AWSServiceRoleFor*", Path: "/aws-service-role/*", Reason: "AWS's own", Owner: "team-b", Ticket: "OPS-2",
				Expires: waiver.Date{Year: 2028, Month: 2, Day: 29}, At: waiver.Position{Line: 21, Column: 5},
			},
			{Path: "/aws-reserved/*", Kinds: []string{"tag", "item"}, Reason: "Identity Center's", At: waiver.Position{Line: 29, Column: 5}},
			{Kinds: []string{"impossible"}, Reason: "read by hand", At: waiver.Position{Line: 34, Column: 5}},
		},
	}
	got := parse(t, whole)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(whole, string(got.Marshal())); diff != "" {
		t.Errorf("written again (-read +written):\n%s", diff)
	}
}

// one returns a file with one waiver, in which a part is replaced.
func one(old, new string) string {
	const text = `{"version": 1, "waivers": [{"fingerprint": "` + printA + `", "owner": "o", "reason": "r", "expires": "2027-01-31"}]}`
	if !strings.Contains(text, old) {
		panic(old)
	}
	return strings.Replace(text, old, new, 1)
}

// rules returns a file with one rule.
func rules(members string) string { return `{"version": 1, "ignore": [{` + members + `}]}` }

// badFiles are refused. The JSON Schema allows those that are wrong by their
// meaning alone.
var badFiles = []struct {
	reason, text string
	want         []string
	meaning      bool
}{
	{"nothing", "", []string{`w.json: the file is empty: a file without waivers is {"version": 1}`}, false},
	{"no JSON", "{\n'a'", []string{"w.json: line 2, column 1: not valid JSON", "double quotes"}, false},
	{"no object", "[]", []string{"w.json: line 1, column 1: found a list, but waivers are an object"}, false},
	{"no version", "{}", []string{`w.json: line 1, column 1: "version" is missing: add "version": 1`}, false},
	{"another version", `{"version": 2}`, []string{`w.json: line 1, column 13: "version" is the number 2, and this iamctl reads version 1 only`}, false},
	{"the version as text", `{"version": "1"}`, []string{`"version" is the string "1"`}, false},
	{"a misspelt member", `{"version": 1, "waiver": []}`, []string{`w.json: line 1, column 16: the file has no "waiver": did you mean "waivers"?`}, false},
	{"an unknown member", `{"version": 1, "accepted": []}`, []string{`the file has no "accepted": it has version, waivers, ignore`}, false},
	{"waivers that are no list", `{"version": 1, "waivers": {}}`, []string{`found an object, but "waivers" is a list`}, false},
	{"rules that are no list", `{"version": 1, "ignore": "AWS*"}`, []string{`found the string "AWS*", but "ignore" is a list`}, false},
	{"a waiver that is no object", `{"version": 1, "waivers": ["x"]}`, []string{`found the string "x", but a waiver is an object`}, false},
	{"a rule that is no object", `{"version": 1, "ignore": [["AWS*"]]}`, []string{"found a list, but a rule is an object"}, false},
	{"a schema that is no text", `{"version": 1, "$schema": 1}`, []string{`"$schema" is a string`}, false},

	{"a waiver with nothing", `{"version": 1, "waivers": [{}]}`, []string{
		`line 1, column 28: the waiver has no "fingerprint": copy`, `has no "owner": name who`, `has no "reason": say why`, `has no "expires": give the last day`,
	}, false},
	{"a misspelt member of a waiver", one("expires", "expiry"), []string{`the waiver has no "expires"`, `line 1, column 109: a waiver has no "expiry": did you mean "expires"?`}, false},
	{"a fingerprint that is too short", one(printA, "abc"), []string{`w.json: line 1, column 44: "abc" is no fingerprint, which is 32 of`}, false},
	{"a fingerprint in capitals", one(printA, strings.ToUpper(printA)), []string{`is no fingerprint`}, false},
	{"a pattern for a fingerprint", one(printA, "*"), []string{`"*" is no fingerprint`}, false},
	{"an empty fingerprint", one(printA, ""), []string{`line 1, column 44: the waiver has no "fingerprint"`}, false},
	{"no owner", one(`"owner": "o", `, ""), []string{`line 1, column 28: the waiver has no "owner": name who answers for it`}, false},
	{"a blank owner", one(`"owner": "o"`, `"owner": " \t"`), []string{`line 1, column 89: the waiver has no "owner"`}, false},
	{"a list of owners", one(`"owner": "o"`, `"owner": ["o"]`), []string{`line 1, column 89: found a list, but "owner" is a string`}, false},
	{"no reason", one(`"reason": "r", `, ""), []string{`the waiver has no "reason": say why`}, false},
	{"an empty reason", one(`"reason": "r"`, `"reason": ""`), []string{`the waiver has no "reason"`}, false},
	{"a number for a ticket", one(`"reason"`, `"ticket": 12, "reason"`), []string{`found the number 12, but "ticket" is a string`}, false},
	{"no expiry", one(`, "expires": "2027-01-31"`, ""), []string{`the waiver has no "expires": give the last day`}, false},
	{"a comparison of one account", one(`"reason"`, `"comparison": ["dev"], "reason"`), []string{`found a list, but "comparison" is the list of the tags of two accounts, such as ["dev", "qa"]`}, false},
	{"a comparison as text", one(`"reason"`, `"comparison": "dev-qa", "reason"`), []string{`found the string "dev-qa", but "comparison" is the list`}, false},
	{"a comparison of numbers", one(`"reason"`, `"comparison": [1, 2], "reason"`), []string{`found a list, but "comparison" is the list`}, false},
	{"a comparison of an account with itself", one(`"reason"`, `"comparison": ["dev", "dev"], "reason"`), []string{`"comparison" names "dev" and "dev": give the tags of the two accounts`}, false},
	{"a comparison of nobody", one(`"reason"`, `"comparison": ["", ""], "reason"`), []string{`the tags of "comparison" are empty`}, false},
	{"a comparison with nobody", rules(`"role": "a*", "reason": "r", "comparison": ["dev", ""]`), []string{`"comparison" names "dev" and ""`}, false},
	{"no date", one("2027-01-31", "soon"), []string{`line 1, column 120: "soon" is no date: write a day as YYYY-MM-DD`}, false},
	{"a date of another form", one("2027-01-31", "31.01.2027"), []string{`"31.01.2027" is no date`}, false},
	{"a time", one("2027-01-31", "2027-01-31T00:00:00Z"), []string{`is no date`}, false},
	{"a sign in a date", one("2027-01-31", "2027-+1-31"), []string{`is no date`}, false},
	{"a date as a number", one(`"2027-01-31"`, "20270131"), []string{`found the number 20270131, but "expires" is a string`}, false},
	{"a month that is none", one("2027-01-31", "2027-13-01"), []string{`"2027-13-01" is no day of the calendar`}, false},
	{"day nought", one("2027-01-31", "2027-01-00"), []string{`"2027-01-00" is no day of the calendar`}, false},

	{"a rule with nothing", rules(""), []string{`line 1, column 27: the rule has neither "role" nor "path"`, `the rule has no "reason"`}, false},
	{"a rule without a reason", rules(`"role": "AWS*"`), []string{`line 1, column 27: the rule has no "reason": say why`}, false},
	{"a kind that there is none of", rules(`"kind": "impossibel", "reason": "r"`), []string{`line 1, column 36: the list of kinds of drift has no "impossibel": did you mean "impossible"?`}, false},
	{"a kind in other letters", rules(`"kind": ["Tag"], "reason": "r"`), []string{`has no "Tag": did you mean "tag"?`}, false},
	{"a kind that is like none", rules(`"role": "a", "kind": ["tag", "x"], "reason": "r"`), []string{`has no "x": it has rolename, path, `, `, awsmanaged`}, false},
	{"no kind", rules(`"kind": [], "reason": "r"`), []string{`line 1, column 36: the list of kinds is empty and could match nothing`}, false},
	{"an empty kind", rules(`"role": "a", "kind": "", "reason": "r"`), []string{`the list of kinds of drift has no ""`}, false},
	{"a kind that is a number", rules(`"kind": [1], "reason": "r"`), []string{`"kind" is a string or a list of strings`}, false},
	{"a kind twice", rules(`"kind": ["tag", "tag"], "reason": "r"`), []string{`the kind "tag" is there twice`}, false},
	{"what is no role's, of a role", rules(`"role": "a", "kind": ["tag", "awsmanaged"], "reason": "r"`), []string{`what AWS changed in its own policies ("awsmanaged") is no role's`}, true},
	{"a rule with an empty name", rules(`"role": "", "path": "/a/*", "reason": "r"`), []string{`line 1, column 36: the role pattern is empty and could match nothing: leave it out for any role`}, false},
	{"a rule with an empty path", rules(`"role": "a", "path": "", "reason": "r"`), []string{`the path pattern is empty`}, false},
	{"a path for a name", rules(`"role": "/aws-service-role/*", "reason": "r"`), []string{`the role pattern "/aws-service-role/*" could match no role`, `write it as "path"`}, false},
	{"a path that begins with no slash", rules(`"path": "aws-service-role/*", "reason": "r"`), []string{`the path pattern "aws-service-role/*" could match no path`}, false},
	{"a misspelt member of a rule", rules(`"roles": "AWS*", "reason": "r"`), []string{`neither "role" nor "path"`, `a rule has no "roles": did you mean "role"?`}, false},
	{"a rule for one fingerprint", rules(`"fingerprint": "` + printA + `", "role": "a", "reason": "r"`), []string{`a rule has no "fingerprint": it has role, path, kind, reason`}, false},
	{"a rule with a date that is none", rules(`"role": "a", "reason": "r", "expires": ""`), []string{`"" is no date`}, false},

	{"a finding without a rule", one(`"reason"`, `"entity": "app", "reason"`), []string{`line 1, column 28: the waiver has "entity" or "finding" and no "rule"`}, false},
	{"a finding with an empty rule", one(`"reason"`, `"rule": " ", "reason"`), []string{`has an empty "rule"`}, false},
	{"a finding of nobody", one(`"reason"`, `"rule": "IAM-071", "account": "", "reason"`), []string{`has an empty "account"`}, false},
	{"a finding and a drift", one(`"reason"`, `"rule": "IAM-071", "role": "app", "reason"`), []string{`is for a finding of audits: leave out "role"`}, false},
	{"a finding of a comparison", one(`"reason"`, `"rule": "IAM-071", "comparison": ["dev", "qa"], "reason"`), []string{`is for a finding of audits`}, false},
	{"a rule for findings of a path", rules(`"rule": "IAM-071", "path": "/a/", "reason": "r"`), []string{`is for findings of audits ("rule", "entity", "account")`}, false},
	{"a rule for findings with an empty kind", rules(`"entity": "a", "kind": [], "reason": "r"`), []string{`is for findings of audits`}, false},
	{"a rule for findings without a reason", rules(`"rule": "IAM-071"`), []string{`the rule has no "reason"`}, false},
	{"no rule of audits", rules(`"entity": "a", "rule": [], "reason": "r"`), []string{`the list of rules is empty`}, false},
	{"an empty rule of audits", rules(`"rule": ["IAM-071", ""], "reason": "r"`), []string{`a "rule" is empty`}, false},
	{"a rule of audits twice", rules(`"rule": ["A", "A"], "reason": "r"`), []string{`the rule "A" is there twice`}, false},
	{"an empty entity", rules(`"rule": "A", "entity": "", "reason": "r"`), []string{`the entity pattern is empty`}, false},
	{"every finding", rules(`"entity": "*", "reason": "r"`), []string{`accepts every finding`}, true},
	{"every finding of an account", rules(`"account": "111111111111", "reason": "r"`), []string{`accepts every finding`}, false},

	{"an outlier of a comparison of two", one(`"reason"`, `"account": "111111111111", "comparison": ["dev", "qa"], "reason"`), []string{`is for one of many accounts: leave out "comparison"`}, false},
	{"an outlier of no account", one(`"reason"`, `"role": "app", "account": "", "reason"`), []string{`has an empty "account"`}, false},
	{"a rule for outliers of two accounts", rules(`"role": "app-*", "account": "111111111111", "comparison": ["dev", "qa"], "reason": "r"`), []string{`is for one of many accounts`}, false},
	{"a rule for outliers of no account", rules(`"role": "app-*", "account": "", "reason": "r"`), []string{`the account pattern is empty`}, false},
	{"what AWS changed, of an account", rules(`"kind": "awsmanaged", "account": "111111111111", "reason": "r"`), []string{`is no account's`}, true},

	{"a day that the month has not", one("2027-01-31", "2027-04-31"), []string{`"2027-04-31" is no day of the calendar`}, true},
	{"a leap day in a common year", one("2027-01-31", "2027-02-29"), []string{`"2027-02-29" is no day of the calendar`}, true},
	{"a leap day in a century", one("2027-01-31", "2100-02-29"), []string{`"2100-02-29" is no day of the calendar`}, true},
	{"a member twice", one(`"owner": "o"`, `"owner": "o", "owner": "p"`), []string{`line 1, column 94: "owner" stands here for the second time, first at line 1, column 80`}, true},
	{"a rule for every name", rules(`"role": "**", "reason": "r"`), []string{`line 1, column 36: the rule matches every role`}, true},
	{"a rule for every name of a character or more", rules(`"role": "?*", "path": "/*", "reason": "r"`), []string{`the rule matches every role`}, true},
	{"a rule for every path", rules(`"path": "*/", "reason": "r"`), []string{`the rule matches every role`}, true},
	{"a rule for any path", rules(`"path": "**", "reason": "r"`), []string{`the rule matches every role`}, true},
	{"a rule for every path of a character or more", rules(`"path": "?*", "reason": "r"`), []string{`the rule matches every role`}, true},
	{"a rule for every name on any path", rules(`"role": "*", "path": "*", "reason": "r"`), []string{`line 1, column 36: the rule matches every role`}, true},
	{
		"a drift waived twice",
		"{\"version\": 1, \"waivers\": [\n{\"fingerprint\": \"" + printA + "\", \"owner\": \"o\", \"reason\": \"r\", \"expires\": \"2027-01-31\"},\n" +
			"{\"fingerprint\": \"" + printA + "\", \"owner\": \"p\", \"reason\": \"s\", \"expires\": \"2028-01-31\"}]}",
		[]string{"w.json: line 3, column 17: the fingerprint " + printA + " is waived here for the second time, first at line 2, column 17: keep one"},
		true,
	},
	{
		"everything at once, in the order of the file",
		"{\"version\": 3,\n\"waivers\": [{\"fingerprint\": \"x\",\n\"owner\": 1, \"reason\": \"r\",\n\"expires\": \"x\", \"end\": 1}],\n\"ignore\": [{\"role\": \"*\"}]}",
		[]string{
			`w.json: line 1, column 13: "version"`, "\nw.json: line 2, column 29: \"x\" is no fingerprint", "\nw.json: line 3, column 10: found the number 1",
			"\nw.json: line 4, column 12: \"x\" is no date", "\nw.json: line 4, column 17: a waiver has no \"end\"",
			"\nw.json: line 5, column 12: the rule has no \"reason\"", "\nw.json: line 5, column 21: the rule matches every role",
		},
		false,
	},
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range badFiles {
		t.Run(tt.reason, func(t *testing.T) {
			f, err := waiver.Parse("w.json", []byte(tt.text))
			if err == nil {
				t.Fatalf("parsed to %+v", f)
			}
			rest := err.Error()
			for _, want := range tt.want {
				i := strings.Index(rest, want)
				if i < 0 {
					t.Fatalf("got:\n%v\nwant in it, in this order: %q", err, tt.want)
				}
				rest = rest[i:]
			}
			var errs waiver.Errors
			if !errors.As(err, &errs) {
				t.Errorf("%T is no Errors", err)
			}
			seen := map[string]bool{}
			for _, e := range errs {
				if seen[e.Error()] {
					t.Errorf("said twice: %v", e)
				}
				seen[e.Error()] = true
			}
		})
	}
}

func TestParseAccepts(t *testing.T) {
	for _, tt := range []struct{ reason, text string }{
		{"nothing in it", `{"version": 1}`},
		{"a version that is 1 by another name, behind a byte order mark", "\xef\xbb\xbf{\"version\": 1.0}"},
		{"every name of one path", rules(`"role": "*", "path": "/aws-service-role/*", "reason": "r"`)},
		{"names of two characters or more", rules(`"role": "??*", "reason": "r"`)},
		{"paths that are not the root", rules(`"path": "/?*", "reason": "r"`)},
		{"every name, for some kinds of drift", rules(`"role": "*", "path": "*", "kind": "tag", "reason": "r"`)},
		{"the root", rules(`"path": "/", "reason": "r"`)},
		{"a leap day in every fourth century", one("2027-01-31", "2400-02-29")},
		{"texts that say nothing where none is asked for", rules(`"role": "a", "reason": "r", "owner": "", "ticket": ""`)},
	} {
		if _, err := waiver.Parse("w.json", []byte(tt.text)); err != nil {
			t.Errorf("%s: %v", tt.reason, err)
		}
	}
}

func compileSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(waiver.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("waivers.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("waivers.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid is the schema's verdict; ok is false for what its reader cannot read.
func valid(s *jsonschema.Schema, text []byte) (valid, ok bool) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	if err != nil {
		return false, false
	}
	return s.Validate(doc) == nil, true
}

func TestSchemaAgreesWithParse(t *testing.T) {
	s := compileSchema(t)
	for _, tt := range badFiles {
		if got, ok := valid(s, []byte(tt.text)); ok && got != tt.meaning {
			t.Errorf("%s: Parse refuses %s for its meaning: %v; the schema accepts it: %v", tt.reason, tt.text, tt.meaning, got)
		}
	}
	if got, ok := valid(s, []byte(whole)); !ok || !got {
		t.Error("the schema refuses a file with everything in it")
	}
	if got, ok := valid(s, (*waiver.File)(nil).Marshal()); !ok || !got {
		t.Error("the schema refuses a file with nothing in it")
	}
}

// The schema and the judge have the kinds that --ignore and diff.json have.
func TestEveryKind(t *testing.T) {
	s := compileSchema(t)
	for _, k := range driftkind.All() {
		text := rules(`"kind": "` + k + `", "reason": "r"`)
		if got, ok := valid(s, []byte(text)); !ok || !got {
			t.Errorf("the schema refuses the kind %s", k)
		}
		if _, ok := parse(t, text).Judge(march).Drift(printA, k, plain("app", "/")); !ok {
			t.Errorf("%s accepts no such drift", text)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range badFiles {
		f.Add([]byte(tt.text))
	}
	f.Add([]byte(whole))
	f.Add([]byte(bound))
	for _, tt := range badMeanings {
		f.Add([]byte(meaningOf(tt.meaning)))
	}
	s := compileSchema(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		w, err := waiver.Parse("w.json", text)
		if err != nil {
			var errs waiver.Errors
			if !errors.As(err, &errs) || len(errs) == 0 {
				t.Fatalf("%#v is no Errors", err)
			}
			return
		}
		if err := w.Check(); err != nil {
			t.Errorf("what was parsed does not check: %v", err)
		}
		if got, ok := valid(s, text); ok && !got {
			t.Errorf("Parse accepts and the schema refuses %s", text)
		}
		again, err := waiver.Parse("w.json", w.Marshal())
		if err != nil {
			t.Fatalf("%s\nis what was written, and: %v", w.Marshal(), err)
		}
		if !bytes.Equal(again.Marshal(), w.Marshal()) {
			t.Errorf("written twice:\n%s\n%s", w.Marshal(), again.Marshal())
		}
		ignore := cmpopts.IgnoreTypes(waiver.Position{})
		byPrint := cmpopts.SortSlices(func(a, b waiver.Waiver) bool { return a.Fingerprint < b.Fingerprint })
		if diff := cmp.Diff(w, again, ignore, byPrint, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-written +read:\n%s", diff)
		}
	})
}

// TestDates holds the calendar against one that counts its days.
func TestDates(t *testing.T) {
	days := 0
	last := waiver.Date{}
	for y := 1999; y <= 2400; y++ {
		for m := 0; m <= 13; m++ {
			for d := 0; d <= 32; d++ {
				day := waiver.Date{Year: y, Month: m, Day: d}
				if !day.Valid() {
					continue
				}
				days++
				if got, err := waiver.ParseDate(day.String()); err != nil || got != day {
					t.Fatalf("%v is read as %v, %v", day, got, err)
				}
				if last.Compare(day) >= 0 || day.Compare(last) <= 0 || day.Compare(day) != 0 {
					t.Fatalf("%v is not after %v", day, last)
				}
				last = day
			}
		}
	}
	// 400 years have 146,097 days; 1999 comes before them and 2400 after.
	if want := 146_097 + 365 + 366; days != want {
		t.Errorf("the years 1999 to 2400 have %d days, want %d", days, want)
	}
	for _, day := range []waiver.Date{{Year: -1, Month: 1, Day: 1}, {Year: 10_000, Month: 1, Day: 1}} {
		if day.Valid() {
			t.Errorf("a year has four digits, and %v is valid", day)
		}
	}
	for _, day := range []waiver.Date{{Year: 0, Month: 1, Day: 1}, {Year: 9999, Month: 12, Day: 31}} {
		if !day.Valid() {
			t.Errorf("%v is a day", day)
		}
	}
	if (waiver.Date{}).String() != "" || (waiver.Date{}).Valid() {
		t.Error("the zero Date is none")
	}
}

func TestParseDateLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.StringMatching(`[0-9+]{4}-[0-9+ ]{2}-[0-9٣]{1,2}`), rapid.String()).Draw(t, "s")
		if d, err := waiver.ParseDate(s); err == nil && d.String() != s {
			t.Fatalf("%q is read as %v", s, d)
		}
	})
}
