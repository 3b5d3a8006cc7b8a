package audit_test

import (
	"strings"
	"testing"
	"time"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/inventory"
)

// TestOfAWS: of roles that AWS makes nobody chooses name, path and boundary, nor whether
// they are used. A role of the owner's that is the same in all else is found by each rule.
func TestOfAWS(t *testing.T) {
	const people = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"}]}`
	c := &config.Config{PathConventions: []config.PathConvention{{Name: "*", Path: "/app/", Boundary: audittest.PolicyARN("b")}}}
	names := []string{"NO-BOUNDARY", "PATH-CONVENTION", "PATH-LENGTH", "PATH-UNPROTECTED", "UNUSED-ROLE"}
	rules := audit.Rules()
	for path, ofAWS := range map[string]bool{
		"/":                  false,
		"/service-role/":     false,
		"/aws-service-role/": true,
		"/aws-service-role/autoscaling.amazonaws.com/":   true,
		"/aws-reserved/sso.amazonaws.com/":               true,
		"/aws-reserved/sso.amazonaws.com/eu-west-1/":     true,
		"/aws-reserved/other.amazonaws.com/":             false,
		"/x/aws-service-role/autoscaling.amazonaws.com/": false,
	} {
		name := "AWSReservedSSO_" + strings.Repeat("x", 49)
		a := audittest.New().Role(path, name, people).With(func(a *inventory.Account) {
			a.Roles[0].Created, a.Roles[0].LastUsed = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), &inventory.LastUse{}
		}).Role("/app/", "guard", "", `{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "iam:*", "Resource": "arn:aws:iam::111111111111:role/app/*"}]}`).Account()
		found := map[string]bool{}
		for _, f := range audit.Run([]*account.Account{a}, audit.Options{Rules: rules, Config: c, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)}) {
			if f.Entity.Name == name {
				found[f.Rule.ID] = true
			}
		}
		for _, id := range names {
			want := !ofAWS && (id != "PATH-LENGTH" || path != "/")
			if found[id] != want {
				t.Errorf("%s on %s: found is %v, want %v", id, path, found[id], want)
			}
		}
	}
}
