package live

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"iamctl/inventory"
)

// identify asks whose credentials these are.
func (s *session) identify(ctx context.Context) (*inventory.Account, error) {
	const call = "sts:GetCallerIdentity"
	out, err := s.sts.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return nil, s.fail(ctx, call, 0, err)
	}
	a := &inventory.Account{ID: aws.ToString(out.Account), Partition: arnPartition(aws.ToString(out.Arn)), Caller: aws.ToString(out.Arn)}
	if a.Partition == "" || !twelveDigits(a.ID) {
		return nil, &Error{
			Profile: s.profileName(), Call: call,
			Reason: fmt.Sprintf("the answer names no account: Account %q, Arn %q", a.ID, aws.ToString(out.Arn)),
			Next:   "check endpoint_url of the profile",
		}
	}
	return a, nil
}

func twelveDigits(id string) bool {
	for i := range len(id) {
		if id[i] < '0' || id[i] > '9' {
			return false
		}
	}
	return len(id) == 12
}

// alias returns the account's alias. An account has one at most.
func (s *session) alias(ctx context.Context) (string, error) {
	var alias string
	err := s.pages(ctx, "iam:ListAccountAliases", func(marker *string) (cursor, error) {
		out, err := s.iam.ListAccountAliases(ctx, &iam.ListAccountAliasesInput{Marker: marker, MaxItems: aws.Int32(pageSize)})
		if err != nil {
			return cursor{}, err
		}
		for _, a := range out.AccountAliases {
			alias = a
		}
		return cursor{len(out.AccountAliases), out.IsTruncated, out.Marker}, nil
	})
	return alias, err
}
