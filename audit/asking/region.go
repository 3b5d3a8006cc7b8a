package asking

import (
	"strings"

	"iamctl/policy"
)

const requestedRegion = "aws:requestedregion"

// Placed reports whether a condition key, in lower case, is the Region of the request, which
// every request has.
func Placed(key string) bool { return key == requestedRegion }

// homes are the Regions of IAM's endpoints, by partition (AWS General Reference, "IAM
// endpoints and quotas").
var homes = map[string]string{"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}

// Region returns the Region in which all requests of an action are made, "" where there may be
// several or it is not known: those of IAM are made in that of its endpoint, wherever who asks
// is (IAM User Guide, "AWS global condition context keys", aws:RequestedRegion). Passing a role
// is no request to IAM: it is asked about where the service is that the role is passed to.
func Region(partition, action string) string {
	if a := policy.Fold(action); !strings.HasPrefix(a, "iam:") || a == "iam:passrole" || strings.ContainsAny(a, "*?") {
		return ""
	}
	return homes[partition]
}

// Elsewhere returns the condition that holds for each request outside a Region, and for none in
// it: it is to be denied.
func Elsewhere(region string) policy.Condition {
	return policy.Condition{Operator: "StringNotEquals", Key: "aws:RequestedRegion", Values: []string{region}}
}

// In puts the Region of a request into its context.
func In(region string, context map[string][]string) { context[requestedRegion] = []string{region} }
