package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// eachUser reads the users one by one.
func (s *session) eachUser(ctx context.Context, g *gathered) error {
	return eachListed(ctx, s, g, g.users, kindListed[inventory.User]{
		entity: inventory.EntityUser, stage: StageEachUser, call: "iam:ListUsers",
		page: s.listUsers, name: func(u inventory.User) string { return u.Name }, read: s.tryUser,
	})
}

func (s *session) listUsers(ctx context.Context, marker *string) ([]inventory.User, connect.Cursor, error) {
	out, err := s.iam.ListUsers(ctx, &iam.ListUsersInput{Marker: marker, MaxItems: aws.Int32(pageSize)})
	if err != nil {
		return nil, connect.Cursor{}, err
	}
	var all []inventory.User
	for _, u := range out.Users {
		all = append(all, user(u))
	}
	return all, connect.Page(len(out.Users), out.IsTruncated, out.Marker), nil
}

func user(u types.User) inventory.User {
	return inventory.User{
		Name: aws.ToString(u.UserName), ID: aws.ToString(u.UserId), ARN: aws.ToString(u.Arn), Path: aws.ToString(u.Path),
		Boundary: boundary(u.PermissionsBoundary),
		Tags:     tags(u.Tags),
		Created:  moment(u.CreateDate),
	}
}

func (s *session) tryUser(ctx context.Context, known inventory.User) (*entry[inventory.User], error) {
	e := &entry[inventory.User]{value: known}
	name := known.Name
	out, err := s.iam.GetUser(ctx, &iam.GetUserInput{UserName: &name})
	if err == nil && out.User == nil {
		err = errNothing
	}
	if err == nil {
		e.value = user(*out.User)
	} else {
		err = s.Fail(ctx, "iam:GetUser", 0, err)
		if !connect.Denied(err) {
			return nil, err
		}
		// ListUsers has neither boundary nor tags.
		for _, part := range []inventory.Part{inventory.PartBoundary, inventory.PartTag} {
			e.gaps = append(e.gaps, gap(inventory.Gap{Entity: inventory.EntityUser, Name: name, Part: part}, err))
		}
	}
	inline, attached, gaps, err := s.parts(ctx, s.userPolicies(name))
	if err != nil {
		return nil, err
	}
	e.value.Inline, e.value.Attached = inline, attached
	e.gaps = append(e.gaps, gaps...)
	return e, s.groupsOf(ctx, e)
}

func (s *session) groupsOf(ctx context.Context, e *entry[inventory.User]) error {
	err := s.Pages(ctx, "iam:ListGroupsForUser", func(marker *string) (connect.Cursor, error) {
		out, err := s.iam.ListGroupsForUser(ctx, &iam.ListGroupsForUserInput{UserName: &e.value.Name, Marker: marker, MaxItems: aws.Int32(pageSize)})
		if err != nil {
			return connect.Cursor{}, err
		}
		for _, g := range out.Groups {
			e.value.Groups = append(e.value.Groups, aws.ToString(g.GroupName))
		}
		return connect.Page(len(out.Groups), out.IsTruncated, out.Marker), nil
	})
	if err != nil && connect.Denied(err) {
		e.gaps = append(e.gaps, gap(inventory.Gap{Entity: inventory.EntityUser, Name: e.value.Name, Part: inventory.PartGroup}, err))
		return nil
	}
	return err
}

func (s *session) userPolicies(name string) principal {
	return principal{
		entity: inventory.EntityUser, name: name,
		listCall: "iam:ListUserPolicies", getCall: "iam:GetUserPolicy", attachedCall: "iam:ListAttachedUserPolicies",
		list: func(ctx context.Context, marker *string) ([]string, connect.Cursor, error) {
			out, err := s.iam.ListUserPolicies(ctx, &iam.ListUserPoliciesInput{UserName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
			if err != nil {
				return nil, connect.Cursor{}, err
			}
			return out.PolicyNames, connect.Page(len(out.PolicyNames), out.IsTruncated, out.Marker), nil
		},
		get: func(ctx context.Context, policy string) (*string, error) {
			out, err := s.iam.GetUserPolicy(ctx, &iam.GetUserPolicyInput{UserName: &name, PolicyName: &policy})
			if err != nil {
				return nil, err
			}
			return out.PolicyDocument, nil
		},
		attached: func(ctx context.Context, marker *string) ([]types.AttachedPolicy, connect.Cursor, error) {
			out, err := s.iam.ListAttachedUserPolicies(ctx, &iam.ListAttachedUserPoliciesInput{UserName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
			if err != nil {
				return nil, connect.Cursor{}, err
			}
			return out.AttachedPolicies, connect.Page(len(out.AttachedPolicies), out.IsTruncated, out.Marker), nil
		},
	}
}
