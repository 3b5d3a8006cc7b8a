package organization

import (
	"cmp"
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// tags reads the tags of every account. Who asks for them chooses accounts by them: that
// they may not be read is an error.
func (r *reading) tags(ctx context.Context) error {
	members := make([]*inventory.Member, len(r.org.Members))
	for i := range r.org.Members {
		members[i] = &r.org.Members[i]
	}
	return each(ctx, members, func(ctx context.Context, m *inventory.Member) error {
		err := r.Pages(ctx, "organizations:ListTagsForResource", func(next *string) (connect.Cursor, error) {
			out, err := r.client.ListTagsForResource(ctx, &organizations.ListTagsForResourceInput{ResourceId: &m.ID, NextToken: next})
			if err != nil {
				return connect.Cursor{}, err
			}
			for _, t := range out.Tags {
				m.Tags = append(m.Tags, inventory.Tag{Key: aws.ToString(t.Key), Value: aws.ToString(t.Value)})
			}
			return page(len(out.Tags), out.NextToken), nil
		})
		slices.SortFunc(m.Tags, func(a, b inventory.Tag) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Value, b.Value)) })
		return err
	})
}
