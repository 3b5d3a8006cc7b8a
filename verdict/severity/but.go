package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// maxBut is how many services "everything but" names at most.
const maxBut = 5

// everythingBut says that nearly all services were gained, with those that new does not
// allow; "" otherwise. "NotAction: " is before it where services that AWS may add were
// gained too.
func (j *judge) everythingBut() string {
	all, have := j.c.Services(), map[string]bool{}
	for _, a := range j.list {
		service, _, _ := strings.Cut(a.Name, ":")
		have[service] = true
	}
	if len(have) < len(all)/2 {
		return ""
	}
	var but []string
	for _, service := range all {
		if !have[service] && j.new.Decide(&eval.Request{Action: service + ":Any", Resource: "*"}).Outcome != eval.Allowed {
			but = append(but, service)
		}
	}
	parts, ok := j.inPart(but)
	if len(but)+len(parts) > maxBut || len(but)+len(parts) == 0 || !ok {
		return ""
	}
	for i := range parts {
		parts[i] = "parts of " + parts[i]
	}
	text := "everything but " + strings.Join(append(but, parts...), ", ")
	if j.new.Decide(&eval.Request{Action: anyName + ":Any", Resource: "*"}).Outcome == eval.Allowed {
		return "NotAction: " + text
	}
	return text
}

// inPart returns the services that new allows in part, besides those named.
func (j *judge) inPart(but []string) ([]string, bool) {
	s := policy.Statement{Effect: "Allow", Resource: []string{"*"}, Action: []string{"*"}}
	if len(but) > 0 {
		s.Action = nil
	}
	for _, service := range but {
		s.NotAction = append(s.NotAction, service+":*")
	}
	all := &verdict.Permissions{Identity: []*policy.Document{{Version: "2012-10-17", Statements: []policy.Statement{s}}}}
	r := j.amounts(all, j.new)
	var out []string
	for _, s := range r.Lost.Services {
		out = append(out, s.Service)
	}
	slices.Sort(out)
	return slices.Compact(out), r.Verdict != verdict.Unknown
}
