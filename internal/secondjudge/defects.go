package main

import (
	"maps"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"iamctl/policy"
)

// defect is something that the judge is known to answer wrongly. A disagreement
// is explained by it only if the judge agrees once the documents say the same
// without what it gets wrong.
type defect struct {
	name string
	// reword says the same without the defect.
	reword func(*statement)
}

// variables is the version that has them.
const variables = "2012-10-17"

var defects = []defect{
	{"IPv4 blocks of length 0", values(isKind(policy.IPOperator), func(v string) []string {
		if p, err := netip.ParsePrefix(v); err == nil && p.Bits() == 0 && p.Addr().Is4() {
			return []string{"0.0.0.0/1", "128.0.0.0/1"}
		}
		return []string{v}
	})},
	{"addresses without a length", values(isKind(policy.IPOperator), func(v string) []string {
		if a, err := netip.ParseAddr(v); err == nil {
			v += "/" + strconv.Itoa(a.BitLen())
		}
		return []string{v}
	})},
	{"negated operators with a variable without a value", func(s *statement) {
		values(isNegated, func(v string) []string {
			if _, ok := s.resolve(v); !ok {
				v = "arn:no:such:value::"
			}
			return []string{v}
		})(s)
	}},
	{"versions without variables", func(s *statement) {
		if s.version != variables {
			everywhere(s, func(v string) string { return strings.ReplaceAll(v, "${", "${$}{") })
			s.version = variables
		}
	}},
	{"wildcards in the type of a resource", func(s *statement) { s.resourceTypes() }},
	{"seconds since 1970", func(s *statement) {
		values(isKind(policy.DateOperator), func(v string) []string { return []string{fromEpoch(v)} })(s)
		for _, c := range s.Condition {
			if isKind(policy.DateOperator)(c) {
				for k, v := range s.request.Context {
					if strings.EqualFold(k, c.Key) {
						s.request.Context[k] = each(v, fromEpoch)
					}
				}
			}
		}
	}},
	{"wildcards in the service of an action", func(s *statement) { s.services() }},
	// Found by this program.
	{"${*}, ${?} and ${$} in exact text", func(s *statement) {
		values(isExact, func(v string) []string {
			return []string{strings.NewReplacer("${*}", "${the:star}", "${?}", "${the:one}", "${$}", "${the:dollar}").Replace(v)}
		})(s)
		maps.Copy(s.request.Context, map[string][]string{"the:star": {"*"}, "the:one": {"?"}, "the:dollar": {"$"}})
	}},
	{"variables with an empty value", func(s *statement) {
		everywhere(s, func(v string) string {
			for k, have := range s.request.Context {
				if len(have) == 1 && have[0] == "" && s.version == variables {
					v = regexp.MustCompile(`(?i)\$\{`+regexp.QuoteMeta(k)+`(,[^}]*)?\}`).ReplaceAllString(v, "")
				}
			}
			return v
		})
	}},
	{"short ARNs in NotResource", func(s *statement) {
		s.NotResource = each(s.NotResource, func(v string) string {
			if missing := 5 - strings.Count(v, ":"); strings.HasPrefix(v, "arn:") && missing > 0 {
				v += strings.Repeat(":*", missing)
			}
			return v
		})
	}},
	{"variables without a value in NotResource", func(s *statement) {
		s.NotResource = each(s.NotResource, func(v string) string {
			if _, ok := s.resolve(v); !ok {
				v = "arn:none:none:::none"
			}
			return v
		})
	}},
}
