package policy_test

import (
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/policy/policytest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// in2012 returns a document with one statement of these elements.
func in2012(elements string) string {
	return `{"Version":"2012-10-17","Statement":[{` + elements + `}]}`
}

func TestCanonical(t *testing.T) {
	for _, tt := range []struct{ text, want, reason string }{
		{
			`{"Id":"i","Statement":{"Sid":"s","Effect":"Allow","Action":"S3:GetObject","Resource":["*"]}}`,
			in2012(`"Effect":"Allow","Action":"s3:getobject","Resource":"*"`), "Sid, Id, lists of one, letter case, a single statement",
		},
		{in2012(`"Action":["b:x","a:y","A:Y","b:x"]`), in2012(`"Action":["a:y","b:x"]`), "actions sorted, duplicates by letter case dropped"},
		{in2012(`"Action":["s3:*","s3:GetObject","ec2:Run*","ec2:RunInstances"]`), in2012(`"Action":["ec2:run*","s3:*"]`), "covered actions"},
		{in2012(`"Action":["*:*","s3:Get*"]`), in2012(`"Action":"*"`), "every action of every service is every action"},
		{in2012(`"Action":["*:Get*","s3:GetObject","s?:Put*","s3:Put*"]`), in2012(`"Action":["*:get*","s?:put*"]`), "wildcards in the service"},
		{in2012(`"Action":["s*","s3:x"]`), in2012(`"Action":["s*","s3:x"]`), "a pattern without a colon covers no action"},
		{in2012(`"NotAction":["iam:**","iam:Get*?","sts:*?*"]`), in2012(`"NotAction":["iam:*","sts:?*"]`), "runs of wildcards; NotAction is a list like another"},
		{
			in2012(`"Resource":["arn:aws:s3:::b/*","arn:aws:s3:::B/*","arn:aws:s3:::b/x/*","arn:aws:s3:::b"]`),
			in2012(`"Resource":["arn:aws:s3:::B/*","arn:aws:s3:::b","arn:aws:s3:::b/*"]`), "letter case of resources counts",
		},
		{in2012(`"NotResource":["arn:aws:rds:*","arn:aws:rds:eu-west-1:*:db:x"]`), in2012(`"NotResource":"arn:aws:rds:*"`), "a last star runs over colons"},
		{
			in2012(`"Resource":["*","arn:aws:s3:::${aws:username}"]`), in2012(`"Resource":["*","arn:aws:s3:::${aws:username}"]`),
			"a variable without a value might switch off the statement",
		},
		{
			in2012(`"Resource":["arn:aws:s3:::b/${AWS:UserName}/*","arn:aws:s3:::b/${aws:username}/*"]`), in2012(`"Resource":"arn:aws:s3:::b/${aws:username}/*"`),
			"a variable's name is a condition key",
		},
		{
			in2012(`"Resource":"arn:aws:s3:::b/${AWS:PrincipalTag/Team, 'None}'}/X"`), in2012(`"Resource":"arn:aws:s3:::b/${aws:principaltag/team, 'None}'}/X"`),
			"a tag key too, but neither a default value nor what follows",
		},
		{in2012(`"Resource":"arn:${X}:s3:::b${X"`), in2012(`"Resource":"arn:${X}:s3:::b${X"`), "no variable before the fifth colon, nor without an end"},
		{
			`{"Statement":{"Resource":"arn:aws:s3:::b/${AWS:UserName}","Condition":{"StringEquals":{"k":"${X}"}}}}`,
			in2012(`"Resource":"arn:aws:s3:::b/${$}{AWS:UserName}","Condition":{"StringEquals":{"k":"${$}{X}"}}`), "an old version has no variables to fold",
		},
		{
			in2012(`"Condition":{"StringEquals":{"k":"${X, 'D'}Y"},"ArnLike":{"k":"${X}"},"StringNotLike":{"k":"${X}*"},"Null":{"k":"True"},"BinaryEquals":{"k":"${X}"}}`),
			in2012(`"Condition":{"ArnLike":{"k":"${x}"},"BinaryEquals":{"k":"${X}"},"Null":{"k":"true"},"StringEquals":{"k":"${x, 'D'}Y"},"StringNotLike":{"k":"${x}*"}}`),
			"variables in conditions on texts",
		},
		{in2012(`"Resource":["a${$}b*","a$b*"]`), in2012(`"Resource":"a${$}b*"`), "of two ways to write a dollar one stays"},
		{in2012(`"Resource":"a${x, '**'}**"`), in2012(`"Resource":"a${x, '**'}*"`), "stars in a default value are no wildcards"},
		{
			`{"Version":"2008-10-17","Statement":{"Resource":"b/${aws:username}","Condition":{"StringLike":{"k":"${*}"}}}}`,
			in2012(`"Resource":"b/${$}{aws:username}","Condition":{"StringLike":{"k":"${$}{*}"}}`), "an old version has no variables",
		},
		{`{"Statement":{"Resource":"b/${aws:username}"}}`, in2012(`"Resource":"b/${$}{aws:username}"`), "no version is the old one"},
		{
			in2012(`"Principal":{"AWS":["arn:aws:iam::123456789012:root","123456789012"],"Service":"b","aws":"x"}`),
			in2012(`"Principal":{"AWS":["arn:aws:iam::123456789012:root","x"],"Service":"b"}`), "an account is its root",
		},
		{
			in2012(`"Principal":{"AWS":["123456789012","*","arn:aws:iam::123456789012:role/r","","*"],"Service":"b","Federated":"c","CanonicalUser":"d","Robot":"e"}`),
			in2012(`"Principal":{"AWS":["","*"],"CanonicalUser":"d","Federated":"c","Robot":"e","Service":"b"}`), "every principal of AWS's covers one of them",
		},
		{
			in2012(`"Principal":{"AWS":["123456789012","*"],"Service":["b",""],"Federated":"c","CanonicalUser":"d","Robot":"e"},"Principal":"*"`),
			in2012(`"Principal":"*","Principal":{"Robot":"e","Service":""}`), "everyone covers every principal of a type that AWS has",
		},
		{in2012(`"Principal":{"Service":["*","b"],"Federated":["*","c"]}`), in2012(`"Principal":{"Federated":["*","c"],"Service":["*","b"]}`), "a star of another type is not known to be everyone"},
		{
			in2012(`"NotPrincipal":{"AWS":["*","123456789012","arn:aws:iam::123456789012:root"]},"NotPrincipal":"*"`),
			in2012(`"NotPrincipal":"*","NotPrincipal":{"AWS":["*","arn:aws:iam::123456789012:root"]}`), "in NotPrincipal only duplicates go",
		},
		{in2012(`"Principal":{"Service":"123456789012"}`), in2012(`"Principal":{"Service":"123456789012"}`), "no account"},
		{in2012(`"Principal":"*"`), in2012(`"Principal":"*"`), "everyone"},
		{in2012(`"Principal":{"AWS":"*"}`), in2012(`"Principal":{"AWS":"*"}`), "not quite everyone"},
		{in2012(`"Condition":{}`), in2012(``), "an empty condition"},
		{in2012(`"Condition":{"Bool":{}}`), in2012(``), "an operator that asks for nothing"},
		{
			in2012(`"Condition":{"StringEquals":{"aws:PrincipalTag/Team":["B","A","B"]},"Bool":{"AWS:x":"TRUE"}}`),
			in2012(`"Condition":{"Bool":{"aws:x":"true"},"StringEquals":{"aws:principaltag/team":["A","B"]}}`), "keys in lower case, values as the operator reads them",
		},
		{
			in2012(`"Condition":{"stringequalsignorecase":{"k":["A","a"]},"FORANYVALUE:arnequalsIFEXISTS":{"k":"a**"},"ArnNotEquals":{"k":"b"}}`),
			in2012(`"Condition":{"ArnNotLike":{"k":"b"},"ForAnyValue:ArnLikeIfExists":{"k":"a*"},"StringEqualsIgnoreCase":{"k":"a"}}`), "operators as AWS spells them",
		},
		{
			in2012(`"Condition":{"StringLike":{"k":["a*","ab*","ab?"]},"StringNotLikeIfExists":{"k":["*","a"]},"StringEquals":{"k":["a*","ab"]},"ArnLike":{"k":["a*","ab"]}}`),
			in2012(`"Condition":{"ArnLike":{"k":["a*","ab"]},"StringEquals":{"k":["a*","ab"]},"StringLike":{"k":"a*"},"StringNotLikeIfExists":{"k":"*"}}`),
			"covered values of StringLike only: to StringEquals a star is a star",
		},
		{
			in2012(`"Condition":{"ArnLike":{"k":["arn:aws:s3:::a*","arn:aws:s3:::ab","arn:aws:s3:::ab:c","arn:aws:s3:e::ab"]}}`),
			in2012(`"Condition":{"ArnLike":{"k":["arn:aws:s3:::a*","arn:aws:s3:e::ab"]}}`), "covered ARNs",
		},
		{
			in2012(`"Condition":{"ForAnyValue:ArnNotEqualsIfExists":{"k":["arn:*:s3:*:*:?b*","arn:aws:s3:::ab","arn:aws:s3:::b"]}}`),
			in2012(`"Condition":{"ForAnyValue:ArnNotLikeIfExists":{"k":["arn:*:s3:*:*:?b*","arn:aws:s3:::b"]}}`), "covered ARNs of any operator on ARNs",
		},
		{
			in2012(`"Condition":{"ArnLike":{"k":["*","arn:*","arn:aws:s3:*","arn:aws:s3:::a","arn:aws:s3:*:a"]}}`),
			in2012(`"Condition":{"ArnLike":{"k":["*","arn:*","arn:aws:s3:*","arn:aws:s3:*:a","arn:aws:s3:::a"]}}`), "ARNs that are cut short cover nothing",
		},
		{
			in2012(`"Condition":{"ArnLike":{"k":["arn:aws:s3:::${v}*","arn:aws:s3:::${v}a","arn:aws:s3:::${w}a","arn:aws:iam::*:role/*","arn:aws:iam::*:role/${w}"]}}`),
			in2012(`"Condition":{"ArnLike":{"k":["arn:aws:iam::*:role/${w}","arn:aws:iam::*:role/*","arn:aws:s3:::${v}*","arn:aws:s3:::${w}a"]}}`),
			"a variable is covered by itself only",
		},
		{
			in2012(`"Condition":{"IpAddress":{"k":["10.1.2.3/8","10.0.0.0/8","11.1.2.3","2001:DB8:0::1","2001:db9::/33","10.1.2","fe80::1%eth0"]}}`),
			in2012(`"Condition":{"IpAddress":{"k":["10.0.0.0/8","10.1.2","11.1.2.3/32","2001:db8::1/128","2001:db9::/33","fe80::1%eth0"]}}`), "addresses are blocks; what is none stays",
		},
		{
			in2012(`"Condition":{"NotIpAddress":{"k":["10.1.0.0/16","10.1.2.3","10.0.0.0/8","11.0.0.0/9","11.128.0.0/9","2001:db8::1","2001:db8::/32"]}}`),
			in2012(`"Condition":{"NotIpAddress":{"k":["10.0.0.0/8","11.0.0.0/9","11.128.0.0/9","2001:db8::/32"]}}`), "blocks within blocks",
		},
		{
			in2012(`"Condition":{"IpAddress":{"k":["0.0.0.0/0","1.2.3.4","::/0","::1","::ffff:1.2.3.4"]}}`),
			in2012(`"Condition":{"IpAddress":{"k":["0.0.0.0/0","::/0","::ffff:1.2.3.4/128"]}}`), "IPv4 and IPv6 apart, and what may be either stays",
		},
		{
			in2012(`"Condition":{"ArnLike":{"k":"a"},"ArnEquals":{"K":"b"}}`), in2012(`"Condition":{"ArnEquals":{"K":"b"},"ArnLike":{"k":"a"}}`),
			"two conditions that must both hold do not become one of which either is enough",
		},
		{in2012(`"Condition":{"ArnLike":{"k":"a"},"ArnEquals":{"K":"a"}}`), in2012(`"Condition":{"ArnLike":{"k":"a"}}`), "the same condition twice"},
		{
			in2012(`"Condition":{"StringLike":{"k":["a","b"],"l":["a","b*"],"m":"${v}","n":"$","o":"a?"},"ForAllValues:StringNotLikeIfExists":{"K":["a",""]}}`),
			in2012(`"Condition":{"ForAllValues:StringNotEqualsIfExists":{"k":["","a"]},"StringEquals":{"k":["a","b"]},"StringLike":{"l":["a","b*"],"m":"${v}","n":"$","o":"a?"}}`),
			"patterns that are plain text are text",
		},
		{in2012(`"Condition":{"StringLike":{"k":[]}}`), in2012(`"Condition":{"StringLike":{"k":[]}}`), "no value"},
		{
			in2012(`"Condition":{"StringLike":{"K":"a"},"StringEquals":{"k":"b"}}`), in2012(`"Condition":{"StringEquals":{"k":"b"},"StringLike":{"k":"a"}}`),
			"two that must both hold stay two",
		},
		{in2012(`"Condition":{"StringLike":{"K":"a"},"StringEquals":{"k":"a"}}`), in2012(`"Condition":{"StringEquals":{"k":"a"}}`), "the same condition in two ways"},
		{
			in2012(`"Condition":{"StringLike":{"K":"a"},"STRINGLIKE":{"k":"b"}}`), in2012(`"Condition":{"STRINGLIKE":{"k":"b"},"StringLike":{"K":"a"}}`),
			"two patterns that must both hold keep their spelling",
		},
		{
			in2012(`"Condition":{"StringLike":{"k":"a*","K":"b"}}`), in2012(`"Condition":{"StringEquals":{"k":"b"},"StringLike":{"k":"a*"}}`),
			"a pattern and a text of one key are two conditions",
		},
		{
			in2012(`"Condition":{"StringLike":{"k":"a*","K":"b"},"StringEquals":{"k":"c"}}`), in2012(`"Condition":{"StringEquals":{"k":"c"},"StringLike":{"K":"b","k":"a*"}}`),
			"and keep their spelling where the text has to stay a pattern",
		},
		{
			in2012(`"Condition":{"NumericEquals":{"k":[1,1.0,"1","1.50",-0.0,"01"]},"NumericLessThanIfExists":{"k":[90071992547409930.0,"90071992547409931"]}}`),
			in2012(`"Condition":{"NumericEquals":{"k":["0","01","1","1.5"]},"NumericLessThanIfExists":{"k":["90071992547409930","90071992547409931"]}}`),
			"numbers in one spelling, and exact",
		},
		{
			in2012(`"Condition":{"DateLessThan":{"k":["2026-01-01T00:00:00.000Z","2026-01-01T00:00:00Z","2026-01-01T00:00Z","2026-01-01","2026-02-30T00:00:00.0Z"]}}`),
			in2012(`"Condition":{"DateLessThan":{"k":["2026-01-01T00:00:00Z","2026-02-30T00:00:00.0Z"]}}`),
			"times in one spelling",
		},
		{in2012(`"Condition":{"StringEquals":{"k":["1","1.0"]}}`), in2012(`"Condition":{"StringEquals":{"k":["1","1.0"]}}`), "to other operators they are text"},
		{
			in2012(`"Resource":["x","x"],"NotResource":["y","y"],"Principal":{"Service":["s","s"]},"Condition":{"IpAddress":{"k":["10.1.1.1/8","10.2.2.2/8"]}}`),
			in2012(`"Principal":{"Service":"s"},"Resource":"x","NotResource":"y","Condition":{"IpAddress":{"k":"10.0.0.0/8"}}`), "duplicates of every kind",
		},
		{in2012(`"Condition":{"Strange":{"K":["b","a"]}}`), in2012(`"Condition":{"Strange":{"k":["a","b"]}}`), "an unknown operator stays"},
		{
			in2012(`"Foo":1,"Bar":{"b":1,"a":2},"Effect":"Deny","Effect":"Allow","Sid":5`), in2012(`"Effect":"Deny","Bar":{"a":2,"b":1},"Effect":"Allow","Foo":1`),
			"unknown elements stay, but for Sid",
		},
		{
			`{"Statement":[{"Action":"b"},{"Action":"a","Sid":"1"},{"Action":["A"],"Sid":"2"}]}`,
			`{"Version":"2012-10-17","Statement":[{"Action":"a"},{"Action":"b"}]}`, "statements sorted, duplicates dropped",
		},
		{`{"Version":"2012-10-17"}`, `{"Version":"2012-10-17"}`, "no statements"},
		{in2012(`"Action":[],"Resource":""`), in2012(`"Action":[],"Resource":""`), "an empty list is not an absent one"},
	} {
		d, _, err := policy.Parse(tt.text)
		if err != nil {
			t.Fatalf("%s: %v", tt.text, err)
		}
		before := d.String()
		if got := policy.Canonical(d, "").String(); got != tt.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tt.reason, tt.text, got, tt.want)
		}
		if d.String() != before {
			t.Errorf("%s: the document has changed", tt.text)
		}
		checkRoundTrip(t, tt.text)
	}
}

