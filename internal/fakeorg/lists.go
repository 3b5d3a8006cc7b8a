package fakeorg

import (
	"slices"

	"iamctl/inventory"
)

type object = map[string]any

// list returns the list that an action answers with, and its name; "" and an object for an
// action that answers with one.
func (s *Server) list(action, about, filter string) (string, any) {
	switch action {
	case "DescribeOrganization":
		return "", object{"Organization": object{"Id": s.org.ID, "MasterAccountId": s.org.Management, "FeatureSet": "ALL"}}
	case "ListRoots":
		return "Roots", s.roots()
	case "ListOrganizationalUnitsForParent":
		return "OrganizationalUnits", each(s.org.Units, func(u inventory.Unit) (object, bool) {
			return object{"Id": u.ID, "Name": u.Name}, u.Parent == about
		})
	case "ListAccountsForParent":
		return "Accounts", each(s.org.Members, func(m inventory.Member) (object, bool) {
			return object{"Id": m.ID, "Name": m.Name, "State": m.Status}, m.Unit == about
		})
	case "ListPolicies":
		return "Policies", each(s.org.Policies, func(p inventory.ControlPolicy) (object, bool) { return summary(p), p.Type == filter })
	case "ListTargetsForPolicy":
		return "Targets", s.targets(about)
	case "DescribePolicy":
		for _, p := range s.org.Policies {
			if p.ID == about {
				return "", object{"Policy": object{"Content": string(p.Document), "PolicySummary": summary(p)}}
			}
		}
	case "ListTagsForResource":
		return "Tags", each(s.tags(about), func(t inventory.Tag) (object, bool) { return object{"Key": t.Key, "Value": t.Value}, true })
	}
	return "", object{}
}

func each[T any](list []T, one func(T) (object, bool)) []any {
	out := []any{}
	for _, v := range list {
		if o, ok := one(v); ok {
			out = append(out, o)
		}
	}
	return out
}

func summary(p inventory.ControlPolicy) object {
	return object{"Id": p.ID, "Arn": p.ARN, "Name": p.Name, "Type": p.Type, "AwsManaged": p.AWSManaged}
}

func (s *Server) roots() []any {
	var types []object
	for _, t := range []string{inventory.ServiceControl, inventory.ResourceControl} {
		if !slices.Contains(s.options.Off, t) {
			types = append(types, object{"Type": t, "Status": "ENABLED"})
		}
	}
	return each(s.org.Units, func(u inventory.Unit) (object, bool) {
		return object{"Id": u.ID, "Name": u.Name, "PolicyTypes": types}, u.Parent == ""
	})
}

func (s *Server) targets(policy string) []any {
	out := each(s.org.Units, func(u inventory.Unit) (object, bool) {
		return object{"TargetId": u.ID}, slices.Contains(u.Policies, policy)
	})
	return append(out, each(s.org.Members, func(m inventory.Member) (object, bool) {
		return object{"TargetId": m.ID}, slices.Contains(m.Policies, policy)
	})...)
}

func (s *Server) tags(id string) []inventory.Tag {
	for _, m := range s.org.Members {
		if m.ID == id {
			return m.Tags
		}
	}
	return nil
}
