package policy_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/policy/policytest"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// withoutPositions compares documents as the same whatever text they came from.
var withoutPositions = cmpopts.IgnoreFields(policy.Statement{}, "Line", "Column")

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       policy.Document
		problems   []string // as Problem.String
		reason     string
	}{{
		name: "scalars",
		text: `{"Version":"2012-10-17","Id":"i","Statement":{"Sid":"s","Effect":"Allow","Action":"s3:Get*","Resource":"*"}}`,
		want: policy.Document{Version: "2012-10-17", ID: "i", Statements: []policy.Statement{{
			Sid: "s", Effect: "Allow", Action: []string{"s3:Get*"}, Resource: []string{"*"}, Line: 1, Column: 46,
		}}},
		reason: "Statement may be an object and lists may be scalars",
	}, {
		name: "lists",
		text: `{"Statement":[{"Effect":"Deny","NotAction":["a:b","c:d"],"NotResource":["x","y"]},
 {"Effect":"Allow","Action":[],"NotPrincipal":{"AWS":["1","2"],"Service":"s"}}]}`,
		want: policy.Document{Statements: []policy.Statement{
			{Effect: "Deny", NotAction: []string{"a:b", "c:d"}, NotResource: []string{"x", "y"}, Line: 1, Column: 15},
			{Effect: "Allow", Action: []string{}, NotPrincipal: []policy.Principal{{"AWS", "1"}, {"AWS", "2"}, {"Service", "s"}}, Line: 2, Column: 2},
		}},
		problems: []string{`line 2, column 29, statement 2: Action: the list is empty`},
		reason:   "an empty list is not an absent one",
	}, {
		name: "conditions",
		text: `{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{
			"Bool":{"aws:x":true},"NumericLessThan":{"aws:y":[1.50,"2",-1e3]},"ForAnyValue:StringLikeIfExists":{"k":[]}}}]}`,
		want: policy.Document{Statements: []policy.Statement{{
			Effect: "Allow", Action: []string{"a:b"}, Resource: []string{"*"},
			Condition: []policy.Condition{
				{"Bool", "aws:x", []string{"true"}},
				{"NumericLessThan", "aws:y", []string{"1.50", "2", "-1e3"}},
				{"ForAnyValue:StringLikeIfExists", "k", []string{}},
			}, Line: 1, Column: 15,
		}}},
		problems: []string{`line 2, column 108, statement 1: Condition, "ForAnyValue:StringLikeIfExists", "k": the list is empty`},
		reason:   "numbers stay as JSON wrote them",
	}, {
		name: "everyone",
		text: `{"Statement":[{"Effect":"Allow","Action":"a:b","Principal":"*"},{"Effect":"Allow","Action":"a:b","Principal":{"AWS":"*"}}]}`,
		want: policy.Document{Statements: []policy.Statement{
			{Effect: "Allow", Action: []string{"a:b"}, Principal: []policy.Principal{{"*", "*"}}, Line: 1, Column: 15},
			{Effect: "Allow", Action: []string{"a:b"}, Principal: []policy.Principal{{"AWS", "*"}}, Line: 1, Column: 65},
		}},
		reason: "the two are not quite the same",
	}, {
		name: "duplicates",
		text: `{"Version":"2012-10-17","Version":"2008-10-17","Statement":[],"Statement":{"Effect":"Allow","Effect":"Deny","Action":"a:b","Action":["c:d"],
"Principal":{"AWS":"1","Service":"s","AWS":"2"},"Principal":"*","Condition":{"Bool":{"a":"b","a":["c"]},"Null":{"k":true},"Bool":{"d":"e"}},"Condition":{"Null":{"k":false}}}}`,
		want: policy.Document{Version: "2012-10-17", Unknown: []policy.Element{{"Version", `"2008-10-17"`}}, Statements: []policy.Statement{{
			Effect: "Allow", Unknown: []policy.Element{{"Effect", `"Deny"`}}, Action: []string{"a:b", "c:d"},
			Principal: []policy.Principal{{"AWS", "1"}, {"AWS", "2"}, {"Service", "s"}, {"*", "*"}},
			Condition: []policy.Condition{{"Bool", "a", []string{"b", "c"}}, {"Bool", "d", []string{"e"}}, {"Null", "k", []string{"true", "false"}}},
			Line:      1, Column: 75,
		}}},
		problems: []string{
			"line 1, column 25: the element Version stands twice",
			"line 1, column 63: the element Statement stands twice",
			"line 1, column 93, statement 1: the element Effect stands twice",
			"line 1, column 124, statement 1: the element Action stands twice",
			`line 2, column 38, statement 1: Principal: the type "AWS" stands twice`,
			"line 2, column 49, statement 1: the element Principal stands twice",
			`line 2, column 94, statement 1: Condition, "Bool", "a": the key stands twice`,
			`line 2, column 123, statement 1: Condition: the operator "Bool" stands twice`,
			"line 2, column 141, statement 1: the element Condition stands twice",
			`line 2, column 162, statement 1: Condition, "Null", "k": the key stands twice`,
		},
		reason: "both values of a key that stands twice are kept",
	}, {
		name: "unknown",
		text: `{"Comment":{"b":[1.0,null],"a":"\u0061"},"Statement":[{"Effect":"Allow","Action":"a:b","Foo":"x",
"Principal":{"Robot":"r","*":"x"},"Condition":{"StringSorta":{"k":"v"},"NullIfExists":{"k":"true"}}}]}`,
		want: policy.Document{Unknown: []policy.Element{{"Comment", `{"a":"a","b":[1.0,null]}`}}, Statements: []policy.Statement{{
			Effect: "Allow", Action: []string{"a:b"}, Principal: []policy.Principal{{"Robot", "r"}},
			Condition: []policy.Condition{{"StringSorta", "k", []string{"v"}}, {"NullIfExists", "k", []string{"true"}}},
			Unknown:   []policy.Element{{"Foo", `"x"`}, {"Principal", `{"*":"x"}`}}, Line: 1, Column: 55,
		}}},
		problems: []string{
			`line 1, column 2: "Comment" is not an element of the policy language`,
			`line 1, column 88, statement 1: "Foo" is not an element of the policy language`,
			`line 2, column 14, statement 1: Principal: "Robot" is not a type of principal`,
			`line 2, column 26, statement 1: Principal: "*" is not a type of principal`,
			`line 2, column 48, statement 1: Condition: "StringSorta" is not an operator of the policy language`,
			`line 2, column 72, statement 1: Condition: "NullIfExists" is not an operator of the policy language`,
		},
		reason: "what the language does not have is kept and said",
	}, {
		name: "wrong kinds",
		text: `{"Version":1,"Statement":[7,[{}],{"Effect":["Allow"],"Action":5,"NotAction":["a:b",6,["c:d"]],"Resource":null,
"Principal":"arn","NotPrincipal":{"AWS":123456789012,"Service":[]},"Condition":"x"},
{"Effect":"allow","Action":"a:b","Condition":{"Bool":"x","Null":{},"StringLike":{"k":null,"l":["m",{}]}}}]}`,
		want: policy.Document{Unknown: []policy.Element{{"Version", "1"}, {"Statement", "[7]"}, {"Statement", "[[{}]]"}}, Statements: []policy.Statement{{
			NotAction: []string{"a:b"}, NotPrincipal: []policy.Principal{}, Line: 1, Column: 34,
			Unknown: []policy.Element{
				{"Effect", `["Allow"]`},
				{"Action", "5"},
				{"NotAction", "[6]"},
				{"NotAction", `[["c:d"]]`},
				{"Resource", "null"},
				{"Principal", `"arn"`},
				{"NotPrincipal", `{"AWS":123456789012}`},
				{"NotPrincipal", `{"Service":[]}`},
				{"Condition", `"x"`},
			},
		}, {
			Effect: "allow", Action: []string{"a:b"}, Condition: []policy.Condition{{"StringLike", "l", []string{"m"}}}, Line: 3, Column: 1,
			Unknown: []policy.Element{{"Condition", `{"Bool":"x"}`}, {"Condition", `{"Null":{}}`}, {"Condition", `{"StringLike":{"k":null}}`}, {"Condition", `{"StringLike":{"l":[{}]}}`}},
		}}},
		problems: []string{
			"line 1, column 12: Version: expected a string, found a number",
			"line 1, column 27: Statement: expected a list of objects, found a number in it",
			"line 1, column 29: Statement: expected a list of objects, found a list in it",
			"line 1, column 44, statement 1: Effect: expected a string, found a list",
			"line 1, column 63, statement 1: Action: expected a string or a list of strings, found a number",
			"line 1, column 84, statement 1: NotAction: expected a string or a list of strings, found a number in it",
			"line 1, column 86, statement 1: NotAction: expected a string or a list of strings, found a list in it",
			"line 1, column 106, statement 1: Resource: expected a string or a list of strings, found null",
			`line 2, column 13, statement 1: Principal: expected "*" or an object, found the string "arn"`,
			`line 2, column 41, statement 1: NotPrincipal, "AWS": expected a string or a list of strings, found a number`,
			`line 2, column 64, statement 1: NotPrincipal, "Service": the list is empty`,
			`line 2, column 80, statement 1: Condition: expected an object, found a string`,
			"line 1, column 34, statement 1: the statement has both Action and NotAction",
			"line 1, column 34, statement 1: the statement has both Principal and NotPrincipal",
			`line 3, column 54, statement 2: Condition, "Bool": expected an object, found a string`,
			`line 3, column 58, statement 2: Condition, "Null": no condition key`,
			`line 3, column 86, statement 2: Condition, "StringLike", "k": expected a string, number or boolean or a list of them, found null`,
			`line 3, column 100, statement 2: Condition, "StringLike", "l": expected a string, number or boolean or a list of them, found an object in it`,
			`line 3, column 1, statement 2: Effect: expected Allow or Deny, found "allow"`,
		},
		reason: "a value of the wrong kind is kept where it was and said",
	}, {
		name: "letter case",
		text: "\ufeff" + `{"statement":{"effect":"Allow","ACTION":"a:b","principal":{"aws":"x"},"condition":{"stringEQUALS":{"aws:A":"1"},"StringEquals":{"aws:a":"2"}}}}`,
		want: policy.Document{Statements: []policy.Statement{{
			Effect: "Allow", Action: []string{"a:b"}, Principal: []policy.Principal{{"aws", "x"}},
			Condition: []policy.Condition{{"stringEQUALS", "aws:A", []string{"1"}}, {"StringEquals", "aws:a", []string{"2"}}}, Line: 1, Column: 14,
		}}},
		problems: []string{
			`line 1, column 2: the element "statement" is spelled Statement by AWS`,
			`line 1, column 15, statement 1: the element "effect" is spelled Effect by AWS`,
			`line 1, column 32, statement 1: the element "ACTION" is spelled Action by AWS`,
			`line 1, column 47, statement 1: the element "principal" is spelled Principal by AWS`,
			`line 1, column 60, statement 1: Principal: the type "aws" is spelled AWS by AWS`,
			`line 1, column 71, statement 1: the element "condition" is spelled Condition by AWS`,
			`line 1, column 84, statement 1: Condition: the operator "stringEQUALS" is spelled StringEquals by AWS`,
			`line 1, column 113, statement 1: Condition: the operator "StringEquals" stands twice`,
			`line 1, column 14, statement 1: Condition: "StringEquals", "aws:a" stands twice in different letter case`,
		},
		reason: "names that differ in letter case only are taken for AWS's",
	}, {
		name: "empty strings",
		text: `{"Statement":[{"Effect":"Allow","Action":["a:b",""],"NotAction":"","Resource":"","NotResource":["",""],
"Principal":{"AWS":"","Service":["s",""]},"NotPrincipal":{"Federated":""},"Condition":{"StringEquals":{"k":"","l":[""]}}}]}`,
		want: policy.Document{Statements: []policy.Statement{{
			Effect: "Allow", Action: []string{"a:b", ""}, NotAction: []string{""}, Resource: []string{""}, NotResource: []string{"", ""},
			Principal: []policy.Principal{{"AWS", ""}, {"Service", "s"}, {"Service", ""}}, NotPrincipal: []policy.Principal{{"Federated", ""}},
			Condition: []policy.Condition{{"StringEquals", "k", []string{""}}, {"StringEquals", "l", []string{""}}}, Line: 1, Column: 15,
		}}},
		problems: []string{
			`line 1, column 49, statement 1: Action: the string is empty`,
			`line 1, column 65, statement 1: NotAction: the string is empty`,
			`line 1, column 79, statement 1: Resource: the string is empty`,
			`line 1, column 97, statement 1: NotResource: the string is empty`,
			`line 1, column 100, statement 1: NotResource: the string is empty`,
			`line 2, column 20, statement 1: Principal, "AWS": the string is empty`,
			`line 2, column 38, statement 1: Principal, "Service": the string is empty`,
			`line 2, column 71, statement 1: NotPrincipal, "Federated": the string is empty`,
			"line 1, column 15, statement 1: the statement has both Action and NotAction",
			"line 1, column 15, statement 1: the statement has both Resource and NotResource",
			"line 1, column 15, statement 1: the statement has both Principal and NotPrincipal",
		},
		reason: "an empty string is kept and said, but as a condition's value it is one like another",
	}, {
		name: "missing",
		text: "{\"Version\":\"2020-01-01\",\n \"Statement\":[\n  {\"Sid\":\"\u00fc\"}, {\"Effect\":\"\",\"NotAction\":\"\"}]}",
		want: policy.Document{Version: "2020-01-01", Statements: []policy.Statement{{Sid: "\u00fc", Line: 3, Column: 3}, {NotAction: []string{""}, Line: 3, Column: 16}}},
		problems: []string{
			"line 3, column 3, statement 1: the statement has no Effect",
			"line 3, column 3, statement 1: the statement has neither Action nor NotAction",
			`line 3, column 41, statement 2: NotAction: the string is empty`,
			`line 3, column 16, statement 2: Effect: expected Allow or Deny, found ""`,
			`line 1, column 1: the Version "2020-01-01" is none of AWS's: ${...} is read as plain text`,
		},
		reason: "columns count characters, not bytes",
	}, {
		name:     "nothing",
		text:     `{}`,
		problems: []string{"line 1, column 1: the document has no Statement"},
		reason:   "an object is a document",
	}} {
		t.Run(tt.name, func(t *testing.T) {
			got, problems, err := policy.Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(&tt.want, got); d != "" {
				t.Errorf("%s: -want +got:\n%s", tt.reason, d)
			}
			if d := cmp.Diff(tt.problems, lines(problems)); d != "" {
				t.Errorf("%s: problems -want +got:\n%s", tt.reason, d)
			}
			checkRoundTrip(t, tt.text)
		})
	}
}

