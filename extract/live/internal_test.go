package live

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
)

// TestPolicyWithoutName: moto leaves name and id of policies out.
func TestPolicyWithoutName(t *testing.T) {
	e := policyDetail(types.ManagedPolicyDetail{Arn: aws.String("arn:aws:iam::123456789012:policy/team/own")})
	if e.value.Name != "own" || !e.missing {
		t.Errorf("name %q, document missing %v; want own, true", e.value.Name, e.missing)
	}
}

// TestNoDocument: a document that AWS does not send is a gap.
func TestNoDocument(t *testing.T) {
	e := roleDetail(types.RoleDetail{RoleName: aws.String("r"), RolePolicyList: []types.PolicyDetail{{PolicyName: aws.String("p"), PolicyDocument: aws.String("%7B%7D")}}})
	want := []inventory.Gap{{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: "r", Part: inventory.PartTrust, Blind: true, Reason: "AWS sent no document"}}
	if d := cmp.Diff(want, e.gaps); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
}
