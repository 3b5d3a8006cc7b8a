package compare

import (
	"context"
	"slices"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/beside"
	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
	finding "iamctl/result/found"
	"iamctl/verdict/severity"
)

// audits asks the rules of an audit about both accounts, and returns what one alone has;
// nil where they are not to be asked. Roles that were left out on request are left out, and
// what is only told.
func (c *comparison) audits(ctx context.Context, changes *diff.Changes) (*result.Audit, []inventory.Gap, error) {
	if c.Audit == nil {
		return nil, nil, nil
	}
	var accounts []*account.Account
	var findings [2][]audit.Finding
	o := audit.Options{Rules: c.Audit.Rules, Config: c.Audit.Config.Config, Day: c.Audit.Day}
	for side := range findings {
		a := changes.Account(side)
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		excluded := excludedNames(changes, side)
		accounts = append(accounts, account.New(a.Flat.Account, a.Tag))
		o.Accepted = accepted(c.Waivers.File, accounts[side:], o.Rules, c.Today)
		findings[side] = slices.DeleteFunc(audit.Run(accounts[side:], o), func(f audit.Finding) bool {
			return f.Severity == severity.None || f.Entity.Kind == inventory.EntityRole && slices.Contains(excluded, f.Entity.Name)
		})
	}
	alone, both := beside.Alone([2]*normalize.Account{changes.A, changes.B}, findings)
	var list [2][]finding.Finding
	for side := range alone {
		for _, i := range alone[side] {
			list[side] = append(list[side], finding.Of(&findings[side][i]))
		}
	}
	var rules []finding.Rule
	for i := range c.Audit.Rules {
		rules = append(rules, finding.RuleOf(&c.Audit.Rules[i]))
	}
	return result.NewAudit(rules, list, both), audit.Gaps(accounts), ctx.Err()
}

func excludedNames(changes *diff.Changes, side int) []string {
	var out []string
	for _, x := range changes.Excluded {
		out = append(out, x.Roles[side]...)
	}
	return out
}
