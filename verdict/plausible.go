package verdict

import (
	"strings"

	"iamctl/policy"
	"iamctl/verdict/internal/actions"
	"iamctl/verdict/internal/example"
)

// examples are the names that stand for any in witnesses.
func (c *Comparer) examples() example.Names {
	return example.Names{Partition: c.partition, Account: c.account}
}

// plausible returns the witness with a resource that looks like one that the action
// takes, if the documents name one: s3:ListBucket takes a bucket, and
// arn:aws:s3:::app/x is none.
func (c *comparison) plausible(x int, w Witness, a *actions.Action) Witness {
	formats := c.formatsOf(a)
	if len(formats) == 0 || w.Request.Resource == "*" || looksLike(formats, w.Request.Resource) {
		return w
	}
	for _, p := range c.known.list {
		name := c.examples().Of(p.Text)
		for _, arn := range []string{name, name + "x", name + "/x"} {
			if name == "" || !p.Match(arn) || !looksLike(formats, arn) {
				continue
			}
			r := w.Request
			r.Resource = arn
			if better, ok := c.confirm(x, &r); ok {
				better.Impossible = w.Impossible
				return better
			}
		}
	}
	return w
}

// formatsOf returns the ARN formats that the action takes.
func (c *comparison) formatsOf(a *actions.Action) []*format {
	if a.Known == nil || c.trust {
		return nil
	}
	var out []*format
	types := c.formats.service(a.Service)
	for _, t := range a.Known.ResourceTypes {
		out = append(out, types[t]...)
	}
	return out
}

// looksLike reports whether an ARN has one of the formats and as many parts as it.
func looksLike(formats []*format, arn string) bool {
	if strings.HasSuffix(arn, "/") || strings.HasSuffix(arn, ":") || strings.Contains(arn, "//") {
		return false
	}
	for _, f := range formats {
		if strings.Count(f.text, "/") == strings.Count(arn, "/") && policy.Match(f.text, arn) {
			return true
		}
	}
	return false
}
