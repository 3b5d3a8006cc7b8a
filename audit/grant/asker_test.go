package grant

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

const role = "arn:aws:iam::111111111111:role/app"

// What is left out of a question changes no answer, and nor does who asked before.
func TestReducedAsksTheSame(t *testing.T) {
	draw := func(rt *rapid.T, what string) *policy.Document {
		statements := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) string {
			element := func(name string, values ...string) string {
				return fmt.Sprintf("%q: %q", rapid.SampledFrom([]string{name, name, "Not" + name}).Draw(rt, name), rapid.SampledFrom(values).Draw(rt, "value"))
			}
			parts := []string{
				fmt.Sprintf("%q: %q", "Effect", rapid.SampledFrom([]string{"Allow", "Allow", "Deny", "Perhaps"}).Draw(rt, "effect")),
				element("Action", "*", "iam:*", "iam:PassRole", "IAM:pass*", "s3:*", "iam:${x}"),
				element("Resource", "*", role, "arn:aws:iam::111111111111:role/*", "arn:aws:iam::111111111111:role/b*", "arn:aws:s3:::*"),
			}
			if rapid.Bool().Draw(rt, "conditions") {
				parts = append(parts, rapid.SampledFrom([]string{
					`"Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}`,
					`"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}`,
					`"Condition": {"Null": {"aws:TokenIssueTime": "true"}}`,
					`"Principal": "*"`,
				}).Draw(rt, "condition"))
			}
			return "{" + strings.Join(parts, ", ") + "}"
		}), 1, 3).Draw(rt, what)
		version := rapid.SampledFrom([]string{"2012-10-17", "2012-10-17", "2008-10-17", "2030-01-01"}).Draw(rt, "version")
		d, _, err := policy.Parse(fmt.Sprintf(`{"Version": %q, "Statement": [%s]}`, version, strings.Join(statements, ", ")))
		if err != nil {
			rt.Fatal(err)
		}
		return d
	}
	asker := NewAsker(verdict.NewComparer(verdict.Options{}), time.Time{})
	open, shut, unclear := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		h := &account.Holder{Kind: inventory.EntityRole, Name: "x", ARN: "arn:aws:iam::111111111111:role/x"}
		h.Policies = []account.Policy{{Document: draw(rt, "a")}, {Document: draw(rt, "b")}}
		if rapid.Bool().Draw(rt, "bounded") {
			h.Boundary = &account.Policy{Document: draw(rt, "boundary")}
		}
		g := asker.Of(h).Only("iam:PassRole")
		if rapid.Bool().Draw(rt, "on") {
			g = g.On(role)
		}
		a, r := g.Anything(), asker.c.Identity(&verdict.Permissions{}, g.part)
		if (a.Witness != nil) != (len(r.Witnesses) > 0) || a.Witness == nil && (a.Unknown != "") != (r.Verdict == verdict.Unknown) {
			rt.Errorf("asked of what matters: %+v; of all: %s, %d witnesses", a, r.Verdict, len(r.Witnesses))
		}
		switch {
		case a.Witness != nil:
			open++
			if d := g.whole.Decide(a.Witness); d.Outcome != eval.Allowed {
				rt.Errorf("the witness %+v is %s", a.Witness, d.Outcome)
			}
		case a.Unknown != "":
			unclear++
		default:
			shut++
		}
	})
	t.Logf("%d allowed, %d not, %d undecided", open, shut, unclear)
	if open == 0 || shut == 0 || unclear == 0 {
		t.Error("one of the answers was never drawn")
	}
}
