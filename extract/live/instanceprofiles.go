package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"iamctl/extract/connect"
	"iamctl/inventory"
	"iamctl/policy"
)

// profilesOfRole asks for the instance profiles of one role.
func (s *session) profilesOfRole(ctx context.Context, role string) ([]inventory.InstanceProfile, []inventory.Gap, error) {
	all := []inventory.InstanceProfile{}
	err := s.Pages(ctx, "iam:ListInstanceProfilesForRole", func(marker *string) (connect.Cursor, error) {
		out, err := s.iam.ListInstanceProfilesForRole(ctx, &iam.ListInstanceProfilesForRoleInput{RoleName: &role, Marker: marker, MaxItems: aws.Int32(pageSize)})
		if err != nil {
			return connect.Cursor{}, err
		}
		for _, p := range out.InstanceProfiles {
			all = append(all, instanceProfile(p))
		}
		return connect.Page(len(out.InstanceProfiles), out.IsTruncated, out.Marker), nil
	})
	if err != nil && connect.Denied(err) {
		return nil, []inventory.Gap{gap(roleGap(role, inventory.PartInstanceProfile), err)}, nil
	}
	return all, nil, err
}

// allProfiles asks for the instance profiles of the whole account, by the
// folded name of their role. Denied, it leaves one gap on those of all roles.
func (s *session) allProfiles(ctx context.Context, g *gathered) (profiler, error) {
	of := map[string][]inventory.InstanceProfile{}
	err := s.Pages(ctx, "iam:ListInstanceProfiles", func(marker *string) (connect.Cursor, error) {
		out, err := s.iam.ListInstanceProfiles(ctx, &iam.ListInstanceProfilesInput{Marker: marker, MaxItems: aws.Int32(pageSize)})
		if err != nil {
			return connect.Cursor{}, err
		}
		for _, p := range out.InstanceProfiles {
			for _, r := range p.Roles {
				key := policy.Fold(aws.ToString(r.RoleName))
				of[key] = append(of[key], instanceProfile(p))
			}
		}
		return connect.Page(len(out.InstanceProfiles), out.IsTruncated, out.Marker), nil
	})
	none := []inventory.InstanceProfile{}
	if err != nil && connect.Denied(err) {
		g.gaps = append(g.gaps, gap(roleGap("", inventory.PartInstanceProfile), err))
		none, err = nil, nil
	}
	return func(_ context.Context, role string) ([]inventory.InstanceProfile, []inventory.Gap, error) {
		if found, ok := of[policy.Fold(role)]; ok {
			return found, nil, nil
		}
		return none, nil, nil
	}, err
}
