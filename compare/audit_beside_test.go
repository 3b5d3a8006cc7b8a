package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/audit"
	"iamctl/audit/config"
	"iamctl/compare"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/verdict/severity"
	"iamctl/waiver"
)

// asked are the rules that these tests ask.
func asked(t *testing.T, ids ...string) *compare.Audited {
	t.Helper()
	out := &compare.Audited{Config: compare.AuditConfig{Config: &config.Config{}}, Day: time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)}
	for _, r := range audit.Rules() {
		if slices.Contains(ids, r.ID) {
			out.Rules = append(out.Rules, r)
		}
	}
	if len(out.Rules) != len(ids) {
		t.Fatalf("of %v there are %d", ids, len(out.Rules))
	}
	return out
}

// tenant returns an account as a tool makes it in each environment: a role that a partner
// gets into, one that may pass roles of its environment, and a user with a policy of its
// own.
func tenant(env, id string) *inventory.Account {
	trusted := func(account string) inventory.Document {
		return allow(`"Principal":{"AWS":"arn:aws:iam::` + account + `:root"},"Action":"sts:AssumeRole"`)
	}
	pass := allow(`"Action":"iam:PassRole","Resource":"arn:aws:iam::` + id + `:role/app-` + env + `-*"`)
	return &inventory.Account{
		ID: id, Partition: "aws",
		Roles: []inventory.Role{
			{Name: "partner-" + env, Path: "/", ARN: "arn:aws:iam::" + id + ":role/partner-" + env, Trust: trusted("555555555555")},
			{Name: "deploy-" + env, Path: "/", ARN: "arn:aws:iam::" + id + ":role/deploy-" + env, Trust: trusted(id), Inline: []inventory.InlinePolicy{{Name: "pass-" + env, Document: pass}}},
		},
		Users: []inventory.User{{Name: "robot-" + env, Path: "/", ARN: "arn:aws:iam::" + id + ":user/robot-" + env, Inline: []inventory.InlinePolicy{{Name: "own-" + env, Document: allow(`"Action":"s3:GetObject","Resource":"*"`)}}}},
	}
}

// alone returns the findings of one account alone, a line each.
func alone(r *result.Result) []string {
	var out []string
	for i := range r.Audit.Findings {
		o := &r.Audit.Findings[i]
		out = append(out, fmt.Sprintf("%s %s %s %s %s", o.Level(), o.Side, o.Rule, o.Entity, o.Age))
	}
	return out
}

var tenantRules = []string{"IAM-057", "IAM-071", "PASSROLE-NO-SERVICE"}

