package trust_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/verdict/severity"
)

// What findings of the table's policies say, how bad they are and what would mend them.
func TestWords(t *testing.T) {
	rows := map[string]row{}
	for _, r := range table(t) {
		rows[r.Reason] = r
	}
	for _, tt := range []struct {
		reason, id string
		level      severity.Level // "" for the rule's
		message    string
		fix        string // a part of it, "" for a choice
	}{
		{"another account", "TRUST-ROOT", "", "every principal of account 333333333333", ""},
		{"a friendly account", "TRUST-ROOT", severity.Low, "the friendly account 222222222222", ""},
		{"everybody", "TRUST-ANYONE", "", "anyone with an account of AWS", ""},
		{"everybody with a tag of their own", "TRUST-ANYONE", "", "anyone with an account of AWS", ""},
		{"everybody with an external id", "TRUST-ANYONE", severity.High, "anyone with an account of AWS and sts:ExternalId", ""},
		{"everybody of any organisation", "TRUST-ANYONE", "", "anyone with an account of AWS", ""},
		{"everybody from any address", "TRUST-ANYONE", "", "anyone with an account of AWS", ""},
		{"everybody from any address and from one", "TRUST-ANYONE", severity.High, "anyone with an account of AWS and aws:SourceIp", ""},
		{"everybody from an address", "TRUST-IP-ONLY", "", "against any account of AWS", ""},
		{"another account from an address", "TRUST-IP-ONLY", "", "against account 333333333333", ""},
		{"another account with an external id may tag sessions", "TRUST-SESSION", "", "account 333333333333 may assume the role and tag its sessions as it likes", ""},
		{"another account sets any identity", "TRUST-SESSION", "", "give its sessions any identity", ""},
		{"a role that was deleted", "TRUST-DELETED", "", "AROAEXAMPLEID1DELETED", ""},
		{"a role of the own account and one that was deleted", "TRUST-DELETED", "", "AROAEXAMPLEID1DELETED", `{"AWS":"arn:aws:iam::111111111111:role/a"}`},
		{"the own account, a deleted user denied", "TRUST-DELETED", "", "AIDAEXAMPLEID2DELETED", `"Principal":{"AWS":"arn:aws:iam::111111111111:root"}`},
		{"the own account with a literal star as external id", "TRUST-DEAD", "", "lets in nobody", ""},
		{"GitHub, a pattern without an operator for it", "TRUST-DEAD", "", "to StringEquals the star of repo:acme/app:* is a star, not a pattern", ""},
		{"a statement that holds beside one that does not", "TRUST-DEAD", "", "lets in nobody", `arn:aws:iam::111111111111:root`},
		{"the own account, organisations denied by a wildcard that is none", "TRUST-DEAD", severity.Medium, "the Deny applies to nobody", ""},
		{"GitHub, no condition", "TRUST-OIDC-TENANT", "", "lets in anyone on GitHub", ""},
		{"GitHub, owners that begin alike", "TRUST-OIDC-TENANT", "", "any repository of acme*", ""},
		{"GitHub, a repository of any owner", "TRUST-OIDC-TENANT", "", "of any owner's app", ""},
		{"GitHub, one repository or owners that begin alike", "TRUST-OIDC-TENANT", "", "lets in any branch or pull request of acme-*/app", ""},
		{"HCP Terraform, any organisation", "TRUST-OIDC-TENANT", "", "workspace net of any organization", ""},
		{"Buildkite, a pipeline of any organisation", "TRUST-OIDC-TENANT", "", "any tenant of Buildkite with a claim like organization:*:pipeline:deploy:*", ""},
		{"Vercel, teams that begin alike", "TRUST-OIDC-TENANT", "", "any tenant of Vercel with a claim like https://vercel.com/acme*", ""},
		{"Vercel, a project of any team", "TRUST-OIDC-TENANT", "", "any tenant of Vercel with a subject like owner:*:project:", ""},
		{"Cognito, pools of a region", "TRUST-OIDC-TENANT", "", "identity pool eu-west-1:* on Amazon Cognito", ""},
		{"GitHub, the main branch of anything", "TRUST-OIDC-TENANT", "", "main", ""},
		{"GitHub, one repository or anything", "TRUST-OIDC-TENANT", "", "anyone on GitHub", ""},
		{"GitHub, from an address alone", "TRUST-OIDC-TENANT", severity.High, "anyone on GitHub with aws:SourceIp", ""},
		{"GitHub, by who pushed", "TRUST-OIDC-TENANT", severity.High, ":actor", ""},
		{"GitHub, by the branch", "TRUST-OIDC-TENANT", "", "anyone on GitHub", ""},
		{"GitLab, any project", "TRUST-OIDC-TENANT", "", "anyone on GitLab", ""},
		{"Cognito, any pool", "TRUST-OIDC-TENANT", "", "Cognito", ""},
		{"Vercel, any team", "TRUST-OIDC-TENANT", "", "Vercel", ""},
		{"GitHub, one repository, no audience", "TRUST-OIDC-AUD", "", "token.actions.githubusercontent.com", ""},
		{"GitHub of another account, one repository", "TRUST-FOREIGN-PROVIDER", "", "account 333333333333", ""},
		{"GitHub of a friendly account, one repository", "TRUST-FOREIGN-PROVIDER", severity.Low, "account 222222222222", ""},
		{"SAML without an audience", "TRUST-SAML-AUD", "", "SAML assertion", ""},
		{"scheduler for any account", "TRUST-DEPUTY", "", `EventBridge Scheduler User Guide, "Confused deputy prevention in EventBridge Scheduler", shows`, `"Condition":{"StringEquals":{"aws:SourceAccount":"111111111111"}}`},
		{"EC2 and the scheduler", "TRUST-DEPUTY", "", "scheduler.amazonaws.com may use the role", `"Principal":{"Service":"ec2.amazonaws.com"}`},
		{"states for any state machine", "TRUST-DEPUTY", "", "for any account", ""},
	} {
		r, ok := rows[tt.reason]
		found := check(t, account("r", string(r.Policy)), configured(&r))[tt.id]
		if !ok || len(found) != 1 {
			t.Errorf("%s: %d findings of %s", tt.reason, len(found), tt.id)
			continue
		}
		f := found[0]
		if f.Severity != tt.level || !strings.Contains(f.Message, tt.message) {
			t.Errorf("%s: %s is %q: %s", tt.reason, tt.id, f.Severity, strings.Join(audittest.Messages(found), ""))
		}
		if claim := f.Witness; tt.id == "TRUST-OIDC-TENANT" && claim != nil {
			for _, values := range claim.Context {
				if len(values) == 1 && strings.HasPrefix(values[0], "repo:") && !strings.Contains(values[0], "/") {
					t.Errorf("%s: no job of GitHub is %s", tt.reason, values[0])
				}
			}
		}
		if f.Choice != (tt.fix == "") || !strings.Contains(f.Fix, tt.fix) || !strings.HasPrefix(f.Fix, "aws iam update-assume-role-policy --role-name r ") {
			t.Errorf("%s: %s is mended by %s", tt.reason, tt.id, f.Fix)
		}
	}
}
