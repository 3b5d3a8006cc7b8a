package compare_test

import (
	"testing"

	"iamctl/compare"
	"iamctl/inventory"
	"iamctl/result"
)

// TestARolesNameStopsNothing: whoever chooses the name of one role can make it that of
// another by the dictionary. Both are gaps then, and all others are compared.
func TestARolesNameStopsNothing(t *testing.T) {
	dev, qa := story("dev", devID), story("qa", qaID)
	other := func(a *inventory.Account, name, action string) {
		r := a.Roles[0]
		r.Name, r.ARN = name, "arn:aws:iam::"+a.ID+":role/"+name
		r.Inline = []inventory.InlinePolicy{{Name: "p", Document: allow(`"Action":"` + action + `","Resource":"*"`)}}
		a.Roles = append(a.Roles, r)
	}
	other(dev, "app1_accountname", "s3:GetObject")
	other(dev, "other-dev", "s3:GetObject")
	other(qa, "other-qa", "s3:PutObject")
	r := run(t, [2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", qa)}, options(t)).Result
	if r.ExitCode != result.ExitIncomplete || len(r.Gaps) != 2 {
		t.Errorf("exit code %d, gaps %v", r.ExitCode, r.Gaps)
	}
	found := false
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		found = found || p.RoleName == "other-accountname" && p.Differs
	}
	if !found {
		t.Error("the drift of another role is missed")
	}
}
