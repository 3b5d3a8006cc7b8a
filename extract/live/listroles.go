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

// listing is what ListRoles returned, by folded name.
type listing struct {
	roles map[string]listedRole
	// twice are the folded names that came with two ids.
	twice map[string]bool
}

// listedRole is a role as ListRoles has it: without policies, boundary,
// tags and instance profiles. Its trust policy is still encoded.
type listedRole struct {
	inventory.Role
	trust *string
}

func listed(r types.Role) listedRole {
	return listedRole{trust: r.AssumeRolePolicyDocument, Role: inventory.Role{
		Name: aws.ToString(r.RoleName), ID: aws.ToString(r.RoleId), ARN: aws.ToString(r.Arn), Path: aws.ToString(r.Path),
		// AWS leaves out an empty description: here it is known to be empty.
		Description:        aws.String(aws.ToString(r.Description)),
		MaxSessionDuration: r.MaxSessionDuration,
		Created:            moment(r.CreateDate),
	}}
}

func (s *session) listRoles(ctx context.Context, client iam.ListRolesAPIClient) (*listing, error) {
	l := &listing{roles: map[string]listedRole{}, twice: map[string]bool{}}
	err := s.Pages(ctx, "iam:ListRoles", func(marker *string) (connect.Cursor, error) {
		out, err := client.ListRoles(ctx, &iam.ListRolesInput{MaxItems: aws.Int32(pageSize), Marker: marker})
		if err != nil {
			return connect.Cursor{}, err
		}
		for _, r := range out.Roles {
			key := policy.Fold(aws.ToString(r.RoleName))
			if before, ok := l.roles[key]; ok && before.ID != aws.ToString(r.RoleId) {
				l.twice[key] = true
			}
			l.roles[key] = listed(r)
		}
		s.o.Progress(StageRoles, len(l.roles), 0)
		return connect.Page(len(out.Roles), out.IsTruncated, out.Marker), nil
	})
	if err != nil {
		return nil, err
	}
	s.o.Progress(StageRoles, len(l.roles), len(l.roles))
	return l, nil
}