func TestCanonicalPartition(t *testing.T) {
	d := &policy.Document{Statements: []policy.Statement{{Principal: []policy.Principal{{"AWS", "123456789012"}}}}}
	want := []policy.Principal{{"AWS", "arn:aws-cn:iam::123456789012:root"}}
	if diff := cmp.Diff(want, policy.Canonical(d, "aws-cn").Statements[0].Principal); diff != "" {
		t.Error(diff)
	}
}

// TestTellsApart has what must never become one in canonical form.
func TestTellsApart(t *testing.T) {
	for _, tt := range [][2]string{
		{`"Action":"a:b"`, `"NotAction":"a:b"`},
		{`"Resource":"x"`, `"NotResource":"x"`},
		{`"Resource":"x"`, `"Resource":"X"`},
		{`"Resource":"a?"`, `"Resource":"a*"`},
		{`"Resource":"a${x}"`, `"Resource":"a${$}{x}"`},
		{`"Principal":"*"`, `"Principal":{"AWS":"*"}`},
		{`"Principal":{"AWS":"x"}`, `"Principal":{"Federated":"x"}`},
		{`"Principal":{"AWS":"x"}`, `"NotPrincipal":{"AWS":"x"}`},
		{`"NotPrincipal":{"AWS":"*"}`, `"NotPrincipal":{"AWS":["*","x"]}`},
		{`"Principal":{"AWS":"*"}`, `"Principal":{"AWS":"*","Service":"x"}`},
		{`"Principal":{"AWS":"*"}`, `"Principal":{"AWS":["*",""]}`},
		{`"Condition":{"Bool":{"k":"true"}}`, ``},
		{`"Condition":{"Bool":{"k":"true"}}`, `"Condition":{"BoolIfExists":{"k":"true"}}`},
		{`"Condition":{"StringLike":{"k":"a*"}}`, `"Condition":{"StringEquals":{"k":"a*"}}`},
		{`"Condition":{"StringLike":{"k":"a"}}`, `"Condition":{"StringNotEquals":{"k":"a"}}`},
		{`"Condition":{"StringLike":{"k":"a"}}`, `"Condition":{"StringEqualsIgnoreCase":{"k":"a"}}`},
		{`"Condition":{"StringLike":{"k":"a"}}`, `"Condition":{"StringEqualsIfExists":{"k":"a"}}`},
		{`"Condition":{"StringLike":{"k":"a"}}`, `"Condition":{"ForAnyValue:StringEquals":{"k":"a"}}`},
		{`"Condition":{"StringLike":{"k":"a"},"StringEquals":{"k":"b"}}`, `"Condition":{"StringEquals":{"k":["a","b"]}}`},
		{`"Condition":{"StringNotLike":{"k":"a"},"StringNotEquals":{"k":"b"}}`, `"Condition":{"StringNotEquals":{"k":"b"}}`},
		{`"Condition":{"StringEquals":{"k":"a"}}`, `"Condition":{"StringEquals":{"k":"A"}}`},
		{`"Condition":{"StringEquals":{"k":"a"}}`, `"Condition":{"ForAllValues:StringEquals":{"k":"a"}}`},
		{`"Condition":{"StringEquals":{"k":["a","b"]}}`, `"Condition":{"StringEquals":{"k":"a","K":"b"}}`},
		{`"Condition":{"StringEquals":{"k":[]}}`, ``},
		{`"Condition":{"NumericEquals":{"k":"9007199254740992"}}`, `"Condition":{"NumericEquals":{"k":"9007199254740993"}}`},
		{`"Condition":{"NumericEquals":{"k":"1"}}`, `"Condition":{"NumericEquals":{"k":"-1"}}`},
		{`"Condition":{"DateEquals":{"k":"2026-01-01T00:00:00Z"}}`, `"Condition":{"DateEquals":{"k":"2026-01-01T00:00:00.0001Z"}}`},
		{`"Condition":{"DateEquals":{"k":"2026-01-01T00:00:00Z"}}`, `"Condition":{"DateEquals":{"k":"2026-01-01T00:00:00+01:00"}}`},
		{`"Condition":{"IpAddress":{"k":"10.0.0.0"}}`, `"Condition":{"IpAddress":{"k":"10.0.0.0/8"}}`},
		{`"Action":"a:b"`, `"Action":["a:b",5]`},
		{`"Effect":"Allow"`, `"Effect":"allow"`},
		{`"Foo":1`, `"Foo":1.0`},
		{`"Action":["a:b"]`, `"Action":["a:b","a:c"]`},
	} {
		a, _, errA := policy.Parse(in2012(tt[0]))
		b, _, errB := policy.Parse(in2012(tt[1]))
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if policy.Canonical(a, "").String() == policy.Canonical(b, "").String() {
			t.Errorf("%s and %s are the same", tt[0], tt[1])
		}
	}
}

