package trust_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/crossaccount"
	"iamctl/audit/deputy"
	"iamctl/audit/trust"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// drawn returns a trust policy of statements with principals and conditions out of lists.
func drawn(rt *rapid.T, principals []string, keys map[string][]string, operators []string) string {
	names := slices.Sorted(maps.Keys(keys))
	var statements []string
	for range rapid.IntRange(1, 3).Draw(rt, "statements") {
		conditions := map[string]map[string][]string{}
		for range rapid.IntRange(0, 2).Draw(rt, "conditions") {
			key := rapid.SampledFrom(names).Draw(rt, "key")
			conditions[rapid.SampledFrom(operators).Draw(rt, "operator")] = map[string][]string{key: rapid.SliceOfN(rapid.SampledFrom(keys[key]), 1, 2).Draw(rt, "values")}
		}
		effect := "Allow"
		if len(statements) > 0 {
			effect = rapid.SampledFrom([]string{"Allow", "Deny"}).Draw(rt, "effect")
		}
		text, _ := json.Marshal(conditions)
		statements = append(statements, fmt.Sprintf(`{"Effect": %q, "Principal": %s, "Action": "sts:AssumeRole", "Condition": %s}`,
			effect, rapid.SampledFrom(principals).Draw(rt, "principal"), text))
	}
	return `{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ", ") + `]}`
}

var anyOperator = []string{"StringLike", "StringEquals", "StringNotLike", "StringNotEquals", "StringEqualsIfExists", "StringLikeIfExists"}

// asks evaluates a request for sts:AssumeRole.
func asks(d *policy.Document, kind, name string, context map[string]string) bool {
	r := eval.Request{Principal: policy.Principal{Type: kind, Value: name}, Action: "sts:AssumeRole", Context: map[string][]string{}}
	for key, value := range context {
		r.Context[key] = []string{value}
	}
	return eval.Trust(d, &r).Outcome == eval.Allowed
}

// What the evaluator lets in of accounts that nobody named is found, and no account but
// for what it lets in without a key.
func TestAccountsByForce(t *testing.T) {
	principals := []string{`"*"`, `{"AWS": "*"}`, `{"AWS": "arn:aws:iam::333333333333:root"}`, `{"AWS": "111111111111"}`, `{"AWS": ["333333333333", "arn:aws:iam::111111111111:role/app"]}`, `{"AWS": "arn:aws:iam::333333333333:role/app"}`}
	keys := map[string][]string{
		"sts:ExternalId": {"x", "*", "y*"}, "aws:PrincipalOrgID": {organization, "o-*", "o-other123456"},
		"aws:PrincipalAccount": {"111111111111", "333333333333", "3*"}, "aws:SourceVpc": {"vpc-1"},
	}
	rapid.Check(t, func(rt *rapid.T) {
		document := drawn(rt, principals, keys, anyOperator)
		d, _, err := policy.Parse(document)
		if err != nil {
			rt.Fatal(err)
		}
		identity := func(id string) map[string]string {
			return map[string]string{"aws:PrincipalArn": "arn:aws:iam::" + id + ":role/zz", "aws:PrincipalAccount": id}
		}
		lets := func(id string) (plain, some bool) {
			for i := range 32 {
				context := identity(id)
				for bit, kv := range [][2]string{{"sts:ExternalId", "x"}, {"sts:ExternalId", "y1"}, {"aws:PrincipalOrgID", "o-third12345"}, {"aws:SourceVpc", "vpc-1"}, {"aws:SourceVpc", "vpc-2"}} {
					if i>>bit&1 == 1 {
						context[kv[0]] = kv[1]
					}
				}
				if asks(d, "AWS", "arn:aws:iam::"+id+":role/zz", context) {
					plain, some = plain || i == 0, true
				}
			}
			return plain, some
		}
		b, c := audittest.New().Role("/", "r", document), config.Config{OrganizationID: organization}
		anyone, root, foreign := b.Check(t, &trust.Anyone, c), b.Check(t, &trust.Root, c), b.Check(t, &crossaccount.Untrusted, c)
		plain, some := lets("399999999999")
		if p, s := lets("999999999999"); s {
			plain, some = plain || p, true
		}
		if some && (len(anyone) == 0 || len(foreign) == 0) {
			rt.Fatalf("%s: missed that a stranger gets in", document)
		}
		named, reached := lets("333333333333")
		if reached && len(foreign) == 0 {
			rt.Fatalf("%s: missed that another account gets in", document)
		}
		if len(root) > 0 && !named {
			rt.Fatalf("%s: found %q", document, audittest.Messages(root))
		}
		if named && !plain && len(root) == 0 && !strings.Contains(document, `*"`) {
			rt.Fatalf("%s: missed that all of another account gets in", document)
		}
	})
}

// A service is found that the evaluator lets in for an account that nobody named.
func TestDeputyByForce(t *testing.T) {
	keys := map[string][]string{
		"aws:SourceAccount": {"111111111111", "1*", "*"}, "aws:SourceOrgID": {organization, "o-*"},
		"aws:SourceArn": {"arn:aws:states:eu-west-1:111111111111:x", "arn:aws:states:*:111111111111:*", "arn:aws:states:*", "arn:aws:s3:::acme"},
	}
	rapid.Check(t, func(rt *rapid.T) {
		document := drawn(rt, []string{`{"Service": "states.amazonaws.com"}`, `{"Service": ["ec2.amazonaws.com", "states.amazonaws.com"]}`, `{"Service": "ec2.amazonaws.com"}`}, keys, append(anyOperator, "ArnLike"))
		d, _, err := policy.Parse(document)
		if err != nil {
			rt.Fatal(err)
		}
		open := false
		for _, id := range []string{"999999999999", "199999999999"} {
			for _, arn := range []string{"arn:aws:states:eu-west-1:" + id + ":x", "arn:aws:states:us-east-1:" + id + ":111111111111"} {
				for _, org := range []string{"", "o-third12345"} {
					context := map[string]string{"aws:SourceAccount": id, "aws:SourceArn": arn}
					if org != "" {
						context["aws:SourceOrgID"] = org
					}
					open = open || asks(d, "Service", "states.amazonaws.com", context)
				}
			}
		}
		found := audittest.New().Role("/", "r", document).Check(t, &deputy.Confused, config.Config{})
		if open && len(found) == 0 {
			rt.Fatalf("%s: missed", document)
		}
	})
}
