package severity_test

import (
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/reference"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// The universe of the laws: few words, so that changes of every kind occur.
var (
	lawActions = []string{
		"s3:GetObject", "s3:PutObject", "s3:Get*", "s3:*", "*", "iam:PassRole", "iam:*Role", "sqs:SendMessage", "lambda:CreateFunction",
		"lambda:InvokeFunction", "sts:AssumeRole", "*:Get*", "kms:Decrypt",
	}
	lawResources = []string{
		"*", "arn:aws:s3:::app/*", "arn:aws:s3:::app/x", "arn:aws:s3:::*", "arn:aws:s3:::*/*", "arn:aws:sqs:*:111111111111:*",
		"arn:aws:iam::111111111111:role/*", "arn:aws:iam::111111111111:role/app", "arn:aws:lambda:*:*:function:*",
	}
	lawConditions = []policy.Condition{
		{Operator: "StringEquals", Key: "aws:PrincipalTag/team", Values: []string{"a"}},
		{Operator: "StringEquals", Key: "aws:PrincipalTag/team", Values: []string{"a", "b"}},
		{Operator: "StringLikeIfExists", Key: "aws:ResourceTag/team", Values: []string{"a*"}},
		{Operator: "Bool", Key: "aws:MultiFactorAuthPresent", Values: []string{"true"}},
		{Operator: "BoolIfExists", Key: "aws:MultiFactorAuthPresent", Values: []string{"false"}},
		{Operator: "Null", Key: "aws:PrincipalTag/team", Values: []string{"true"}},
		{Operator: "IpAddress", Key: "aws:SourceIp", Values: []string{"192.0.2.0/24"}},
		{Operator: "NotIpAddress", Key: "aws:SourceIp", Values: []string{"192.0.2.0/24"}},
		{Operator: "StringEquals", Key: "iam:PassedToService", Values: []string{"lambda.amazonaws.com"}},
	}
)

func lawStatement(t *rapid.T) policy.Statement {
	some := func(from []string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, 2, rapid.ID[string]).Draw(t, "some")
	}
	s := policy.Statement{Effect: rapid.SampledFrom([]string{"Allow", "Allow", "Allow", "Deny"}).Draw(t, "effect"), Resource: some(lawResources)}
	if s.Action = some(lawActions); rapid.IntRange(0, 9).Draw(t, "NotAction") == 0 {
		s.Action, s.NotAction = nil, s.Action
	}
	for range rapid.IntRange(0, 1).Draw(t, "conditions") {
		s.Condition = append(s.Condition, rapid.SampledFrom(lawConditions).Draw(t, "condition"))
	}
	return s
}

func lawPermissions(t *rapid.T) *verdict.Permissions {
	document := func() *policy.Document {
		d := &policy.Document{Version: "2012-10-17"}
		for range rapid.IntRange(1, 3).Draw(t, "statements") {
			d.Statements = append(d.Statements, lawStatement(t))
		}
		return d
	}
	p := &verdict.Permissions{Identity: []*policy.Document{document()}}
	if rapid.IntRange(0, 4).Draw(t, "boundary") == 0 {
		p.Boundary = []*policy.Document{document()}
	}
	return p
}

// changed returns permissions that are like p but for a few statements.
func changed(t *rapid.T, p *verdict.Permissions) *verdict.Permissions {
	d := *p.Identity[0]
	d.Statements = slices.Clone(d.Statements)
	q := &verdict.Permissions{Identity: []*policy.Document{&d}, Boundary: p.Boundary}
	i := rapid.IntRange(0, len(d.Statements)-1).Draw(t, "which")
	switch rapid.IntRange(0, 5).Draw(t, "change") {
	case 0:
		d.Statements[i].Condition = nil
	case 1:
		d.Statements = slices.Delete(d.Statements, i, i+1)
	case 2:
		d.Statements[i] = lawStatement(t)
	case 3:
		q.Boundary = nil
	case 4:
		return lawPermissions(t)
	default:
		d.Statements = append(d.Statements, lawStatement(t))
	}
	return q
}

// reworded returns permissions that are the same today, in other words.
func reworded(t *rapid.T, p *verdict.Permissions) *verdict.Permissions {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	each := func(list []*policy.Document) []*policy.Document {
		if list == nil {
			return nil
		}
		var out []*policy.Document
		for _, d := range list {
			d = spelled(r, policytest.Permuted(d).Draw(t, "permuted"))
			if r.IntN(2) == 0 {
				d = policytest.Split(d).Draw(t, "split")
			}
			out = append(out, d)
		}
		return out
	}
	return &verdict.Permissions{Identity: each(p.Identity), Boundary: each(p.Boundary)}
}

