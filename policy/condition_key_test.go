package policy_test

import (
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
)

func TestKeyName(t *testing.T) {
	for _, tt := range []struct{ reason, key, want string }{
		{"a tag of a resource", "aws:ResourceTag/Dev-Owner", "Dev-Owner"},
		{"in lower case", "aws:principaltag/team", "team"},
		{"of any service", "s3:ExistingObjectTag/x", "x"},
		{"of a kind of resource", "rds:cluster-tag/x", "x"},
		{"with slashes", "ec2:ResourceTag/kubernetes.io/cluster/x", "kubernetes.io/cluster/x"},
		{"with a dot and a colon", "aws:RequestTag/a.b:c", "a.b:c"},
		{"an encryption context", "kms:EncryptionContext:aws:s3:arn", "aws:s3:arn"},
		{"an issuer", "token.actions.githubusercontent.com:sub", "token.actions.githubusercontent.com"},
		{"with a path", "oidc.eks.eu-west-1.amazonaws.com/id/AB:aud", "oidc.eks.eu-west-1.amazonaws.com/id/AB"},
		{"with a port", "idp.example:8443/x:aud", "idp.example:8443/x"},
		{"of a claim with a slash", "oidc.circleci.com/org/X:oidc.circleci.com/project-id", "oidc.circleci.com/org/X"},
		{"a key of AWS's", "aws:SourceAccount", ""},
		{"all tag keys", "aws:TagKeys", ""},
		{"an attribute", "ec2:Attribute/GroupName", ""},
		{"SAML's audience", "SAML:aud", ""},
		{"a field of a build", "codebuild:source.auth.type", ""},
		{"a tag without a key", "aws:ResourceTag/", ""},
		{"no encryption context", "kms:EncryptionContext:", ""},
		{"the keys of one", "kms:EncryptionContextKeys", ""},
		{"a tag of no service", "ResourceTag/x", ""},
		{"an issuer without a claim", "idp.example", ""},
		{"nothing", "", ""},
		{"a colon", ":", ""},
	} {
		from, to, ok := policy.KeyName(tt.key)
		if got := tt.key[from:to]; got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %q of %q, want %q", tt.reason, got, tt.key, tt.want)
		}
	}
}

// Letter case means nothing in a key, and a name is never empty.
func TestKeyNameWithoutCase(t *testing.T) {
	part := rapid.SampledFrom([]string{"aws:", "ResourceTag", "KMS:EncryptionContext", ":", "/", ".", "x", "Tag", "É", "idp.Example"})
	rapid.Check(t, func(t *rapid.T) {
		key := ""
		for _, p := range rapid.SliceOfN(part, 0, 6).Draw(t, "parts") {
			key += p
		}
		from, to, ok := policy.KeyName(key)
		foldedFrom, foldedTo, foldedOK := policy.KeyName(policy.Fold(key))
		if from != foldedFrom || to != foldedTo || ok != foldedOK || ok != (from < to) {
			t.Fatalf("%q has [%d:%d] %v, and in lower case [%d:%d] %v", key, from, to, ok, foldedFrom, foldedTo, foldedOK)
		}
	})
}

func TestParseVariable(t *testing.T) {
	for _, tt := range []struct{ reason, text, key, value string }{
		{"a key", "x${aws:username}", "aws:username", ""},
		{"a default value", "${aws:PrincipalTag/team, 'dev'}x", "aws:PrincipalTag/team", "dev"},
		{"without a blank", "${a:b,'c'}", "a:b", "c"},
		{"an empty one", "${a:b, ''}", "a:b", ""},
		{"with a brace", "${a:b, 'a}b'}", "a:b", "a}b"},
		{"a quote that is not the last closes nothing", "${a:b, 'a}b'c'}", "a:b", ""},
		{"one that is not quoted", "${a:b, c}", "a:b", ""},
		{"half quoted", "${a:b, 'c}", "a:b", ""},
		{"a literal", "${*}", "*", ""},
		{"nothing", "${}", "", ""},
	} {
		i, j, ok := policy.NextVariable(tt.text)
		if !ok {
			t.Fatalf("no variable in %s", tt.text)
		}
		v := policy.ParseVariable(tt.text, i, j)
		if key, value := tt.text[v.KeyFrom:v.KeyTo], tt.text[v.DefaultFrom:v.DefaultTo]; key != tt.key || value != tt.value {
			t.Errorf("%s: %q and %q of %s, want %q and %q", tt.reason, key, value, tt.text, tt.key, tt.value)
		}
	}
}
