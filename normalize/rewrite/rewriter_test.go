package rewrite_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/rewrite"
)

func rewriterOf(t testing.TB, text string) *rewrite.Rewriter {
	t.Helper()
	return rewrite.New(normalizetest.Rules(t, text, normalizetest.Dev, normalizetest.QA))
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
		field  rewrite.Field
		text   string
		want   string
	}{
		{"nothing to do", equivalency.ARN, "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/*"},
		{"an empty text", equivalency.ARN, "", ""},
		{"the whole text", equivalency.RoleName, "dev", "accountname"},
		{"between hyphens", equivalency.RoleName, "app-dev-role", "app-accountname-role"},
		{"beside underscores", equivalency.RoleName, "app1_dev", "app1_accountname"},
		{"never inside a longer word", equivalency.RoleName, "devops-developer-mydev", "devops-developer-mydev"},
		{"before a digit", equivalency.RoleName, "dev2", "accountname2"},
		{"after a digit", equivalency.RoleName, "1dev", "1accountname"},
		{"before a hump", equivalency.RoleName, "devTools", "accountnameTools"},
		{"a hump before it, with its own capital", equivalency.RoleName, "AppDevRole", "AppaccountnameRole"},
		{"other letter case is another word", equivalency.RoleName, "DEV-DeV", "DEV-DeV"},
		{"the longest match first", equivalency.RoleName, "dev-eu-dev-euro", "accountname-accountname-euro"},
		{"every place", equivalency.Path, "/dev/dev/", "/accountname/accountname/"},
		{"the account's own id, without an entry", equivalency.Principal, "arn:aws:iam::123456789012:root", "arn:aws:iam::000000000000:root"},
		{"the other account's id stays", equivalency.Principal, "arn:aws:iam::987654321098:root", "arn:aws:iam::987654321098:root"},
		{"the other account's name stays", equivalency.ARN, "arn:aws:s3:::qa-bucket", "arn:aws:s3:::qa-bucket"},
		{"an id inside a longer number is another number", equivalency.ARN, "arn:aws:s3:::x9123456789012", "arn:aws:s3:::x9123456789012"},
		{"a shared literal", equivalency.ARN, "arn:aws:s3:::dev-tools/dev", "arn:aws:s3:::dev-tools/accountname"},
		{"a shared literal as a longer word is not the literal", equivalency.ARN, "dev-toolsmith", "accountname-toolsmith"},
		{"a shared literal that holds more than one token", equivalency.ARN, "arn:aws:s3:::common-dev", "arn:aws:s3:::common-dev"},
		{"a longer value must not tear a shared literal", equivalency.ARN, "dev-eu-dev-tools", "accountname-dev-tools"},
		{"inside a word where the entry asks for it", equivalency.RoleName, "scoreddata", "scoteamdata"},
		{"but only in the entry's fields", equivalency.ARN, "scoreddata-red", "scoreddata-red"},
		{"letters beyond ASCII", equivalency.Description, "im büro\\x", "im \"quoted\""},
		{"an accent makes another word", equivalency.Description, "de\u0301v dev\u0301", "de\u0301v dev\u0301"},
		{"bytes that are no UTF-8", equivalency.Description, "\xffdev\xff", "\xffaccountname\xff"},
		{
			"the values of a condition, sorted anew, each once, and the names in its keys", equivalency.Condition,
			`{"StringEquals":{"aws:principaltag/dev":["zeta-dev","zeta-dev-eu"],"dev":["dev","b"]}}`,
			`{"StringEquals":{"aws:principaltag/ACCOUNTNAME":["zeta-accountname"],"dev":["accountname","b"]}}`,
		},
		{
			"nothing to do in a condition: byte for byte", equivalency.Condition,
			`{"StringEquals": {"k":["z","a","a",1.50,"\u0041"]}}`, `{"StringEquals": {"k":["z","a","a",1.50,"\u0041"]}}`,
		},
		{
			"what is no string, and what is not replaced, keeps its spelling", equivalency.Condition,
			`{"X":{"k":["\u0041\n-dev-\u00e9\ud83d\ude00\/"],"n":[1e3,true,null,{"dev":"dev"}]}}`,
			`{"X":{"k":["\u0041\n-accountname-\u00e9\ud83d\ude00\/"],"n":[1e3,true,null,{"dev":"accountname"}]}}`,
		},
		{
			"escapes in what is replaced, and in what takes its place", equivalency.Condition,
			`{"X":{"k":["b\u00fcro\\x b\u0075ro","büro\\x"]}}`, `{"X":{"k":["\"quoted\"","\"quoted\" b\u0075ro"]}}`,
		},
		{
			"a list in which nothing changed stays, beside one in which something did", equivalency.Condition,
			`{"X":{"k":["dev"],"n":["z","a"]}}`, `{"X":{"k":["accountname"],"n":["z","a"]}}`,
		},
		{
			"a list of an element that is not known keeps its order", rewrite.Statement,
			`{"Extra":["z-dev","a-dev"]}`, `{"Extra":["z-accountname","a-accountname"]}`,
		},
		{
			"names keep their values", rewrite.Statement,
			`{"NotPrincipal":{"AWS":"z-dev","Federated":"a-dev"}}`, `{"NotPrincipal":{"AWS":"z-accountname","Federated":"a-accountname"}}`,
		},
		{
			"half a surrogate pair is a character of its own", equivalency.Condition,
			`{"X":{"k":["de\u0076\udc00","\ud83dde\u0076"]}}`, `{"X":{"k":["accountname\udc00","\ud83daccountname"]}}`,
		},
		{"a condition that is no JSON is a text", equivalency.Condition, `{"dev`, `{"accountname`},
		{
			"the statement column by its elements", rewrite.Statement,
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

// Each escape is one character, and two are only as a surrogate pair.
func TestEscapes(t *testing.T) {
	r := rewriterOf(t, `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": ["😀", "अ", "dcab", "xudcab"]}}]}`)
	for _, tt := range []struct{ reason, value, want string }{
		{"a pair", `\ud83d\ude00`, `P`},
		{"with capital letters", `\uD83D\uDE00`, `P`},
		{"a pair behind a half", `\ud83d\ud83d\ude00`, `\ud83dP`},
		{"a pair before a half", `\ud83d\ude00\ude00`, `P\ude00`},
		{"an escape before what looks like the second half", `\u0905\u2e3a`, `P\u2e3a`},
		{"an escape before what is no escape", `\u0905-bce`, `P-bce`},
		{"half a pair before an escape that is no half", `\ud83d\"dcab`, `\ud83d\"P`},
		{"half a pair before what looks like a half without its backslash", `\ud83dxudcab`, `\ud83dP`},
		{"an escape of two characters", `\\\u0905\n`, `\\P\n`},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got, _ := r.Rewrite(equivalency.Condition, `{"S":{"k":["`+tt.value+`"]}}`)
			if want := `{"S":{"k":["` + tt.want + `"]}}`; got != want {
				t.Errorf("%s became %s, want %s", tt.value, got, want)
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
		field  rewrite.Field
		text   string
		want   string
	}{
		{"partition and service of an ARN", equivalency.ARN, "arn:aws:s3:::s3-aws/iam", "arn:aws:s3:::P-P/P"},
		{"of a principal", equivalency.Principal, "arn:aws:iam::1:role/iam", "arn:aws:iam::1:role/P"},
		{"in a condition", equivalency.Condition, `{"ArnLike":{"aws:SourceArn":["arn:aws:s3:eu-west-1:1:dev"]}}`, `{"ArnLike":{"aws:SourceArn":["arn:aws:s3:P:1:P"]}}`},
		{
			"in a statement", rewrite.Statement,
			`{"NotPrincipal":{"AWS":["arn:aws:iam::1:role/dev"],"Service":["logs.eu-west-1.amazonaws.com"]},"NotResource":["arn:aws:s3:::${aws:username}/dev"]}`,
			`{"NotPrincipal":{"AWS":["arn:aws:iam::1:role/P"],"Service":["logs.P.amazonaws.com"]},"NotResource":["arn:aws:s3:::${aws:username}/P"]}`,
		},
		{"an ARN that ends before its resource", equivalency.ARN, "arn:aws:s3", "arn:aws:s3"},
		{"and one that ends before its service", equivalency.ARN, "arn:dev", "arn:dev"},
		{"what only looks like an ARN's beginning", equivalency.ARN, "an-arn:aws:s3:::dev", "an-arn:P:P:::P"},
		{"a value across the end of the service", equivalency.ARN, "arn:aws:s3:::x", "arn:aws:s3:::x"},
		{"the whole ARN of a resource is a name", equivalency.ARN, "arn:aws:s3:::bucket-of-dev/dev", "BUCKET/P"},
		{"half an ARN is none", equivalency.ARN, "arn:aws:sns:eu:1:dev", "arn:aws:sns:eu:1:P"},
		{"nor is one without its resource", equivalency.ARN, "arn:aws:sqs:::dev", "arn:aws:sqs:::P"},
		{"a policy variable", equivalency.ARN, "arn:aws:s3:::dev/${aws:username}/dev${dev}dev", "arn:aws:s3:::P/${aws:username}/P${dev}P"},
		{"a policy variable with a default", equivalency.Condition, `{"S":{"k":["${aws:PrincipalTag/dev, 'dev'}-dev"]}}`, `{"S":{"k":["${aws:PrincipalTag/P, 'P'}-P"]}}`},
		{"one that does not end is none", equivalency.ARN, "arn:aws:s3:::${dev", "arn:aws:s3:::${P"},
		{"a dollar or a brace by itself is none", equivalency.ARN, "arn:aws:s3:::$dev{dev}", "arn:aws:s3:::$P{P}"},
		{"a service's name and domain", equivalency.Principal, "logs.amazonaws.com", "logs.amazonaws.com"},
		{"but its region may differ", equivalency.Principal, "logs.eu-west-1.amazonaws.com", "logs.P.amazonaws.com"},
		{"in China", equivalency.Principal, "dev.amazonaws.com.cn", "dev.amazonaws.com.cn"},
		{"in whatever letter case", equivalency.Principal, "dev.eu-west-1.Amazonaws.com", "dev.P.Amazonaws.com"},
		{"a service in a condition", equivalency.Condition, `{"S":{"kms:ViaService":["s3.eu-west-1.amazonaws.com"]}}`, `{"S":{"kms:ViaService":["s3.P.amazonaws.com"]}}`},
		{"another host", equivalency.Principal, "oidc.dev.example.com", "P.P.example.P"},
		{"an address is no host name, but its domain is AWS's", equivalency.Condition, `{"S":{"k":["https://dev.amazonaws.com"]}}`, `{"S":{"k":["https://P.amazonaws.com"]}}`},
		{"an identity provider", equivalency.Principal, "arn:aws:iam::1:oidc-provider/oidc.eu-west-1.amazonaws.com", "arn:aws:iam::1:oidc-provider/oidc.P.amazonaws.com"},
		{"its path is not", equivalency.Principal, "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/dev", "arn:aws:iam::1:oidc-provider/oidc.eks.P.amazonaws.com/id/P"},
		{"an identity provider of one's own", equivalency.Principal, "arn:aws:iam::1:oidc-provider/oidc.dev.example/logs", "arn:aws:iam::1:oidc-provider/P.P.example/P"},
		{"an identity provider that many accounts share", equivalency.Principal, "arn:aws:iam::1:oidc-provider/vstoken.dev.azure.com/dev", "arn:aws:iam::1:oidc-provider/vstoken.dev.azure.com/P"},
		{"by itself", equivalency.Principal, "www.amazon.com", "www.amazon.com"},
		{"in a condition key", equivalency.Condition, `{"S":{"tokens.cloud.shisho.dev:sub":["x"],"vstoken.dev.example:sub":["x"]}}`, `{"S":{"tokens.cloud.shisho.dev:sub":["x"],"vstoken.P.example:sub":["x"]}}`},
		{"the host of a thing", equivalency.Condition, `{"S":{"k":["dev.eu-west-1.es.amazonaws.com","dev.s3.amazonaws.com","dev.x.rds.amazonaws.com"]}}`, `{"S":{"k":["P.P.es.amazonaws.com","P.s3.amazonaws.com","dev.x.rds.amazonaws.com"]}}`},
		{"an account's id in a host", equivalency.Condition, `{"S":{"k":["123456789012.dkr.ecr.eu-west-1.amazonaws.com"]}}`, `{"S":{"k":["000000000000.dkr.ecr.P.amazonaws.com"]}}`},
		{"all labels of a service but a region", equivalency.Service, "delivery.logs.eu-west-1.amazonaws.com", "delivery.logs.P.amazonaws.com"},
		{"AWS's sign-in, but its region may differ", equivalency.Condition, `{"S":{"saml:aud":["https://eu-west-1.signin.aws.amazon.com/saml/acs/dev"]}}`, `{"S":{"saml:aud":["https://P.signin.aws.amazon.com/saml/acs/P"]}}`},
		{"a description is no part of a policy", equivalency.Description, "arn:aws:s3 ${dev} dev.amazonaws.com", "arn:P:P ${P} P.P.P"},
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

// Half of the world's regions have eu, us, west or 1 in them.
func TestRegionsStayWhole(t *testing.T) {
	r := rewriterOf(t, `{"version": 2, "equivalencies": [
		{"placeholder": "P", "values": {"dev": ["eu", "west", "gov", "1", "eu-central-1", "x-us-east-2"]}},
		{"placeholder": "in", "values": {"dev": ["es"]}, "match": "substring"}]}`)
	for _, tt := range []struct {
		reason string
		field  rewrite.Field
		text   string
		want   string
	}{
		{"in an ARN", equivalency.ARN, "arn:aws:sqs:eu-west-1:2:eu-q", "arn:aws:sqs:eu-west-1:2:P-q"},
		{"as a condition's value", equivalency.Condition, `{"StringEquals":{"aws:RequestedRegion":["us-gov-west-1"]}}`, `{"StringEquals":{"aws:RequestedRegion":["us-gov-west-1"]}}`},
		{"in a host", equivalency.Condition, `{"StringEquals":{"kms:ViaService":["s3.eu-west-1.amazonaws.com"]}}`, `{"StringEquals":{"kms:ViaService":["s3.eu-west-1.amazonaws.com"]}}`},
		{"in a name", equivalency.RoleName, "eu-app-eu-west-1-x", "P-app-eu-west-1-x"},
		{"in an ARN's name", equivalency.ARN, "arn:aws:s3:::cdk-assets-2-eu-west-1", "arn:aws:s3:::cdk-assets-2-eu-west-1"},
		{"a part that is no word", equivalency.RoleName, "app-us-west-3", "app-us-west-3"},
		{"a whole region may differ", equivalency.ARN, "arn:aws:sqs:eu-central-1:2:q", "arn:aws:sqs:P:2:q"},
		{"also with what is before it", equivalency.RoleName, "x-us-east-2", "P"},
		{"what only looks like one is a name", equivalency.RoleName, "eu-west-app-1", "P-P-app-P"},
		{"nor is one within a word", equivalency.RoleName, "neu-west-1", "neu-P-P"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if got, _ := r.Rewrite(tt.field, tt.text); got != tt.want {
				t.Errorf("%q becomes %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// True, a number and a moment are nobody's names.
func TestLiteralsOfConditions(t *testing.T) {
	r := rewriterOf(t, `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": ["true", "300", "2030", "10", "32", "dev", "192.0.2.1", "192.0.2.0/24", "2001:db8::/32"]}},
		{"placeholder": "99", "values": {"dev": ["16"]}, "match": "substring"}]}`)
	for _, tt := range []struct{ reason, condition, want string }{
		{"a boolean", `{"Bool":{"k":["true"]}}`, `{"Bool":{"k":["true"]}}`},
		{"whether a key is there", `{"Null":{"k":"true"}}`, `{"Null":{"k":"true"}}`},
		{"a number", `{"ForAnyValue:NumericLessThanIfExists":{"k":["300"]}}`, `{"ForAnyValue:NumericLessThanIfExists":{"k":["300"]}}`},
		{"a moment", `{"DateLessThan":{"k":["2030-01-01T00:00:00Z"]}}`, `{"DateLessThan":{"k":["2030-01-01T00:00:00Z"]}}`},
		{"the key is a name", `{"Bool":{"aws:resourcetag/dev":["true"]}}`, `{"Bool":{"aws:resourcetag/P":["true"]}}`},
		{"and a variable's default", `{"Bool":{"k":["${aws:PrincipalTag/dev, 'dev'}","true"]}}`, `{"Bool":{"k":["${aws:PrincipalTag/P, 'P'}","true"]}}`},
		{"an address is somebody's own", `{"IpAddress":{"k":["192.0.2.1/32"]}}`, `{"IpAddress":{"k":["P/32"]}}`},
		{"as it was written", `{"NotIpAddressIfExists":{"k":"192.0.2.1"}}`, `{"NotIpAddressIfExists":{"k":"P"}}`},
		{"a block", `{"ForAnyValue:IpAddress":{"k":["192.0.2.0/24","2001:db8::/32"]}}`, `{"ForAnyValue:IpAddress":{"k":["P"]}}`},
		{"no part of one", `{"IpAddress":{"k":["10.0.0.0/16","10.0.0.1/32"]}}`, `{"IpAddress":{"k":["10.0.0.0/16","10.0.0.1/32"]}}`},
		{"nor another block of an address", `{"NotIpAddress":{"k":["192.0.2.1/24"]}}`, `{"NotIpAddress":{"k":["192.0.2.1/24"]}}`},
		{"nor of what is no address", `{"IpAddress":{"k":["x-dev"]}}`, `{"IpAddress":{"k":["x-dev"]}}`},
		{"but a variable's default", `{"IpAddress":{"k":["${aws:PrincipalTag/dev, 'dev'}"]}}`, `{"IpAddress":{"k":["${aws:PrincipalTag/P, 'P'}"]}}`},
		{"elsewhere an address is text", `{"StringEquals":{"k":["10.0.0.1"]}}`, `{"StringEquals":{"k":["P.0.0.1"]}}`},
		{"text is text", `{"StringEquals":{"k":["true"]}}`, `{"StringEquals":{"k":["P"]}}`},
		{"what AWS does not know may be text", `{"Boolean":{"k":["true"]}}`, `{"Boolean":{"k":["P"]}}`},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if got, _ := r.Rewrite(equivalency.Condition, tt.condition); got != tt.want {
				t.Errorf("%s becomes %s, want %s", tt.condition, got, tt.want)
			}
		})
	}
}

// What somebody chose in a condition key is a name.
func TestNamesInConditionKeys(t *testing.T) {
	r := rewriterOf(t, `{"version": 2, "equivalencies": [
		{"placeholder": "ENV", "values": {"dev": ["Dev", "dev-Old"]}},
		{"placeholder": "low", "values": {"dev": ["LOW", "LOW-DEV"]}},
		{"placeholder": "in", "values": {"dev": "aw"}, "match": "substring"},
		{"placeholder": "K", "values": {"dev": "keyed"}, "fields": ["conditionkey"]},
		{"placeholder": "VALUE", "values": {"dev": "valued"}, "fields": ["condition"]},
		{"placeholder": "ID", "values": {"dev": "0123ABCD"}}],
		"shared": ["Dev-Tools"]}`)
	for _, tt := range []struct{ reason, key, want string }{
		{"a tag key, in whatever letter case", "aws:resourcetag/dev-owner", "aws:resourcetag/ENV-owner"},
		{"as it was written", "aws:RequestTag/DEV-Owner", "aws:RequestTag/ENV-Owner"},
		{"a tag key with slashes", "ec2:resourcetag/kubernetes.io/cluster/dev-eks", "ec2:resourcetag/kubernetes.io/cluster/ENV-eks"},
		{"a tag key with a colon and a dot", "iam:resourcetag/corp.dev:owner", "iam:resourcetag/corp.ENV:owner"},
		{"of any service", "s3:existingobjecttag/dev", "s3:existingobjecttag/ENV"},
		{"of a resource type", "rds:cluster-tag/dev", "rds:cluster-tag/ENV"},
		{"an encryption context", "kms:encryptioncontext:dev:dev", "kms:encryptioncontext:ENV:ENV"},
		{"an issuer", "oidc.eks.eu-west-1.amazonaws.com/id/0123abcd:sub", "oidc.eks.eu-west-1.amazonaws.com/id/ID:sub"},
		{"an issuer with a port", "idp.dev.example:8443/dev:aud", "idp.ENV.example:8443/ENV:aud"},
		{"a claim is none", "idp.example:dev", "idp.example:dev"},
		{"nor is a service or what is before the name", "dev:resourcetag/aws", "dev:resourcetag/INs"},
		{"nor a key of AWS's own", "aws:dev", "aws:dev"},
		{"nor an attribute", "ec2:attribute/dev", "ec2:attribute/dev"},
		{"a whole word", "aws:resourcetag/devops", "aws:resourcetag/devops"},
		{"the longest first", "aws:resourcetag/dev-old-x", "aws:resourcetag/ENV-x"},
		{"a shared literal, in whatever letter case", "aws:resourcetag/dev-tools", "aws:resourcetag/dev-tools"},
		{"a value for keys alone", "aws:resourcetag/keyed", "aws:resourcetag/K"},
		{"a value for values alone", "aws:resourcetag/valued", "aws:resourcetag/valued"},
		{"a placeholder that is a value in other letter case", "aws:resourcetag/low-dev-x", "aws:resourcetag/LOW-x"},
		{"a placeholder stays", "aws:resourcetag/LOW-dev", "aws:resourcetag/LOW-ENV"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			got, used := r.Rewrite(equivalency.Condition, `{"S":{"`+tt.key+`":["dev","x"]}}`)
			if want := `{"S":{"` + tt.want + `":["dev","x"]}}`; got != want {
				t.Errorf("%s became %s, want %s", tt.key, got, want)
			}
			if (len(used) > 0) != (tt.want != tt.key) {
				t.Errorf("%s was rewritten by %v", tt.key, used)
			}
			if again, _ := r.Rewrite(equivalency.Condition, got); again != got {
				t.Errorf("rewritten again %s becomes %s", got, again)
			}
			got, _ = r.Rewrite(equivalency.ARN, "arn:aws:s3:::b/${"+tt.key+"}/*")
			if want := "arn:aws:s3:::b/${" + tt.want + "}/*"; got != want {
				t.Errorf("in a variable %s became %s, want %s", tt.key, got, want)
			}
		})
	}
}

// Both of two keys must hold, also if they get one name.
func TestConditionKeysAreSortedAnew(t *testing.T) {
	r := rewriterOf(t, `{"version": 2, "equivalencies": [{"placeholder": "A", "values": {"dev": ["red", "blue"]}}]}`)
	got, _ := r.Rewrite(equivalency.Condition, `{"S":{"aws:requesttag/b":["v"],"aws:requesttag/blue":["y"],"aws:requesttag/red":["x"]}}`)
	if want := `{"S":{"aws:requesttag/A":["x"],"aws:requesttag/A":["y"],"aws:requesttag/b":["v"]}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Nor does anybody name the other account's thing there.
func TestFixedPartsNameNothing(t *testing.T) {
	r := rewrite.New(normalizetest.Rules(t, `{"version": 2, "equivalencies": [
		{"placeholder": "P", "values": {"dev": ["s3", "logs"], "qa": "x"}}]}`, normalizetest.QA, normalizetest.Dev))
	for _, tt := range []struct {
		field rewrite.Field
		text  string
		names int
	}{
		{equivalency.ARN, "arn:aws:s3:::bucket", 0},
		{equivalency.ARN, "arn:aws:s3:::s3", 1},
		{equivalency.Principal, "logs.amazonaws.com", 0},
	} {
		if got := r.Named(tt.field, tt.text); len(got) != tt.names {
			t.Errorf("%s names %v", tt.text, got)
		}
	}
}

// What is next to a shared literal may be rewritten, unless the literal would
// become a part of a longer word.
func TestNextToASharedLiteral(t *testing.T) {
	r := rewriterOf(t, `{"version": 2, "equivalencies": [
		{"placeholder": "word", "values": {"dev": "7", "qa": "8"}},
		{"placeholder": "Hump", "values": {"dev": "Dev", "qa": "Qa"}}],
		"shared": ["tools", "Tools", "42"]}`)
	for _, tt := range []struct{ reason, text, want string }{
		{"a letter put in behind a letter would join it", "tools7", "tools7"},
		{"so would one put in before a letter", "7tools", "7tools"},
		{"a letter next to a digit divides", "7-42Dev", "word-42Hump"},
		{"on both sides", "Dev42Dev", "Hump42Hump"},
		{"a capital put in behind a letter divides", "toolsDev", "toolsHump"},
		{"so does a letter put in before a capital", "DevTools", "HumpTools"},
		{"what is elsewhere may join a longer word", "tools-7x-x7-tools", "tools-wordx-xword-tools"},
		{"something between them divides", "tools-7-tools", "tools-word-tools"},
		{"not a shared literal, but a longer word", "toolsmith7", "toolsmithword"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if got, _ := r.Rewrite(equivalency.ARN, tt.text); got != tt.want {
				t.Errorf("%q became %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestBesideDigits: nothing is rewritten where the placeholder would make an
// account id with the digits beside it.
func TestBesideDigits(t *testing.T) {
	r := rewriterOf(t, `{"accountid": ["123456789012"], "prefix1": ["apples"]}`)
	for _, tt := range []struct{ text, want, reason string }{
		{"apples-x", "prefix1-x", "a hyphen"},
		{"apples2345678901", "prefix12345678901", "eleven digits in all"},
		{"apples23456789012", "apples23456789012", "an id's twelve"},
		{"123456789012apples", "accountidprefix1", "digits that do not meet the placeholder's"},
	} {
		got, _ := r.Rewrite(equivalency.RoleName, tt.text)
		if again, _ := r.Rewrite(equivalency.RoleName, got); got != tt.want || again != got {
			t.Errorf("%s: %s became %s and then %s, want %s", tt.reason, tt.text, got, again, tt.want)
		}
	}
}

func TestRewriteTellsWhatItUsed(t *testing.T) {
	r := rewriterOf(t, `{"accountname": ["dev", "qa", "prod"]}`)
	_, got := r.Rewrite(equivalency.ARN, "arn:aws:iam::123456789012:role/dev-prod-dev")
	want := []rewrite.Use{
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
	if n := testing.AllocsPerRun(100, func() { r.Rewrite(equivalency.ARN, "arn:aws:s3:::devops-1234567890123") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkRewrite(b *testing.B) {
	r := rewriterOf(b, names)
	for _, bb := range []struct{ name, text string }{
		{"nothing to rewrite", "arn:aws:s3:::some-bucket/with/a/path/*"},
		{"an id and a name", "arn:aws:sqs:eu-west-1:123456789012:queue-dev"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Rewrite(equivalency.ARN, bb.text)
			}
		})
	}
}
