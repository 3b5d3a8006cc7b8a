// Package trust has the rules about trust policies that let in principals of AWS who
// should not get in, and about statements that do nothing.
package trust

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/rule"
)

// Rules are all rules of the package.
var Rules = []rule.Rule{Anyone, Root, AddressOnly, Session, Deleted, Dead}

// visit is the look at one role.
type visit struct {
	in   *rule.Input
	role *account.Holder
	// gate is that of the requests from the day on that assume the role, any the same for
	// all actions.
	gate, any gate.Gate
	// named are the accounts that the policy names.
	named []string
}

// each returns the check of a rule that looks at one role after the other.
func each(look func(*visit) []rule.Finding) func(*rule.Input) []rule.Finding {
	return func(in *rule.Input) []rule.Finding {
		var out []rule.Finding
		for _, r := range in.Account.Trusting() {
			g := gate.New(in.Comparer, r.Trust.Document)
			v := &visit{in: in, role: r, named: g.Accounts()}
			v.any = g.Since(in.Day)
			v.gate = v.any.Assuming()
			out = append(out, look(v)...)
		}
		return out
	}
}

// finding is one about what an answer says.
func (v *visit) finding(key string, a gate.Answer, message string) rule.Finding {
	f := rule.In(v.role, v.role.Trust, a.Statement)
	f.Key, f.Witness, f.Unknown, f.Message = key, a.Witness, a.Unknown, message
	f.Trust("")
	return f
}

// own reports whether an account is the role's.
func (v *visit) own(id string) bool { return id == v.in.Own() }

func (v *visit) friendly(id string) bool { return slices.Contains(v.in.Config.FriendlyAccounts, id) }

// outsiders returns the accounts that are neither the own nor friendly, each with the
// part of a gate that is about it; "*" for all that nobody named, if everybody is a
// principal of the policy.
func (v *visit) outsiders(g gate.Gate) []outsider {
	g = g.OutsideOrganization(v.in.Config.OrganizationID)
	var out []outsider
	if v.gate.Everybody() {
		out = append(out, outsider{"*", "any account of AWS", g.FromOthers(append(slices.Clip(v.named), v.in.Own())...)})
	}
	for _, id := range v.named {
		if !v.own(id) && !v.friendly(id) {
			out = append(out, outsider{id, "account " + id, g.From(id)})
		}
	}
	return out
}

type outsider struct {
	key, words string
	gate       gate.Gate
}
