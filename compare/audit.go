package compare

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"time"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/internal/inputfile"
	"iamctl/result"
	"iamctl/result/audited"
)

// AuditOptions say what an audit looks for.
type AuditOptions struct {
	Reader *Reader
	Rules  []rule.Rule
	Config AuditConfig
	// Day is the day of the audit.
	Day    time.Time
	FailOn result.FailOn
	// Iamctl is iamctl's version.
	Iamctl string
}

// AuditConfig is the configuration of an audit and the file that it is from.
type AuditConfig struct {
	*config.Config
	// Name is the path, and SHA256 the digest of the file in hex, "" if there is none.
	Name   string
	SHA256 string
}

// AuditConfigFile is the name of the configuration unless told otherwise.
const AuditConfigFile = "audit.json"

// ReadAuditConfig reads the named file. If path is "", it reads the file of the usual name
// if there is one, else it returns a configuration that says nothing.
func ReadAuditConfig(ctx context.Context, path string) (AuditConfig, error) {
	c := AuditConfig{Config: &config.Config{}, Name: cmp.Or(path, AuditConfigFile)}
	data, err := inputfile.Read(ctx, c.Name, inputfile.Audit)
	if path == "" && errors.Is(err, fs.ErrNotExist) {
		c.Name = ""
		return c, nil
	}
	if err != nil {
		return c, unreadable("the configuration", err, "docs/audit.md says what is in one")
	}
	var rules []string
	for _, r := range audit.Rules() {
		rules = append(rules, r.ID)
	}
	c.SHA256 = digest(data)
	c.Config, err = config.Parse(c.Name, data, rules)
	return c, err
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
	found := audit.Run(accounts, audit.Options{Rules: o.Rules, Config: o.Config.Config, Day: o.Day})
	m := audited.Meta{Iamctl: o.Iamctl, Day: o.Day.Format(time.DateOnly)}
	if o.Config.Name != "" {
		m.Inputs = []result.Input{{Kind: result.InputConfig, Path: o.Config.Name, SHA256: o.Config.SHA256}}
	}
	return audited.New(m, o.FailOn, accounts, sources, o.Rules, found), ctx.Err()
}
