// Package duties has the rule that the administration of IAM is split between two roles,
// which nobody holds both of.
package duties

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Split is IAM-047.
var Split = rule.Rule{
	ID: "IAM-047", Severity: severity.High,
	Title:  "IAM Master and IAM Manager roles, which nobody may assume both of",
	Why:    "whoever both makes permissions and gives them to people needs no accomplice",
	Source: `Trend Micro Cloud One Conformity, "IAM Master and IAM Manager Roles" (IAM-047)`,
	Blind:  "a role that is assumed by way of another role counts as that of whoever may assume the first",
	Check:  split,
}

// making are the actions that make roles, policies and users, reading those that read
// them, and giving those that give them to people. Master makes and reads, Manager gives
// and reads.
var (
	making = []string{
		"iam:AttachRolePolicy", "iam:CreateGroup", "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:CreateRole", "iam:CreateUser", "iam:DeleteGroup",
		"iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DeleteUser", "iam:PutRolePolicy",
	}
	reading = []string{
		"iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy", "iam:GetUser", "iam:GetUserPolicy", "iam:ListAttachedGroupPolicies",
		"iam:ListAttachedRolePolicies", "iam:ListAttachedUserPolicies", "iam:ListEntitiesForPolicy", "iam:ListGroupPolicies", "iam:ListGroups",
		"iam:ListGroupsForUser", "iam:ListPolicies", "iam:ListPoliciesGrantingServiceAccess", "iam:ListPolicyVersions", "iam:ListRolePolicies",
		"iam:ListRoles", "iam:ListUsers",
	}
	giving = []string{
		"iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:DeleteGroupPolicy", "iam:DeleteUserPolicy", "iam:DetachGroupPolicy", "iam:DetachRolePolicy",
		"iam:DetachUserPolicy", "iam:PutGroupPolicy", "iam:PutUserPolicy", "iam:RemoveUserFromGroup", "iam:UpdateAssumeRolePolicy", "iam:UpdateGroup",
		"iam:UpdateUser",
	}
)

// duty is one of the two.
type duty struct {
	name           string
	allows, denies []string
}

var (
	master  = duty{"IAM Master", slices.Concat(making, reading), giving}
	manager = duty{"IAM Manager", slices.Concat(giving, reading), making}
)

func split(in *rule.Input) []rule.Finding {
	candidates := look(in)
	masters, managers := candidates.have(&master), candidates.have(&manager)
	var out []rule.Finding
	for _, d := range []struct {
		duty  *duty
		roles []*candidate
	}{{&master, masters}, {&manager, managers}} {
		if !slices.ContainsFunc(d.roles, (*candidate).bounded) {
			out = append(out, missing(d.duty, candidates))
		}
	}
	return append(out, both(in, masters, managers)...)
}

// candidate is a role with those of all actions that it allows.
type candidate struct {
	role *account.Holder
	may  map[string]bool
}

type candidates []*candidate

// look returns the roles that allow any of the actions.
func look(in *rule.Input) candidates {
	all := slices.Concat(making, reading, giving)
	var out candidates
	for _, r := range in.Account.Each(inventory.EntityRole) {
		if r.ServiceLinked() || !aboutIAM(r) {
			continue
		}
		c := &candidate{r, map[string]bool{}}
		for _, name := range in.Grant(r).Only(all...).Names() {
			c.may[policy.Fold(name)] = true
		}
		if len(c.may) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// aboutIAM reports whether a statement may allow an action of IAM. It saves asking.
func aboutIAM(h *account.Holder) bool {
	return slices.ContainsFunc(h.Policies, func(p account.Policy) bool {
		return p.Document != nil && slices.ContainsFunc(p.Document.Statements, func(s policy.Statement) bool {
			return s.Effect == "Allow" && (s.NotAction != nil || slices.ContainsFunc(s.Action, func(a string) bool {
				service, _, _ := strings.Cut(a, ":")
				return policy.MatchFold(service, "iam")
			}))
		})
	})
}

// bounded reports whether all that bounds the role could be read.
func (c *candidate) bounded() bool { return c.role.Unbounded() == "" }

// mayHave reports whether a role may have a duty: what it has too much, a boundary that could not
// be read may take away.
func (c *candidate) mayHave(d *duty) bool {
	lacks, has := c.distance(d)
	return len(lacks) == 0 && (len(has) == 0 || !c.bounded())
}

// have returns the roles that have a duty, or may have it.
func (list candidates) have(d *duty) []*candidate {
	return slices.DeleteFunc(slices.Clone(list), func(c *candidate) bool { return !c.mayHave(d) })
}

// distance returns the actions that a role lacks for a duty, and those that it has and
// must not.
func (c *candidate) distance(d *duty) (lacks, has []string) {
	for _, a := range d.allows {
		if !c.may[policy.Fold(a)] {
			lacks = append(lacks, a)
		}
	}
	for _, a := range d.denies {
		if c.may[policy.Fold(a)] {
			has = append(has, a)
		}
	}
	return lacks, has
}

// missing is the finding that no role has a duty.
func missing(d *duty, list candidates) rule.Finding {
	f := rule.OfAccount()
	f.Key = d.name
	f.Message = fmt.Sprintf("no role has the duties of an %s", d.name)
	f.Fix = rule.Command("iam create-role", "role-name", rule.Placeholder("ROLE"), "assume-role-policy-document", "file://"+rule.Placeholder("TRUST_POLICY")+".json")
	f.Choice = true
	var nearest *candidate
	var lacks, has []string
	for _, c := range list {
		if l, h := c.distance(d); nearest == nil || len(l)+len(h) < len(lacks)+len(has) {
			nearest, lacks, has = c, l, h
		}
	}
	if nearest == nil {
		f.Message += ", and none allows any of them"
		return f
	}
	if i := slices.IndexFunc(list, func(c *candidate) bool { return c.mayHave(d) }); i >= 0 {
		nearest = list[i]
		lacks, has = nearest.distance(d)
		f.Unknown = nearest.role.Unbounded()
		f.Message = fmt.Sprintf("no role is known to have the duties of an %s", d.name)
	}
	f.Message += "; the nearest is " + nearest.role.Name
	if len(lacks) > 0 {
		f.Message += ", which does not allow " + strings.Join(lacks, ", ")
	}
	if len(has) > 0 {
		f.Message += ", which allows and must not " + strings.Join(has, ", ")
	}
	return f
}
