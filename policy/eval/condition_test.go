package eval_test

import (
	"testing"

	"iamctl/policy/eval"
)

// conditionCase is a condition, {"operator": {"key": value}} or several, and
// the context of a request.
type conditionCase struct {
	reason, condition string
	context           map[string][]string
	want              eval.Outcome
}

func checkConditions(t *testing.T, version string, cases []conditionCase) {
	t.Helper()
	for _, tt := range cases {
		p := eval.Permissions{}
		p.Identity = append(p.Identity, statementsOf(version, `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": `+tt.condition+`}`))
		got := p.Decide(&eval.Request{Action: "s3:GetObject", Resource: "*", Context: tt.context})
		if got.Outcome != tt.want {
			t.Errorf("%s: %s with %v: got %s (%s), want %s", tt.reason, tt.condition, tt.context, got.Outcome, got.Reason, tt.want)
		}
	}
}

// k is a context with one key.
func k(values ...string) map[string][]string {
	return map[string][]string{"k": append([]string{}, values...)}
}

func TestConditions(t *testing.T) {
	checkConditions(t, "2012-10-17", []conditionCase{
		{"one value", `{"StringEquals": {"k": "a"}}`, k("a"), eval.Allowed},
		{"OR across values", `{"StringEquals": {"k": ["b", "a"]}}`, k("a"), eval.Allowed},
		{"none of the values", `{"StringEquals": {"k": ["b", "c"]}}`, k("a"), eval.NotAllowed},
		{"a negated operator wants that no value matches", `{"StringNotEquals": {"k": ["b", "a"]}}`, k("a"), eval.NotAllowed},
		{"and holds if none does", `{"StringNotEquals": {"k": ["b", "c"]}}`, k("a"), eval.Allowed},
		{"AND across keys", `{"StringEquals": {"k": "a", "j": "a"}}`, k("a"), eval.NotAllowed},
		{"AND across operators", `{"StringEquals": {"k": "a"}, "StringNotLike": {"k": "a*"}}`, k("a"), eval.NotAllowed},
		{"all hold", `{"StringEquals": {"k": "a"}, "StringLike": {"k": "a*"}}`, k("a"), eval.Allowed},
		{"a key's letter case means nothing", `{"StringEquals": {"K": "a"}}`, k("a"), eval.Allowed},
		{"nor does a tag key's", `{"StringEquals": {"aws:PrincipalTag/Team": "a"}}`, map[string][]string{"aws:principaltag/TEAM": {"a"}}, eval.Allowed},
		{"a value's does", `{"StringEquals": {"k": "A"}}`, k("a"), eval.NotAllowed},
		{"an operator's does not", `{"stringequals": {"k": "a"}}`, k("a"), eval.Allowed},
		{"a key twice in a request", `{"StringEquals": {"k": "a"}}`, map[string][]string{"k": {"a"}, "K": {"a"}}, eval.Undecided},

		{"key missing, positive operator", `{"StringEquals": {"k": "a"}}`, nil, eval.NotAllowed},
		{"key missing, positive pattern", `{"StringLike": {"k": "*"}}`, nil, eval.NotAllowed},
		{"key missing, positive number", `{"NumericLessThan": {"k": "5"}}`, nil, eval.NotAllowed},
		{"key missing, negated operator", `{"StringNotEquals": {"k": "a"}}`, nil, eval.Allowed},
		{"key missing, negated address", `{"NotIpAddress": {"k": "10.0.0.0/8"}}`, nil, eval.Allowed},
		{"key missing, negated ARN", `{"ArnNotLike": {"k": "*"}}`, nil, eval.Allowed},
		{"key missing, IfExists", `{"StringEqualsIfExists": {"k": "a"}}`, nil, eval.Allowed},
		{"key missing, negated IfExists", `{"StringNotEqualsIfExists": {"k": "a"}}`, nil, eval.Allowed},
		{"key there, IfExists", `{"StringEqualsIfExists": {"k": "a"}}`, k("b"), eval.NotAllowed},
		{"absent", `{"Null": {"k": "true"}}`, nil, eval.Allowed},
		{"absent, but wanted", `{"Null": {"k": "false"}}`, nil, eval.NotAllowed},
		{"there", `{"Null": {"k": false}}`, k("a"), eval.Allowed},
		{"there, but not wanted", `{"Null": {"k": "True"}}`, k("a"), eval.NotAllowed},
		{"there with an empty text is there", `{"Null": {"k": "true"}}`, k(""), eval.NotAllowed},
		{"both of Null is either", `{"Null": {"k": ["true", "false"]}}`, nil, eval.Allowed},
		{"Null wants true or false", `{"Null": {"k": "yes"}}`, nil, eval.Undecided},
		{"whether no value is absent is open", `{"Null": {"k": "true"}}`, k(), eval.Undecided},

		{"several values want a set operator", `{"StringEquals": {"k": "a"}}`, k("a", "a"), eval.Undecided},
		{"negated too", `{"StringNotEquals": {"k": "a"}}`, k("b", "c"), eval.Undecided},
		{"no value wants one", `{"StringEquals": {"k": "a"}}`, k(), eval.Undecided},
		{"an unknown operator", `{"StringMatches": {"k": "a"}}`, k("a"), eval.Undecided},
		{"an unknown operator beside what does not hold", `{"StringMatches": {"k": "a"}, "StringEquals": {"k": "b"}}`, k("a"), eval.NotAllowed},
		{"no value in the policy", `{"StringEquals": {"k": []}}`, k("a"), eval.Undecided},
		{"a key twice in other letter case, of which one holds", `{"StringEquals": {"k": "a", "K": "b"}}`, k("a"), eval.Undecided},
		{"a key twice in other letter case, and both hold", `{"StringLike": {"k": "a", "K": "*"}}`, k("a"), eval.Allowed},
	})
}

