// Package crossaccount has the rule about roles that let in accounts which are not the
// owner's.
package crossaccount

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/known"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Untrusted is IAM-057.
var Untrusted = rule.Rule{
	ID: "IAM-057", Severity: severity.Medium,
	Title:  "roles that let in an account which is neither the own nor a friendly one",
	Why:    "whoever runs that account, or breaks into it, has what the role may do",
	Source: "IAM User Guide, \"Access to AWS accounts owned by third parties\"",
	Blind:  "an account of the own organisation that nobody has listed counts as foreign, unless the policy asks for the organisation",
	Check:  untrusted,
}

func untrusted(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, r := range in.Account.Trusting() {
		g := gate.New(in.Comparer, r.Trust.Document).Since(in.Day).Assuming()
		out = append(out, (&visit{in, r, g.OutsideOrganization(in.Config.OrganizationID)}).findings()...)
	}
	return out
}

// visit is the look at one role.
type visit struct {
	in   *rule.Input
	role *account.Holder
	gate gate.Gate
}

// findings returns one for each foreign account that is named, and one for all that are
// not. Whoever lets in those lets in the named ones too, which is not worth a line each.
func (v *visit) findings() []rule.Finding {
	named := v.gate.Accounts()
	if f := v.strangers(named); f != nil {
		return []rule.Finding{*f}
	}
	var out []rule.Finding
	for _, id := range named {
		if v.trusted(id) {
			continue
		}
		if a := v.gate.From(id).Anybody(); a.Open() {
			out = append(out, v.finding(id, a, v.external(v.gate.From(id))))
		}
	}
	return out
}

func (v *visit) trusted(id string) bool {
	return id == v.in.Own() || slices.Contains(v.in.Config.FriendlyAccounts, id)
}

// strangers is the finding that accounts get in which nobody has named.
func (v *visit) strangers(named []string) *rule.Finding {
	if !v.gate.Everybody() {
		return nil
	}
	g := v.gate.FromOthers(append(slices.Clip(named), v.in.Own())...)
	a := g.Anybody()
	if !a.Open() {
		return nil
	}
	f := v.about("*", a)
	who := "any account of AWS"
	switch org := organization(a); {
	case org == "":
	case v.names(org):
		who = fmt.Sprintf("any account of the organisation %s, which is not known to be the own one", org)
		f.Severity = severity.Low
	default:
		who = "any account of organisations that it does not name"
	}
	f.Message = "the role lets in " + who + v.external(g)
	return &f
}

// organization returns the organisation that the witness of an answer is of, "" for any.
func organization(a gate.Answer) string {
	if a.Witness == nil {
		return ""
	}
	for key, values := range a.Witness.Context {
		if len(values) > 0 && isOrganization(key) {
			id, _, _ := strings.Cut(values[0], "/")
			return id
		}
	}
	return ""
}

// names reports whether the policy has the id of an organisation.
func (v *visit) names(organization string) bool {
	for _, key := range []string{"aws:PrincipalOrgID", "aws:PrincipalOrgPaths"} {
		for _, c := range v.gate.Conditions(key) {
			for _, value := range c.Values {
				if id, _, _ := strings.Cut(value, "/"); policy.CompareFold(id, organization) == 0 {
					return true
				}
			}
		}
	}
	return false
}

// isOrganization reports whether a condition key names an organisation.
func isOrganization(key string) bool {
	return policy.CompareFold(key, "aws:PrincipalOrgID") == 0 || policy.CompareFold(key, "aws:PrincipalOrgPaths") == 0
}

func (v *visit) finding(id string, a gate.Answer, external string) rule.Finding {
	f := v.about(id, a)
	f.Rank = rank(id)
	f.Message = fmt.Sprintf("the role lets in %s%s", describe(id), external)
	return f
}

func (v *visit) about(key string, a gate.Answer) rule.Finding {
	f := rule.In(v.role, v.role.Trust, a.Statement)
	f.Key, f.Witness, f.Unknown, f.Choice = key, a.Witness, a.Unknown, true
	f.Fix = rule.Command("iam update-assume-role-policy", "role-name", v.role.Name, "policy-document", "file://"+rule.Placeholder("TRUST_POLICY")+".json")
	return f
}

// external says whether an external id is asked for.
func (v *visit) external(g gate.Gate) string {
	if g.WithoutKey("sts:ExternalId").Anybody().Open() {
		return ", without an external id"
	}
	return ", with an external id"
}

// describe names an account.
func describe(id string) string {
	o, ok := known.OwnerOf(id)
	switch {
	case !ok:
		return "the unknown account " + id
	case o.AWS:
		return fmt.Sprintf("account %s of the AWS service %s", id, o.Name)
	}
	return fmt.Sprintf("account %s of the vendor %s", id, o.Name)
}

// rank puts unknown accounts first.
func rank(id string) int {
	o, ok := known.OwnerOf(id)
	switch {
	case !ok:
		return 0
	case !o.AWS:
		return 1
	}
	return 2
}
