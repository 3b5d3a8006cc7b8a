package escalation_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	sets "iamctl/verdict/escalation"
)

type statement map[string]any

// document is one of statements, on everything if they do not say on what.
func document(list ...statement) string {
	for _, s := range list {
		if s["Resource"] == nil && s["Principal"] == nil {
			s["Resource"] = "*"
		}
	}
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": list})
	if err != nil {
		panic(err)
	}
	return string(text)
}

func allow(actions ...string) statement { return statement{"Effect": "Allow", "Action": actions} }
func deny(actions ...string) statement  { return statement{"Effect": "Deny", "Action": actions} }

func on(s statement, r string) statement { s["Resource"] = r; return s }

func under(s statement, operator, key, value string) statement {
	s["Condition"] = map[string]any{operator: map[string]any{key: value}}
	return s
}

func never(s statement) statement {
	s["Condition"] = map[string]any{"StringEquals": map[string]any{"aws:RequestedRegion": "x"}, "StringNotEquals": map[string]any{"aws:RequestedRegion": "x"}}
	return s
}

func arn(resource string) string { return "arn:aws:iam::" + audittest.ID + ":" + resource }

// trust lets in a service, an identity provider, a principal, or for "" the account.
func trust(who string) string {
	s := statement{"Effect": "Allow", "Principal": map[string]any{"Service": who}, "Action": "sts:AssumeRole"}
	switch {
	case who == "":
		s["Principal"] = map[string]any{"AWS": arn("root")}
	case strings.HasPrefix(who, "arn:"):
		s["Principal"] = map[string]any{"AWS": who}
	case sets.Federated(who):
		s["Principal"], s["Action"] = map[string]any{"Federated": who}, "sts:AssumeRoleWithWebIdentity"
	}
	return document(s)
}

// about returns what was found about ann.
func about(t *testing.T, b *audittest.Builder, r *rule.Rule) []string {
	t.Helper()
	return slices.DeleteFunc(audittest.Messages(b.Check(t, r, config.Config{})), func(m string) bool { return !strings.HasPrefix(m, "ann: ") })
}
