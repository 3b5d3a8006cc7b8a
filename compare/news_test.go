package compare_test

import (
	"testing"

	"iamctl/compare"
	"iamctl/inventory"
	"iamctl/result"
)

// TestNewDriftIsAsBadAsWhatIsNew: drift of a role that was critical before fails a run on
// what is new and critical where more was gained that is critical, not otherwise.
func TestNewDriftIsAsBadAsWhatIsNew(t *testing.T) {
	const (
		read  = `{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"*"}`
		keys  = `{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"*"}`
		users = `{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"arn:aws:iam::*:user/*"}`
		list  = `{"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"*"}`
		send  = `{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}`
		admin = `{"Effect":"Allow","Action":"*","Resource":"*"}`
		login = `{"Effect":"Allow","Action":"iam:UpdateLoginProfile","Resource":"*"}`
	)
	account := func(id string, statements ...string) *inventory.Account {
		a := withAWSPolicy(id, "v1", "s3:GetObject")
		a.Roles = a.Roles[:1]
		a.Roles[0].Inline = []inventory.InlinePolicy{{Name: "p", Document: document(statements...)}}
		return a
	}
	for _, tt := range []struct {
		reason          string
		dev, qa         []string // now; before it was read in dev, and keys beside in qa
		fails, failsLow bool     // on what is new and critical, on what is new and low
	}{
		{"a read is new", []string{read}, []string{read, keys, list}, false, true},
		{"narrower than before", []string{read}, []string{read, users}, false, true},
		{"in two statements now", []string{read}, []string{read, keys, users}, false, false},
		{"a write of another kind", []string{read}, []string{read, keys, send}, false, true},
		{"everything", []string{read}, []string{read, admin}, true, true},
		{"another way to more", []string{read}, []string{read, keys, login}, true, true},
		{"dev lost what both had", []string{send}, []string{read, keys}, true, true},
		{"nothing", []string{read}, []string{read, keys}, false, false},
	} {
		earlier := run(t, [2]compare.Side{sideIn(t, "dev", account(devID, read)), sideIn(t, "qa", account(qaID, read, keys))}, awsOptions(t)).Result
		before := saved(t, earlier)
		for text, want := range map[string]bool{"new,critical": tt.fails, "new,low": tt.failsLow} {
			sides := [2]compare.Side{sideIn(t, "dev", account(devID, tt.dev...)), sideIn(t, "qa", account(qaID, tt.qa...))}
			o := awsOptions(t)
			o.Since = before
			o.FailOn, _ = result.ParseFailOn(text)
			if got := run(t, sides, o).Result.ExitCode == result.ExitDrift; got != want {
				t.Errorf("%s, on %s: fails is %v, want %v", tt.reason, text, got, want)
			}
		}
	}
}

// TestNewDriftOfARoleAlone: likewise a role that one account alone has.
func TestNewDriftOfARoleAlone(t *testing.T) {
	const (
		read = `{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"*"}`
		keys = `{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"*"}`
		all  = `{"Effect":"Allow","Action":"*","Resource":"*"}`
	)
	qa := func(change func(*inventory.Role), statements ...string) *inventory.Account {
		a := story("qa", qaID)
		extra := a.Roles[0]
		extra.Name, extra.ARN, extra.Boundary, extra.InstanceProfiles = "extra", "arn:aws:iam::"+qaID+":role/extra", nil, []inventory.InstanceProfile{}
		extra.Inline = []inventory.InlinePolicy{{Name: "p", Document: document(statements...)}}
		change(&extra)
		a.Roles = append(a.Roles, extra)
		return a
	}
	same := func(*inventory.Role) {}
	dev := story("dev", devID)
	earlier := run(t, [2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", qa(same, keys))}, options(t)).Result
	before := saved(t, earlier)
	for _, tt := range []struct {
		reason               string
		qa                   *inventory.Account
		critical, low, fresh bool // whether a run on what is new fails from that on
	}{
		{"the same", qa(same, keys), false, false, false},
		{"a tag", qa(func(r *inventory.Role) { r.Tags = []inventory.Tag{{Key: "k", Value: "v"}} }, keys), false, true, true},
		{"a read more", qa(same, keys, read), false, true, true},
		{"less", qa(same, read), false, true, true},
		{"everything", qa(same, all), true, true, true},
		{"another account", qa(func(r *inventory.Role) {
			r.Trust = allow(`"Principal":{"AWS":"arn:aws:iam::555555555555:root"},"Action":"sts:AssumeRole"`)
		}, keys), true, true, true},
	} {
		for text, want := range map[string]bool{"new,critical": tt.critical, "new,low": tt.low, "new": tt.fresh} {
			o := options(t)
			o.Since = before
			o.FailOn, _ = result.ParseFailOn(text)
			sides := [2]compare.Side{sideIn(t, "dev", story("dev", devID)), sideIn(t, "qa", tt.qa)}
			if got := run(t, sides, o).Result.ExitCode == result.ExitDrift; got != want {
				t.Errorf("%s, on %s: fails is %v, want %v", tt.reason, text, got, want)
			}
		}
	}
}
