package live

import (
	"cmp"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/extract"
	"iamctl/inventory"
)

// entry is an entity with the gaps in it: where the entity is read afresh or
// left out, its gaps go with it.
type entry[T any] struct {
	value T
	gaps  []inventory.Gap
}

// document decodes a document, or adds a gap on what it is part of.
func document(gaps *[]inventory.Gap, about inventory.Gap, encoded *string) inventory.Document {
	about.Blind = true
	if encoded == nil {
		about.Kind, about.Reason = inventory.GapRead, "AWS sent no document"
		*gaps = append(*gaps, about)
		return ""
	}
	d, err := extract.DecodeDocument(*encoded)
	if err != nil {
		about.Kind, about.Reason, about.Raw = inventory.GapParse, err.Error(), *encoded
		*gaps = append(*gaps, about)
	}
	return d
}

// Parts of entities in gaps.

func roleGap(name string, part inventory.Part) inventory.Gap {
	return inventory.Gap{Entity: inventory.EntityRole, Name: name, Part: part}
}

func inlineGap(entity inventory.Entity, name, policy string) inventory.Gap {
	return inventory.Gap{Entity: entity, Name: name, Part: inventory.PartInline, PolicyName: policy}
}

func policyGap(arn, name string) inventory.Gap {
	return inventory.Gap{Entity: inventory.EntityPolicy, Name: arn, PolicyName: name}
}

func inlinePolicies(gaps *[]inventory.Gap, entity inventory.Entity, name string, list []types.PolicyDetail) []inventory.InlinePolicy {
	var all []inventory.InlinePolicy
	for _, p := range list {
		policy := aws.ToString(p.PolicyName)
		all = append(all, inventory.InlinePolicy{
			Name:     policy,
			Document: document(gaps, inlineGap(entity, name, policy), p.PolicyDocument),
		})
	}
	return all
}

func policyRefs(list []types.AttachedPolicy) []inventory.PolicyRef {
	var all []inventory.PolicyRef
	for _, p := range list {
		all = append(all, inventory.PolicyRef{Name: aws.ToString(p.PolicyName), ARN: aws.ToString(p.PolicyArn)})
	}
	return all
}

// boundary leaves out the boundary's type, which AWS spells in two ways.
func boundary(b *types.AttachedPermissionsBoundary) *inventory.PolicyRef {
	if b == nil || b.PermissionsBoundaryArn == nil {
		return nil
	}
	return &inventory.PolicyRef{Name: extract.PolicyName(*b.PermissionsBoundaryArn), ARN: *b.PermissionsBoundaryArn}
}

func tags(list []types.Tag) []inventory.Tag {
	var all []inventory.Tag
	for _, t := range list {
		all = append(all, inventory.Tag{Key: aws.ToString(t.Key), Value: aws.ToString(t.Value)})
	}
	return all
}

func instanceProfile(p types.InstanceProfile) inventory.InstanceProfile {
	return inventory.InstanceProfile{Name: aws.ToString(p.InstanceProfileName), ARN: aws.ToString(p.Arn), Path: aws.ToString(p.Path)}
}

func roleDetail(d types.RoleDetail) entry[inventory.Role] {
	var e entry[inventory.Role]
	name := aws.ToString(d.RoleName)
	e.value = inventory.Role{
		Name: name, ID: aws.ToString(d.RoleId), ARN: aws.ToString(d.Arn), Path: aws.ToString(d.Path),
		Trust:    document(&e.gaps, roleGap(name, inventory.PartTrust), d.AssumeRolePolicyDocument),
		Inline:   inlinePolicies(&e.gaps, inventory.EntityRole, name, d.RolePolicyList),
		Attached: policyRefs(d.AttachedManagedPolicies),
		Boundary: boundary(d.PermissionsBoundary),
		Tags:     tags(d.Tags),
		// AWS leaves an empty list out.
		InstanceProfiles: make([]inventory.InstanceProfile, 0, len(d.InstanceProfileList)),
	}
	e.value.Created, e.value.LastUsed = moment(d.CreateDate), lastUse(d.RoleLastUsed)
	for _, p := range d.InstanceProfileList {
		e.value.InstanceProfiles = append(e.value.InstanceProfiles, instanceProfile(p))
	}
	return e
}