// spelled spells the elements of a document otherwise.
func spelled(r *rand.Rand, d *policy.Document) *policy.Document {
	out := *d
	out.Statements = slices.Clone(d.Statements)
	for i := range out.Statements {
		s := &out.Statements[i]
		if s.Action != nil && r.IntN(2) == 0 {
			s.Action = enumerated(s.Action)
		}
		if s.NotAction != nil && r.IntN(4) == 0 {
			if list := complement(s.NotAction); list != nil {
				s.Action, s.NotAction = list, nil
			}
		}
		for k, resource := range s.Resource {
			if r.IntN(3) == 0 && resource != "*" {
				s.Resource[k] = strings.ReplaceAll(resource, "*", "**")
			}
		}
		for k := range s.Condition {
			if c := &s.Condition[k]; c.Operator == "StringEquals" && r.IntN(2) == 0 {
				c.Operator = "StringLike"
			}
		}
	}
	return &out
}

// enumerated writes the wildcards in the names of actions out.
func enumerated(list []string) []string {
	var out []string
	for _, a := range list {
		service, name, _ := policy.SplitAction(a)
		s, ok := reference.Embedded().Service(policy.Fold(service))
		if !ok || name == "*" || !strings.Contains(name, "*") {
			out = append(out, a)
			continue
		}
		for _, known := range s.Expand(name) {
			out = append(out, service+":"+known.Name)
		}
	}
	return out
}

// complement returns patterns of all actions of today but those that a list matches.
func complement(list []string) []string {
	var out []string
	for _, service := range reference.Embedded().Services() {
		s, _ := reference.Embedded().Service(service)
		var rest []string
		for _, a := range s.Actions {
			name := service + ":" + a.Name
			if !slices.ContainsFunc(list, func(pattern string) bool { return policy.MatchFold(pattern, name) }) {
				rest = append(rest, name)
			}
		}
		if len(rest) == len(s.Actions) {
			rest = []string{service + ":*"}
		}
		out = append(out, rest...)
	}
	return out
}

// lawChecks is how many hundred pairs the laws are held against.
func lawChecks() int {
	if os.Getenv("IAMCTL_LONG") != "" {
		return 30
	}
	return 1
}

// TestLaws: a judgement does not follow the spelling of either side.
func TestLaws(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	levels, kinds, undecided := map[severity.Level]int{}, map[string]int{}, 0
	for range lawChecks() {
		rapid.Check(t, func(t *rapid.T) {
			p := lawPermissions(t)
			q := changed(t, p)
			p2, q2 := reworded(t, p), reworded(t, q)
			first, second := c.Identity(p, q), c.Identity(p2, q2)
			if first.Verdict != second.Verdict || first.Verdict == verdict.Unknown {
				undecided++
				return
			}
			a, b := severity.Identity(c, p, q, first), severity.Identity(c, p2, q2, second)
			levels[a.Level]++
			kind, _, _ := strings.Cut(a.Kind, ":")
			kinds[kind]++
			if first.Verdict == verdict.Equal && first.Future != second.Future {
				return // actions in place of a pattern are the same today alone
			}
			if a.Level != b.Level || first.Verdict != verdict.Equal && plain(a.Kind) != plain(b.Kind) {
				t.Fatalf("%s: %s\nreworded %s: %s\n%s\n%s\nreworded\n%s\n%s", a.Level, a.Kind, b.Level, b.Kind, text(p), text(q), text(p2), text(q2))
			}
		})
	}
	t.Logf("%v %v, %d left out", levels, kinds, undecided)
}

// plain is a kind without what is about actions that AWS may add, the letter case of names,
// and which condition it names where different ones were removed from different actions: that
// of the request that proves it.
func plain(kind string) string {
	return removedFrom.ReplaceAllString(policy.Fold(strings.ReplaceAll(kind, "NotAction: ", "")), "condition removed from")
}

var removedFrom = regexp.MustCompile(`conditions? [^;]* removed from`)

func text(p *verdict.Permissions) string {
	var b strings.Builder
	for _, d := range p.Identity {
		b.WriteString(d.String() + "\n")
	}
	for _, d := range p.Boundary {
		b.WriteString("boundary " + d.String() + "\n")
	}
	return b.String()
}
