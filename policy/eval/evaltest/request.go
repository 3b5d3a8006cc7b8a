// Package evaltest draws requests that policies are about, or nearly: random
// ones would seldom meet a statement. Only tests and tools import it.
package evaltest

import (
	"math/rand/v2"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
)

// Request draws a request from one statement of the documents: mostly it
// meets all of its elements, now and then it fails one narrowly. Keys that
// other statements ask for are in the context now and then. The documents must
// have a statement between them.
func Request(r *rand.Rand, documents ...*policy.Document) *eval.Request {
	d := drawing{Rand: r, request: &eval.Request{Context: map[string][]string{}}}
	var all []policy.Statement
	for _, doc := range documents {
		all = append(all, doc.Statements...)
	}
	s := &all[r.IntN(len(all))]
	d.conditions(s.Condition)
	d.request.Action = d.action(s, all)
	d.request.Resource = d.resource(s, all)
	d.request.Principal = d.principal(s)
	for range 3 {
		if other := all[r.IntN(len(all))]; r.IntN(2) == 0 {
			d.conditions(other.Condition)
		}
	}
	return d.request
}

// drawing is a request that is being drawn.
type drawing struct {
	*rand.Rand
	request *eval.Request
}

func (d *drawing) once(in int) bool { return d.IntN(in) == 0 }

func pick[T any](d *drawing, list []T) T { return list[d.IntN(len(list))] }

func (d *drawing) action(s *policy.Statement, all []policy.Statement) string {
	list := s.Action
	if len(list) == 0 || d.once(5) {
		list = pick(d, all).Action
	}
	if len(list) == 0 {
		return pick(d, []string{"s3:GetObject", "ec2:RunInstances", "iam:PassRole"})
	}
	service, name, ok := policy.SplitAction(pick(d, list))
	if !ok || strings.ContainsAny(service, "*?") {
		service = pick(d, []string{"s3", "ec2", "sqs"})
	}
	name = d.fill(name, func(wildcard byte) string {
		if wildcard == '?' {
			return "G"
		}
		return pick(d, []string{"Object", "X", "y", ""})
	})
	if name = strings.TrimSpace(name); name == "" || d.once(20) {
		name += "Other"
	}
	return service + ":" + name
}

func (d *drawing) resource(s *policy.Statement, all []policy.Statement) string {
	list := s.Resource
	if len(list) == 0 || d.once(5) {
		other := pick(d, all)
		list = append(other.Resource, other.NotResource...)
	}
	if len(list) == 0 {
		return "arn:aws:s3:::app1/x"
	}
	pattern := pick(d, list)
	if strings.Trim(pattern, "*") == "" {
		return pick(d, []string{"arn:aws:s3:::app1/x", "arn:aws:ec2:eu-west-1:123456789012:instance/i-1", "*"})
	}
	segments := strings.SplitN(pattern, ":", 6)
	for i, segment := range segments {
		segments[i] = d.fill(segment, func(wildcard byte) string { return d.wildcard(i, wildcard) })
	}
	if strings.HasSuffix(pattern, "*") {
		for len(segments) < 6 {
			segments = append(segments, d.wildcard(len(segments), '*'))
		}
	}
	return d.miss(strings.Join(segments, ":"))
}

// wildcard draws what a wildcard of an ARN's segment is in a request.
func (d *drawing) wildcard(segment int, wildcard byte) string {
	switch {
	case wildcard == '?':
		return pick(d, []string{"a", "1", "-"})
	case segment == 3:
		return "eu-west-1"
	case segment == 4:
		return "123456789012"
	case segment < 5:
		return pick(d, []string{"aws", "s3", ""})
	}
	return pick(d, []string{"", "x", "ab", "a/b", "role/x", "a:b"})
}

// fill puts values for the wildcards and variables of a pattern.
func (d *drawing) fill(pattern string, wildcard func(byte) string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case strings.HasPrefix(pattern[i:], "${"):
			n := strings.IndexByte(pattern[i:], '}')
			if n < 0 {
				b.WriteByte(c)
				continue
			}
			b.WriteString(d.variable(pattern[i : i+n+1]))
			i += n
		case c == '*' || c == '?':
			b.WriteString(wildcard(c))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// variable draws the value of a variable and puts it into the context.
func (d *drawing) variable(text string) string {
	if len(text) == len("${*}") {
		return text[2:3]
	}
	v := policy.ParseVariable(text, 0, len(text))
	key := text[v.KeyFrom:v.KeyTo]
	if values := d.request.Context[key]; len(values) > 0 {
		return values[0]
	}
	if d.once(4) {
		return text[v.DefaultFrom:v.DefaultTo]
	}
	value := pick(d, []string{"red", "ann", "a*"})
	d.request.Context[key] = []string{value}
	return value
}

// miss changes a text now and then.
func (d *drawing) miss(s string) string {
	if s == "" || !d.once(5) {
		return s
	}
	switch d.IntN(3) {
	case 0:
		return s + "x"
	case 1:
		return s[:len(s)-1]
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
