package groups_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/groups"
	"iamctl/inventory"
)

const read = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}`

func TestOnly(t *testing.T) {
	attach := func(a *inventory.Account) {
		a.Users[0].Attached = []inventory.PolicyRef{{Name: "read", ARN: audittest.PolicyARN("read")}}
	}
	for _, tt := range []struct {
		account *audittest.Builder
		want    string // commands of the fix that must be there, "" for no finding
		reason  string
	}{
		{audittest.New().User("ann", []string{"readers"}).Group("readers", read), "", "permissions through a group"},
		{audittest.New().User("ann", nil), "", "no permissions at all"},
		{audittest.New().Role("/", "r", "", read), "", "a role has policies of its own"},
		{audittest.New().User("ann", nil, read), "delete-user-policy --user-name ann --policy-name inline-a", "an inline policy"},
		{audittest.New().Policy("read", read).User("ann", nil).With(attach), "detach-user-policy --user-name ann --policy-arn " + audittest.PolicyARN("read"), "an attached policy"},
		{audittest.New().User("--profile=x; rm", nil, read), "--user-name='--profile=x; rm'", "a name is no option and no command"},
	} {
		found := tt.account.Check(t, &groups.Only, config.Config{})
		if tt.want == "" {
			if len(found) > 0 {
				t.Errorf("%s: found %v", tt.reason, audittest.Messages(found))
			}
			continue
		}
		if len(found) != 1 || !strings.Contains(found[0].Fix, tt.want) || !strings.Contains(found[0].Fix, "<GROUP>") {
			t.Errorf("%s: found %+v", tt.reason, found)
		}
	}
}