// TestCanonicalLaws: whatever does not matter leaves no trace.
func TestCanonicalLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := policytest.Document().Draw(t, "document")
		want := policy.Canonical(d, "aws")
		permuted := policytest.Permuted(d).Draw(t, "permuted")
		if diff := cmp.Diff(want, policy.Canonical(permuted, "aws")); diff != "" {
			t.Errorf("permuted: -want +got:\n%s", diff)
		}
		text := policytest.Spelling(d).Draw(t, "spelling")
		spelled, problems, err := policy.Parse(text)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		if diff := cmp.Diff(want, policy.Canonical(spelled, "aws")); diff != "" {
			t.Errorf("spelled %s: -want +got:\n%s", text, diff)
		}
		checkRoundTrip(t, text)
	})
}

// TestSplitDocuments checks the generator: what it takes apart, it keeps.
func TestSplitDocuments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := policytest.Document().Draw(t, "document")
		split := policytest.Split(d).Draw(t, "split")
		if len(split.Statements) < len(d.Statements) {
			t.Errorf("%d statements became %d", len(d.Statements), len(split.Statements))
		}
		if lost := missing(tokens(d.String()), tokens(split.String())); lost != nil {
			t.Errorf("lost: %q", lost)
		}
	})
}

func TestCanonicalStatement(t *testing.T) {
	s := policy.Statement{
		Sid: "s", Effect: "Allow", Action: []string{"s3:PutObject", "S3:GetObject", "s3:GetObject", "s3:getobject", "s3:Get*x"},
		Resource: []string{"${a}"}, Line: 3, Column: 4,
	}
	got := policy.CanonicalStatement(&s, "2008-10-17", "aws")
	want := policy.Statement{Effect: "Allow", Action: []string{"s3:Get*x", "S3:GetObject", "s3:PutObject"}, Resource: []string{"${$}{a}"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := policytest.Document().Draw(t, "document")
		for i := range d.Statements {
			one := policy.CanonicalStatement(&d.Statements[i], d.Version, "")
			if diff := cmp.Diff(one, policy.CanonicalStatement(&one, "2012-10-17", "")); diff != "" {
				t.Errorf("not idempotent: -first +second:\n%s", diff)
			}
			folded := policy.Canonical(&policy.Document{Version: "2012-10-17", Statements: []policy.Statement{one}}, "")
			whole := policy.Canonical(&policy.Document{Version: d.Version, Statements: d.Statements[i : i+1]}, "")
			if diff := cmp.Diff(whole, folded); diff != "" {
				t.Errorf("-canonical +canonical of the statement's:\n%s", diff)
			}
		}
	})
}

