package audience_test

import (
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/verdict/severity/audience"
)

func TestOf(t *testing.T) {
	const (
		gitHub    = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
		gitLab    = "arn:aws:iam::111111111111:oidc-provider/gitlab.com"
		eks       = "arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF"
		bitbucket = "arn:aws:iam::111111111111:oidc-provider/api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc"
		terraform = "arn:aws:iam::111111111111:oidc-provider/app.terraform.io"
		buildkite = "arn:aws:iam::111111111111:oidc-provider/agent.buildkite.com"
	)
	for _, tt := range []struct{ provider, values, want, reason string }{
		{gitHub, "*", "anyone on GitHub!", "anything"},
		{gitHub, "repo:*", "anyone on GitHub!", "any repository"},
		{gitHub, "repo:acme/*", "any repository of acme", "an owner"},
		{gitHub, "repo:acme/*:*", "any repository of acme", "an owner, in other words"},
		{gitHub, "repo:acme/app:*", "any branch or pull request of acme/app", "a repository"},
		{gitHub, "repo:acme/app:ref:refs/heads/*", "any branch of acme/app", "its branches"},
		{gitHub, "repo:acme/app:ref:refs/heads/main", "main alone of acme/app", "one branch"},
		{gitHub, "repo:acme/app:ref:refs/heads/release-*", "branches release-* of acme/app", "some branches"},
		{gitHub, "repo:acme/app:environment:prod", "environment prod of acme/app", "an environment"},
		{gitHub, "repo:acme/app:pull_request", "pull requests of acme/app", "pull requests"},
		{gitHub, "repo:acme/app-*:*", "any branch or pull request of acme/app-*", "some repositories"},
		{gitHub, "repo:acme/*:ref:refs/heads/main", "main alone of any repository of acme", "a branch of all"},
		{gitHub, "repo:*/app:ref:refs/heads/main", "main alone of */app!", "anybody can have such a repository"},
		{gitHub, "repo:acme*", "any repository of acme*!", "anybody can have such a name"},
		{gitHub, "repo:<org>/app:ref:refs/heads/main", "main alone of <org>/app", "a dictionary's placeholder"},
		{gitHub, "repo:acme/app:ref:refs/heads/main repo:acme/*", "any repository of acme", "the wider of two"},
		{gitHub, "repo:acme/app:* repo:other/app:*", "any branch or pull request of acme/app, any branch or pull request of other/app", "two"},
		{gitHub, "*acme*", "any repository of *acme*!", "anybody can have such an owner"},
		{gitHub, "*:ref:refs/heads/main", "main alone of any repository on GitHub!", "the wildcard is owner and repository"},
		{gitHub, "*/app:*", "any branch or pull request of */app!", "the wildcard ends in the owner"},
		{gitHub, "*acme/app:*", "any branch or pull request of *acme/app!", "anybody can have an owner that ends so"},
		{gitHub, "re*acme*", "any repository of *acme*!", "a wildcard within what claims begin with"},
		{gitHub, "repo:*main", "*main of any repository on GitHub!", "a wildcard that runs to the end"},
		{gitHub, "repo:acme?/app:*", "any branch or pull request of acme?/app!", "anybody can have such a name"},
		{gitHub, "repo:acme/*main", "*main of any repository of acme", "an owner, and a wildcard that runs on"},
		{gitHub, "repo:acme@1/app@2:*", "any branch or pull request of acme@1/app@2", "names with their numbers"},
		{gitLab, "*acme*", "any project of *acme*!", "anybody can have such a group"},
		{gitLab, "*:ref_type:branch:ref:main", "main alone of any project on GitLab!", "the wildcard is group and project"},
		{gitLab, "project_path:acme/sub/app:ref_type:branch:ref:main", "main alone of acme/sub/app", "a branch"},
		{gitLab, "project_path:acme/*:ref_type:branch:ref:*", "any branch of any project of acme", "a group's branches"},
		{gitLab, "project_path:acme/*", "any project of acme", "a group"},
		{gitLab, "*", "anyone on GitLab!", "anything"},
		{eks, "system:serviceaccount:web:app", "service account app of namespace web", "one"},
		{eks, "system:serviceaccount:web:*", "any service account of namespace web", "a namespace"},
		{eks, "*", "any service account", "a cluster is one's own"},
		{bitbucket, "{a}:*", "repository {a} of the Bitbucket workspace acme", "one"},
		{bitbucket, "*", "any repository of the Bitbucket workspace acme", "a workspace is one's own"},
		{terraform, "organization:acme:project:*:workspace:*:run_phase:*", "any workspace of acme", "an organisation"},
		{terraform, "*", "anyone on HCP Terraform!", "anything"},
		{terraform, "*acme*", "any workspace of *acme*!", "anybody can have such an organisation"},
		{terraform, "organization:*:workspace:prod:*", "workspace prod of *!", "such a workspace of anybody"},
		{buildkite, "organization:acme:pipeline:*", "subject organization:acme:pipeline:* on Buildkite", "an organisation, by claims that are not known in all parts"},
		{buildkite, "organization:acme*", "subject organization:acme* on Buildkite!", "anybody can have such a name"},
		{buildkite, "*:pipeline:app:*", "subject *:pipeline:app:* on Buildkite!", "such a pipeline of anybody"},
		{"cognito-identity.amazonaws.com", "eu-west-1:*", "identity pool eu-west-1:* on Amazon Cognito!", "any pool of a region"},
		{"cognito-identity.amazonaws.com", "eu-west-1:1234", "identity pool eu-west-1:1234 on Amazon Cognito", "one pool"},
		{"cognito-identity.amazonaws.com", "*", "anyone on Amazon Cognito!", "any pool"},
		{"accounts.google.com", "x.apps.googleusercontent.com", "application x.apps.googleusercontent.com on Google", "an application"},
		{"arn:aws:iam::111111111111:saml-provider/corp", "*", "anyone on the SAML provider corp", "one's own"},
		{"arn:aws:iam::111111111111:oidc-provider/id.example.com", "x", "subject x on id.example.com", "another issuer"},
	} {
		values := strings.Fields(tt.values)
		var got []string
		for _, g := range audience.New(tt.provider).Of(values, func(claim string) bool {
			for _, v := range values {
				if policy.Match(v, claim) {
					return true
				}
			}
			return false
		}) {
			if g.Everyone {
				g.Words += "!"
			}
			got = append(got, g.Words)
		}
		if text := strings.Join(got, ", "); text != tt.want {
			t.Errorf("%s: %s lets in %q, want %q", tt.reason, tt.values, text, tt.want)
		}
	}
}

// TestTenants: those whom values name are told from everybody else by patterns.
func TestTenants(t *testing.T) {
	for _, tt := range []struct{ issuer, values, claim, reason string }{
		{"token.actions.githubusercontent.com", "repo:acme/app:*", "repo:acme/web:x", "an owner"},
		{"app.terraform.io", "organization:acme:*", "organization:acme:project:x:workspace:y:run_phase:z", "an organisation"},
		{"app.terraform.io", "organization:acme:*", "organization:acme:x:project:x:workspace:y:run_phase:z", "no organisation has a colon"},
		{"agent.buildkite.com", "organization:acme:pipeline:a*", "organization:acme:pipeline:b", "parts that are not known"},
	} {
		p := audience.New("arn:aws:iam::111111111111:oidc-provider/" + tt.issuer)
		found := false
		for _, pattern := range p.Tenants([]string{tt.values}) {
			found = found || policy.Match(pattern, tt.claim)
		}
		if !found || !policy.Match(p.Form(), tt.claim) || len(p.Tenants([]string{"*"})) > 0 {
			t.Errorf("%s: %q does not name the tenant of %s: %q", tt.reason, tt.values, tt.claim, p.Tenants([]string{tt.values}))
		}
	}
}