func TestSetOperators(t *testing.T) {
	checkConditions(t, "2012-10-17", []conditionCase{
		{"all values of the request match one", `{"ForAllValues:StringEquals": {"k": ["a", "b"]}}`, k("a", "b", "a"), eval.Allowed},
		{"one does not", `{"ForAllValues:StringEquals": {"k": ["a", "b"]}}`, k("a", "c"), eval.NotAllowed},
		{"missing", `{"ForAllValues:StringEquals": {"k": "a"}}`, nil, eval.Allowed},
		{"empty", `{"ForAllValues:StringEquals": {"k": "a"}}`, k(), eval.Allowed},
		{"negated: none of the request's values matches", `{"ForAllValues:StringNotEquals": {"k": ["a", "b"]}}`, k("c", "d"), eval.Allowed},
		{"negated: one does", `{"ForAllValues:StringNotEquals": {"k": ["a", "b"]}}`, k("c", "a"), eval.NotAllowed},
		{"negated, missing", `{"ForAllValues:StringNotEquals": {"k": "a"}}`, nil, eval.Allowed},
		{"IfExists, missing", `{"ForAllValues:StringEqualsIfExists": {"k": "a"}}`, nil, eval.Allowed},
		{"IfExists, there", `{"ForAllValues:StringEqualsIfExists": {"k": "a"}}`, k("b"), eval.NotAllowed},
		{"one value of the request matches", `{"ForAnyValue:StringLike": {"k": ["a*", "b"]}}`, k("c", "ax"), eval.Allowed},
		{"none does", `{"ForAnyValue:StringLike": {"k": ["a*", "b"]}}`, k("c", "d"), eval.NotAllowed},
		{"any, missing", `{"ForAnyValue:StringEquals": {"k": "a"}}`, nil, eval.NotAllowed},
		{"any, empty", `{"ForAnyValue:StringEquals": {"k": "a"}}`, k(), eval.NotAllowed},
		{"any, negated: one is none of the values", `{"ForAnyValue:StringNotEquals": {"k": ["a", "b"]}}`, k("a", "c"), eval.Allowed},
		{"any, negated: all are", `{"ForAnyValue:StringNotEquals": {"k": ["a", "b"]}}`, k("a", "b"), eval.NotAllowed},
		{"any, negated, missing", `{"ForAnyValue:StringNotEquals": {"k": "a"}}`, nil, eval.NotAllowed},
		{"any, IfExists, missing", `{"ForAnyValue:StringEqualsIfExists": {"k": "a"}}`, nil, eval.Undecided},
		{"any, IfExists, empty", `{"ForAnyValue:StringEqualsIfExists": {"k": "a"}}`, k(), eval.Undecided},
		{"any, IfExists, there", `{"ForAnyValue:StringEqualsIfExists": {"k": "a"}}`, k("a"), eval.Allowed},
		{"other kinds too", `{"ForAllValues:IpAddress": {"k": "10.0.0.0/8"}}`, k("10.1.1.1", "10.2.2.2"), eval.Allowed},
		{"one that cannot be read", `{"ForAllValues:IpAddress": {"k": "10.0.0.0/8"}}`, k("10.1.1.1", "x"), eval.Undecided},
		{"one that cannot be read beside one that does not hold", `{"ForAllValues:IpAddress": {"k": "10.0.0.0/8"}}`, k("x", "11.1.1.1"), eval.NotAllowed},
		{"one that cannot be read beside one that holds", `{"ForAnyValue:IpAddress": {"k": "10.0.0.0/8"}}`, k("x", "10.1.1.1"), eval.Allowed},
		{"an empty text may be no value", `{"ForAllValues:StringEquals": {"k": "a"}}`, k(""), eval.Undecided},
		{"for any too", `{"ForAnyValue:StringLike": {"k": "*"}}`, k(""), eval.Undecided},
		{"which does not matter where it is the same", `{"ForAnyValue:StringEquals": {"k": "a"}}`, k(""), eval.NotAllowed},
		{"Null is not for sets", `{"ForAllValues:Null": {"k": "true"}}`, nil, eval.Undecided},
	})
}

