package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// anyName is a name that nobody has given to anything.
const anyName = "any-name"

// everywhere judges writes that were gained on everything without a condition: on
// things with a name that nobody has named, by a request without condition keys.
func (j *judge) everywhere() *Judgement {
	var names []string
	for _, a := range j.list {
		if a.Access == writes || a.Access == tags {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 || j.access == manages {
		return nil
	}
	denies := append(j.anything(), j.noContext()...)
	r := j.c.Identity(limited(narrowed(j.old, names), denies...), limited(narrowed(j.new, names), denies...))
	access := map[string]int{}
	for _, s := range r.Gained.Services {
		access[s.Access] += s.Actions
	}
	if access[writes]+access[tags] == 0 {
		return nil
	}
	return &Judgement{Level: High, Kind: j.broadened() + "writes on everything without a condition, " + strings.TrimPrefix(j.amount(), "writes, "), Witness: j.replayed(gained(r))}
}

// anything denies all but the things of any name, and actions without resources.
func (j *judge) anything() []policy.Statement {
	var bare, arns []string
	for _, a := range j.list {
		for _, f := range a.Formats {
			arns = append(arns, arnOf(f))
		}
		if len(a.Formats) == 0 {
			bare = append(bare, a.Name)
		}
	}
	slices.Sort(arns)
	arns = slices.Compact(arns)
	switch {
	case len(arns) == 0:
		return nil
	case len(bare) == 0:
		return []policy.Statement{{Effect: "Deny", Action: []string{"*"}, NotResource: arns}}
	}
	return []policy.Statement{{Effect: "Deny", NotAction: bare, NotResource: arns}}
}

// arnOf returns a pattern of the ARNs of a format with any name: partition, region and
// account are as they may be.
func arnOf(format string) string {
	if format == "*" {
		return "arn:*:*:*:*:" + anyName
	}
	parts := strings.SplitN(format, ":", 6)
	parts[len(parts)-1] = strings.ReplaceAll(parts[len(parts)-1], "*", anyName)
	return strings.Join(parts, ":")
}

// noContext denies every request with a condition key or variable that the documents
// name.
func (j *judge) noContext() []policy.Statement {
	list := slices.Concat(documents(j.old), documents(j.new))
	keys := append(keysOf(list...), variablesOf(list)...)
	slices.Sort(keys)
	var out []policy.Statement
	for _, key := range slices.Compact(keys) {
		out = append(out, policy.Statement{
			Effect: "Deny", Action: []string{"*"}, Resource: []string{"*"},
			Condition: []policy.Condition{{Operator: "Null", Key: key, Values: []string{"false"}}},
		})
	}
	return out
}

// variablesOf returns the keys of the policy variables in resources, in lower case.
func variablesOf(list []*policy.Document) []string {
	var out []string
	for _, d := range list {
		if d == nil {
			continue
		}
		for _, s := range d.Statements {
			for _, r := range slices.Concat(s.Resource, s.NotResource) {
				out = append(out, variables(r)...)
			}
		}
	}
	return out
}

func variables(text string) []string {
	var out []string
	for {
		from, to, ok := policy.NextVariable(text)
		if !ok {
			return out
		}
		v := policy.ParseVariable(text, from, to)
		if key := policy.Fold(text[v.KeyFrom:v.KeyTo]); len(key) > 1 {
			out = append(out, key)
		}
		text = text[to:]
	}
}

// maxBut is how many services "everything but" names at most.
const maxBut = 5

// everythingBut says that nearly all services were gained, with those that new does not
// allow; "" otherwise. "NotAction: " is before it where services that AWS may add were
// gained too.
func (j *judge) everythingBut() string {
	all, have := j.c.Services(), map[string]bool{}
	for _, s := range j.Gained.Services {
		have[s.Service] = true
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
	r := j.c.Identity(all, j.new)
	var out []string
	for _, s := range r.Lost.Services {
		out = append(out, s.Service)
	}
	slices.Sort(out)
	return slices.Compact(out), r.Verdict != verdict.Unknown
}
