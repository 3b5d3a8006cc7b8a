package verdict

import "strings"

// single reports whether the reference knows a condition key, in lower case, and
// says that requests have one value for it.
func (c *Comparer) single(key string) bool {
	prefix, _, _ := strings.Cut(key, ":")
	if prefix == "aws" {
		return strings.HasPrefix(key, "aws:principaltag/") || strings.HasPrefix(key, "aws:resourcetag/") ||
			strings.HasPrefix(key, "aws:requesttag/") || singleKeys[key]
	}
	if i := strings.LastIndexByte(key, ':'); strings.Contains(key[:max(i, 0)], ".") || prefix == "saml" {
		return singleClaims[key[i+1:]]
	}
	return c.table.KeyType(prefix, key, func(t string) bool { return !strings.Contains(t, "ArrayOf") })
}

// missing reports whether no request has a condition key, in lower case: whose
// permissions are compared is a role, unless it may be a user, and a role has no
// aws:username (IAM User Guide, "IAM policy elements: Variables and tags").
func (c *comparison) missing(key string) bool { return !c.trust && !c.anyHolder && key == userName }

// singleKeys are keys of all services with one value (IAM User Guide, "AWS
// global condition context keys").
var singleKeys = map[string]bool{
	"aws:principalarn": true, "aws:principalaccount": true, "aws:principalorgid": true, "aws:principaltype": true,
	"aws:userid": true, "aws:username": true, "aws:principalisawsservice": true, "aws:principalservicename": true,
	"aws:sourceip": true, "aws:sourcevpc": true, "aws:sourcevpce": true, "aws:vpcsourceip": true,
	"aws:multifactorauthpresent": true, "aws:multifactorauthage": true, "aws:tokenissuetime": true, "aws:securetransport": true,
	"aws:requestedregion": true, "aws:currenttime": true, "aws:epochtime": true, "aws:referer": true, "aws:useragent": true,
	"aws:viaawsservice": true, "aws:sourcearn": true, "aws:sourceaccount": true, "aws:sourceorgid": true,
	"aws:resourceaccount": true, "aws:resourceorgid": true, "aws:federatedprovider": true, "aws:sourceidentity": true,
}

// singleClaims are claims of tokens with one value, whoever issues them (IAM User
// Guide, "IAM and AWS STS condition context keys").
var singleClaims = map[string]bool{
	"aud": true, "sub": true, "azp": true, "oaud": true, "email": true, "iss": true, "sub_type": true, "doc": true, "namequalifier": true,
}
