package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/escalation"
)

// Whom it was not asked about, since there were too many, is undecided and not left out.
func TestPairs(t *testing.T) {
	const attach = "iam:AttachRolePolicy"
	account := func(list ...statement) *audittest.Builder {
		return audittest.New().Policy("buckets", document(allow("s3:*"))).User("ann", nil, document(list...)).Role("/", "weak", trust("")).Role("/", "weaker", trust(""))
	}
	asked := func(pairs int, want string, unknown bool, reason string, list ...statement) {
		t.Helper()
		defer escalation.Pairs(pairs)()
		check(t, []row{{account(list...), want, unknown, reason}})
	}
	limited := under(allow(attach), "ArnEquals", "iam:PolicyARN", audittest.PolicyARN("buckets"))
	enter := allow("sts:AssumeRole")
	asked(2, "it gains permissions in one step: it may attach a policy to the role weak", false, "both roles are asked about", limited, enter)
	asked(0, "it may give permissions to others and may become one of them", true, "none is", limited, enter)
	asked(0, "", false, "it may give nothing to anybody", enter)
}
