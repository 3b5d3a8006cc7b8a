package benchmark

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/everything"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict"
)

// administrators finds who may do what nobody has named on what nobody has named, and
// lift permissions without a boundary. A user is none for what one of its groups is.
func administrators(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	groups := map[string]bool{}
	for _, h := range slices.Backward(in.Account.Holders) { // groups are after users
		if h.ServiceLinked() || slices.ContainsFunc(h.Groups, func(g string) bool { return groups[policy.Fold(g)] }) {
			continue
		}
		f, ok := administrator(in, h)
		if !ok {
			f, ok = unread(h)
		}
		if ok {
			groups[policy.Fold(h.Name)] = groups[policy.Fold(h.Name)] || h.Kind == inventory.EntityGroup
			out = append(out, f)
		}
	}
	return out
}

func administrator(in *rule.Input, h *account.Holder) (rule.Finding, bool) {
	a := everything.Ask(in, h)
	if !a.Open() {
		return rule.Finding{}, false
	}
	any, lift := a.Anything, a.Lift
	f := rule.In(h, any.Policy, any.Statement)
	f.Message, f.Unknown = "it may do anything on anything"+but(in, h), a.Unknown()
	if lift.Policy == any.Policy && lift.Statement == any.Statement {
		f.Witness = lift.Witness // of an action that there is
	} else {
		f.Witness = any.Witness
		f.And = []rule.Place{{Policy: lift.Policy, Statement: lift.Statement}}
	}
	f.Fix, f.Choice = rule.Replacing(h, any.Policy), any.Policy != nil && !inventory.AWSManaged(any.Policy.ARN)
	return f, true
}

// but says what is kept from an administrator.
func but(in *rule.Input, h *account.Holder) string {
	all := &verdict.Permissions{Identity: []*policy.Document{{Version: "2012-10-17", Statements: []policy.Statement{
		{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}},
	}}}}
	if len(in.Comparer.Identity(h.Permissions(), all).Witnesses) == 0 {
		return ""
	}
	return ", but for what a Deny, a boundary, a condition or a NotAction names"
}

// unread finds who has AdministratorAccess of which the document was not read.
func unread(h *account.Holder) (rule.Finding, bool) {
	for i := range h.Policies {
		if p := &h.Policies[i]; p.Group == "" && p.Document == nil && aws(p, "AdministratorAccess") {
			f := rule.In(h, p, -1)
			f.Message, f.Fix = "AWS's policy AdministratorAccess is attached", rule.Replacing(h, p)
			f.Unknown = "its document was not read"
			return f, true
		}
	}
	return rule.Finding{}, false
}

// aws reports whether a policy is AWS's of a name.
func aws(p *account.Policy, name string) bool {
	return inventory.AWSManaged(p.ARN) && strings.HasSuffix(p.ARN, "/"+name)
}
