package many_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/compare/many"
	"iamctl/internal/samplefleet"
	"iamctl/inventory"
	"iamctl/result/matrix"
)

// TestStatements: an outlier of each kind says what its account and the reference alone have,
// with what the dictionary rewrites as it is after that.
func TestStatements(t *testing.T) {
	f := samplefleet.New(samplefleet.Options{Seed: 3, Accounts: 6, Roles: 40, Outliers: len(samplefleet.Kinds()), Environments: []string{"live", "test"}})
	m := fleetMatrix(t, f, many.Options{}, fleetSides(t, f, upTo(f.Accounts)...)...)
	by := map[string]*matrix.Difference{}
	for o := range m.Outliers() {
		by[o.Account.Tag+" "+o.Role.Name] = o.Difference
	}
	// What of each kind the reference and the account alone say; "" is nothing.
	wants := map[string][2]string{
		"action added":             {`"sqs:GetQueueAttributes","sqs:ReceiveMessage"`, `"sqs:DeleteQueue"`},
		"action removed":           {`"dynamodb:PutItem"`, `"dynamodb:DescribeTable"`},
		"resource widened":         {`-task"`, `-*"`},
		"condition dropped":        {`"iam:passedtoservice"`, `"iam:PassRole"`},
		"condition value":          {`"in/*"`, `"private/*"`},
		"deny dropped":             {`"Effect":"Deny"`, `"Effect":"Allow"`},
		"action turned around":     {`"Action":["s3:GetBucketLocation"`, `"NotAction":["s3:GetBucketLocation"`},
		"trust opened":             {`:<000000000000>:`, `"AWS":"*"`},
		"trust without external":   {`"sts:externalid"`, `"aws:sourcevpc"`},
		"trusts another account":   {`<000000000000>`, "ID of the next account"},
		"names another account":    {`<000000000000>`, "ID of the next account"},
		"session":                  {"maxsessionduration=3600", "maxsessionduration=43200"},
		"description":              {"description=Application", ", edited"},
		"path":                     {"path=/", "path=/old/"},
		"tag":                      {"tag=", "tag=nobody"},
		"tag added":                {"", "tag=1"},
		"boundary":                 {"", ""}, // one of the two, by whether there is one
		"instance profile":         {"", "instance-profile/extra-"},
		"missing":                  {`"Effect":"Allow"`, ""},
		"policy detached":          {"policy=", ""},
		"policy attached":          {"", `"lambda:InvokeFunction"`},
		"inline policy renamed":    {`"sqs:SendMessage"`, `"sqs:SendMessage"`},
		"inline policy removed":    {`"sqs:SendMessage"`, ""},
		"inline policy unreadable": {"", ""}, // a gap says so
	}
	for _, o := range f.Outliers {
		want, ok := wants[o.Kind]
		d := by[f.Tag(o.Account)+" "+fleetName(f, o)]
		if !ok || d == nil {
			t.Errorf("%s: nothing is known of it: %v", o.Kind, d)
			continue
		}
		got := alone(d)
		for side := range want {
			w := strings.Replace(want[side], "ID of the next account", f.ID((o.Account+1)%f.Accounts), 1)
			if !strings.Contains(got[side], w) || w == "" && got[side] != "" && o.Kind != "boundary" {
				t.Errorf("%s: side %d alone says %q, want %q", o.Kind, side, got[side], w)
			}
		}
		if got == [2]string{} && o.Kind != samplefleet.Unreadable {
			t.Errorf("%s: nothing is said", o.Kind)
		}
		if text := got[0] + got[1]; strings.Contains(text, f.ID(o.Account)) {
			t.Errorf("%s: the account's own id is in %s", o.Kind, text)
		}
	}
}

// alone returns what each side alone says, in one text.
func alone(d *matrix.Difference) (out [2]string) {
	for _, p := range d.Policies {
		out[0] += strings.Join(p.A, "\n")
		out[1] += strings.Join(p.B, "\n")
	}
	for _, a := range d.Attributes {
		for side, v := range []*string{a.A, a.B} {
			if v != nil {
				out[side] += fmt.Sprintf("%s=%s\n", a.Kind, *v)
			}
		}
	}
	return out
}

// TestStatementsRoom: what has no room is counted, and the statements that are there are
// whole.
func TestStatementsRoom(t *testing.T) {
	f := samplefleet.New(samplefleet.Options{Seed: 3, Accounts: 3, Roles: 2})
	a := f.Account(2)
	var more []string
	for i := range 300 {
		more = append(more, fmt.Sprintf(`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:*:queue-%d-%s"}`, i, strings.Repeat("x", 60)))
	}
	d := &a.Roles[0].Inline[0].Document
	*d = inventory.Document(strings.Replace(string(*d), `"Statement":[`, `"Statement":[`+strings.Join(more, ",")+",", 1))
	sides := append(fleetSides(t, f, 0, 1), written(t, f.Tag(2), a))
	m := fleetMatrix(t, f, many.Options{}, sides...)
	for o := range m.Outliers() {
		p := o.Policies[0]
		if len(p.A) != 0 || len(p.B) == 0 || len(p.B)+p.Left != 300 || !strings.HasSuffix(p.B[len(p.B)-1], "}") {
			t.Errorf("%d statements, and %d left out", len(p.B), p.Left)
		}
		return
	}
	t.Error("no outlier")
}