// TestMinorProblems: only what AWS takes too, and what leaves no doubt, is minor.
func TestMinorProblems(t *testing.T) {
	const rest = `"Effect":"Allow","Action":"a:b"`
	for _, tt := range []struct {
		statement string
		want      []bool // of each problem, in order
		reason    string
	}{
		{rest, nil, "nothing odd"},
		{`"EFFECT":"Allow","action":"a:b"`, []bool{true, true}, "elements in other letter case"},
		{rest + `,"principal":{"aws":"x"}`, []bool{true, true}, "an element and a type of principal"},
		{rest + `,"Condition":{"stringequals":{"k":"v"}}`, []bool{true}, "an operator"},
		{rest + `,"Condition":{"Bool":{}}`, []bool{true}, "an operator that asks for nothing"},
		{rest + `,"Condition":{"bool":{}}`, []bool{true, true}, "both"},
		{rest + `,"Condition":{"Boole":{}}`, []bool{false, true}, "an unknown operator, even if it asks for nothing"},
		{rest + `,"Condition":{"Bool":{"k":[]}}`, []bool{false}, "a key without values"},
		{rest + `,"action":"c:d"`, []bool{true, false}, "an element twice, in different letter case"},
		{rest + `,"Action":"a:b"`, []bool{false}, "an element twice, with the same value"},
		{rest + `,"Principal":{"AWS":"x","aws":"y"}`, []bool{false, true}, "a type twice, in different letter case"},
		{rest + `,"Condition":{"Bool":{"k":"v"},"bool":{"l":"v"}}`, []bool{false, true}, "an operator twice, in different letter case"},
		{rest + `,"Condition":{"Bool":{"k":"v","K":"w"}}`, []bool{false}, "a key twice, in different letter case"},
		{rest + `,"Foo":1`, []bool{false}, "an unknown element"},
		{rest + `,"Principal":{"Robot":"x"}`, []bool{false}, "an unknown type of principal"},
		{rest + `,"Resource":""`, []bool{false}, "an empty string"},
		{rest + `,"Resource":5`, []bool{false}, "a value of the wrong kind"},
		{`"Effect":"allow","Action":"a:b"`, []bool{false}, "letter case of a value"},
		{`"Action":"a:b"`, []bool{false}, "an element missing"},
	} {
		_, problems, err := policy.Parse(`{"Statement":{` + tt.statement + `}}`)
		if err != nil {
			t.Fatalf("%s: %v", tt.statement, err)
		}
		var got []bool
		for _, p := range problems {
			got = append(got, p.Minor)
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: %s: %v\n-want +got:\n%s", tt.reason, tt.statement, problems, d)
		}
	}
	for version, want := range map[string]int{`"2008-10-17"`: 0, `"2020-01-01"`: 1, `7`: 1} {
		_, problems, err := policy.Parse(`{"Version":` + version + `,"Statement":[]}`)
		if err != nil || len(problems) != want || want > 0 && problems[0].Minor {
			t.Errorf("Version %s: %v, %v", version, problems, err)
		}
	}
}

