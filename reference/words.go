package reference

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// formatsElsewhere are services, as an ARN has them, with formats that the
// reference lists under other prefixes alone.
var formatsElsewhere = map[string][]string{
	"catalog":                  {"servicecatalog"},
	"compute-optimizer":        {"aco-automation"},
	"ecs":                      {"ssm"},
	"elastic-inference":        {"ec2"},
	"iam":                      {"sts"},
	"qdeveloper":               {"q"},
	"route53-recovery-control": {"route53-recovery-cluster", "route53-recovery-control-config"},
	"vpc-lattice":              {"vpc-lattice-svcs"},
	"wisdom":                   {"connect"},
}

// Word is a part of an ARN's resource, resource[From:To], in bytes.
type Word struct{ From, To int }

// Words returns the parts of an ARN's resource that are AWS's words rather than a
// name that somebody chose, in no order: the literal parts of those formats of the
// service that the ARN fits, such as "log-group" and "log-stream". The ARN may
// be a pattern, but its service none. A bucket called log-group is a name, for S3
// has no such format without region and account.
//
// Of a format its beginning counts once the ARN has it, and each later part that
// is behind it in the same order.
func (r *Reference) Words(arn policy.ARN) []Word {
	if strings.ContainsAny(arn.Service, "*?") {
		return nil
	}
	var out []Word
	for _, f := range r.wordFormats(arn.Service) {
		if fits(arn.Region, f.Region) && fits(arn.Account, f.Account) {
			out = appendWords(out, arn.Resource, f.Resource)
		}
	}
	return out
}

// wordFormats returns the formats of ARNs with that service, as patterns.
func (r *Reference) wordFormats(service string) []policy.ARN {
	if formats, ok := r.words.Load(service); ok {
		return formats.([]policy.ARN)
	}
	var out []policy.ARN
	for _, prefix := range append([]string{service}, formatsElsewhere[service]...) {
		s, ok := r.Service(prefix)
		if !ok {
			continue
		}
		for i := range s.ResourceTypes {
			for _, p := range s.ResourceTypes[i].Patterns() {
				arn, ok := policy.ParseARN(p)
				if ok && arn.Service == service && strings.Trim(arn.Resource, "*/:") != "" && !slices.Contains(out, arn) {
					out = append(out, arn)
				}
			}
		}
	}
	r.words.Store(service, out)
	return out
}

// fits reports whether an ARN's region or account can be one of a format: both are
// there, or neither is, or the ARN's may be anything.
func fits(part, format string) bool {
	return (part == "") == (format == "") || strings.Contains(part, "*")
}

// appendWords adds the literal parts of a format that the resource has.
func appendWords(out []Word, resource, format string) []Word {
	literals := strings.Split(format, "*")
	at := 0
	if first := literals[0]; first != "" {
		if !begins(resource, first, len(literals) == 1) {
			return out
		}
		at = min(len(first), len(resource))
		if !strings.HasPrefix(resource, first) {
			at = len(strings.TrimRight(first, "/:"))
		}
		out = append(out, trimmed(resource, 0, at))
	}
	for _, l := range literals[1:] {
		if strings.Trim(l, "/:") == "" {
			continue
		}
		// What is filled in has a character at least.
		if at+1 > len(resource) {
			return out
		}
		n := strings.Index(resource[at+1:], l)
		if n < 0 {
			return out
		}
		at += 1 + n
		out = append(out, trimmed(resource, at, at+len(l)))
		at += len(l)
	}
	return out
}

// trimmed returns the word resource[from:to] without the dividers around it.
func trimmed(resource string, from, to int) Word {
	word := strings.TrimLeft(resource[from:to], "/:")
	from = to - len(word)
	return Word{from, from + len(strings.TrimRight(word, "/:"))}
}

// begins reports whether a resource begins with the first literal of a format: it
// is all of it if the format has no more, and may end, or go on in a wildcard,
// where a name would begin.
func begins(resource, first string, all bool) bool {
	if all {
		return resource == first
	}
	word := strings.TrimRight(first, "/:")
	rest, ok := strings.CutPrefix(resource, word)
	return ok && word != "" && (strings.HasPrefix(resource, first) || rest == "" || rest[0] == '*' || rest[0] == '?')
}
