package inventory

import "strings"

// AWSManaged reports whether a managed policy is AWS's own: the account in such an
// ARN is "aws", in whatever partition (IAM User Guide, "AWS managed policies").
func AWSManaged(arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	return len(parts) == 6 && parts[0] == "arn" && parts[2] == "iam" && parts[4] == "aws" && strings.HasPrefix(parts[5], "policy/")
}
