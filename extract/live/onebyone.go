package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/extract/connect"
	"iamctl/inventory"
	"iamctl/policy"
)

// oneByOne reads the account where GetAccountAuthorizationDetails is denied:
// several calls for each role, user, group and policy, some at a time.
func (s *session) oneByOne(ctx context.Context, l *listing) (*gathered, error) {
	g := newGathered()
	if err := s.eachRole(ctx, g, l); err != nil {
		return nil, err
	}
	if err := s.eachUser(ctx, g); err != nil {
		return nil, err
	}
	if err := s.eachGroup(ctx, g); err != nil {
		return nil, err
	}
	if err := s.listPolicies(ctx, g); err != nil {
		return nil, err
	}
	return g, nil
}

func (s *session) eachRole(ctx context.Context, g *gathered, l *listing) error {
	profiles, err := s.allProfiles(ctx, g)
	if err != nil {
		return err
	}
	var names []string
	for _, r := range l.roles {
		names = append(names, r.Name)
	}
	return each(ctx, s, g, StageEachRole, inventory.EntityRole, names, g.roles, func(ctx context.Context, name string) (*entry[inventory.Role], error) {
		return s.oneRole(ctx, l.roles[policy.Fold(name)], profiles)
	})
}

// listPolicies notes the customer-managed policies, to be read with those
// that something refers to.
func (s *session) listPolicies(ctx context.Context, g *gathered) error {
	err := s.Pages(ctx, "iam:ListPolicies", func(marker *string) (connect.Cursor, error) {
		out, err := s.iam.ListPolicies(ctx, &iam.ListPoliciesInput{Scope: types.PolicyScopeTypeLocal, Marker: marker, MaxItems: aws.Int32(pageSize)})
		if err != nil {
			return connect.Cursor{}, err
		}
		for _, p := range out.Policies {
			g.policies[aws.ToString(p.Arn)] = policyHead(p)
		}
		return connect.Page(len(out.Policies), out.IsTruncated, out.Marker), nil
	})
	if err != nil && connect.Denied(err) {
		// What roles refer to is read all the same.
		about := gap(inventory.Gap{Entity: inventory.EntityPolicy}, err)
		about.Blind = false
		about.Reason += " (customer-managed policies that nothing refers to are missing)"
		g.gaps = append(g.gaps, about)
		return nil
	}
	return err
}
