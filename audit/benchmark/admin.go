package benchmark

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict"
)

// anything is an action that nobody has named, and thing what it is done on.
const (
	anything = "zz-any-service:AnyAction"
	thing    = "zz-any-name"
)

// lifting are the ways to more permissions by a single request, each with the type of what
// it changes. Who may do none of it on things of any name is no administrator.
var lifting = []struct{ action, on string }{
	{"iam:AttachRolePolicy", "role/"},
	{"iam:PutRolePolicy", "role/"},
	{"iam:AttachUserPolicy", "user/"},
	{"iam:PutUserPolicy", "user/"},
}

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
	if !slices.ContainsFunc(h.Policies, broad) {
		return rule.Finding{}, false // only to skip work
	}
	g := in.Grant(h)
	any := g.Only(anything).On("*").Anything()
	if !any.Open() {
		return rule.Finding{}, false
	}
	lift := lifts(in, g)
	if !lift.Open() {
		return rule.Finding{}, false
	}
	f := rule.In(h, any.Policy, any.Statement)
	f.Message, f.Unknown = "it may do anything on anything"+but(in, h), any.Unknown+lift.Unknown
	if lift.Policy == any.Policy && lift.Statement == any.Statement {
		f.Witness = lift.Witness // of an action that there is
	} else {
		f.Witness = any.Witness
	}
	f.Fix, f.Choice = rule.Replacing(h, any.Policy), any.Policy != nil && !inventory.AWSManaged(any.Policy.ARN)
	return f, true
}

// lifts asks for a way to more permissions. The key of a boundary must be absent: who must
// give a boundary to whom it lifts is no administrator.
func lifts(in *rule.Input, g grant.Grant) grant.Answer {
	free := policy.Statement{Condition: []policy.Condition{{Operator: "Null", Key: "iam:PermissionsBoundary", Values: []string{"false"}}}}
	var unknown grant.Answer
	for _, l := range lifting {
		a := g.Only(l.action).On(iamARN(in, l.on+thing)).But(free).Anything()
		if a.Witness != nil {
			return a
		}
		if a.Open() {
			unknown = a
		}
	}
	return unknown
}

func iamARN(in *rule.Input, resource string) string {
	partition, id := in.Account.Partition, in.Own()
	if partition == "" {
		partition = "*"
	}
	if id == "" {
		id = "*"
	}
	return "arn:" + partition + ":iam::" + id + ":" + resource
}

// broad reports whether a policy has an Allow for what nobody has named.
func broad(p account.Policy) bool {
	return p.Document != nil && slices.ContainsFunc(p.Document.Statements, func(s policy.Statement) bool {
		return s.Effect == "Allow" && s.About(anything)
	})
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
