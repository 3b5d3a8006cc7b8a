package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// identify asks whose credentials these are.
func (s *session) identify(ctx context.Context) (*inventory.Account, error) {
	id, err := s.Identify(ctx)
	if err != nil {
		return nil, err
	}
	return &inventory.Account{ID: id.Account, Partition: id.Partition, Caller: id.ARN}, nil
}

// alias returns the account's alias. An account has one at most.
func (s *session) alias(ctx context.Context) (string, error) {
	var alias string
	err := s.Pages(ctx, "iam:ListAccountAliases", func(marker *string) (connect.Cursor, error) {
		out, err := s.iam.ListAccountAliases(ctx, &iam.ListAccountAliasesInput{Marker: marker, MaxItems: aws.Int32(pageSize)})
		if err != nil {
			return connect.Cursor{}, err
		}
		for _, a := range out.AccountAliases {
			alias = a
		}
		return connect.Page(len(out.AccountAliases), out.IsTruncated, out.Marker), nil
	})
	return alias, err
}
