package compare

import (
	"context"
	"time"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/result"
	"iamctl/result/audited"
)

// AuditOptions say what an audit looks for.
type AuditOptions struct {
	Reader *Reader
	Rules  []rule.Rule
	Config *config.Config
	// Day is the day of the audit.
	Day    time.Time
	FailOn result.FailOn
	// Iamctl is iamctl's version.
	Iamctl string
}

// Audit reads accounts and asks the rules about them.
func Audit(ctx context.Context, sides []Side, o AuditOptions) (*audited.Audit, error) {
	read, err := o.Reader.Accounts(ctx, sides)
	if err != nil {
		return nil, err
	}
	accounts := make([]*account.Account, len(sides))
	sources := make([]string, len(sides))
	for i, s := range sides {
		accounts[i], sources[i] = account.New(read[i], s.Tag), s.Spec.String()
	}
	found := audit.Run(accounts, audit.Options{Rules: o.Rules, Config: o.Config, Day: o.Day})
	m := audited.Meta{Iamctl: o.Iamctl, Day: o.Day.Format(time.DateOnly)}
	return audited.New(m, o.FailOn, accounts, sources, o.Rules, found), ctx.Err()
}
