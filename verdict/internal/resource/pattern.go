// Package resource finds the classes of resources that the patterns of policies
// tell apart, with a short and readable ARN of each.
//
// A resource is an ARN of six segments, or the bare "*" of a request that has
// none. A wildcard keeps to its segment, but for a `*` that ends the pattern: it
// runs over whatever follows.
package resource

import (
	"strings"
	"unsafe"

	"iamctl/policy"
	"iamctl/verdict/internal/glob"
)

const segments = 6

// Pattern is a resource of a statement, with Version 2012-10-17.
type Pattern struct {
	Text string
	// Variable says that there are policy variables, whose values are taken to
	// be anything: the pattern may match less.
	Variable bool
	// none says that no ARN matches.
	none bool
	// star says that the resource "*" matches, any that every resource does.
	star, any bool
	parts     [segments]glob.Pattern
	texts     [segments]string
}

// Parse returns the pattern of a text.
func Parse(text string) *Pattern {
	p := &Pattern{Text: text, any: text == "*"}
	if hasVariable(text) {
		p.Variable = true
		text = widen(text)
	}
	list := strings.SplitN(text, ":", segments)
	if len(list) < segments && !strings.HasSuffix(text, "*") {
		p.none = true
	}
	if len(list) == 1 {
		one := glob.Parse(text, glob.Reading{Wildcards: true})
		p.star = one.Match("*")
	}
	for i := range p.parts {
		part := "*"
		if i < len(list) {
			part = list[i]
		}
		p.texts[i] = part
		p.parts[i] = glob.Parse(part, glob.Reading{Wildcards: true})
	}
	p.none = p.none || !p.parts[0].Match("arn")
	return p
}

// Format returns the pattern of an ARN format, in which each part that varies
// is a `*` that matches one character at least.
func Format(pattern string) *Pattern {
	return Parse(strings.ReplaceAll(pattern, "*", "?*"))
}

// hasVariable reports whether there is a variable with a value that is not
// known: ${*}, ${?} and ${$} are literal characters.
func hasVariable(s string) bool {
	for {
		i, j, ok := policy.NextVariable(s)
		if !ok {
			return false
		}
		if !literal(s[i:j]) {
			return true
		}
		s = s[j:]
	}
}

func literal(variable string) bool {
	return variable == "${*}" || variable == "${?}" || variable == "${$}"
}

// widen writes variables as `*`.
func widen(s string) string {
	var b strings.Builder
	for {
		i, j, ok := policy.NextVariable(s)
		if !ok {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		if literal(s[i:j]) {
			b.WriteString(s[i:j])
		} else {
			b.WriteByte('*')
		}
		s = s[j:]
	}
}

// Size is about how many bytes the pattern takes.
func (p *Pattern) Size() int {
	const element = 12 // of a text in the pattern of a segment
	return int(unsafe.Sizeof(*p)) + (2+element)*len(p.Text)
}

// Any reports whether every resource matches, the bare "*" too.
func (p *Pattern) Any() bool { return p.any }

// Star reports whether the bare "*" matches.
func (p *Pattern) Star() bool { return p.star }

// Match reports whether the ARN matches, a variable being anything.
func (p *Pattern) Match(arn string) bool {
	if arn == "*" {
		return p.star
	}
	if p.none {
		return false
	}
	for i := range segments - 1 {
		part, rest, ok := strings.Cut(arn, ":")
		if !ok || !p.parts[i].Match(part) {
			return false
		}
		arn = rest
	}
	return p.parts[segments-1].Match(arn)
}