// TestMoreMinorProblems: what is no longer listed is minor only if all of it is.
func TestMoreMinorProblems(t *testing.T) {
	const start = `{"Statement":[`
	many := strings.Repeat(`{"effect":"Allow","Action":"a:b"},`, 1500)
	for _, tt := range []struct {
		last string
		want bool
	}{{`{"Effect":"Allow","Action":"a:b"}`, true}, {`{"Effect":"Allow","Action":"a:b","Foo":1}`, false}} {
		_, problems, err := policy.Parse(start + many + tt.last + "]}")
		if err != nil {
			t.Fatal(err)
		}
		if last := problems[len(problems)-1]; len(problems) != 1001 || last.Minor != tt.want {
			t.Errorf("%s: %d problems, the last %v, minor %v", tt.last, len(problems), last, last.Minor)
		}
	}
}

// lines returns the problems with their statements, from 1.
func lines(problems []policy.Problem) []string {
	var out []string
	for _, p := range problems {
		place, message, _ := strings.Cut(p.String(), ": ")
		if p.Statement >= 0 {
			place += fmt.Sprintf(", statement %d", p.Statement+1)
		}
		out = append(out, place+": "+message)
	}
	return out
}

func TestParseSyntaxError(t *testing.T) {
	for _, tt := range []struct{ text, want, reason string }{
		{"", "line 1, column 1: expected a policy document, which is a JSON object, found nothing", "empty text"},
		{" \n ", "line 2, column 2: expected a policy document, which is a JSON object, found nothing", "blank text"},
		{" [1]", "line 1, column 2: expected a policy document, which is a JSON object, found a list", "a list"},
		{"12", "line 1, column 1: expected a policy document, which is a JSON object, found a number", "a number"},
		{`"{}"`, "line 1, column 1: expected a policy document, which is a JSON object, found a string", "JSON in JSON"},
		{"%7B%22Version", "line 1, column 1: expected a policy document, which is a JSON object, found the character '%' (is the text still percent-encoded?)", "encoded"},
		{"{}{}", "line 1, column 3: expected the end of the text after the document, found an object", "two documents"},
		{"{}\n x", "line 2, column 2: expected the end of the text after the document, found the character 'x'", "trailing text"},
		{"{}\xff", "line 1, column 3: expected the end of the text after the document, found the byte 0xff", "a trailing byte"},
		{`{"Statement":[{"Effect":"Allow"`, "line 1, column 32: expected the rest of the document, found the end of the text", "cut off"},
		{`{"Statement":"Al`, "line 1, column 17: expected the rest of the document, found the end of the text", "cut off within a string"},
		{"{\n\"\u00e9\": 1,\n 2: 3}", "line 3, column 2: expected the name of an element in double quotes, found a number", "a name that is no string"},
		{"{\"\u00e9\" 1}", "line 1, column 6: invalid character '1' after object name (expecting ':')", "no colon"},
		{"{\"Sid\": \"\x80\"}", `line 1, column 10: invalid UTF-8`, "no UTF-8"},
		{`{"Sid": "\ud800"}`, "line 1, column 10: invalid surrogate pair `\\ud800\"}` in string", "half a surrogate pair"},
		{`{"Statement":[}`, "line 1, column 15: invalid character '}' at start of value", "another bracket"},
		{`{"Statement":[{]}`, "line 1, column 16: invalid character ']' at start of value", "another bracket"},
		{`{'Version': 1}`, `line 1, column 2: invalid character '\'' at start of value`, "single quotes"},
		{`{"a": tru}`, "line 1, column 10: invalid character '}' in literal true (expecting 'e')", "a broken literal"},
		{`{"a": 01}`, "line 1, column 8: invalid character '1' after object value (expecting ',' or '}')", "a number with a leading zero"},
		{`{"a":` + strings.Repeat("[", 101) + strings.Repeat("]", 101) + "}", "line 1, column 106: expected at most 100 levels of nesting, found more: AWS takes no such document, take out what nests", "depth"},
		{`{"a":` + strings.Repeat(`{"a":`, 1_000_000), "line 1, column 506: expected at most 100 levels of nesting, found more: AWS takes no such document, take out what nests", "a depth bomb"},
	} {
		d, problems, err := policy.Parse(tt.text)
		var syntax *policy.SyntaxError
		if !errors.As(err, &syntax) || d != nil || problems != nil {
			t.Errorf("%s: Parse = %v, %v, %v", tt.reason, d, problems, err)
		} else if err.Error() != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.reason, err, tt.want)
		}
	}
}