func TestTextOperators(t *testing.T) {
	const arn = "arn:aws:sns:eu-west-1:123456789012:app1"
	checkConditions(t, "2012-10-17", []conditionCase{
		{"a star in StringEquals is a star", `{"StringEquals": {"k": "a*"}}`, k("a*"), eval.Allowed},
		{"and matches nothing else", `{"StringEquals": {"k": "a*"}}`, k("ab"), eval.NotAllowed},
		{"letter case aside", `{"StringEqualsIgnoreCase": {"k": "AbC"}}`, k("aBc"), eval.Allowed},
		{"letter case aside, negated", `{"StringNotEqualsIgnoreCase": {"k": "AbC"}}`, k("aBc"), eval.NotAllowed},
		{"letter case outside of ASCII", `{"StringEqualsIgnoreCase": {"k": "\u00dc"}}`, k("\u00fc"), eval.Undecided},
		{"a star in StringLike spans everything", `{"StringLike": {"k": "a*z"}}`, k("a/:\nz"), eval.Allowed},
		{"StringLike has letter case", `{"StringLike": {"k": "A*"}}`, k("ab"), eval.NotAllowed},
		{"StringLike without a wildcard", `{"StringLike": {"k": "a"}}`, k("a"), eval.Allowed},
		{"one character", `{"StringLike": {"k": "a?"}}`, k("a"), eval.NotAllowed},
		{"not like", `{"StringNotLike": {"k": ["a*", "b*"]}}`, k("bx"), eval.NotAllowed},
		{"a number in JSON is text", `{"StringEquals": {"k": 5}}`, k("5"), eval.Allowed},

		{"an ARN's parts on their own", `{"ArnLike": {"k": "arn:aws:sns:*:123456789012:app*"}}`, k(arn), eval.Allowed},
		{"ArnEquals is the same", `{"ArnEquals": {"k": "arn:aws:sns:*:123456789012:app*"}}`, k(arn), eval.Allowed},
		{"a star keeps to its part", `{"ArnLike": {"k": "arn:aws:*:app1:x:y"}}`, k("arn:aws:a:b:app1:x:y"), eval.NotAllowed},
		{"but for the last one", `{"ArnLike": {"k": "arn:aws:sns:*:*:*"}}`, k("arn:aws:sns:eu-west-1:1:a:b:c"), eval.Allowed},
		{"an ARN has letter case", `{"ArnLike": {"k": "arn:aws:sns:*:*:App1"}}`, k(arn), eval.NotAllowed},
		{"negated", `{"ArnNotLike": {"k": "arn:aws:sns:*:*:app1"}}`, k(arn), eval.NotAllowed},
		{"ArnNotEquals is the same", `{"ArnNotEquals": {"k": "arn:aws:sns:*:*:app?"}}`, k(arn), eval.NotAllowed},
		{"a mere star", `{"ArnLike": {"k": "*"}}`, k(arn), eval.Allowed},
		{"fewer parts", `{"ArnLike": {"k": "arn:aws:sns:*"}}`, k(arn), eval.Undecided},
		{"fewer parts, and no match however it is read", `{"ArnLike": {"k": "arn:aws:s3:*"}}`, k(arn), eval.NotAllowed},
		{"a request's value that is no ARN", `{"ArnLike": {"k": "arn:aws:sns:*:*:*"}}`, k("app1"), eval.Undecided},
		{"a request's value with fewer parts", `{"ArnLike": {"k": "arn:aws:sns:*:*:*"}}`, k("arn:aws:sns:x"), eval.Undecided},
		{"a request's value with the parts of another thing", `{"ArnLike": {"k": "arn:aws:sns:*:*:*"}}`, k("urn:aws:sns:x:y:z"), eval.Undecided},

		{"true", `{"Bool": {"k": "true"}}`, k("true"), eval.Allowed},
		{"letter case aside", `{"Bool": {"k": "True"}}`, k("TRUE"), eval.Allowed},
		{"JSON's own", `{"Bool": {"k": false}}`, k("false"), eval.Allowed},
		{"not true", `{"Bool": {"k": "true"}}`, k("false"), eval.NotAllowed},
		{"neither", `{"Bool": {"k": "yes"}}`, k("true"), eval.Undecided},
		{"neither, in the request", `{"Bool": {"k": "true"}}`, k("1"), eval.Undecided},

		{"bytes", `{"BinaryEquals": {"k": "QmluYXJ5"}}`, k("QmluYXJ5"), eval.Allowed},
		{"other bytes", `{"BinaryEquals": {"k": "QmluYXJ5"}}`, k("QmluYXJ6"), eval.NotAllowed},
		{"no base64", `{"BinaryEquals": {"k": "?"}}`, k("QmluYXJ5"), eval.Undecided},
		{"no base64, in the request", `{"BinaryEquals": {"k": "QmluYXJ5"}}`, k("?"), eval.Undecided},
	})
}

