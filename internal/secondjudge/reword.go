package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"iamctl/policy"
)

func isKind(kind policy.OperatorKind) func(policy.Condition) bool {
	return func(c policy.Condition) bool {
		op, ok := policy.ParseOperator(c.Operator)
		return ok && op.Kind == kind
	}
}

func isNegated(c policy.Condition) bool {
	op, ok := policy.ParseOperator(c.Operator)
	return ok && op.Negated
}

func isExact(c policy.Condition) bool {
	return isKind(policy.StringOperator)(c) || isKind(policy.StringIgnoreCaseOperator)(c)
}

// values rewords the values of some conditions.
func values(of func(policy.Condition) bool, reword func(string) []string) func(*statement) {
	return func(s *statement) {
		for i, c := range s.Condition {
			if !of(c) {
				continue
			}
			var list []string
			for _, v := range c.Values {
				list = append(list, reword(v)...)
			}
			s.Condition[i].Values = list
		}
	}
}

func everywhere(s *statement, reword func(string) string) {
	s.Resource, s.NotResource = each(s.Resource, reword), each(s.NotResource, reword)
	values(func(policy.Condition) bool { return true }, func(v string) []string { return []string{reword(v)} })(s)
}

// each returns the list with every text reworded; nil stays nil.
func each(list []string, reword func(string) string) []string {
	if list == nil {
		return nil
	}
	out := []string{}
	for _, s := range list {
		out = append(out, reword(s))
	}
	return out
}

func fromEpoch(v string) string {
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return v
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}

// services rewords actions with a wildcard in the service as the request's
// action, or as one that is none.
func (s *statement) services() {
	reword := func(a string) string {
		service, _, _ := strings.Cut(a, ":")
		switch {
		case a == "*" || !strings.ContainsAny(service, "*?"):
			return a
		case expression(a, "(?is)").MatchString(s.request.Action):
			return s.request.Action
		}
		return "none:None"
	}
	s.Action, s.NotAction = each(s.Action, reword), each(s.NotAction, reword)
}

// resourceTypes rewords resources with a wildcard or variable before the first
// slash or colon of their last part as the request's resource, or as one that is
// none. Of buckets and objects the judge has no type.
func (s *statement) resourceTypes() {
	reword := func(text string) string {
		arn, ok := policy.ParseARN(text)
		i := strings.IndexAny(arn.Resource, ":/")
		bucket := arn.Service == "s3" && arn.Region+arn.Account == ""
		if !ok || bucket || i < 0 || !strings.ContainsAny(arn.Resource[:i], "*?$") {
			return text
		}
		if resolved, ok := s.resolve(text); ok && matchesSegments(resolved, s.request.Resource) {
			return s.request.Resource
		}
		return "arn:none:none:::none"
	}
	s.Resource, s.NotResource = each(s.Resource, reword), each(s.NotResource, reword)
}

// matchesSegments matches an ARN's six parts by regular expressions: a way of
// its own.
func matchesSegments(pattern, arn string) bool {
	p, a := strings.SplitN(pattern, ":", 6), strings.SplitN(arn, ":", 6)
	for i := range p {
		if len(p) != len(a) || !expression(p[i], "(?s)").MatchString(a[i]) {
			return false
		}
	}
	return true
}

// Literal wildcards while a pattern is made an expression.
const (
	literalStar = "\x01"
	literalOne  = "\x02"
)

// expression returns a pattern as a regular expression.
func expression(pattern, flags string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(pattern)
	return regexp.MustCompile(flags + "^" + strings.NewReplacer(`\*`, `.*`, `\?`, `.`, literalStar, `\*`, literalOne, `\?`).Replace(quoted) + "$")
}

// resolve puts the values of the variables of a text in; it is false if one has
// none.
func (s *statement) resolve(text string) (string, bool) {
	out := ""
	for s.version == variables {
		i, j, ok := policy.NextVariable(text)
		if !ok {
			break
		}
		value, ok := s.value(text[i:j])
		if !ok {
			return "", false
		}
		out, text = out+text[:i]+value, text[j:]
	}
	return out + text, true
}

func (s *statement) value(variable string) (string, bool) {
	literal := strings.NewReplacer("*", literalStar, "?", literalOne)
	if len(variable) == len("${*}") {
		return literal.Replace(variable[2:3]), true
	}
	v := policy.ParseVariable(variable, 0, len(variable))
	for k, values := range s.request.Context {
		if strings.EqualFold(k, variable[v.KeyFrom:v.KeyTo]) && len(values) == 1 {
			return literal.Replace(values[0]), true
		}
	}
	return literal.Replace(variable[v.DefaultFrom:v.DefaultTo]), v.HasDefault
}
