package eval

import (
	"strings"

	"iamctl/policy"
)

// segments is the number of parts of an ARN.
const segments = 6

// resource answers whether the statement is about the request's resource (IAM
// User Guide, "Resource" and "NotResource").
func (q *question) resource(s *policy.Statement, variables bool) answer {
	switch {
	case s.Principal != nil || s.NotPrincipal != nil:
		return doubt("a policy of a role has no Principal", "")
	case q.request.Resource == "":
		return doubt("the request names no resource", "")
	}
	return element("Resource", s.Resource, s.NotResource, func(p string) answer {
		return q.matchesResource(p, variables)
	})
}

func (q *question) matchesResource(text string, variables bool) answer {
	if !mayMatch(text, q.request.Resource) {
		return q.allBuckets(text)
	}
	p := pattern{text: text}
	if variables {
		if early(text) {
			return q.matchesEarly(text)
		}
		var a answer
		if p, a = q.substitute(text, true); a.truth != yes {
			return a
		}
	}
	if q.spanning {
		return sure(p.matches(q.request.Resource))
	}
	matches := matchesARN(p, q.request.Resource)
	if !matches && q.depends == "" && p.matches(q.request.Resource) {
		q.depends = text
	}
	return sure(matches)
}

// mayMatch reports whether the text before the first wildcard or variable of a
// pattern is what the resource begins with. It saves most of the work.
func mayMatch(pattern, resource string) bool {
	for i := range len(pattern) {
		switch c := pattern[i]; {
		case c == '*' || c == '?' || c == '$':
			return true
		case i >= len(resource) || c != resource[i]:
			return false
		}
	}
	return len(pattern) == len(resource)
}

// allBuckets is in doubt for s3:ListAllMyBuckets, which has no resource: AWS
// documents it on `*` and also on arn:aws:s3:::*.
func (q *question) allBuckets(text string) answer {
	if q.request.Resource == "*" && strings.EqualFold(q.request.Action, "s3:ListAllMyBuckets") && (pattern{text: text}).matches("arn:aws:s3:::*") {
		return doubt("AWS documents s3:ListAllMyBuckets on * and on arn:aws:s3:::*", text)
	}
	return sure(false)
}

// matchesARN matches each segment of an ARN on its own. A `*` that ends the
// pattern also runs over the segments that the pattern does not have.
func matchesARN(p pattern, arn string) bool {
	for n := 1; ; n++ {
		i, j := strings.IndexByte(p.text, ':'), strings.IndexByte(arn, ':')
		if n == segments || i < 0 && j < 0 {
			return p.matches(arn)
		}
		if i < 0 {
			return p.text != "" && p.wild(len(p.text)-1, '*') && p.matches(arn[:j])
		}
		if j < 0 || !p.slice(0, i).matches(arn[:j]) {
			return false
		}
		p, arn = p.slice(i+1, len(p.text)), arn[j+1:]
	}
}
