package account_test

import (
	"strings"
	"testing"

	"iamctl/audit/account"
	"iamctl/inventory"
)

// What of a document no rule can be asked about is a gap.
func TestGaps(t *testing.T) {
	for _, tt := range []struct {
		document string
		want     []string
		blind    bool
		reason   string
	}{
		{`{"Version": "2012-10-17", "Statement": []}`, nil, false, "nothing is odd"},
		{`{"Version": "2012-10-17", "Statement": {"effect": "Allow", "Action": "s3:*", "Resource": "*"}}`, nil, false, "an element in small letters"},
		{`{"Version": "2012-10-17", "Statement": "Allow"}`, []string{"Statement: expected an object"}, false, "statements that are a text"},
		{`{"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": 1, "Resource": "*"}}`, []string{"Effect: expected", "Action"}, false, "two oddities"},
		{`{"Version"`, []string{"expected the rest"}, true, "no document"},
		{"", []string{"could not be read"}, true, "not read"},
	} {
		a := account.New(&inventory.Account{ID: "111111111111", Roles: []inventory.Role{{
			Name: "r", Trust: `{"Version": "2012-10-17", "Statement": []}`, Inline: []inventory.InlinePolicy{{Name: "p", Document: inventory.Document(tt.document)}},
		}}}, "dev")
		ok := len(a.Gaps) == len(tt.want)
		for i := range tt.want {
			ok = ok && strings.Contains(a.Gaps[i].Reason, tt.want[i]) && a.Gaps[i].Blind == tt.blind && a.Gaps[i].PolicyName == "p"
		}
		if !ok {
			t.Errorf("%s: gaps %+v, want %q", tt.reason, a.Gaps, tt.want)
		}
	}
}
