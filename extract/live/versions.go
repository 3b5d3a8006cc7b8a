package live

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// readOthers reads the versions of a customer-managed policy that are not in force, of which
// nothing told so far. If they cannot be read they are not known, and a note says so: nothing
// is missing from a comparison.
func (s *session) readOthers(ctx context.Context, e *policyEntry) error {
	if e.value.Others != nil || e.note != "" || inventory.AWSManaged(e.value.ARN) {
		return nil
	}
	list, err := s.listVersions(ctx, e.value.ARN)
	for i := 0; err == nil && i < len(list) && i <= inventory.MaxOthers; i++ {
		if !list[i].IsDefaultVersion {
			list[i].Document, err = s.getDocument(ctx, e.value.ARN, aws.ToString(list[i].VersionId))
		}
	}
	switch {
	case err == nil:
		e.value.Others, e.note = otherVersions(&e.value, list)
	case connect.Fatal(err):
		return err
	default:
		e.note = fmt.Sprintf("which versions of the policy %s are not in force is not known: %s", e.value.ARN, connect.Because(err))
	}
	return nil
}

// listVersions returns the versions of a managed policy, without their documents.
func (s *session) listVersions(ctx context.Context, arn string) ([]types.PolicyVersion, error) {
	var list []types.PolicyVersion
	err := s.Pages(ctx, "iam:ListPolicyVersions", func(marker *string) (connect.Cursor, error) {
		out, err := s.iam.ListPolicyVersions(ctx, &iam.ListPolicyVersionsInput{PolicyArn: &arn, Marker: marker})
		if err != nil {
			return connect.Cursor{}, err
		}
		list = append(list, out.Versions...)
		return connect.Page(len(out.Versions), out.IsTruncated, out.Marker), nil
	})
	return list, err
}