func TestAddresses(t *testing.T) {
	checkConditions(t, "2012-10-17", []conditionCase{
		{"in a block", `{"IpAddress": {"k": "10.0.0.0/8"}}`, k("10.1.2.3"), eval.Allowed},
		{"out of it", `{"IpAddress": {"k": "10.0.0.0/8"}}`, k("11.1.2.3"), eval.NotAllowed},
		{"a bare address is a /32", `{"IpAddress": {"k": "10.1.2.3"}}`, k("10.1.2.3"), eval.Allowed},
		{"and nothing else", `{"IpAddress": {"k": "10.1.2.3"}}`, k("10.1.2.4"), eval.NotAllowed},
		{"a bare address, negated", `{"NotIpAddress": {"k": "10.1.2.3"}}`, k("10.1.2.4"), eval.Allowed},
		{"host bits do not count", `{"IpAddress": {"k": "10.9.9.9/8"}}`, k("10.1.2.3"), eval.Allowed},
		{"everything", `{"IpAddress": {"k": "0.0.0.0/0"}}`, k("192.0.2.1"), eval.Allowed},
		{"everything of its own kind", `{"IpAddress": {"k": "0.0.0.0/0"}}`, k("2001:db8::1"), eval.NotAllowed},
		{"the other way round", `{"IpAddress": {"k": "::/0"}}`, k("192.0.2.1"), eval.NotAllowed},
		{"negated", `{"NotIpAddress": {"k": "0.0.0.0/0"}}`, k("2001:db8::1"), eval.Allowed},
		{"IPv6", `{"IpAddress": {"k": "2001:DB8:0::/32"}}`, k("2001:db8:1::1"), eval.Allowed},
		{"any of the blocks", `{"IpAddress": {"k": ["10.0.0.0/8", "2001:db8::/32"]}}`, k("2001:db8:1::1"), eval.Allowed},
		{"no address", `{"IpAddress": {"k": "10.0.0.0/33"}}`, k("10.1.2.3"), eval.Undecided},
		{"no address, but another", `{"IpAddress": {"k": ["x", "10.0.0.0/8"]}}`, k("10.1.2.3"), eval.Allowed},
		{"zeros at the front", `{"IpAddress": {"k": "010.0.0.0/8"}}`, k("10.1.2.3"), eval.Undecided},
		{"no address in the request", `{"NotIpAddress": {"k": "10.0.0.0/8"}}`, k("10.1.2.0/24"), eval.Undecided},
		{"IPv4 as IPv6", `{"IpAddress": {"k": "10.0.0.0/8"}}`, k("::ffff:10.1.2.3"), eval.Undecided},
		{"IPv4 as IPv6 in the policy", `{"IpAddress": {"k": "::ffff:10.0.0.0/104"}}`, k("10.1.2.3"), eval.Undecided},
	})
}

