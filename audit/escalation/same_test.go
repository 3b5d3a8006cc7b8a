package escalation_test

import (
	"slices"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

// What one action of a set makes is what another uses.
func TestTogether(t *testing.T) {
	function := func(place, name string) string { return "arn:aws:lambda:" + place + ":function:" + name }
	const own, other = "eu-west-1:" + audittest.ID, "eu-west-1:222222222222"
	const create, invoke, pass = "lambda:CreateFunction", "lambda:InvokeFunction", "iam:PassRole"
	fromBy := func(operator, key, value string) string {
		return document(under(statement{"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}, operator, key, value))
	}
	from := func(key, value string) string { return fromBy("StringEquals", key, value) }
	fromLike := func(key, value string) string { return fromBy("ArnLike", key, value) }
	fromText := func(key, value string) string { return fromBy("StringLike", key, value) }
	in := func(list ...inventory.InstanceProfile) func(*inventory.Account) {
		return func(a *inventory.Account) {
			a.Roles[0].InstanceProfiles = append([]inventory.InstanceProfile{}, list...)
		}
	}
	run := []statement{allow(pass, "ec2:RunInstances")}
	for _, tt := range []struct {
		trust  string
		list   []statement
		change func(*inventory.Account)
		want   bool
		reason string
	}{
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create, invoke), function(own, "x-*"))}, nil, true, "the same functions"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create), function(own, "x-*")), on(allow(invoke), function(own, "*-y"))}, nil, true, "functions that have names in common"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create), function(own, "x-*")), on(allow(invoke), function(own, "y-*"))}, nil, false, "other functions"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create), function(own, "x-*")), on(allow(invoke), function("us-east-1:"+audittest.ID, "*"))}, nil, false, "functions of another Region"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create, invoke), function(other, "*"))}, nil, false, "functions of another account"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create, invoke), "*"), on(deny(invoke), function(other, "*"))}, nil, true, "functions of another account are denied"},
		{trust("ecs-tasks.amazonaws.com"), []statement{allow(pass), on(allow("ecs:CreateService"), "arn:aws:ecs:*:*:service/*"), on(allow("ecs:RegisterTaskDefinition"), "*"), on(allow("ecs:CreateCluster"), "arn:aws:ecs:*:*:cluster/x")}, nil, true, "things of other types"},
		{from("aws:SourceAccount", audittest.ID), []statement{allow(pass, create, invoke)}, nil, true, "for this account alone"},
		{from("aws:SourceAccount", "222222222222"), []statement{allow(pass, create, invoke)}, nil, false, "for another account alone"},
		{from("aws:SourceArn", function(own, "x")), []statement{allow(pass, create, invoke)}, nil, true, "for a function of this account"},
		{from("aws:SourceArn", function(other, "x")), []statement{allow(pass, create, invoke)}, nil, false, "for a function of another account"},
		{fromLike("aws:SourceArn", function("*:"+audittest.ID, "*")), []statement{allow(pass, create, invoke)}, nil, true, "for the functions of this account"},
		{fromLike("aws:SourceArn", function("*:222222222222", "*")), []statement{allow(pass, create, invoke)}, nil, false, "for the functions of another account"},
		{fromLike("aws:SourceArn", "arn:aws:lambda:*:222222222222:*"), []statement{allow(pass, create, invoke)}, nil, false, "for anything of another account"},
		{fromLike("aws:SourceArn", "arn:aws:*:*:222222222222:*"), []statement{allow(pass, create, invoke)}, nil, false, "for any service of another account"},
		{fromLike("aws:SourceArn", "arn:aws:lambda:*:*:function:*"), []statement{allow(pass, create, invoke)}, nil, true, "for the functions of any account"},
		{fromText("aws:SourceArn", function("*:"+audittest.ID, "*")), []statement{allow(pass, create, invoke)}, nil, true, "for those of this account, as a text"},
		{fromText("aws:SourceAccount", "2222*"), []statement{allow(pass, create, invoke)}, nil, false, "for accounts of other ids"},
		{fromText("aws:SourceAccount", "1111*"), []statement{allow(pass, create, invoke)}, nil, true, "for accounts of ids such as this one"},
		{document(statement{"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"},
			statement{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition": map[string]any{"ArnNotLike": map[string]any{"aws:SourceArn": function("*:222222222222", "*")}}}), []statement{allow(pass, create, invoke)}, nil, false, "denied but to the functions of another account"},
		{trust("ec2.amazonaws.com"), run, nil, true, "whether there is an instance profile is not known"},
		{trust("ec2.amazonaws.com"), run, in(), false, "there is no instance profile"},
		{trust("ec2.amazonaws.com"), run, in(inventory.InstanceProfile{Name: "root"}), true, "there is one"},
		{trust("ec2.amazonaws.com"), append(run, allow("iam:AddRoleToInstanceProfile")), in(), true, "there is none, and she may put the role into one"},
	} {
		b := audittest.New().User("ann", nil, document(tt.list...)).Role("/", "root", tt.trust, document(allow("*")))
		if tt.change != nil {
			b.With(tt.change)
		}
		if got := about(t, b, &escalation.Rules[0]); (len(got) == 1) != tt.want {
			t.Errorf("%s: found %q, want one: %v", tt.reason, got, tt.want)
		}
	}
}

// Whether a wildcard in a text about aws:SourceArn reaches this account is not decided.
func TestSourceAsText(t *testing.T) {
	for _, tt := range []struct {
		value   string
		found   int
		unknown bool
	}{
		{"arn:aws:lambda:*:222222222222:function:*", 1, true},
		{"arn:aws:lambda:*:" + audittest.ID + ":function:*", 1, false},
		{"arn:aws:lambda:*", 1, false},
		{"arn:aws:lambda:eu-west-1:222222222222:function:*", 0, false},
	} {
		from := document(under(statement{"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}, "StringLike", "aws:SourceArn", tt.value))
		b := audittest.New().User("ann", nil, document(allow("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"))).Role("/", "root", from, document(allow("*")))
		found := slices.DeleteFunc(b.Check(t, &escalation.Rules[0], config.Config{}), func(f rule.Finding) bool { return f.Entity.Name != "ann" })
		if len(found) != tt.found || tt.found == 1 && (found[0].Unknown != "") != tt.unknown {
			t.Errorf("%s: found %+v, want %d, undecided %v", tt.value, found, tt.found, tt.unknown)
		}
	}
}
