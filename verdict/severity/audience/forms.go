package audience

import (
	"slices"
	"strings"
)

// plain claims are not known to have parts.
var plain = func() form {
	f := named("subject")
	f.whole = true
	return f
}()

// named claims are the name of one thing.
func named(what string) form {
	return form{
		heads: []string{""},
		split: func(claim string) []string { return []string{claim} },
		words: func(p *Provider, parts []string) string {
			if parts[0] == "*" {
				return "anyone on " + p.Name
			}
			return what + " " + parts[0] + " on " + p.Name
		},
	}
}

// fields are claims of names and values in turn, joined by colons, after a prefix.
func fields(prefix string, names []string, words func(p *Provider, parts []string) string) form {
	return form{
		heads: heads(prefix, names),
		split: func(claim string) []string {
			out := slices.Repeat([]string{"*"}, len(names))
			list := strings.Split(strings.TrimPrefix(claim, prefix), ":")
			if prefix != "" && !strings.HasPrefix(claim, prefix) {
				return unknown(claim, out)
			}
			for i := range names {
				if names[i] != "" {
					if len(list) == 0 || list[0] != names[i] {
						break
					}
					list = list[1:]
				}
				if len(list) > 0 {
					out[i], list = list[0], list[1:]
				}
			}
			return out
		},
		words: words,
	}
}

// heads returns what is before each field of claims of names and values.
func heads(prefix string, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		if out[i] = ":"; i == 0 {
			out[i] = prefix
		}
		if name != "" {
			out[i] += name + ":"
		}
	}
	return out
}

// unknown are the parts of a claim of another form: of all of them if it is a pattern
// that may be of theirs.
func unknown(claim string, all []string) []string {
	if !strings.ContainsAny(claim, "*?") {
		all[0] = claim
	}
	return all
}

// kubernetes are service accounts of a cluster: system:serviceaccount:NAMESPACE:NAME
// (EKS User Guide, "IAM roles for service accounts").
var kubernetes = fields("system:serviceaccount:", []string{"", ""}, func(_ *Provider, parts []string) string {
	switch namespace, name := parts[0], parts[1]; {
	case namespace == "*" && name == "*":
		return "any service account"
	case name == "*":
		return "any service account of namespace " + namespace
	case namespace == "*":
		return "service account " + name + " of any namespace"
	default:
		return "service account " + name + " of namespace " + namespace
	}
})

// terraform are runs of workspaces (HCP Terraform, "Workload identity tokens").
var terraform = fields("", []string{"organization", "project", "workspace", "run_phase"}, func(p *Provider, parts []string) string {
	text := "anyone on " + p.Name
	if parts[0] != "*" {
		text = "any workspace of " + parts[0]
	}
	if parts[1] != "*" {
		text = "any workspace of project " + parts[1] + " of " + parts[0]
	}
	if parts[2] != "*" {
		text = "workspace " + parts[2] + " of " + parts[0]
	}
	if parts[3] != "*" {
		text += " in phase " + parts[3]
	}
	return text
})

// bitbucket are steps of pipelines of repositories of one workspace: {REPOSITORY}:{STEP},
// with the environment between them if there is one (Bitbucket, "Deploy on AWS using OpenID Connect").
var bitbucket = fields("", []string{"", ""}, func(p *Provider, parts []string) string {
	workspace := "the Bitbucket workspace"
	if list := strings.Split(p.Name, "/"); len(list) > 3 {
		workspace += " " + list[3]
	}
	if parts[0] == "*" {
		return "any repository of " + workspace
	}
	return "repository " + parts[0] + " of " + workspace
})