// TestCoveredEntries: what is left of a list matches what the list matched.
func TestCoveredEntries(t *testing.T) {
	pattern := rapid.StringOfN(rapid.SampledFrom([]rune("aab:*?")), 1, 5, -1)
	word := rapid.StringOfN(rapid.SampledFrom([]rune("aabx:")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(pattern, 1, 8).Draw(t, "patterns")
		s := canonicalOf(policy.Statement{
			Resource:  list,
			Condition: []policy.Condition{{"StringLike", "k", list}},
		})
		for _, w := range rapid.SliceOfN(word, 20, 20).Draw(t, "words") {
			want := anyMatch(list, w)
			if got := anyMatch(s.Resource, w); got != want {
				t.Errorf("%q: %q became %q", w, list, s.Resource)
			}
			if got := anyMatch(s.Condition[0].Values, w); got != want {
				t.Errorf("%q: %q became %q", w, list, s.Condition[0].Values)
			}
		}
		for _, p := range s.Condition[0].Values {
			for _, q := range s.Condition[0].Values {
				if p != q && policy.Covers(p, q) {
					t.Errorf("%q still covers %q", p, q)
				}
			}
		}
	})
}

// canonicalOf returns the canonical form of a statement.
func canonicalOf(s policy.Statement) policy.Statement {
	return policy.Canonical(&policy.Document{Version: "2012-10-17", Statements: []policy.Statement{s}}, "").Statements[0]
}

