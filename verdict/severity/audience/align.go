package audience

import (
	"slices"
	"strings"
)

const wildcards = "*?"

// aligned returns the parts of the claims that a pattern is about. A wildcard may run
// over several parts, as that of `*:ref:refs/heads/main` does over owner and repository:
// it is taken to end in the first part where that makes claims which are let in.
func (p *Provider) aligned(pattern string, let func(claim string) bool) []string {
	list := p.alignments(pattern)
	for _, text := range list {
		if parts := p.split(text); let(p.sample(parts)) {
			return parts
		}
	}
	return p.split(list[0])
}

// alignments returns patterns of the provider's form that a pattern has as a part: its
// first wildcard ends in each part where it may.
func (f *form) alignments(pattern string) []string {
	i := strings.IndexAny(pattern, wildcards)
	if i < 0 {
		return []string{pattern}
	}
	text, rest, next := f.begin(pattern[:i]), pattern[i:], 1
	if text == "" && f.heads[0] != "" {
		return []string{pattern} // of another form
	}
	for left := text[len(f.heads[0]):]; next < len(f.heads); next++ {
		_, after, ok := strings.Cut(left, f.heads[next])
		if !ok {
			break
		}
		left = after
	}
	out := []string{text + rest}
	for _, head := range f.heads[next:] {
		text += "*" + head
		out = append(out, text+rest)
	}
	return out
}

// begin returns the beginning of a pattern, up to its first wildcard, with all that
// claims begin with, "" if none begin so.
func (f *form) begin(literal string) string {
	switch {
	case strings.HasPrefix(literal, f.heads[0]):
		return literal
	case strings.HasPrefix(f.heads[0], literal):
		return f.heads[0]
	}
	return ""
}

// open reports whether a part that says whose claims are leaves it open: anybody can have
// a name like that.
func (p *Provider) open(tenant string) bool {
	i := strings.IndexAny(tenant, wildcards)
	if i < 0 {
		return false
	}
	if !p.whole {
		return true
	}
	return owner(tenant[:i]) == ""
}

// owner returns what a claim that is not known to have parts begins with, if that is
// KIND:TENANT and a separator, as those of Buildkite, Codefresh and Scalr are; or "".
func owner(claim string) string {
	kind, rest, ok := strings.Cut(claim, ":")
	i := strings.IndexAny(rest, ":/")
	if !ok || i <= 0 {
		return ""
	}
	return kind + ":" + rest[:i+1]
}

// Tenants returns patterns of the claims of those whom the values name.
func (p *Provider) Tenants(values []string) []string {
	var out []string
	for _, v := range values {
		parts := p.split(v)
		switch {
		case p.open(parts[0]):
		case p.whole:
			out = append(out, v)
			if o := owner(v); o != "" {
				out = append(out, o+"*")
			}
		case len(parts) == 1:
			out = append(out, parts[0])
		default:
			out = append(out, p.heads[0]+parts[0]+p.heads[1][:1]+"*")
		}
	}
	return out
}

// Form returns a pattern of all claims.
func (p *Provider) Form() string { return p.join(slices.Repeat([]string{"*"}, len(p.heads))) }

// Shared reports whether anybody can have an account there.
func (p *Provider) Shared() bool { return p.shared }
