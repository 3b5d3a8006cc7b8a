package audience

import (
	"slices"
	"strings"
)

// free are the claims besides the one that names the tenant which anybody may have, or
// choose: those of a job or a sign-in, not of whom it is.
var free = []string{
	"amr", "aud", "base_ref", "environment", "event_name", "head_ref", "ref", "ref_protected", "ref_type", "repository_visibility", "runner_environment",
	"workflow", "run_phase", "terraform_run_phase", "pipeline_source", "deployment_tier",
}

// Names reports whether a condition key is a claim of the provider that says who comes,
// such as that of a repository's id: whoever must have one value of it is not everyone.
// What the rest of a request's context is, anybody may see to.
func (p *Provider) Names(key string) bool {
	i := strings.LastIndexByte(key, ':')
	return i >= 0 && strings.EqualFold(key[:i], p.issuer) && !slices.Contains(free, strings.ToLower(key[i+1:]))
}