func anyMatch(list []string, s string) bool {
	for _, p := range list {
		if policy.Match(p, s) {
			return true
		}
	}
	return false
}

// TestCoveredEntriesThatCostTooMuch: the canonical form stays one where
// looking for covered entries is given up.
func TestCoveredEntriesThatCostTooMuch(t *testing.T) {
	s := policy.Statement{Resource: []string{"zz", "zz*"}}
	for i := range 3000 {
		s.Resource = append(s.Resource, "*"+strings.Repeat("a*", i%50)+"b"+string(rune('A'+i%26))+strings.Repeat("?", i/26))
	}
	once := policy.CanonicalStatement(&s, "2012-10-17", "")
	if diff := cmp.Diff(once, policy.CanonicalStatement(&once, "2012-10-17", "")); diff != "" {
		t.Errorf("not idempotent:\n%s", diff)
	}
	if len(once.Resource) < 2000 {
		t.Errorf("%d of %d resources are left: this list is not the hard one it should be", len(once.Resource), len(s.Resource))
	}
}

func TestString(t *testing.T) {
	d := &policy.Document{
		Version: "2012-10-17", ID: "<&>", Statements: []policy.Statement{{
			Sid: "a\"b\\c\n\x00\x1b\u007f\u0085\u009f\u00a0\u00fc\u2028", Effect: "Allow", Action: []string{"a:b"}, Resource: []string{},
			Principal: []policy.Principal{{"AWS", "1"}, {"AWS", "2"}, {"*", "*"}, {"Service", "s"}},
			Condition: []policy.Condition{{"Bool", "b", []string{"true"}}, {"Bool", "a", nil}, {"Null", "c", []string{"x", "y"}}},
			Unknown:   []policy.Element{{"Foo", `{"a":1}`}},
		}},
		Unknown: []policy.Element{{"Bar", "null"}},
	}
	want := `{"Version":"2012-10-17","Id":"<&>","Statement":[{"Sid":"a\"b\\c\u000a\u0000\u001b\u007f\u0085\u009f` + "\u00a0\u00fc\u2028" + `","Effect":"Allow",` +
		`"Principal":{"AWS":["1","2"]},"Principal":"*","Principal":{"Service":"s"},"Action":"a:b","Resource":[],` +
		`"Condition":{"Bool":{"b":"true","a":[]},"Null":{"c":["x","y"]}},"Foo":{"a":1}}],"Bar":null}`
	if got := d.String(); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestConditionJSON(t *testing.T) {
	for _, tt := range []struct {
		conditions []policy.Condition
		want       string
		reason     string
	}{
		{nil, "", "none"},
		{[]policy.Condition{}, "", "none"},
		{
			[]policy.Condition{{"Null", "k", []string{"true"}}, {"Bool", "z", []string{"b", "a", "b"}}, {"Bool", "y", nil}},
			`{"Bool":{"y":[],"z":["a","b"]},"Null":{"k":["true"]}}`, "sorted, values in lists, duplicates dropped",
		},
		{[]policy.Condition{{"Null", "k\u009b", []string{"<"}}, {"Null", "k\u009b", []string{"<"}}}, `{"Null":{"k\u009b":["<"]}}`, "control characters; a duplicate condition"},
	} {
		if got := policy.ConditionJSON(tt.conditions); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.reason, got, tt.want)
		}
	}
	given := []policy.Condition{{"Null", "k", []string{"b", "a"}}}
	policy.ConditionJSON(given)
	if given[0].Values[0] != "b" {
		t.Error("the conditions given have changed")
	}
}

