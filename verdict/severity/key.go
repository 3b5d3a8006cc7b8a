package severity

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
)

// keyNames are condition keys as AWS writes them (IAM User Guide, "AWS global condition
// context keys"); those that end with a slash are followed by a name.
var keyNames = []string{
	"aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:CurrentTime", "aws:EpochTime", "aws:FederatedProvider",
	"aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalIsAWSService",
	"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalServiceName", "aws:PrincipalTag/", "aws:PrincipalType", "aws:Referer",
	"aws:RequestedRegion", "aws:RequestTag/", "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths", "aws:ResourceTag/",
	"aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn", "aws:SourceIdentity", "aws:SourceIp", "aws:SourceOrgID",
	"aws:SourceOrgPaths", "aws:SourceVpc", "aws:SourceVpce", "aws:TagKeys", "aws:TokenIssueTime", "aws:UserAgent", "aws:ViaAWSService",
	"aws:VpcSourceIp", "iam:AWSServiceName", "iam:AssociatedResourceArn", "iam:PassedToService", "iam:PermissionsBoundary", "iam:PolicyARN",
	"iam:ResourceTag/", "kms:EncryptionContext:", "kms:GrantIsForAWSResource", "kms:ViaService", "saml:aud", "saml:sub", "sts:ExternalId",
	"sts:RoleSessionName", "sts:SourceIdentity", "sts:TransitiveTagKeys",
}

// keyName returns a condition key as AWS writes it, whatever letter case it has. What
// AWS leaves to others is as the documents have it.
func keyName(key string, list ...*policy.Document) string {
	key = spelled(key, list)
	for _, name := range keyNames {
		if len(key) >= len(name) && policy.CompareFold(key[:len(name)], name) == 0 && (len(key) == len(name) || strings.HasSuffix(name, "/") || strings.HasSuffix(name, ":")) {
			return name + key[len(name):]
		}
	}
	return key
}

// spelled returns a key in the letter case that documents have it in; of several the
// first in order.
func spelled(key string, list []*policy.Document) string {
	best := ""
	for _, d := range list {
		if d == nil {
			continue
		}
		for _, s := range d.Statements {
			for _, c := range s.Condition {
				if policy.CompareFold(c.Key, key) == 0 && (best == "" || c.Key < best) {
					best = c.Key
				}
			}
		}
	}
	return cmp.Or(best, key)
}

// keysOf returns the condition keys of documents, in lower case and sorted.
func keysOf(list ...*policy.Document) []string {
	var out []string
	for _, d := range list {
		if d == nil {
			continue
		}
		for _, s := range d.Statements {
			for _, c := range s.Condition {
				out = append(out, policy.Fold(c.Key))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func documents(p *verdict.Permissions) []*policy.Document {
	return slices.Concat(p.Identity, p.Boundary)
}

// probeValues are values of each type that nobody has named, addresses those of IPv4
// alone: a condition on them is none on others.
var (
	probeValues = []string{
		anyName, "203.0.113.99", "2001:db8:ffff::99", "true", "false", "-1", "999999999999", "1971-01-01T00:00:00Z", "2999-01-01T00:00:00Z",
		"arn:aws:s3:::" + anyName, "arn:aws:iam::000000000000:role/" + anyName,
	}
	addresses = []string{"0.0.0.1", "10.1.2.3", "203.0.113.99", "255.255.255.254"}
)
