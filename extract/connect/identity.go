package connect

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"iamctl/policy"
)

// Identity is whose credentials a session has.
type Identity struct {
	// Account is the id of the account, ARN that of the caller, and Partition the ARN's.
	Account, Partition, ARN string
}

// Identify asks whose credentials these are.
func (s *Session) Identify(ctx context.Context) (Identity, error) {
	const call = "sts:GetCallerIdentity"
	client := sts.NewFromConfig(s.cfg, func(o *sts.Options) { o.Retryer = s.retryer(dialsForIdentity) })
	out, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return Identity{}, s.Fail(ctx, call, 0, err)
	}
	id := Identity{aws.ToString(out.Account), Partition(aws.ToString(out.Arn)), aws.ToString(out.Arn)}
	if id.Partition == "" || !policy.IsAccountID(id.Account) {
		return id, &Error{
			Profile: s.ProfileName(), Call: call,
			Reason: fmt.Sprintf("the answer names no account: Account %q, Arn %q", id.Account, id.ARN),
			Next:   "check endpoint_url of the profile",
		}
	}
	return id, nil
}