func TestNumbers(t *testing.T) {
	checkConditions(t, "2012-10-17", []conditionCase{
		{"equal", `{"NumericEquals": {"k": "5"}}`, k("5"), eval.Allowed},
		{"equal in another spelling", `{"NumericEquals": {"k": "5.0"}}`, k("5.00"), eval.Allowed},
		{"minus zero", `{"NumericEquals": {"k": "-0.0"}}`, k("0"), eval.Allowed},
		{"JSON's own", `{"NumericEquals": {"k": 5}}`, k("5"), eval.Allowed},
		{"not equal", `{"NumericNotEquals": {"k": ["5", "6"]}}`, k("6"), eval.NotAllowed},
		{"less", `{"NumericLessThan": {"k": "10"}}`, k("9"), eval.Allowed},
		{"less is not by text", `{"NumericLessThan": {"k": "9"}}`, k("10"), eval.NotAllowed},
		{"not less than itself", `{"NumericLessThan": {"k": "9"}}`, k("9"), eval.NotAllowed},
		{"less or equal", `{"NumericLessThanEquals": {"k": "9"}}`, k("9.000"), eval.Allowed},
		{"greater", `{"NumericGreaterThan": {"k": "-9"}}`, k("-8.5"), eval.Allowed},
		{"greater, among the negative", `{"NumericGreaterThan": {"k": "-9"}}`, k("-10"), eval.NotAllowed},
		{"greater or equal", `{"NumericGreaterThanEquals": {"k": "0.1"}}`, k("0.10"), eval.Allowed},
		{"fractions", `{"NumericLessThan": {"k": "0.5"}}`, k("0.49"), eval.Allowed},
		{"digits beyond any float", `{"NumericLessThan": {"k": "10000000000000000000000.1"}}`, k("10000000000000000000000.09"), eval.Allowed},
		{"any of the values", `{"NumericLessThan": {"k": ["1", "10"]}}`, k("5"), eval.Allowed},
		{"no number", `{"NumericLessThan": {"k": "ten"}}`, k("5"), eval.Undecided},
		{"no number in the request", `{"NumericLessThan": {"k": "10"}}`, k(""), eval.Undecided},
		{"an exponent", `{"NumericLessThan": {"k": "1e3"}}`, k("5"), eval.Undecided},
		{"a zero at the front", `{"NumericEquals": {"k": "05"}}`, k("5"), eval.Undecided},
		{"a variable", `{"NumericEquals": {"k": "${k}"}}`, k("5"), eval.Undecided},
	})
}

