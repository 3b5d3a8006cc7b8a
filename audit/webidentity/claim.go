package webidentity

import (
	"slices"
	"strings"

	"iamctl/verdict/severity/audience"
)

const gitHub = "token.actions.githubusercontent.com"

// owned are the claims of issuers, besides the subject and the one that names the tenant, that
// name an owner or what belongs to one; with a path the owner is before the slash (GitHub,
// "OpenID Connect reference"; IAM User Guide, "Available keys for AWS OIDC federation", of
// Google; GitLab, "OpenID Connect (OIDC) authentication using ID tokens"; HCP Terraform,
// "Workload identity tokens"; Buildkite, "OIDC in Buildkite Pipelines"; Vercel, "OIDC Federation
// Reference").
var owned = map[string]map[string]bool{
	gitHub: {
		"repository": true, "job_workflow_ref": true, "workflow_ref": true,
		"repository_owner": false, "repository_owner_id": false, "repository_id": false, "enterprise": false, "enterprise_id": false,
	},
	"accounts.google.com": {"google/organization_number": false, "email": false},
	"gitlab.com":          {"project_path": true, "namespace_path": false, "namespace_id": false, "project_id": false},
	"app.terraform.io":    {"terraform_organization_id": false, "terraform_organization_name": false},
	"agent.buildkite.com": {"organization_id": false, "organization_slug": false},
	"oidc.vercel.com":     {"owner": false, "owner_id": false},
}

// tenantKey returns the condition key of the claim that names the tenant.
func (v *visit) tenantKey() string { return audience.New(v.name).Key }

// naming returns the condition keys whose values may name a tenant.
func (v *visit) naming() []string {
	out := []string{v.tenantKey(), v.Issuer + ":sub"}
	for claim := range owned[v.Issuer] {
		out = append(out, v.Issuer+":"+claim)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// head returns the part of a claim's pattern up to the end of the tenant's name; closed
// is false if a wildcard comes before it, or the name has no end: in repo:acme* it may go
// on. Claims are KIND:TENANT, then a colon, a slash or, before a number that is the
// tenant's too, an at sign:
//
//	repo:acme/app:*          repo:acme@123/app@456:*     project_path:acme/app:*
//	organization:acme:*      owner:acme:project:*        https://vercel.com/acme/*
func (v *visit) head(key, pattern string) (head string, closed bool) {
	claim := strings.ToLower(key[strings.LastIndexByte(key, ':')+1:])
	from := 0
	switch path, own := owned[v.Issuer][claim]; {
	case own && !path:
		return "", false
	case own:
	case strings.HasPrefix(pattern, "https://"):
		from = len("https://")
		slash := strings.IndexByte(pattern[from:], '/')
		if slash < 0 {
			return "", false
		}
		from += slash + 1
	default:
		if from = v.kind(pattern); from == 0 {
			return "", false
		}
	}
	n := strings.IndexAny(pattern[from:], ":/@")
	if n <= 0 {
		return "", false
	}
	head = pattern[:from+n+1]
	return head, !wild(head)
}

// kinds are how subjects begin, up to the tenant's name, for issuers of whom it is known
// (GitLab, "Connect to cloud services"; HCP Terraform, "Workload identity tokens";
// Buildkite, "OIDC in Buildkite Pipelines"; Vercel, "OIDC Federation Reference"; Pulumi,
// "Configuring OpenID Connect for AWS").
var kinds = map[string][]string{
	gitHub:                {"repo:"},
	"gitlab.com":          {"project_path:"},
	"app.terraform.io":    {"organization:"},
	"agent.buildkite.com": {"organization:"},
	"oidc.vercel.com":     {"owner:"},
	"api.pulumi.com/oidc": {"pulumi:deploy:org:", "pulumi:environments:org:"},
}

// kind returns how long the beginning of a claim is that the tenant's name comes after,
// 0 if the name does not come next. Subjects of GitHub can be made to begin with any
// claim, such as a branch.
func (v *visit) kind(claim string) int {
	list, ok := kinds[v.Issuer]
	for _, kind := range list {
		if strings.HasPrefix(claim, kind) {
			return len(kind)
		}
	}
	colon := strings.IndexByte(claim, ':')
	if colon < 0 {
		return 0
	}
	if _, own := owned[gitHub][claim[:colon]]; !ok || own && v.Issuer == gitHub {
		return colon + 1
	}
	return 0
}

// names reports whether a whole claim names a tenant: those of GitHub have its kind.
func (v *visit) names(claim string) bool {
	if v.Issuer != gitHub || !strings.Contains(claim, ":") {
		return true
	}
	return slices.ContainsFunc(strings.Split(claim, ":"), func(word string) bool { return v.kind(word+":") > 0 })
}

func wild(pattern string) bool { return strings.ContainsAny(pattern, "*?$") }
