package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// profiler returns a role's instance profiles, or a gap in place of them.
type profiler func(ctx context.Context, role string) ([]inventory.InstanceProfile, []inventory.Gap, error)

// oneRole reads a role by itself. It returns nil for one that is not there.
// Denied calls leave gaps.
func (s *session) oneRole(ctx context.Context, known listedRole, profiles profiler) (*entry[inventory.Role], error) {
	return reread(func() (*entry[inventory.Role], error) { return s.tryRole(ctx, known, profiles) },
		func() *entry[inventory.Role] {
			e := headOf(known)
			e.gaps = append(e.gaps, unsettled(inventory.EntityRole, known.Name))
			return e
		})
}

func (s *session) tryRole(ctx context.Context, known listedRole, profiles profiler) (*entry[inventory.Role], error) {
	e, err := s.roleHead(ctx, known)
	if err != nil {
		return nil, err
	}
	inline, attached, gaps, err := s.parts(ctx, s.rolePolicies(known.Name))
	if err != nil {
		return nil, err
	}
	e.value.Inline, e.value.Attached = inline, attached
	e.gaps = append(e.gaps, gaps...)
	e.value.InstanceProfiles, gaps, err = profiles(ctx, known.Name)
	e.gaps = append(e.gaps, gaps...)
	return e, err
}

// headOf returns what ListRoles has of a role.
func headOf(known listedRole) *entry[inventory.Role] {
	e := &entry[inventory.Role]{value: known.Role}
	e.value.Trust = document(&e.gaps, roleGap(known.Name, inventory.PartTrust), known.trust)
	return e
}

// roleHead reads everything of a role but its policies.
func (s *session) roleHead(ctx context.Context, known listedRole) (*entry[inventory.Role], error) {
	r, err := s.getRole(ctx, known.Name)
	if err == nil {
		e := headOf(listed(*r))
		e.value.Boundary = boundary(r.PermissionsBoundary)
		e.value.Tags = tags(r.Tags)
		e.value.LastUsed = lastUse(r.RoleLastUsed)
		return e, nil
	}
	if !connect.Denied(err) {
		return nil, err
	}
	e := headOf(known)
	e.gaps = append(e.gaps, gap(roleGap(known.Name, inventory.PartBoundary), err))
	e.value.Tags, err = s.roleTags(ctx, known.Name)
	if err != nil && connect.Denied(err) {
		e.gaps = append(e.gaps, gap(roleGap(known.Name, inventory.PartTag), err))
		err = nil
	}
	return e, err
}

func (s *session) getRole(ctx context.Context, name string) (*types.Role, error) {
	out, err := s.iam.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})
	if err == nil && out.Role == nil {
		err = errNothing
	}
	if err != nil {
		return nil, s.Fail(ctx, "iam:GetRole", 0, err)
	}
	return out.Role, nil
}

func (s *session) roleTags(ctx context.Context, name string) ([]inventory.Tag, error) {
	var all []inventory.Tag
	err := s.Pages(ctx, "iam:ListRoleTags", func(marker *string) (connect.Cursor, error) {
		out, err := s.iam.ListRoleTags(ctx, &iam.ListRoleTagsInput{RoleName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
		if err != nil {
			return connect.Cursor{}, err
		}
		all = append(all, tags(out.Tags)...)
		return connect.Page(len(out.Tags), out.IsTruncated, out.Marker), nil
	})
	return all, err
}

// rolePolicies returns the calls that read a role's policies.
func (s *session) rolePolicies(name string) principal {
	return principal{
		entity: inventory.EntityRole, name: name,
		listCall: "iam:ListRolePolicies", getCall: "iam:GetRolePolicy", attachedCall: "iam:ListAttachedRolePolicies",
		list: func(ctx context.Context, marker *string) ([]string, connect.Cursor, error) {
			out, err := s.iam.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
			if err != nil {
				return nil, connect.Cursor{}, err
			}
			return out.PolicyNames, connect.Page(len(out.PolicyNames), out.IsTruncated, out.Marker), nil
		},
		get: func(ctx context.Context, policy string) (*string, error) {
			out, err := s.iam.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &name, PolicyName: &policy})
			if err != nil {
				return nil, err
			}
			return out.PolicyDocument, nil
		},
		attached: func(ctx context.Context, marker *string) ([]types.AttachedPolicy, connect.Cursor, error) {
			out, err := s.iam.ListAttachedRolePolicies(ctx, &iam.ListAttachedRolePoliciesInput{RoleName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
			if err != nil {
				return nil, connect.Cursor{}, err
			}
			return out.AttachedPolicies, connect.Page(len(out.AttachedPolicies), out.IsTruncated, out.Marker), nil
		},
	}
}
