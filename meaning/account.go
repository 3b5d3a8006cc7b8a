package meaning

import (
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// severityAccount returns what severities may know of the account: its id and, where it
// was read whole, its roles.
func (l *library) severityAccount() *severity.Account {
	a := l.account
	nameless := func(r normalize.Role) bool { return r.Raw == nil || r.Raw.Role == nil || r.Raw.ARN == "" }
	if a.Flat == nil || a.Flat.Account == nil || a.Flat.LeftGaps || len(a.Flat.Gaps)+len(a.Flat.Account.Gaps) > 0 ||
		slices.ContainsFunc(a.Roles, nameless) || slices.ContainsFunc(a.Flat.Left, func(r *inventory.Role) bool { return r.ARN == "" }) {
		return severity.NewAccount(l.lexicon.account, nil)
	}
	return severity.NewAccount(l.lexicon.account, l.roles)
}

// withTokens returns an ARN of the account with tokens.
func (l *library) withTokens(arn string) string {
	of := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: "Allow", Resource: []string{arn}}}}
	return l.account.Rewriter.Document(of, l.lexicon.token).Statements[0].Resource[0]
}

// roles returns the account's roles with tokens, those too that are not compared.
func (l *library) roles() []severity.Role {
	out := make([]severity.Role, 0, len(l.account.Roles)+len(l.account.Flat.Left))
	for i := range l.account.Roles {
		out = append(out, l.severityRole(&l.account.Roles[i]))
	}
	for _, raw := range l.account.Flat.Left {
		trust := normalize.Policy{Type: inventory.Trust, Raw: &inventory.FlatPolicy{Type: inventory.Trust}, Table: &normalize.Table{}}
		out = append(out, l.severityRole(&normalize.Role{Raw: &inventory.FlatRole{Role: raw}, Policies: []normalize.Policy{trust}}))
	}
	return out
}

func (l *library) severityRole(r *normalize.Role) (out severity.Role) {
	out.ARN = l.withTokens(r.Raw.ARN)
	for k := range r.Policies {
		if p := &r.Policies[k]; p.Type == inventory.Trust {
			out.Trust = l.trust(r, p)
		}
	}
	return out
}

// trust returns a trust policy with tokens. One that could not be read may let in
// everybody.
func (l *library) trust(r *normalize.Role, p *normalize.Policy) *policy.Document {
	if d := l.of(r, p); d.problem == "" {
		return d.tokens
	}
	everyone := []policy.Principal{{Type: "*", Value: "*"}}
	return &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: "Allow", Action: []string{"*"}, Principal: everyone}}}
}
