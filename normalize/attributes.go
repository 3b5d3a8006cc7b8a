package normalize

import (
	"cmp"
	"slices"
	"strconv"

	"iamctl/equivalency"
	"iamctl/inventory"
)

// attributes returns what a role has besides its items, sorted by kind, key
// and value. A key may occur more than once: a role may have managed policies
// with one name and different ARNs.
func (a *applier) attributes(r *inventory.Role) []Attribute {
	out := []Attribute{{Kind: KindPath, RawValue: r.Path}}
	if r.Boundary != nil {
		out = append(out, Attribute{Kind: KindBoundary, RawValue: r.Boundary.ARN})
	}
	session := Attribute{Kind: KindMaxSessionDuration, Unknown: r.MaxSessionDuration == nil}
	if r.MaxSessionDuration != nil {
		session.RawValue = strconv.Itoa(int(*r.MaxSessionDuration))
	}
	out = append(out, session)
	if r.InstanceProfiles == nil {
		out = append(out, Attribute{Kind: KindInstanceProfile, Unknown: true})
	}
	for _, p := range r.InstanceProfiles {
		out = append(out, Attribute{Kind: KindInstanceProfile, RawValue: p.ARN})
	}
	for _, t := range r.Tags {
		out = append(out, Attribute{Kind: KindTag, RawKey: t.Key, RawValue: t.Value})
	}
	// IAM knows no difference between no description and an empty one.
	if r.Description == nil || *r.Description != "" {
		d := Attribute{Kind: KindDescription, Unknown: r.Description == nil}
		if r.Description != nil {
			d.RawValue = *r.Description
		}
		out = append(out, d)
	}
	for i := range out {
		// The description of a service-linked role is AWS's, unless somebody
		// changed it.
		out[i].AWS = out[i].Kind == KindDescription && equivalency.IsServiceLinked(r.Path) ||
			out[i].Kind == KindTag && equivalency.IsToolTag(out[i].RawKey)
		a.attribute(r, &out[i])
	}
	out = append(out, a.policies(r)...)
	slices.SortStableFunc(out, func(x, y Attribute) int {
		return cmp.Or(x.Compare(y), cmp.Compare(x.Value, y.Value),
			cmp.Compare(x.RawKey, y.RawKey), cmp.Compare(x.RawValue, y.RawValue))
	})
	return out
}

// attribute rewrites an attribute that is not a policy.
func (a *applier) attribute(r *inventory.Role, at *Attribute) {
	at.Key, at.Value = at.RawKey, at.RawValue
	if at.Kind == KindBoundary {
		_, at.Value = a.policyTexts(r.Name, inventory.Boundary, r.Boundary.Name, at.RawValue)
		return
	}
	if f, ok := at.Field(); ok {
		at.Key, _ = a.text(f, at.RawKey)
		at.Value, _ = a.text(f, at.RawValue)
	}
}

// policies returns an attribute for each of a role's policies, also for those
// with an unreadable document.
func (a *applier) policies(r *inventory.Role) []Attribute {
	out := make([]Attribute, 0, len(r.Inline)+len(r.Attached))
	for _, p := range r.Inline {
		out = append(out, a.policy(r.Name, inventory.Inline, p.Name, ""))
	}
	for _, p := range r.Attached {
		out = append(out, a.policy(r.Name, inventory.Managed, p.Name, p.ARN))
	}
	return out
}

func (a *applier) policy(role string, t inventory.PolicyType, name, arn string) Attribute {
	prefix := string(t) + " "
	after, value := a.policyTexts(role, t, name, arn)
	return Attribute{Kind: KindPolicy, Key: prefix + after, Value: value, RawKey: prefix + name, RawValue: arn}
}

// policyTexts rewrites the name and the ARN of a role's policy. Where the role alone
// tells which policy it is, the made-up parts of the name are those for the role.
func (a *applier) policyTexts(role string, t inventory.PolicyType, name, arn string) (afterName, afterARN string) {
	if k := a.rewriter.Rules().Known; k != nil {
		if made := k.Attached[role][string(t)+" "+name]; made != nil {
			return a.rewriter.Marked(FieldPolicyName, name, made),
				a.rewriter.Marked(FieldARN, arn, equivalency.Shift(made, max(len(arn)-len(name), 0)))
		}
	}
	afterName, _ = a.text(policyNameField(arn), name)
	afterARN, _ = a.text(FieldARN, arn)
	return afterName, afterARN
}
