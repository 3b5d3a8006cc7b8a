package many_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare/many"
	"iamctl/inventory"
)

// logWriters are accounts of which each writes its logs under its own id into the bucket of the
// first one.
func logWriters(n int) []*inventory.Account {
	var out []*inventory.Account
	for i := range n {
		a := account(i)
		roleOf(a, "app-0-live").Inline[1].Document = policyOf(`{"Effect":"Allow","Action":["s3:PutObject","s3:AbortMultipartUpload"],` +
			`"Resource":"arn:aws:s3:::logs-` + account(0).ID + `/AWSLogs/` + a.ID + `/*"}`)
		out = append(out, a)
	}
	return out
}

// In the account of the logs two ids of a text are one: what it says more or less than the
// others is proved with the two ids that another account has there.
func TestOwnTwiceInOneText(t *testing.T) {
	for _, tt := range []struct {
		reason, old, new, want, example string
	}{
		{"as the others", "", "", "", ""},
		{"it lacks an action", `,"s3:AbortMultipartUpload"`, "", "app-0-live account-0 differs LESS low", "logs-" + account(0).ID + "/AWSLogs/" + account(1).ID + "/"},
		{"it has one more", `["s3:PutObject"`, `["s3:GetObject","s3:PutObject"`, "app-0-live account-0 differs MORE low", "logs-" + account(0).ID + "/AWSLogs/" + account(0).ID + "/"},
	} {
		accounts := logWriters(4)
		d := &roleOf(accounts[0], "app-0-live").Inline[1].Document
		*d = inventory.Document(strings.Replace(string(*d), tt.old, tt.new, 1))
		m := run(t, many.Options{}, sidesOf(t, accounts)...)
		if diff := cmp.Diff(tt.want, strings.Join(said(m), "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			continue
		}
		for x := range m.Outliers() {
			if w := x.Difference.Identity.Witnesses; len(w) == 0 || !strings.Contains(w[0].Resource, tt.example) {
				t.Errorf("%s: %+v, want an example with %s", tt.reason, w, tt.example)
			}
		}
	}
}
