package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/inventory"
	"iamctl/policy"
)

// eachGroup reads the groups one by one.
func (s *session) eachGroup(ctx context.Context, g *gathered) error {
	known := map[string]inventory.Group{}
	err := s.pages(ctx, "iam:ListGroups", func(marker *string) (cursor, error) {
		out, err := s.iam.ListGroups(ctx, &iam.ListGroupsInput{Marker: marker, MaxItems: aws.Int32(pageSize)})
		if err != nil {
			return cursor{}, err
		}
		for _, group := range out.Groups {
			known[policy.Fold(aws.ToString(group.GroupName))] = inventory.Group{
				Name: aws.ToString(group.GroupName), ID: aws.ToString(group.GroupId), ARN: aws.ToString(group.Arn), Path: aws.ToString(group.Path),
			}
		}
		return cursor{out.IsTruncated, out.Marker}, nil
	})
	if err != nil && denied(err) {
		g.gaps = append(g.gaps, gap(inventory.Gap{Entity: inventory.EntityGroup}, err))
		return nil
	}
	if err != nil {
		return err
	}
	var names []string
	for _, k := range known {
		names = append(names, k.Name)
	}
	return each(ctx, s, g, StageEachGroup, inventory.EntityGroup, names, g.groups, func(ctx context.Context, name string) (*entry[inventory.Group], error) {
		return reread(func() (*entry[inventory.Group], error) { return s.tryGroup(ctx, known[policy.Fold(name)]) },
			func() *entry[inventory.Group] {
				return &entry[inventory.Group]{value: known[policy.Fold(name)], gaps: []inventory.Gap{unsettled(inventory.EntityGroup, name)}}
			})
	})
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
		list: func(ctx context.Context, marker *string) ([]string, cursor, error) {
			out, err := s.iam.ListGroupPolicies(ctx, &iam.ListGroupPoliciesInput{GroupName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
			if err != nil {
				return nil, cursor{}, err
			}
			return out.PolicyNames, cursor{out.IsTruncated, out.Marker}, nil
		},
		get: func(ctx context.Context, policy string) (*string, error) {
			out, err := s.iam.GetGroupPolicy(ctx, &iam.GetGroupPolicyInput{GroupName: &name, PolicyName: &policy})
			if err != nil {
				return nil, err
			}
			return out.PolicyDocument, nil
		},
		attached: func(ctx context.Context, marker *string) ([]types.AttachedPolicy, cursor, error) {
			out, err := s.iam.ListAttachedGroupPolicies(ctx, &iam.ListAttachedGroupPoliciesInput{GroupName: &name, Marker: marker, MaxItems: aws.Int32(pageSize)})
			if err != nil {
				return nil, cursor{}, err
			}
			return out.AttachedPolicies, cursor{out.IsTruncated, out.Marker}, nil
		},
	}
}
