package severity

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/policy"
)

// anyName is a name that nobody has given to anything.
const anyName = "any-name"

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

// exampleOf returns an ARN of the plainest of some formats with any name, in the role's
// own partition and account.
func (j *judge) exampleOf(formats []string) string {
	format := slices.MinFunc(formats, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	parts := strings.SplitN(arnOf(format), ":", 6)
	for i, value := range []string{"arn", j.c.Partition(), "x", "us-east-1", cmp.Or(j.account.own(), "123456789012")} {
		if i < len(parts)-1 && parts[i] == "*" {
			parts[i] = value
		}
	}
	return strings.Join(parts, ":")
}
