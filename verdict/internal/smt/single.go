package smt

import "strings"

// userName is the key that no role has: whose permissions are compared is one (IAM User
// Guide, "IAM policy elements: Variables and tags").
const userName = "aws:username"

// oneValue reports whether AWS documents a condition key, in lower case, with one
// value at most (IAM User Guide, "AWS global condition context keys" and "IAM and
// AWS STS condition context keys"; Service Authorization Reference). It has the keys
// that set operators come with in the pairs that are asked about.
func oneValue(key string) bool {
	for _, prefix := range []string{"aws:principaltag/", "aws:requesttag/", "aws:resourcetag/"} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	switch key {
	case "aws:sourceip", "aws:sourcearn", "aws:sourceaccount", "aws:currenttime", "aws:securetransport",
		"aws:multifactorauthpresent", "aws:multifactorauthage", "aws:principalarn", "aws:principalaccount",
		"aws:principalorgid", "aws:userid", "aws:username", "aws:requestedregion", "aws:viaawsservice",
		"s3:prefix", "sts:externalid", "kms:grantisforawsresource":
		return true
	}
	return strings.HasSuffix(key, ".com:sub") || strings.HasSuffix(key, ".com:aud")
}