func userDetail(d types.UserDetail) entry[inventory.User] {
	var e entry[inventory.User]
	name := aws.ToString(d.UserName)
	e.value = inventory.User{
		Name: name, ID: aws.ToString(d.UserId), ARN: aws.ToString(d.Arn), Path: aws.ToString(d.Path),
		Inline:   inlinePolicies(&e.gaps, inventory.EntityUser, name, d.UserPolicyList),
		Attached: policyRefs(d.AttachedManagedPolicies),
		Boundary: boundary(d.PermissionsBoundary),
		Groups:   d.GroupList,
		Tags:     tags(d.Tags),
		Created:  moment(d.CreateDate),
	}
	return e
}

func groupDetail(d types.GroupDetail) entry[inventory.Group] {
	var e entry[inventory.Group]
	name := aws.ToString(d.GroupName)
	e.value = inventory.Group{
		Name: name, ID: aws.ToString(d.GroupId), ARN: aws.ToString(d.Arn), Path: aws.ToString(d.Path),
		Inline:   inlinePolicies(&e.gaps, inventory.EntityGroup, name, d.GroupPolicyList),
		Attached: policyRefs(d.AttachedManagedPolicies),
		Created:  moment(d.CreateDate),
	}
	return e
}

// policyDetail takes the default version of a managed policy. An entry
// without document says so by missing.
func policyDetail(d types.ManagedPolicyDetail) policyEntry {
	arn := aws.ToString(d.Arn)
	// Some services that imitate IAM leave out the name.
	name := cmp.Or(aws.ToString(d.PolicyName), extract.PolicyName(arn))
	e := policyEntry{missing: true}
	e.value = inventory.Policy{
		Name: name, ARN: arn, ID: aws.ToString(d.PolicyId), Path: aws.ToString(d.Path),
		Description:    d.Description,
		DefaultVersion: aws.ToString(d.DefaultVersionId),
		Created:        moment(d.CreateDate),
	}
	for _, v := range d.PolicyVersionList {
		if !v.IsDefaultVersion || v.Document == nil {
			continue
		}
		e.missing = false
		e.value.DefaultVersion = aws.ToString(v.VersionId)
		e.value.Document = document(&e.gaps, policyGap(arn, name), v.Document)
	}
	if !inventory.AWSManaged(arn) && len(d.PolicyVersionList) > 0 {
		e.value.Others, e.note = otherVersions(&e.value, d.PolicyVersionList)
	}
	return e
}

// otherVersions returns the versions of a policy that are not in force. If they cannot be
// those of a policy, it returns nil and a note.
func otherVersions(p *inventory.Policy, list []types.PolicyVersion) ([]inventory.PolicyVersion, string) {
	others := []inventory.PolicyVersion{}
	for _, v := range list {
		if v.IsDefaultVersion {
			continue
		}
		d, err := extract.DecodeDocument(aws.ToString(v.Document))
		if err != nil {
			d = ""
		}
		others = append(others, inventory.PolicyVersion{ID: aws.ToString(v.VersionId), Created: moment(v.CreateDate), Document: d})
	}
	if err := inventory.CheckVersions(p.DefaultVersion, others); err != nil {
		return nil, fmt.Sprintf("which versions of the policy %s are not in force is not known: %v", p.ARN, err)
	}
	return others, ""
}

func moment(t *time.Time) time.Time { return extract.Time(aws.ToTime(t)) }

// lastUse returns nil where AWS does not say. Of a role that was not used it says nothing
// within.
func lastUse(u *types.RoleLastUsed) *inventory.LastUse {
	if u == nil {
		return nil
	}
	return &inventory.LastUse{At: moment(u.LastUsedDate), Region: aws.ToString(u.Region)}
}
