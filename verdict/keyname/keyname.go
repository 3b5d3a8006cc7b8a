// Package keyname spells condition keys as people know them: whatever their letter case, they
// mean the same.
package keyname

import (
	"cmp"
	"strings"

	"iamctl/policy"
	"iamctl/reference"
)

// global are condition keys as AWS writes them (IAM User Guide, "AWS global condition
// context keys"); those that end with a slash are followed by a name.
var global = []string{
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

// Of returns a condition key as AWS writes it, whatever letter case it has. What AWS leaves
// to others, such as the key of a tag, is as the documents have it.
func Of(key string, list ...*policy.Document) string {
	key = written(key, list)
	for _, name := range global {
		if len(key) >= len(name) && policy.CompareFold(key[:len(name)], name) == 0 && (len(key) == len(name) || strings.HasSuffix(name, "/") || strings.HasSuffix(name, ":")) {
			return name + key[len(name):]
		}
	}
	prefix, _, _ := strings.Cut(key, ":")
	if s, ok := reference.Embedded().Service(prefix); ok {
		return ofService(key, s)
	}
	return key
}

// ofService returns the key as the reference has it among those of a service.
func ofService(key string, s *reference.Service) string {
	for i := range s.ConditionKeys {
		if name := s.ConditionKeys[i].Name; policy.CompareFold(name, key) == 0 {
			return name
		}
	}
	for _, k := range s.ConditionKeys {
		known, _, open := strings.Cut(k.Pattern(), "*")
		if open && len(key) > len(known) && policy.CompareFold(key[:len(known)], known) == 0 {
			return known + key[len(known):]
		}
	}
	return key
}

// written returns a key in the letter case that documents have it in; of several the
// first in order.
func written(key string, list []*policy.Document) string {
	best := ""
	for _, d := range list {
		if d == nil {
			continue
		}
		for i := range d.Statements {
			for _, c := range d.Statements[i].Condition {
				if policy.CompareFold(c.Key, key) == 0 && (best == "" || c.Key < best) {
					best = c.Key
				}
			}
		}
	}
	return cmp.Or(best, key)
}
