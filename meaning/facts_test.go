package meaning

import (
	"testing"

	"iamctl/inventory"
	"iamctl/policy"
)

func TestFactsResolve(t *testing.T) {
	role := &inventory.Role{
		Name: "app", ARN: "arn:aws:iam::111111111111:role/path/app", Path: "/path/", Tags: []inventory.Tag{{Key: "Team", Value: "a"}},
	}
	f := asking(role, &Bounds{Organization: "o-x", Path: "o-x/r-1/ou-1/"})
	for _, tt := range []struct {
		operator, key, value string
		holds, known         bool
		reason               string
	}{
		{"ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/path/*", true, true, "the role's own ARN"},
		{"ArnNotLike", "aws:principalarn", "arn:aws:iam::*:role/path/*", false, true, "negated, in other letter case"},
		{"StringEquals", "aws:PrincipalAccount", "222222222222", false, true, "another account"},
		{"StringNotEquals", "aws:PrincipalOrgID", "o-x", false, true, "its organisation"},
		{"ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-x/r-1/*", true, true, "its place there"},
		{"StringEquals", "aws:PrincipalTag/team", "a", true, true, "its tag"},
		{"Null", "aws:PrincipalTag/other", "true", true, true, "a tag that it has not"},
		{"Bool", "aws:PrincipalIsAWSService", "true", false, true, "no service"},
		{"StringEquals", "aws:username", "x", false, true, "no user"},
		{"StringEquals", "aws:RequestedRegion", "eu-west-1", false, false, "a request's own"},
		{"StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}", false, false, "a variable"},
		{"NoSuchOperator", "aws:PrincipalAccount", "1", false, false, "what AWS does not say stays"},
	} {
		holds, known := f.holds(&policy.Condition{Operator: tt.operator, Key: tt.key, Values: []string{tt.value}})
		if holds != tt.holds || known != tt.known {
			t.Errorf("%s %s %s: %v, known %v; want %v, %v: %s", tt.operator, tt.key, tt.value, holds, known, tt.holds, tt.known, tt.reason)
		}
	}
}
