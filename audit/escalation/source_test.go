package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
)

// A service that comes for a resource of its own takes a role for one that the holder may make.
func TestSourceThatTheHolderMakes(t *testing.T) {
	machine := func(name string) string { return "arn:aws:states:eu-west-1:111111111111:stateMachine:" + name }
	project := func(name string) string { return "arn:aws:codebuild:eu-west-1:111111111111:project/" + name }
	passing := func(service, operator, source string, list ...statement) *audittest.Builder {
		s := allow("sts:AssumeRole")
		delete(s, "Resource")
		s["Principal"] = statement{"Service": service}
		if operator != "" {
			s = under(s, operator, "aws:SourceArn", source)
		}
		return audittest.New().User("ann", nil, document(append(list, allow("iam:PassRole"), allow("states:StartExecution", "codebuild:StartBuild"))...)).Role("/", "boss", document(s), document(allow("*")))
	}
	const states, build = "states.amazonaws.com", "codebuild.amazonaws.com"
	making := func(resources ...string) statement {
		s := allow("states:CreateStateMachine")
		s["Resource"] = resources
		return s
	}
	check(t, []row{
		{passing(states, "ArnEquals", machine("a"), making(machine("a"))), "boss", false, "the one that she may make"},
		{passing(states, "ArnEquals", machine("b"), making(machine("a"))), "", false, "another one"},
		{passing(states, "ArnEquals", machine("b"), making(machine("a"), machine("b*"))), "boss", false, "one of several"},
		{passing(states, "ArnLike", machine("b*"), making(machine("?a"))), "boss", false, "two patterns that one name is of"},
		{passing(states, "ArnLike", machine("b*"), making(machine("a*"))), "", false, "two patterns that no name is of"},
		{passing(states, "StringEquals", machine("b"), making(machine("a"))), "", false, "another one, by another operator"},
		{passing(states, "ArnNotLike", machine("a"), making(machine("a"))), "boss", false, "all but hers: requests without one get in"},
		{passing(states, "ArnNotLike", machine("b"), making(machine("a"))), "boss", false, "all but another"},
		{passing(states, "ArnEqualsIfExists", machine("b"), making(machine("a"))), "boss", false, "requests without one get in"},
		{passing(states, "", "", making(machine("a"))), "boss", false, "for any"},
		{passing(states, "ArnEquals", machine("b"), allow("states:CreateStateMachine")), "boss", false, "she may make all"},
		{passing(states, "ArnEquals", machine("b"), making("arn:aws:states:*")), "boss", false, "and all of the service"},
		{passing(build, "ArnEquals", project("b"), on(allow("codebuild:CreateProject"), project("a"))), "it may run code as the role boss", true, "another project, which may be there"},
		{passing(build, "ArnEquals", project("a"), on(allow("codebuild:CreateProject"), project("a"))), "it may pass the role boss", false, "her project"},
	})
}
