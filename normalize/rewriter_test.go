package normalize_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/normalize"
)

func rulesOf(t testing.TB, text string, self, other equivalency.Identity) *equivalency.Rules {
	t.Helper()
	d, err := equivalency.Parse("d.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := d.Rules(self, other)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func rewriterOf(t testing.TB, text string) *normalize.Rewriter {
	t.Helper()
	return normalize.NewRewriter(rulesOf(t, text, dev, qa))
}

const names = `{"version": 2, "equivalencies": [
	{"placeholder": "accountname", "values": {"dev": ["dev", "dev-eu", "Dev"], "qa": "qa"}},
	{"placeholder": "team", "values": {"dev": "red", "qa": "green"}, "match": "substring", "fields": ["rolename", "tag"]},
	{"placeholder": "\"quoted\"", "values": {"dev": "büro\\x", "qa": "office"}}],
	"shared": ["dev-tools", "arn:aws:s3:::common-dev"]}`

func TestRewrite(t *testing.T) {
	r := rewriterOf(t, names)
	for _, tt := range []struct {
		reason string
		field  normalize.Field
		text   string
		want   string
	}{
		{"nothing to do", normalize.FieldARN, "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/*"},
		{"an empty text", normalize.FieldARN, "", ""},
		{"the whole text", normalize.FieldRoleName, "dev", "accountname"},
		{"between hyphens", normalize.FieldRoleName, "app-dev-role", "app-accountname-role"},
		{"beside underscores", normalize.FieldRoleName, "app1_dev", "app1_accountname"},
		{"never inside a longer word", normalize.FieldRoleName, "devops-developer-mydev", "devops-developer-mydev"},
		{"before a digit", normalize.FieldRoleName, "dev2", "accountname2"},
		{"after a digit", normalize.FieldRoleName, "1dev", "1accountname"},
		{"before a hump", normalize.FieldRoleName, "devTools", "accountnameTools"},
		{"a hump before it, with its own capital", normalize.FieldRoleName, "AppDevRole", "AppaccountnameRole"},
		{"other letter case is another word", normalize.FieldRoleName, "DEV-DeV", "DEV-DeV"},
		{"the longest match first", normalize.FieldRoleName, "dev-eu-dev-euro", "accountname-accountname-euro"},
		{"every place", normalize.FieldPath, "/dev/dev/", "/accountname/accountname/"},
		{"the account's own id, without an entry", normalize.FieldPrincipal, "arn:aws:iam::123456789012:root", "arn:aws:iam::000000000000:root"},
		{"the other account's id stays", normalize.FieldPrincipal, "arn:aws:iam::987654321098:root", "arn:aws:iam::987654321098:root"},
		{"the other account's name stays", normalize.FieldARN, "arn:aws:s3:::qa-bucket", "arn:aws:s3:::qa-bucket"},
		{"an id inside a longer number is another number", normalize.FieldARN, "arn:aws:s3:::x9123456789012", "arn:aws:s3:::x9123456789012"},
		{"a shared literal", normalize.FieldARN, "arn:aws:s3:::dev-tools/dev", "arn:aws:s3:::dev-tools/accountname"},
		{"a shared literal as a longer word is not the literal", normalize.FieldARN, "dev-toolsmith", "accountname-toolsmith"},
		{"a shared literal that holds more than one token", normalize.FieldARN, "arn:aws:s3:::common-dev", "arn:aws:s3:::common-dev"},
		{"a longer value must not tear a shared literal", normalize.FieldARN, "dev-eu-dev-tools", "accountname-dev-tools"},
		{"inside a word where the entry asks for it", normalize.FieldRoleName, "scoreddata", "scoteamdata"},
		{"but only in the entry's fields", normalize.FieldARN, "scoreddata-red", "scoreddata-red"},
		{"letters beyond ASCII", normalize.FieldDescription, "im büro\\x", "im \"quoted\""},
		{"an accent makes another word", normalize.FieldDescription, "de\u0301v dev\u0301", "de\u0301v dev\u0301"},
		{"bytes that are no UTF-8", normalize.FieldDescription, "\xffdev\xff", "\xffaccountname\xff"},
		{
			"only the values of a condition, sorted anew, each once", normalize.FieldCondition,
			`{"StringEquals":{"aws:PrincipalTag/dev":["zeta-dev","zeta-dev-eu"],"dev":["dev","b"]}}`,
			`{"StringEquals":{"aws:PrincipalTag/dev":["zeta-accountname"],"dev":["accountname","b"]}}`,
		},
		{
			"nothing to do in a condition: byte for byte", normalize.FieldCondition,
			`{"StringEquals": {"k":["z","a","a",1.50,"\u0041"]}}`, `{"StringEquals": {"k":["z","a","a",1.50,"\u0041"]}}`,
		},
		{
			"what is no string, and what is not replaced, keeps its spelling", normalize.FieldCondition,
			`{"X":{"k":["\u0041\n-dev-\u00e9\ud83d\ude00\/"],"n":[1e3,true,null,{"dev":"dev"}]}}`,
			`{"X":{"k":["\u0041\n-accountname-\u00e9\ud83d\ude00\/"],"n":[1e3,true,null,{"dev":"accountname"}]}}`,
		},
		{
			"escapes in what is replaced, and in what takes its place", normalize.FieldCondition,
			`{"X":{"k":["b\u00fcro\\x b\u0075ro","büro\\x"]}}`, `{"X":{"k":["\"quoted\"","\"quoted\" b\u0075ro"]}}`,
		},
		{"a condition that is no JSON is a text", normalize.FieldCondition, `{"dev`, `{"accountname`},
		{
			"the statement column by its elements", normalize.FieldStatement,
			`{"Extra":["z-dev","a-dev",{"dev":["123456789012"]}],"NotAction":["dev:dev"],"NotPrincipal":{"AWS":["z","arn:aws:iam::123456789012:root"]},"NotResource":["dev","arn:aws:s3:::dev"]}`,
			`{"Extra":["z-accountname","a-accountname",{"dev":["000000000000"]}],"NotAction":["dev:dev"],"NotPrincipal":{"AWS":["arn:aws:iam::000000000000:root","z"]},"NotResource":["accountname","arn:aws:s3:::accountname"]}`,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got, used := r.Rewrite(tt.field, tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if (got != tt.text) != (len(used) > 0) {
				t.Errorf("%q became %q by %v", tt.text, got, used)
			}
		})
	}
}

// What says what a text is stays, whatever the dictionary holds.
func TestFixedParts(t *testing.T) {
	const dictionary = `{"version": 2, "equivalencies": [
		{"placeholder": "P", "values": {"dev": ["aws", "s3", "iam", "dev", "logs", "amazonaws", "eu-west-1", "com", "username", "oidc"]}},
		{"placeholder": "in", "values": {"dev": ["zon", "rnam", "ws:s"]}, "match": "substring"},
		{"placeholder": "BUCKET", "values": {"dev": ["arn:aws:s3:::bucket-of-dev", "arn:aws:sns:", "arn:aws:sqs:::"]}}]}`
	r := rewriterOf(t, dictionary)
	for _, tt := range []struct {
		reason string
		field  normalize.Field
		text   string
		want   string
	}{
		{"partition and service of an ARN", normalize.FieldARN, "arn:aws:s3:::s3-aws/iam", "arn:aws:s3:::P-P/P"},
		{"of a principal", normalize.FieldPrincipal, "arn:aws:iam::1:role/iam", "arn:aws:iam::1:role/P"},
		{"in a condition", normalize.FieldCondition, `{"ArnLike":{"aws:SourceArn":["arn:aws:s3:eu-west-1:1:dev"]}}`, `{"ArnLike":{"aws:SourceArn":["arn:aws:s3:P:1:P"]}}`},
		{
			"in a statement", normalize.FieldStatement,
			`{"NotPrincipal":{"AWS":["arn:aws:iam::1:role/dev"],"Service":["logs.eu-west-1.amazonaws.com"]},"NotResource":["arn:aws:s3:::${aws:username}/dev"]}`,
			`{"NotPrincipal":{"AWS":["arn:aws:iam::1:role/P"],"Service":["logs.P.amazonaws.com"]},"NotResource":["arn:aws:s3:::${aws:username}/P"]}`,
		},
		{"an ARN that ends before its resource", normalize.FieldARN, "arn:aws:s3", "arn:aws:s3"},
		{"and one that ends before its service", normalize.FieldARN, "arn:dev", "arn:dev"},
		{"what only looks like an ARN's beginning", normalize.FieldARN, "an-arn:aws:s3:::dev", "an-arn:P:P:::P"},
		{"a value across the end of the service", normalize.FieldARN, "arn:aws:s3:::x", "arn:aws:s3:::x"},
		{"the whole ARN of a resource is a name", normalize.FieldARN, "arn:aws:s3:::bucket-of-dev/dev", "BUCKET/P"},
		{"half an ARN is none", normalize.FieldARN, "arn:aws:sns:eu:1:dev", "arn:aws:sns:eu:1:P"},
		{"nor is one without its resource", normalize.FieldARN, "arn:aws:sqs:::dev", "arn:aws:sqs:::P"},
		{"a policy variable", normalize.FieldARN, "arn:aws:s3:::dev/${aws:username}/dev${dev}dev", "arn:aws:s3:::P/${aws:username}/P${dev}P"},
		{"a policy variable with a default", normalize.FieldCondition, `{"S":{"k":["${aws:PrincipalTag/dev, 'dev'}-dev"]}}`, `{"S":{"k":["${aws:PrincipalTag/dev, 'dev'}-P"]}}`},
		{"one that does not end is none", normalize.FieldARN, "arn:aws:s3:::${dev", "arn:aws:s3:::${P"},
		{"a dollar or a brace by itself is none", normalize.FieldARN, "arn:aws:s3:::$dev{dev}", "arn:aws:s3:::$P{P}"},
		{"a service's name and domain", normalize.FieldPrincipal, "logs.amazonaws.com", "logs.amazonaws.com"},
		{"but its region may differ", normalize.FieldPrincipal, "logs.eu-west-1.amazonaws.com", "logs.P.amazonaws.com"},
		{"in China", normalize.FieldPrincipal, "dev.amazonaws.com.cn", "dev.amazonaws.com.cn"},
		{"in whatever letter case", normalize.FieldPrincipal, "dev.eu-west-1.Amazonaws.com", "dev.P.Amazonaws.com"},
		{"a service in a condition", normalize.FieldCondition, `{"S":{"kms:ViaService":["s3.eu-west-1.amazonaws.com"]}}`, `{"S":{"kms:ViaService":["s3.P.amazonaws.com"]}}`},
		{"another host", normalize.FieldPrincipal, "oidc.dev.example.com", "P.P.example.P"},
		{"an address is no host name, but its domain is AWS's", normalize.FieldCondition, `{"S":{"k":["https://dev.amazonaws.com"]}}`, `{"S":{"k":["https://P.amazonaws.com"]}}`},
		{"an identity provider", normalize.FieldPrincipal, "arn:aws:iam::1:oidc-provider/oidc.eu-west-1.amazonaws.com", "arn:aws:iam::1:P-provider/P.P.amazonaws.com"},
		{"a description is no part of a policy", normalize.FieldDescription, "arn:aws:s3 ${dev} dev.amazonaws.com", "arn:P:P ${P} P.P.P"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got, _ := r.Rewrite(tt.field, tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if again, _ := r.Rewrite(tt.field, got); again != got {
				t.Errorf("rewritten again %q becomes %q", got, again)
			}
		})
	}
}

// Nor does anybody name the other account's thing there.
func TestFixedPartsNameNothing(t *testing.T) {
	r := normalize.NewRewriter(rulesOf(t, `{"version": 2, "equivalencies": [
		{"placeholder": "P", "values": {"dev": ["s3", "logs"], "qa": "x"}}]}`, qa, dev))
	for _, tt := range []struct {
		field normalize.Field
		text  string
		names int
	}{
		{normalize.FieldARN, "arn:aws:s3:::bucket", 0},
		{normalize.FieldARN, "arn:aws:s3:::s3", 1},
		{normalize.FieldPrincipal, "logs.amazonaws.com", 0},
	} {
		if got := r.Named(tt.field, tt.text); len(got) != tt.names {
			t.Errorf("%s names %v", tt.text, got)
		}
	}
}

func TestRewriteTellsWhatItUsed(t *testing.T) {
	r := rewriterOf(t, `{"accountname": ["dev", "qa", "prod"]}`)
	_, got := r.Rewrite(normalize.FieldARN, "arn:aws:iam::123456789012:role/dev-prod-dev")
	want := []normalize.Use{
		{Entry: -1, Value: "123456789012", Placeholder: "000000000000", Owned: true},
		{Entry: 0, Value: "dev", Placeholder: "accountname", Owned: true},
		{Entry: 0, Value: "prod", Placeholder: "accountname"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNoMatchCostsNothing(t *testing.T) {
	r := rewriterOf(t, names)
	if n := testing.AllocsPerRun(100, func() { r.Rewrite(normalize.FieldARN, "arn:aws:s3:::devops-1234567890123") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestNamed(t *testing.T) {
	r := normalize.NewRewriter(rulesOf(t, `{"version": 2, "equivalencies": [
		{"placeholder": "accountname", "values": {"dev": ["dev", "dev-eu"], "qa": ["qa", "qa-dev-qa"]}},
		{"placeholder": "P", "values": {"dev": "only-dev-has"}}],
		"shared": ["dev-tools"]}`, qa, dev))
	const bucket = "arn:aws:s3:::qa-1"
	for _, tt := range []struct {
		reason string
		field  normalize.Field
		text   string
		want   []normalize.Named
	}{
		{"its own things", normalize.FieldARN, bucket, nil},
		{"the other's bucket", normalize.FieldARN, "arn:aws:s3:::dev-1", []normalize.Named{{Value: "dev", Owner: "dev", Expected: bucket}}},
		{"inside a longer word", normalize.FieldARN, "arn:aws:s3:::devops", nil},
		{"inside a shared literal", normalize.FieldARN, "arn:aws:s3:::dev-tools", nil},
		{"inside a longer value of its own", normalize.FieldARN, "x-qa-dev-qa", nil},
		{
			"more than one, each once, and the whole text that was expected", normalize.FieldPrincipal,
			"arn:aws:iam::123456789012:role/dev/dev-eu/dev",
			[]normalize.Named{
				{Value: "123456789012", Owner: "dev", Expected: "arn:aws:iam::987654321098:role/qa/qa/qa"},
				{Value: "dev", Owner: "dev", Expected: "arn:aws:iam::987654321098:role/qa/qa/qa"},
				{Value: "dev-eu", Owner: "dev", Expected: "arn:aws:iam::987654321098:role/qa/qa/qa"},
			},
		},
		{"without counterpart", normalize.FieldARN, "x/only-dev-has", []normalize.Named{{Value: "only-dev-has", Owner: "dev"}}},
		{
			"in a condition, its keys aside", normalize.FieldCondition, `{"StringEquals":{"dev":["z","dev"]}}`,
			[]normalize.Named{{Value: "dev", Owner: "dev", Expected: `{"StringEquals":{"dev":["qa","z"]}}`}},
		},
		{
			"in a statement column, its actions aside", normalize.FieldStatement, `{"NotAction":["dev:x"],"NotResource":["dev"]}`,
			[]normalize.Named{{Value: "dev", Owner: "dev", Expected: `{"NotAction":["dev:x"],"NotResource":["qa"]}`}},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, r.Named(tt.field, tt.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
