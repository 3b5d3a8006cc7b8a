package audience

import "strings"

// gitHub are jobs of GitHub Actions: repo:OWNER/REPOSITORY:CONTEXT (GitHub, "OpenID
// Connect reference").
var gitHub = form{
	heads: []string{"repo:", "/", ":"},
	split: func(claim string) []string {
		rest, ok := strings.CutPrefix(claim, "repo:")
		if !ok {
			return unknown(claim, []string{"*", "*", "*"})
		}
		path, context, _ := strings.Cut(rest, ":")
		owner, name, _ := strings.Cut(path, "/")
		return []string{orAny(owner), orAny(name), orAny(context)}
	},
	words: func(p *Provider, parts []string) string {
		return gitWords(p.Name, "repository", parts[0], parts[1], ofContext(parts[2]))
	},
}

// gitLab are jobs of GitLab: project_path:GROUP/PROJECT:ref_type:TYPE:ref:NAME (GitLab,
// "Connect to cloud services").
var gitLab = form{
	heads: []string{"project_path:", "/", ":"},
	split: func(claim string) []string {
		rest, ok := strings.CutPrefix(claim, "project_path:")
		if !ok {
			return unknown(claim, []string{"*", "*", "*"})
		}
		path, context, _ := strings.Cut(rest, ":")
		group, name := path, "*"
		if i := strings.LastIndexByte(path, '/'); i >= 0 {
			group, name = path[:i], path[i+1:]
		}
		return []string{orAny(group), orAny(name), orAny(context)}
	},
	words: func(p *Provider, parts []string) string {
		context := strings.TrimPrefix(parts[2], "ref_type:")
		kind, name, _ := strings.Cut(context, ":ref:")
		context = map[string]string{"branch": "ref:refs/heads/", "tag": "ref:refs/tags/"}[kind] + name
		if parts[2] == "*" {
			context = "*"
		}
		return gitWords(p.Name, "project", parts[0], parts[1], ofContext(context))
	},
}

func orAny(part string) string {
	if part == "" {
		return "*"
	}
	return part
}

// ofContext says what of a repository a job's context is, "" for anything.
func ofContext(context string) string {
	for _, kind := range []struct{ prefix, one, any, some string }{
		{"ref:refs/heads/", "branch ", "any branch", "branches "},
		{"ref:refs/tags/", "tag ", "any tag", "tags "},
		{"environment:", "environment ", "any environment", "environments "},
	} {
		name, ok := strings.CutPrefix(context, kind.prefix)
		switch {
		case !ok:
		case name == "*":
			return kind.any
		case strings.Contains(name, "*"):
			return kind.some + name
		case kind.one == "branch " && (name == "main" || name == "master"):
			return name + " alone"
		default:
			return kind.one + name
		}
	}
	switch context {
	case "*":
		return ""
	case "pull_request":
		return "pull requests"
	case "ref:*":
		return "any branch or tag"
	}
	return context
}

// gitWords puts words together; what is "" for anything of the repository.
func gitWords(host, kind, owner, name, what string) string {
	repository := owner + "/" + name
	switch {
	case owner == "*" && name == "*" && what == "":
		return "anyone on " + host
	case owner == "*" && name == "*":
		repository = "any " + kind + " on " + host
	case name == "*":
		repository = "any " + kind + " of " + owner
	case what == "":
		what = "any branch or pull request"
	}
	if what == "" {
		return repository
	}
	return what + " of " + repository
}
