// Package benchmark has the rules of the CIS AWS Foundations Benchmark and of AWS Config
// that an account's IAM decides by itself.
package benchmark

import (
	"iamctl/audit/rule"
	"iamctl/verdict/severity"
)

// Rules are the rules of the package.
var Rules = []rule.Rule{
	{
		ID: "ADMIN", Severity: severity.High, Check: administrators,
		Title:    "who may do anything on anything",
		Why:      "a full administrator can do every harm, and hide it: few are to be, and only while they need it",
		Source:   `CIS AWS Foundations Benchmark, "Ensure IAM policies that allow full *:* administrative privileges are not attached"`,
		Controls: []string{"CIS AWS Foundations v1.4 to v3.0, 1.16", "AWS Config iam-policy-no-statements-with-admin-access", "Security Hub IAM.1"},
		Blind:    "service and resource control policies, sessions' policies; who becomes administrator in several steps",
	},
	{
		ID: "SUPPORT-ROLE", Severity: severity.Low, Check: support,
		Title:    "nobody may ask AWS Support",
		Why:      "in an incident somebody must be able to, who is no administrator",
		Source:   `CIS AWS Foundations Benchmark, "Ensure a support role has been created to manage incidents with AWS Support"`,
		Controls: []string{"CIS AWS Foundations v1.4 to v3.0, 1.17", "AWS Config iam-policy-in-use", "Security Hub IAM.18"},
		Blind:    "whether who may assume the role is there",
	},
	{
		ID: "INLINE-POLICY", Severity: severity.Low, Check: inline,
		Title:    "inline policies of roles, users and groups",
		Why:      "an inline policy has no versions, is no other's too, and is overlooked in lists of policies",
		Source:   `IAM User Guide, "Managed policies and inline policies"`,
		Controls: []string{"AWS Config iam-no-inline-policy-check"},
	},
	{
		ID: "UNUSED-ROLE", Severity: severity.Medium, Check: unused,
		Title:    "roles that were not used for 45 days, or for 90",
		Why:      "nobody misses what a role that nobody uses may do, and nobody notices who takes it over",
		Source:   `IAM User Guide, "Security best practices in IAM" and "Refine permissions in AWS using last accessed information"`,
		Controls: []string{"CIS AWS Foundations v1.4 to v3.0, 1.12 (of users' credentials, 45 days)", "AWS Config iam-user-unused-credentials-check (the same, 90 days)", "Security Hub IAM.22 and IAM.8", "IAM Access Analyzer, unused roles"},
		Blind:    "uses that AWS does not track, such as those of more than 400 days ago; which roles are kept for an emergency; when roles were used, in snapshots without --last-used",
	},
}