func TestParseOperator(t *testing.T) {
	for _, tt := range []struct {
		name   string
		want   policy.Operator
		ok     bool
		reason string
	}{
		{"StringLike", policy.Operator{Name: "StringLike", Base: "StringLike", Kind: policy.StringLikeOperator, Comparison: "="}, true, "plain"},
		{"foranyvalue:stringnotlikeifexists", policy.Operator{
			Name: "ForAnyValue:StringNotLikeIfExists", Qualifier: "ForAnyValue", Base: "StringNotLike",
			Kind: policy.StringLikeOperator, Negated: true, Comparison: "=", IfExists: true,
		}, true, "letter case does not count"},
		{"ForAllValues:NumericLessThanEquals", policy.Operator{
			Name: "ForAllValues:NumericLessThanEquals", Qualifier: "ForAllValues", Base: "NumericLessThanEquals",
			Kind: policy.NumericOperator, Comparison: "<=",
		}, true, "a comparison"},
		{"NotIpAddress", policy.Operator{Name: "NotIpAddress", Base: "NotIpAddress", Kind: policy.IPOperator, Negated: true, Comparison: "="}, true, "negated"},
		{"NullIfExists", policy.Operator{}, false, "Null asks for absence already"},
		{"ForSomeValues:StringLike", policy.Operator{}, false, "no such qualifier"},
		{"ForAnyValue:", policy.Operator{}, false, "no operator"},
		{"IfExists", policy.Operator{}, false, "no operator"},
		{"StringLikeIfExistsIfExists", policy.Operator{}, false, "once is enough"},
		{"", policy.Operator{}, false, "no operator"},
	} {
		got, ok := policy.ParseOperator(tt.name)
		if got != tt.want || ok != tt.ok {
			t.Errorf("%s: ParseOperator(%q) = %+v, %v", tt.reason, tt.name, got, ok)
		}
	}
	for _, name := range policy.Operators() {
		o, ok := policy.ParseOperator(name)
		if !ok || o.Name != name || o.Negated != strings.Contains(name, "Not") || o.Like() != (strings.Contains(name, "Like") || strings.HasPrefix(name, "Arn")) {
			t.Errorf("ParseOperator(%q) = %+v, %v", name, o, ok)
		}
	}
}
