package asking_test

import (
	"testing"

	"iamctl/audit/asking"
)

func TestRegion(t *testing.T) {
	for _, tt := range []struct{ partition, action, want, reason string }{
		{"aws", "iam:PutUserPolicy", "us-east-1", "the one endpoint of IAM"},
		{"aws", "IAM:putuserpolicy", "us-east-1", "whatever the letter case"},
		{"aws-cn", "iam:PutUserPolicy", "cn-north-1", "that of China"},
		{"aws-us-gov", "iam:PutUserPolicy", "us-gov-west-1", "that of GovCloud"},
		{"aws-iso", "iam:PutUserPolicy", "", "a partition of which it is not known"},
		{"", "iam:PutUserPolicy", "", "no partition"},
		{"aws", "iam:PassRole", "", "asked about by the service that the role is passed to"},
		{"aws", "iam:P*", "", "may be passing a role"},
		{"aws", "sts:AssumeRole", "", "STS has endpoints in all Regions"},
		{"aws", "iamx:PutUserPolicy", "", "another service"},
	} {
		if got := asking.Region(tt.partition, tt.action); got != tt.want {
			t.Errorf("%s: %s in %q: %q, want %q", tt.reason, tt.action, tt.partition, got, tt.want)
		}
	}
}
