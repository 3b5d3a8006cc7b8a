package assume

import (
	"testing"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict"
)

// Some services assume roles for their own resources alone.
func TestSourceOfService(t *testing.T) {
	const id = "111111111111"
	for _, tt := range []struct {
		service, operator, source string
		want                      bool
		reason                    string
	}{
		{"states.amazonaws.com", "ArnLike", "arn:aws:states:eu-west-1:" + id + ":stateMachine:*", true, "its own"},
		{"states.amazonaws.com", "ArnLike", "arn:aws:lambda:eu-west-1:" + id + ":function:b", false, "a function"},
		{"states.amazonaws.com", "ArnEquals", "arn:aws:lambda:eu-west-1:" + id + ":function:b", false, "a function, by another operator"},
		{"States.amazonaws.com", "ArnLike", "arn:aws:lambda:eu-west-1:" + id + ":function:b", false, "whatever the letter case"},
		{"states.amazonaws.com", "ArnNotLike", "arn:aws:lambda:eu-west-1:" + id + ":function:b", true, "none but a function"},
		{"states.amazonaws.com", "ArnLike", "arn:aws:*:*:" + id + ":*", true, "anything of the account"},
		{"codebuild.amazonaws.com", "ArnLike", "arn:aws:codepipeline:eu-west-1:" + id + ":p", false, "a pipeline, which does not assume it"},
		{"codebuild.amazonaws.com", "ArnLike", "arn:aws:codebuild:eu-west-1:" + id + ":project/p", true, "a project"},
		{"events.amazonaws.com", "ArnLike", "arn:aws:lambda:eu-west-1:" + id + ":function:b", true, "a service of which it is not known"},
	} {
		trust := inventory.Document(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "` + tt.service +
			`"}, "Condition": {"` + tt.operator + `": {"aws:SourceArn": "` + tt.source + `"}}}]}`)
		a := account.New(&inventory.Account{ID: id, Partition: "aws", Roles: []inventory.Role{{Name: "r", ARN: "arn:aws:iam::" + id + ":role/r", Trust: trust}}}, "")
		in := &rule.Input{Account: a, Comparer: verdict.NewComparer(verdict.Options{})}
		if d := Of(in).Service(a.Holders[0], tt.service); d.Open != tt.want || d.Unknown != "" {
			t.Errorf("%s: %s from %s: %+v, want open: %v", tt.reason, tt.service, tt.source, d, tt.want)
		}
	}
}

// A service gets in where a trust policy names it with a region, or as China has it.
func TestServiceInRegions(t *testing.T) {
	const id = "111111111111"
	for _, tt := range []struct {
		named, service string
		want           bool
		reason         string
	}{
		{`"states.us-east-1.amazonaws.com"`, "states.amazonaws.com", true, "in a region"},
		{`"States.us-east-1.amazonaws.com"`, "states.amazonaws.com", true, "whatever the letter case"},
		{`"ec2.amazonaws.com.cn"`, "ec2.amazonaws.com", true, "in China"},
		{`"states.us-east-1.amazonaws.com"`, "scheduler.amazonaws.com", false, "another service"},
		{`"states.us-east-1.amazonaws.com"`, "states.eu-west-1.amazonaws.com", true, "regions are not told apart"},
		{`"states.amazonaws.com"`, "states.eu-west-1.amazonaws.com", true, "nor from none"},
	} {
		trust := inventory.Document(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": ` + tt.named + `}}]}`)
		a := account.New(&inventory.Account{ID: id, Partition: "aws", Roles: []inventory.Role{{Name: "r", ARN: "arn:aws:iam::" + id + ":role/r", Trust: trust}}}, "")
		in := &rule.Input{Account: a, Comparer: verdict.NewComparer(verdict.Options{})}
		if d := Of(in).Service(a.Holders[0], tt.service); d.Open != tt.want {
			t.Errorf("%s: %s at a role that trusts %s: %+v, want open: %v", tt.reason, tt.service, tt.named, d, tt.want)
		}
	}
}
