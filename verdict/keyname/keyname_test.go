package keyname_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/reference"
	"iamctl/verdict/keyname"
)

func TestOf(t *testing.T) {
	d := &policy.Document{Statements: []policy.Statement{{Condition: []policy.Condition{
		{Operator: "StringEquals", Key: "AWS:principaltag/Team"}, {Operator: "StringEquals", Key: "idp.Example.com:SUB"}, {Operator: "StringEquals", Key: "S3:PREFIX"},
	}}}}
	for _, tt := range []struct{ key, want, reason string }{
		{"aws:sourceip", "aws:SourceIp", "a key of all services"},
		{"aws:principaltag/team", "aws:PrincipalTag/Team", "AWS's part as AWS has it, the tag as the document has it"},
		{"aws:principaltag/other", "aws:PrincipalTag/other", "a tag that no document has"},
		{"s3:prefix", "s3:prefix", "a service's key, which AWS writes in lower case, whatever the document does"},
		{"ec2:instancetype", "ec2:InstanceType", "a service's key"},
		{"ec2:resourcetag/cost-center", "ec2:ResourceTag/cost-center", "a service's key with a tag"},
		{"kms:encryptioncontext:app", "kms:EncryptionContext:app", "a service's key with a name"},
		{"idp.example.com:sub", "idp.Example.com:SUB", "an issuer's claim, as the document has it"},
		{"nobody:key", "nobody:key", "no service"},
		{"ec2:nokey", "ec2:nokey", "no key of the service"},
		{"sourceip", "sourceip", "no prefix"},
		{"", "", "nothing"},
	} {
		if got := keyname.Of(tt.key, nil, d); got != tt.want {
			t.Errorf("%s: %q is %q, want %q", tt.reason, tt.key, got, tt.want)
		}
	}
}

// TestSameKey: however it is spelled, it is the same key.
func TestSameKey(t *testing.T) {
	var known []string
	for _, prefix := range []string{"s3", "ec2", "iam", "kms", "sts", "rds"} {
		s, _ := reference.Embedded().Service(prefix)
		for _, k := range s.ConditionKeys {
			known = append(known, strings.NewReplacer("${", "", "}", "").Replace(k.Name))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.OneOf(rapid.SampledFrom(known), rapid.String()).Draw(t, "key")
		if rapid.Bool().Draw(t, "upper") {
			key = strings.ToUpper(key)
		}
		if got := keyname.Of(key); policy.CompareFold(got, key) != 0 || keyname.Of(got) != got {
			t.Fatalf("%q is %q", key, got)
		}
	})
}
