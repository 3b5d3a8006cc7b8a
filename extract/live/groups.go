package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// eachGroup reads the groups one by one.
func (s *session) eachGroup(ctx context.Context, g *gathered) error {
	return eachListed(ctx, s, g, g.groups, kindListed[inventory.Group]{
		entity: inventory.EntityGroup, stage: StageEachGroup, call: "iam:ListGroups",
		page: s.listGroups, name: func(g inventory.Group) string { return g.Name }, read: s.tryGroup,
	})
}

func (s *session) listGroups(ctx context.Context, marker *string) ([]inventory.Group, connect.Cursor, error) {
	out, err := s.iam.ListGroups(ctx, &iam.ListGroupsInput{Marker: marker, MaxItems: aws.Int32(pageSize)})
	if err != nil {
		return nil, connect.Cursor{}, err
	}
	var all []inventory.Group
	for _, g := range out.Groups {
		all = append(all, inventory.Group{
			Name: aws.ToString(g.GroupName), ID: aws.ToString(g.GroupId), ARN: aws.ToString(g.Arn), Path: aws.ToString(g.Path),
			Created: moment(g.CreateDate),
		})
	}
	return all, connect.Page(len(out.Groups), out.IsTruncated, out.Marker), nil
}

func (s *session) tryGroup(ctx context.Context, known inventory.Group) (*entry[inventory.Group], error) {
	e := &entry[inventory.Group]{value: known}
	var err error
	e.value.Inline, e.value.Attached, e.gaps, err = s.parts(ctx, s.groupPolicies(known.Name))
	return e, err
}

func (s *session) groupPolicies(name string) principal {
	return principal{
		entity: inventory.EntityGroup, name: name,
		listCall: "iam:ListGroupPolicies", getCall: "iam:GetGroupPolicy", attachedCall: "iam:ListAttachedGroupPolicies",
		list: func(ctx context.Context, marker *string) ([]string, connect.Cursor, error) {
			out, err := s.iam.ListGroupPolicies(ctx, &iam.ListGroupPoliciesInput{GroupName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
			if err != nil {
				return nil, connect.Cursor{}, err
			}
			return out.PolicyNames, connect.Page(len(out.PolicyNames), out.IsTruncated, out.Marker), nil
		},
		get: func(ctx context.Context, policy string) (*string, error) {
			out, err := s.iam.GetGroupPolicy(ctx, &iam.GetGroupPolicyInput{GroupName: &name, PolicyName: &policy})
			if err != nil {
				return nil, err
			}
			return out.PolicyDocument, nil
		},
		attached: func(ctx context.Context, marker *string) ([]types.AttachedPolicy, connect.Cursor, error) {
			out, err := s.iam.ListAttachedGroupPolicies(ctx, &iam.ListAttachedGroupPoliciesInput{GroupName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
			if err != nil {
				return nil, connect.Cursor{}, err
			}
			return out.AttachedPolicies, connect.Page(len(out.AttachedPolicies), out.IsTruncated, out.Marker), nil
		},
	}
}
