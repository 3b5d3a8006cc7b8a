package meaning

import (
	"slices"
	"testing"

	"iamctl/inventory"
)

func TestNamedAccounts(t *testing.T) {
	for _, tt := range []struct {
		text, want string
		reason     string
	}{
		{`{"AWS":"arn:aws:iam::222222222222:root"}`, "222222222222", "in an ARN"},
		{`{"AWS":["333333333333","222222222222","333333333333"]}`, "222222222222 333333333333", "alone, each once"},
		{`{"aws:SourceAccount":"1234567890123"}`, "", "a longer number is none"},
		{`{"AWS":"arn:aws:iam::222222222222:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"}`, "", "a role of a service's own is not bounded"},
	} {
		got := ""
		for _, id := range namedAccounts(inventory.Document(tt.text)) {
			if got != "" {
				got += " "
			}
			got += id
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q: %s", tt.text, got, tt.want, tt.reason)
		}
	}
	if got := namedAccounts(`"222222222222"`, `"111111111111"`); !slices.Equal(got, []string{"111111111111", "222222222222"}) {
		t.Errorf("of two policies: %v", got)
	}
}
