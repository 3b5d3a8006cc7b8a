package compare

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/internal/inputfile"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/waiver"
)

// AuditOptions say what an audit looks for.
type AuditOptions struct {
	Reader *Reader
	Rules  []rule.Rule
	Config AuditConfig
	// Unread are accounts that are known to be missing before anything is read.
	Unread []inventory.Gap
	// Day is the day of the audit.
	Day time.Time
	// Since names what the findings are held against, "" for nothing: the JSON of an
	// audit, git:REV or git:REV:PATH.
	Since   string
	Waivers *Waivers // nil for none
	// Today is the day on which waivers are judged.
	Today  waiver.Date
	FailOn result.FailOn
	// Iamctl is iamctl's version.
	Iamctl string
	// Asking hears which rule is asked next about the account with a tag, and how many of
	// all were; at the end done is total. nil is nobody.
	Asking func(account, rule string, done, total int)
	// Warn and Note hear remarks for the person at the terminal; nil is nobody.
	Warn, Note func(string)
}

// Audited are the rules that a comparison asks about both accounts.
type Audited struct {
	Rules  []rule.Rule
	Config AuditConfig
	// Day is the day of the audit.
	Day time.Time
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
	c.SHA256 = digest(data)
	c.Config, err = config.Parse(c.Name, data, ruleIDs())
	return c, err
}

// ruleIDs are the ids of the rules of audits.
func ruleIDs() []string {
	var out []string
	for _, r := range audit.Rules() {
		out = append(out, r.ID)
	}
	return out
}

// Audit reads accounts, asks the rules about them and judges what they find. news reports
// whether there is a finding that no waiver accepts and that Since does not have, or that a
// waiver accepted before.
func Audit(ctx context.Context, sides []Side, o AuditOptions) (a *audited.Audit, news bool, err error) {
	o = o.complete()
	before, err := o.readEarlierAudit(ctx, sides)
	if err != nil {
		return nil, false, err
	}
	accounts, sides, unread, err := o.readable(ctx, sides)
	if err != nil {
		return nil, false, err
	}
	a = o.run(accounts, sides, unread)
	if err := before.check(a); err != nil {
		return nil, false, err
	}
	if before != nil {
		a.Meta.Inputs = append(a.Meta.Inputs, before.input)
	}
	news = o.judge(a, before, accounts)
	return a, news, ctx.Err()
}

// complete returns the options with what may be left out.
func (o AuditOptions) complete() AuditOptions {
	complete(&o.Waivers, &o.Warn, &o.Note)
	return o
}

// read reads accounts and parses their documents.
func (o *AuditOptions) read(ctx context.Context, sides []Side) ([]*account.Account, error) {
	o.Reader.Begin(o.Since, len(sides))
	read, err := o.Reader.Accounts(ctx, sides)
	if err != nil {
		return nil, err
	}
	accounts := make([]*account.Account, len(sides))
	for i, s := range sides {
		accounts[i] = account.New(read[i], s.Tag)
	}
	return accounts, nil
}

// readable reads accounts as far as they can be read and parses their documents; unread are
// the gaps of the others. None that can be read is an error.
func (o *AuditOptions) readable(ctx context.Context, all []Side) (accounts []*account.Account, sides []Side, unread []inventory.Gap, err error) {
	o.Reader.Begin("", len(all))
	read, errs, err := o.Reader.Readable(ctx, all)
	if err != nil {
		return nil, nil, nil, err
	}
	unread = slices.Clone(o.Unread)
	for i, s := range all {
		if errs[i] != nil {
			unread = append(unread, s.Unread(errs[i]))
			continue
		}
		accounts, sides = append(accounts, account.New(read[i], s.Tag)), append(sides, s)
	}
	if len(accounts) == 0 {
		return nil, nil, nil, errors.Join(errs...)
	}
	return accounts, sides, unread, nil
}

// run asks the rules about accounts; unread are the gaps of those that it does not have.
func (o *AuditOptions) run(accounts []*account.Account, sides []Side, unread []inventory.Gap) *audited.Audit {
	sources := make([]string, len(sides))
	for i, s := range sides {
		sources[i] = s.Spec.String()
	}
	found := audit.Run(accounts, audit.Options{
		Rules: o.Rules, Config: o.Config.Config, Day: o.Day, Asking: o.Asking, Accepted: accepted(o.Waivers.File, accounts, o.Rules, o.Today),
	})
	m := audited.Meta{Iamctl: o.Iamctl, Day: o.Day.Format(time.DateOnly)}
	if o.Config.Name != "" {
		m.Inputs = append(m.Inputs, result.Input{Kind: result.InputConfig, Path: o.Config.Name, SHA256: o.Config.SHA256})
	}
	if o.Waivers.Path != "" {
		m.Inputs = append(m.Inputs, result.Input{Kind: result.InputWaivers, Path: o.Waivers.Path, SHA256: o.Waivers.SHA256})
	}
	return audited.New(m, o.FailOn, accounts, sources, unread, o.Rules, found)
}