func TestParseManyProblems(t *testing.T) {
	d, problems, err := policy.Parse(`{"Statement":[` + strings.Repeat("5,", 4999) + "5]}")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Unknown) != 5000 {
		t.Errorf("%d of 5000 values are kept", len(d.Unknown))
	}
	if n := len(problems); n != 1001 || problems[1000].Message != "4000 more problems like these" {
		t.Errorf("%d problems, the last %v", n, problems[n-1])
	}
}

// TestParseHugeDocuments fails by never ending if anything is quadratic.
func TestParseHugeDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: documents of 1 MB")
	}
	const size = 1 << 20
	for _, tt := range []struct{ name, before, each, after string }{
		{"one list", `{"Statement":{"Effect":"Allow","Action":["a:b"`, `,"s3:Get%d*"`, `]}}`},
		{"resources", `{"Statement":{"Effect":"Allow","Action":"*","Resource":["b"`, `,"*%d?*x"`, `]}}`},
		{"statements", `{"Statement":[{}`, `,{"Effect":"Allow","Action":["a:%d","*:%[1]d*"],"Resource":"*"}`, `]}`},
		{"conditions", `{"Statement":{"Condition":{"Bool":{"a":"b"`, `,"k%d":true`, `}}}}`},
		{"one condition", `{"Statement":{"Condition":{"Bool":{"a":"b"`, `,"a":%d`, `}}}}`},
		{"operators", `{"Statement":{"Condition":{"Bool":{"a":"b"}`, `,"k%d":{"k":true}`, `}}}`},
		{"Condition elements", `{"Statement":{"Action":"a:b"`, `,"Condition":{"Bool":{"k%d":true}}`, `}}`},
		{"Principal elements", `{"Statement":{"Action":"a:b"`, `,"Principal":{"AWS":"%d"},"Principal":"*"`, `}}`},
		{"principal types", `{"Statement":{"Principal":{"AWS":"*"`, `,"T%d":"x"`, `}}}`},
		{"Action elements", `{"Statement":{"Action":"a:b"`, `,"Action":"a:%d"`, `}}`},
		{"Effect elements", `{"Statement":{"Action":"a:b"`, `,"Effect":"a:%d"`, `}}`},
		{"unknown elements", `{"Statement":{"Action":"a:b"`, `,"x%d":{"b":1,"a":2}`, `}}`},
		{"unknown object", `{"x":{"z":1`, `,"x%d":{"b":1,"a":2}`, `}}`},
		{"broken list", `{"Statement":{"Action":["a:b"`, `,%d`, `]}}`},
		{"stars", `{"Statement":{"Action":["a:b*`, `*%d`, `","a:*"]}}`},
		{"variables", `{"Statement":{"Action":["a:b"],"Resource":["*`, `*${%d`, `","a:*"]}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := []byte(tt.before)
			for i := 0; len(b) < size; i++ {
				b = fmt.Appendf(b, tt.each, i)
			}
			text := string(append(b, tt.after...))
			d, _, err := policy.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			if policy.Canonical(d, "").String() == "" {
				t.Error("nothing printed")
			}
		})
	}
}

// checkRoundTrip fails unless a text that can be parsed keeps all it holds.
func checkRoundTrip(t interface {
	Helper()
	Errorf(string, ...any)
}, text string,
) {
	t.Helper()
	d, _, err := policy.Parse(text)
	if err != nil {
		return
	}
	printed := d.String()
	again, _, err := policy.Parse(printed)
	if err != nil {
		t.Errorf("%s\nprinted as %s\n%v", text, printed, err)
		return
	}
	if diff := cmp.Diff(d, again, withoutPositions); diff != "" {
		t.Errorf("%s\nprinted as %s\n-first +second:\n%s", text, printed, diff)
	}
	if lost := missing(tokens(text), tokens(printed)); lost != nil {
		t.Errorf("%s\nprinted as %s\nlacks %q", text, printed, lost)
	}
	canonical := policy.Canonical(d, "aws")
	if diff := cmp.Diff(canonical, policy.Canonical(canonical, "aws")); diff != "" {
		t.Errorf("%s\n-canonical +canonical of that:\n%s", text, diff)
	}
	printed = canonical.String()
	again, _, err = policy.Parse(printed)
	if err != nil {
		t.Errorf("%s\ncanonical %s\n%v", text, printed, err)
	} else if diff := cmp.Diff(canonical, again, withoutPositions); diff != "" {
		t.Errorf("%s\ncanonical %s\n-canonical +parsed:\n%s", text, printed, diff)
	}
	if canonicalAgain := policy.Canonical(again, "aws"); canonicalAgain.String() != printed {
		t.Errorf("%s\ncanonical %s\nnot kept by printing: %s", text, printed, canonicalAgain)
	}
}

// inventory of a JSON text: how often each value that is neither list nor object
// is there, and which names, without regard to letter case.
type inventory struct {
	values map[string]int
	names  map[string]bool
}

func tokens(text string) inventory {
	inv := inventory{map[string]int{}, map[string]bool{}}
	dec := jsontext.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")), jsontext.AllowDuplicateNames(true))
	for {
		tok, err := dec.ReadToken()
		if err != nil {
			return inv
		}
		parent, n := dec.StackIndex(dec.StackDepth())
		switch tok.Kind() {
		case '{', '}', '[', ']':
		case '"':
			if parent == '{' && n%2 == 1 {
				inv.names[policy.Fold(tok.String())] = true
				continue
			}
			fallthrough
		default:
			if tok.String() != "" {
				inv.values[tok.String()]++
			}
		}
	}
}

func missing(want, got inventory) []string {
	var lost []string
	for v, n := range want.values {
		if got.values[v] < n {
			lost = append(lost, v)
		}
	}
	for n := range want.names {
		switch n {
		case "version", "id", "sid", "effect": // absent if their value is empty
			continue
		}
		if !got.names[n] {
			lost = append(lost, n)
		}
	}
	return lost
}

func FuzzParse(f *testing.F) {
	f.Add(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","S3:get*"],"Resource":"*","Condition":{"Bool":{"a":true,"A":1}}}]}`)
	f.Add(`{"Statement":{"Principal":{"AWS":["123456789012",5],"*":1,"aws":[]},"NotPrincipal":"*","Effect":"","effect":"Deny","Sid":5,"Sid":"x"}}`)
	f.Add(`{"Statement":[5,[{}]],"statement":{"Condition":{"ArnEquals":{"k":"a*?"},"ArnLike":{"K":["b","${x}"]},"IpAddress":{"k":"::ffff:1.2.3.4"}}},"Id":null}`)
	f.Add(`{"Statement":{"Condition":{"Null":{},"nULL":{"":[[],"a"]}},"Condition":[],"Resource":["*","a${b,'}*?'}","${$}{"],"Foo":{"b":1,"a":{"c":"\u0085"}}}}`)
	f.Add("\ufeff{\"Statement\":[{\"Action\":[\"a:?*?\",\"*:*\",\"**\"]}]} ")
	f.Fuzz(func(t *testing.T, text string) { checkRoundTrip(t, text) })
}

