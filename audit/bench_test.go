package audit_test

import (
	"testing"
	"time"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/internal/sampleaccount"
	"iamctl/inventory"
)

// BenchmarkRules asks all rules about an account of 5,000 roles, its documents parsed
// anew: as companies have it, and two where every role may assume every role.
func BenchmarkRules(b *testing.B) {
	o := sampleaccount.Options{ID: "111111111111", Roles: 5000}
	for name, a := range map[string]*inventory.Account{"company": sampleaccount.Company(o), "mesh": sampleaccount.Mesh(o, false), "alike": sampleaccount.Mesh(o, true)} {
		options := audit.Options{Rules: audit.Rules(), Config: &config.Config{}, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				audit.Run([]*account.Account{account.New(a, "")}, options)
			}
		})
		for _, r := range audit.Rules() {
			b.Run(name+"/"+r.ID, func(b *testing.B) {
				options.Rules = []rule.Rule{r}
				for b.Loop() {
					audit.Run([]*account.Account{account.New(a, "")}, options)
				}
			})
		}
	}
}