func TestDates(t *testing.T) {
	const noon = "2026-01-01T12:00:00Z"
	equal := func(v string) string { return `{"DateEquals": {"k": ` + quoted(v) + `}}` }
	checkConditions(t, "2012-10-17", []conditionCase{
		{"before", `{"DateLessThan": {"k": "2026-01-01T12:00:01Z"}}`, k(noon), eval.Allowed},
		{"not before itself", `{"DateLessThan": {"k": "2026-01-01T12:00:00Z"}}`, k(noon), eval.NotAllowed},
		{"not after", `{"DateLessThanEquals": {"k": "2026-01-01T12:00:00Z"}}`, k(noon), eval.Allowed},
		{"after", `{"DateGreaterThan": {"k": "2025-12-31T23:59:59Z"}}`, k(noon), eval.Allowed},
		{"after another day", `{"DateGreaterThanEquals": {"k": "2026-01-02"}}`, k(noon), eval.NotAllowed},
		{"not equal", `{"DateNotEquals": {"k": "2026-01-01T12:00:00Z"}}`, k(noon), eval.NotAllowed},
		{"a zone", equal("2026-01-01T14:00:00+02:00"), k(noon), eval.Allowed},
		{"a zone in the west", equal("2026-01-01T06:30:00-05:30"), k(noon), eval.Allowed},
		{"Greenwich", equal("2026-01-01T12:00:00-00:00"), k(noon), eval.Allowed},
		{"another day's zone", equal("2025-12-31T23:00:00-01:00"), k("2026-01-01"), eval.Allowed},
		{"without seconds", equal("2026-01-01T12:00Z"), k(noon), eval.Allowed},
		{"with a fraction", equal("2026-01-01T12:00:00.000Z"), k(noon), eval.Allowed},
		{"a fraction counts", `{"DateGreaterThan": {"k": "2026-01-01T12:00:00.09Z"}}`, k("2026-01-01T12:00:00.1Z"), eval.Allowed},
		{"a day is its midnight", equal("2026-01-02"), k("2026-01-02T00:00:00Z"), eval.Allowed},
		{"a month is its first day", equal("2026-02"), k("2026-02-01T00:00:00Z"), eval.Allowed},
		{"seconds since 1970", equal("1767268800"), k(noon), eval.Allowed},
		{"seconds in the request", equal(noon), k("1767268800"), eval.Allowed},
		{"seconds as JSON's number", `{"DateEquals": {"k": 1767268800}}`, k(noon), eval.Allowed},
		{"a year may be seconds", equal("2026"), k(noon), eval.Undecided},
		{"milliseconds", equal("1767268800000"), k(noon), eval.Undecided},
		{"no zone", equal("2026-01-01T12:00:00"), k(noon), eval.Undecided},
		{"no such day", equal("2026-02-30"), k(noon), eval.Undecided},
		{"no such month", equal("2026-13"), k(noon), eval.Undecided},
		{"no such hour", equal("2026-01-01T24:00:00Z"), k(noon), eval.Undecided},
		{"a zone at its end", equal("2026-01-02T11:59:00+23:59"), k(noon), eval.Allowed},
		{"no such minute of a zone", equal("2026-01-01T12:00:00+01:60"), k(noon), eval.Undecided},
		{"no such minute", equal("2026-01-01T12:60:00Z"), k(noon), eval.Undecided},
		{"a second that leaps", equal("2026-01-01T12:00:60Z"), k(noon), eval.Undecided},
		{"a second too much", `{"DateEquals": {"k": "2026-01-01T12:00:01Z"}}`, k(noon), eval.NotAllowed},
		{"before any era", `{"DateLessThan": {"k": "0000-01-01T00:00:00Z"}}`, k("0000-01-01T00:00:00+23:59"), eval.Allowed},
		{"no such zone", equal("2026-01-01T12:00:00+24:00"), k(noon), eval.Undecided},
		{"an hour of one digit", equal("2026-01-01T2:00:00Z"), k(noon), eval.Undecided},
		{"no date in the request", equal(noon), k("noon"), eval.Undecided},
	})
}