// TestParseAnyText is FuzzParse over texts that are nearly documents.
func TestParseAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkRoundTrip(t, nearlyDocument().Draw(t, "text"))
	})
}

// nearlyDocument generates objects of known and unknown names with values of
// any kind at any place.
func nearlyDocument() *rapid.Generator[string] {
	names := []string{
		"Version", "Id", "Statement", "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal",
		"NotPrincipal", "Condition", "statement", "ACTION", "AWS", "Service", "aws", "*", "", "StringLike", "stringlike", "ArnEquals", "ArnLike",
		"Bool", "IpAddress", "ForAllValues:StringEqualsIgnoreCase", "aws:SourceIp", "aws:sourceip", "Foo",
	}
	scalars := []string{
		`"*"`, `"Allow"`, `"s3:Get*"`, `"S3:GET?*"`, `"123456789012"`, `"2012-10-17"`, `"a*"`, `"ab${c}*"`, `"ab${$}{c}*"`, `"10.1.2.3/8"`,
		`""`, `"True"`, "true", "1.0", "null", `"\u0085"`,
	}
	var value func(depth int) *rapid.Generator[string]
	object := func(depth int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			var members []string
			for range rapid.IntRange(0, 5).Draw(t, "members") {
				members = append(members, fmt.Sprintf("%q:%s", rapid.SampledFrom(names).Draw(t, "name"), value(depth-1).Draw(t, "value")))
			}
			return "{" + strings.Join(members, ",") + "}"
		})
	}
	value = func(depth int) *rapid.Generator[string] {
		scalar := rapid.SampledFrom(scalars)
		if depth == 0 {
			return scalar
		}
		list := rapid.Map(rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[string] { return value(depth - 1) }), 0, 3),
			func(l []string) string { return "[" + strings.Join(l, ",") + "]" })
		return rapid.OneOf(scalar, list, object(depth), object(depth))
	}
	// Most of them with statements, or little of what matters would be met.
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.Bool().Draw(t, "any") {
			return object(5).Draw(t, "text")
		}
		return `{"Version":` + rapid.SampledFrom(scalars).Draw(t, "version") + `,"Statement":[` + object(4).Draw(t, "one") + "," + object(4).Draw(t, "two") + "]}"
	})
}

func TestGeneratedDocuments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := policytest.Document().Draw(t, "document")
		got, problems, err := policy.Parse(d.String())
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		if diff := cmp.Diff(d, got, withoutPositions); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}
