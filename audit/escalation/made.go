package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict/escalation"
)

// making are sets that the library does not have: whoever may do one to a principal that
// it makes itself becomes an administrator. Whom the trust policy of a role lets in is then
// its own choice, and needs no permission.
var making = []escalation.Set{
	{Actions: []string{"iam:AttachRolePolicy", "iam:CreateRole"}},
	{Actions: []string{"iam:CreateRole", "iam:PutRolePolicy"}},
	{Actions: []string{"iam:AttachUserPolicy", "iam:CreateAccessKey", "iam:CreateUser"}},
	{Actions: []string{"iam:AttachUserPolicy", "iam:CreateLoginProfile", "iam:CreateUser"}},
	{Actions: []string{"iam:CreateAccessKey", "iam:CreateUser", "iam:PutUserPolicy"}},
	{Actions: []string{"iam:CreateLoginProfile", "iam:CreateUser", "iam:PutUserPolicy"}},
	{Actions: []string{"iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:CreateGroup"}},
	{Actions: []string{"iam:AddUserToGroup", "iam:CreateGroup", "iam:PutGroupPolicy"}},
}

// made are whom the actions of making make, and how they are become.
var made = map[string]struct {
	kind          inventory.Entity
	does, becomes string
}{
	"iam:CreateRole":  {inventory.EntityRole, "make a role", "assume it"},
	"iam:CreateUser":  {inventory.EntityUser, "make a user", "sign in as it"},
	"iam:CreateGroup": {inventory.EntityGroup, "make a group", "join it"},
}

// maker returns the action of a set of making that makes somebody, and the one that gives
// it permissions.
func maker(s *escalation.Set) (create, give string) {
	for _, a := range s.Actions {
		if _, ok := made[a]; ok {
			create = a
		} else if gives[a] != "" {
			give = a
		}
	}
	return create, give
}

// makes asks whether a holder may make somebody, give it permissions and become it: without
// a boundary, or with one that it must give.
func (g *graph) makes(h *node, s *sorted, yield func(*way) bool) bool {
	create, _ := maker(&s.Set)
	kind := made[create].kind
	if kind == inventory.EntityGroup && h.Kind == inventory.EntityRole {
		return true // nobody but users is in groups
	}
	for _, b := range g.demanded(h, create) {
		undo := []string{""}
		if b != nil {
			undo = []string{"iam:Delete" + title[kind] + "PermissionsBoundary", "iam:Put" + title[kind] + "PermissionsBoundary", ""}
		}
		for _, action := range undo {
			if arn := g.unmade(h, s, create, action, b); arn != "" {
				if w := g.making(h, s, arn, b); w != nil {
					if !yield(w) {
						return false
					}
					break
				}
			}
		}
	}
	return true
}

// title are kinds as the actions of IAM name them.
var title = map[inventory.Entity]string{inventory.EntityRole: "Role", inventory.EntityUser: "User", inventory.EntityGroup: "Group"}

// making asks whether a holder may make somebody with an ARN and a boundary, nil for none,
// and what it is by that.
func (g *graph) making(h *node, s *sorted, arn string, b *account.Policy) *way {
	create, give := maker(&s.Set)
	who := made[create]
	t := &account.Holder{Kind: who.kind, Name: arn[strings.LastIndex(arn, "/")+1:], ARN: arn, Boundary: b}
	defer func(was *account.Holder) { g.unborn = was }(g.unborn)
	g.unborn = t
	free := g.freeing(h, t)
	w := &way{Answer: g.may(h, create, arn, boundaryKey, arnOf(b))}
	unknown := w.Unknown
	for _, a := range s.Actions {
		if a == create || a == give {
			continue
		}
		x := g.may(h, a, arn, boundaryKey, "")
		if !x.Open() {
			return nil
		}
		unknown = first(unknown, x.Unknown)
	}
	if !w.Open() || who.kind == inventory.EntityRole && !g.enters(h, t) {
		return nil
	}
	given := g.given(h, t, &escalation.Set{Actions: []string{give}})
	if given == nil {
		return nil
	}
	w.set, w.whole, w.became, w.bounded, w.another = together(&s.Set, given.set), given.whole, given.became, given.bounded, given.became != nil
	w.unknown = first(unknown, given.unknown)
	w.does = who.does + ", " + given.gift()
	if free != nil && given.whole {
		w.set, w.does = together(w.set, &escalation.Set{Actions: []string{free.action}}), w.does+", "+free.does
	}
	w.does += " and " + who.becomes
	return w
}

// unmade returns the ARN of somebody who is not there and on whom a holder may do all of a
// set, and another action unless it is "", by the text; it is made with a boundary, nil for
// none. It is "" if there is nobody.
func (g *graph) unmade(h *node, s *sorted, create, another string, b *account.Policy) string {
	kind := made[create].kind
	q := g.ask(h, create).On(g.arn(string(kind) + "/*"))
	actions := s.Actions
	if another != "" {
		actions = append(slices.Clip(actions), another)
	}
	for _, a := range actions {
		x := g.ask(h, a)
		if !x.all && len(x.patterns) == 0 {
			return ""
		}
		if a != create && !x.all && !slices.Contains(x.patterns, "*") {
			q = q.On(x.patterns...)
		}
	}
	other := policy.Condition{Operator: "Null", Key: boundaryKey, Values: []string{"false"}}
	if b != nil {
		other = policy.Condition{Operator: "StringNotEquals", Key: boundaryKey, Values: []string{b.ARN}}
	}
	q = q.But(policy.Statement{Condition: []policy.Condition{other}})
	return unused(q, func(arn string) bool { return len(g.everybody()[kind].Matching(arn)) > 0 })
}

// unused returns a resource of what is granted that is not there yet, "" if there is none
// among the first.
func unused(q grant.Grant, there func(arn string) bool) string {
	for range 3 {
		r := q.Anything().Witness
		if r == nil || strings.ContainsAny(r.Resource, "*?") {
			return ""
		}
		if !there(r.Resource) {
			return r.Resource
		}
		q = q.But(policy.Statement{Resource: []string{r.Resource}})
	}
	return ""
}