// TestFindingsOfOneAccountAlone: the same findings under the names of two environments are
// the same; and what one alone has is drift.
func TestFindingsOfOneAccountAlone(t *testing.T) {
	partner := func(text string) func(qa *inventory.Account) {
		return func(qa *inventory.Account) { qa.Roles[1].Trust = allow(text) } // sorted: deploy, partner
	}
	for _, tt := range []struct {
		reason string
		change func(qa *inventory.Account)
		both   int
		want   []string
	}{
		{"the same in other names", func(*inventory.Account) {}, 3, nil},
		{"a statement in front", func(qa *inventory.Account) {
			qa.Roles[1].Trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::555555555555:root"},"Action":"sts:AssumeRole"}]}`
		}, 3, nil},
		{"the statement allows more, which the rule is not about", partner(`"Principal":{"AWS":"arn:aws:iam::555555555555:root"},"Action":["sts:AssumeRole","sts:TagSession"]`), 3, nil},
		{"the policy has another name", func(qa *inventory.Account) { qa.Roles[0].Inline[0].Name = "other" }, 3, nil},
		{"another account gets in", partner(`"Principal":{"AWS":"arn:aws:iam::666666666666:root"},"Action":"sts:AssumeRole"`), 2, []string{"medium b IAM-057 partner-qa ", "low a IAM-057 partner-dev "}},
		{"a second account gets in", partner(`"Principal":{"AWS":["arn:aws:iam::555555555555:root","arn:aws:iam::666666666666:root"]},"Action":"sts:AssumeRole"`), 3, []string{"medium b IAM-057 partner-qa "}},
		{"the other environment's account gets in", partner(`"Principal":{"AWS":"arn:aws:iam::` + devID + `:root"},"Action":"sts:AssumeRole"`), 2, []string{"medium b IAM-057 partner-qa ", "low a IAM-057 partner-dev "}},
		{"nobody gets in", partner(`"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"`), 2, []string{"low a IAM-057 partner-dev "}},
		{"a user more", func(qa *inventory.Account) {
			u := qa.Users[0]
			u.Name, u.ARN = "jane", "arn:aws:iam::"+qaID+":user/jane"
			qa.Users = append(qa.Users, u)
		}, 3, []string{"medium b IAM-071 jane "}},
		{"a second such policy", func(qa *inventory.Account) {
			r := &qa.Roles[0]
			r.Inline = append(r.Inline, inventory.InlinePolicy{Name: "second", Document: r.Inline[0].Document})
		}, 3, []string{"medium b PASSROLE-NO-SERVICE deploy-qa "}},
	} {
		dev, qa := tenant("dev", devID), tenant("qa", qaID)
		dev.Sort()
		qa.Sort()
		tt.change(qa)
		sides := [2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", qa)}
		o := options(t)
		o.Audit = asked(t, tenantRules...)
		r := run(t, sides, o).Result
		if d := cmp.Diff(tt.want, alone(r)); d != "" || r.Audit.Both != tt.both {
			t.Errorf("%s: %d in both, want %d (-want +got):\n%s", tt.reason, r.Audit.Both, tt.both, d)
		}
		swapped := run(t, [2]compare.Side{sides[1], sides[0]}, o).Result
		turn := strings.NewReplacer(" a ", " b ", " b ", " a ")
		if len(swapped.Audit.Findings) != len(tt.want) || swapped.Audit.Both != tt.both {
			t.Errorf("%s: the other way round there are %v", tt.reason, alone(swapped))
		}
		for _, line := range alone(swapped) {
			_, line, _ = strings.Cut(line, " ") // how bad it is depends on the side
			if !slices.ContainsFunc(tt.want, func(w string) bool { return strings.HasSuffix(turn.Replace(w), line) }) {
				t.Errorf("%s: the other way round there is %s", tt.reason, line)
			}
		}
	}
}

// withUser are two accounts of which the second has a user with a policy of its own, which
// no comparison of roles sees.
func withUser(t *testing.T) [2]compare.Side {
	dev, qa := tenant("dev", devID), tenant("qa", qaID)
	u := qa.Users[0]
	u.Name, u.ARN = "jane", "arn:aws:iam::"+qaID+":user/jane"
	qa.Users = append(qa.Users, u)
	return [2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", qa)}
}

// TestFindingsFailTheRun: as drift of their severity, by items and by meaning, unless
// accepted.
func TestFindingsFailTheRun(t *testing.T) {
	sides := withUser(t)
	o := options(t)
	o.Audit = asked(t, tenantRules...)
	print := run(t, sides, o).Result.Audit.Findings[0].Fingerprint
	accepted := func(last waiver.Date) *compare.Waivers {
		return &compare.Waivers{Path: "waivers.json", File: &waiver.File{Waivers: []waiver.Waiver{{Fingerprint: print, Rule: "IAM-071", Account: qaID, Owner: "o", Reason: "r", Expires: last}}}}
	}
	late, past := waiver.Date{Year: 2027, Month: 1, Day: 1}, waiver.Date{Year: 2026, Month: 1, Day: 1}
	for _, tt := range []struct {
		reason string
		change func(*compare.Options)
		want   result.ExitCode
	}{
		{"nothing is asked", func(o *compare.Options) { o.Audit = nil }, result.ExitInSync},
		{"any", func(*compare.Options) {}, result.ExitDrift},
		{"by meaning", func(o *compare.Options) { o.By = result.ByMeaning }, result.ExitDrift},
		{"as bad as named", func(o *compare.Options) { o.FailOn.Level = severity.Medium }, result.ExitDrift},
		{"not so bad", func(o *compare.Options) { o.FailOn.Level = severity.High }, result.ExitInSync},
		{"accepted", func(o *compare.Options) { o.Waivers = accepted(late) }, result.ExitInSync},
		{"accepted once", func(o *compare.Options) { o.Waivers = accepted(past) }, result.ExitDrift},
		{"accepted by a rule", func(o *compare.Options) {
			o.Waivers = &compare.Waivers{Path: "w", File: &waiver.File{Ignore: []waiver.Rule{{Rules: []string{"IAM-071"}, Entity: "j*", Reason: "r"}}}}
		}, result.ExitInSync},
	} {
		o := o
		tt.change(&o)
		if got := run(t, sides, o).Result.ExitCode; got != tt.want {
			t.Errorf("%s: %d, want %d", tt.reason, got, tt.want)
		}
	}
}

// TestFindingsSince: what is new, known and fixed of findings.
func TestFindingsSince(t *testing.T) {
	same := [2]compare.Side{sideIn(t, "dev", tenant("dev", devID)), sideIn(t, "qa", tenant("qa", qaID))}
	more := withUser(t)
	o := options(t)
	o.Audit = asked(t, tenantRules...)
	before, after := saved(t, run(t, same, o).Result), saved(t, run(t, more, o).Result)
	o.FailOn.New = true

	o.Since = before
	r := run(t, more, o).Result
	if d := cmp.Diff([]string{"medium b IAM-071 jane new"}, alone(r)); d != "" || r.ExitCode != result.ExitDrift {
		t.Errorf("a finding more: %d (-want +got):\n%s", r.ExitCode, d)
	}
	o.Since = after
	r = run(t, more, o).Result
	if d := cmp.Diff([]string{"medium b IAM-071 jane known"}, alone(r)); d != "" || r.ExitCode != result.ExitInSync {
		t.Errorf("the same: %d (-want +got):\n%s", r.ExitCode, d)
	}
	r = run(t, same, o).Result
	if len(r.Fixed) != 1 || !strings.Contains(r.Fixed[0].Text, "IAM-071") || r.Fixed[0].Side != "b" {
		t.Errorf("a finding less: %+v", r.Fixed)
	}
	// What is not looked for is not fixed.
	o.Audit = asked(t, "IAM-057")
	if r = run(t, same, o).Result; len(r.Fixed) != 0 {
		t.Errorf("without the rule: %+v", r.Fixed)
	}
	o.Audit = nil
	if r = run(t, same, o).Result; len(r.Fixed) != 0 {
		t.Errorf("without an audit: %+v", r.Fixed)
	}
	plain := saved(t, run(t, same, o).Result)
	o.Since, o.Audit = plain, asked(t, tenantRules...)
	r = run(t, more, o).Result
	if len(r.Notes) == 0 || !strings.Contains(strings.Join(r.Notes, "\n"), "was not audited") {
		t.Errorf("held against a run without an audit, the notes are %q", r.Notes)
	}
}
