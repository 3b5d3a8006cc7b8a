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

// gathered is what was read so far. Roles, users and groups are found by
// their folded name, policies by their ARN.
type gathered struct {
	roles    map[string]entry[inventory.Role]
	users    map[string]entry[inventory.User]
	groups   map[string]entry[inventory.Group]
	policies map[string]policyEntry
	// twice are the folded names of roles that came with two ids: deleted
	// and created again between two pages.
	twice map[string]bool
	gaps  []inventory.Gap
	notes []string
}

// policyEntry is a managed policy; missing is true if its document was not
// in the answer.
type policyEntry struct {
	entry[inventory.Policy]
	missing bool
	// unknown is true if nothing is known of it but its ARN.
	unknown bool
	// note is a remark on its versions, or "".
	note string
}

func newGathered() *gathered {
	return &gathered{
		roles:    map[string]entry[inventory.Role]{},
		users:    map[string]entry[inventory.User]{},
		groups:   map[string]entry[inventory.Group]{},
		policies: map[string]policyEntry{},
		twice:    map[string]bool{},
	}
}

// count returns the number of entities.
func (g *gathered) count() int {
	return len(g.roles) + len(g.users) + len(g.groups) + len(g.policies)
}

// addRole adds a role. Of one that comes twice the later one counts.
func (g *gathered) addRole(e entry[inventory.Role]) {
	key := policy.Fold(e.value.Name)
	if before, ok := g.roles[key]; ok && before.value.ID != e.value.ID {
		g.twice[key] = true
	}
	g.roles[key] = e
}

// readDetails reads GetAccountAuthorizationDetails.
func (s *session) readDetails(ctx context.Context, client iam.GetAccountAuthorizationDetailsAPIClient) (*gathered, error) {
	g := newGathered()
	err := s.Pages(ctx, "iam:GetAccountAuthorizationDetails", func(marker *string) (connect.Cursor, error) {
		out, err := client.GetAccountAuthorizationDetails(ctx, &iam.GetAccountAuthorizationDetailsInput{
			// All kinds there are; AWS-managed policies come along where
			// something uses them.
			Filter: []types.EntityType{
				types.EntityTypeRole, types.EntityTypeUser, types.EntityTypeGroup,
				types.EntityTypeLocalManagedPolicy, types.EntityTypeAWSManagedPolicy,
			},
			MaxItems: aws.Int32(pageSize),
			Marker:   marker,
		})
		if err != nil {
			return connect.Cursor{}, err
		}
		g.addDetails(out)
		s.o.Progress(StageDetails, g.count(), 0)
		return connect.Page(len(out.RoleDetailList)+len(out.UserDetailList)+len(out.GroupDetailList)+len(out.Policies), out.IsTruncated, out.Marker), nil
	})
	if err != nil {
		return nil, err
	}
	s.o.Progress(StageDetails, g.count(), g.count())
	return g, nil
}

func (g *gathered) addDetails(out *iam.GetAccountAuthorizationDetailsOutput) {
	for _, d := range out.RoleDetailList {
		g.addRole(roleDetail(d))
	}
	for _, d := range out.UserDetailList {
		g.users[policy.Fold(aws.ToString(d.UserName))] = userDetail(d)
	}
	for _, d := range out.GroupDetailList {
		g.groups[policy.Fold(aws.ToString(d.GroupName))] = groupDetail(d)
	}
	for _, d := range out.Policies {
		g.policies[aws.ToString(d.Arn)] = policyDetail(d)
	}
}
