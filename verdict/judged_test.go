package verdict_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"iamctl/internal/raced"
	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// maker makes statements of which many together are hard to compare.
type maker struct{ *rand.Rand }

func (m maker) of(list ...string) string { return list[m.IntN(len(list))] }

func (m maker) word() string {
	return m.of("app", "data", "logs", "prod", "dev", "team", "a", "b", "x", "orders", "Get", "Put", "List", "Delete", "tag")
}

func (m maker) glob() string {
	text := ""
	for range 1 + m.IntN(3) {
		text += m.of("*", "?", "") + m.word()
	}
	return text + m.of("*", "")
}

func (m maker) action() string {
	service := m.of("s3", "ec2", "iam", "sqs", "sns", "dynamodb", "lambda", "kms", "logs", "ssm")
	return m.of(service+":"+m.of("Get", "Put", "List", "Delete", "Create", "Describe", "Tag", "Update")+"*", service+":*", "*",
		service+":"+m.glob(), m.of("iam", "s3", "*")+":*"+string(rune('a'+m.IntN(26)))+"*")
}

func (m maker) variable() string {
	return "${aws:" + m.of("username", "PrincipalTag/"+m.word(), "PrincipalAccount", "username, 'x'") + "}"
}

func (m maker) resource(variable string) string {
	return m.of("arn:aws:s3:::"+variable+m.glob(), "arn:aws:s3:::"+m.glob()+"/"+variable+m.glob(), "arn:aws:sqs:*:*:"+m.glob()+variable+m.glob(), "arn:*:"+m.glob()+":*:*:"+m.glob()+variable, "*")
}

func (m maker) condition(variable string) policy.Condition {
	c := policy.Condition{
		Operator: m.of("StringEquals", "StringLike", "StringNotLike", "StringNotEquals", "StringLikeIfExists", "ForAnyValue:StringLike"),
		Key:      m.of("aws:PrincipalTag/"+m.word(), "aws:RequestTag/"+m.word(), "aws:PrincipalArn", "aws:TagKeys", "s3:prefix", "aws:SourceIp", "aws:MultiFactorAuthPresent"),
		Values:   []string{variable + m.glob(), m.glob()},
	}
	switch c.Key {
	case "aws:SourceIp":
		c.Operator, c.Values = m.of("IpAddress", "NotIpAddress"), []string{fmt.Sprintf("10.%d.0.0/%d", m.IntN(4), 8+m.IntN(16))}
	case "aws:MultiFactorAuthPresent":
		c.Operator, c.Values = m.of("Bool", "BoolIfExists", "Null"), []string{m.of("true", "false")}
	}
	return c
}

// makers return the nth statement of a document, by what is hard about it.
var makers = map[string]func(m maker, n int) policy.Statement{
	"Denies on a key each": func(m maker, n int) policy.Statement {
		c := policy.Condition{Operator: m.of("StringEquals", "StringNotEquals", "StringLike"), Key: fmt.Sprintf("aws:PrincipalTag/k%d", n), Values: []string{m.glob()}}
		return policy.Statement{Effect: "Deny", Action: []string{"*"}, Resource: []string{"*"}, Condition: []policy.Condition{c}}
	},
	"Denies of all kinds": func(m maker, _ int) policy.Statement {
		return policy.Statement{Effect: "Deny", Action: []string{m.action()}, Resource: []string{m.resource("")}, Condition: []policy.Condition{m.condition("")}}
	},
	"Denies of actions": func(m maker, _ int) policy.Statement {
		return policy.Statement{Effect: "Deny", Action: []string{m.action(), m.action()}, Resource: []string{"*"}}
	},
	"variables in resources": func(m maker, _ int) policy.Statement {
		return policy.Statement{Effect: "Allow", Action: []string{m.of("*", "s3:*", m.action())}, Resource: []string{m.resource(m.variable())}}
	},
	"variables everywhere": func(m maker, _ int) policy.Statement {
		return policy.Statement{Effect: m.of("Allow", "Allow", "Deny"), Action: []string{m.action()}, Resource: []string{m.resource(m.variable())}, Condition: []policy.Condition{m.condition(m.variable())}}
	},
	"variables here and there": func(m maker, _ int) policy.Statement {
		return policy.Statement{
			Effect: m.of("Allow", "Allow", "Deny"), Action: []string{m.action(), m.action()}, Resource: []string{m.resource(m.of("", m.variable())), m.resource("")},
			Condition: []policy.Condition{m.condition(m.of("", m.variable())), m.condition("")}[:2*m.IntN(2)],
		}
	},
	"everything but": func(m maker, _ int) policy.Statement {
		return policy.Statement{Effect: m.of("Allow", "Allow", "Deny"), NotAction: []string{m.action(), m.action(), m.action()}, NotResource: []string{m.resource(""), m.resource("")}}
	},
}

// full returns a document that is as long as AWS takes one, behind an Allow of
// everything if all is set.
func (m maker) full(make func(maker, int) policy.Statement, all bool) *policy.Document {
	d := &policy.Document{Version: "2012-10-17"}
	if all {
		d.Statements = append(d.Statements, policy.Statement{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}})
	}
	for n := 0; len(d.String()) < maxDocument-400; n++ {
		d.Statements = append(d.Statements, make(m, n))
	}
	return d
}

// TestExplosiveJudgements compares such documents with what becomes of them by a change,
// and judges that: it logs how long the slowest ones take.
func TestExplosiveJudgements(t *testing.T) {
	raced.Skip(t, "searches that end at their limit")
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	rounds := 1
	if os.Getenv("IAMCTL_LONG") != "" {
		rounds = 30
	}
	c := verdict.NewComparer(verdict.Options{})
	unpack(t, c)
	type judged struct {
		time time.Duration
		what string
	}
	var all []judged
	for _, kind := range slices.Sorted(maps.Keys(makers)) {
		for i := range rounds {
			m := maker{rand.New(rand.NewPCG(uint64(i), 8))}
			old, other := m.full(makers[kind], kind[0] == 'D'), m.full(makers[kind], kind[0] == 'D')
			k := 1 + m.IntN(len(old.Statements)-1)
			without, with := *old, *old
			without.Statements = slices.Delete(slices.Clone(old.Statements), k, k+1)
			with.Statements = append(slices.Clone(old.Statements[:k]), other.Statements[1:2]...)
			with.Statements = append(with.Statements, old.Statements[k+1:]...)
			for what, new := range map[string]*policy.Document{"one less": &without, "one changed": &with, "others": other} {
				begun := processorTime()
				r := c.Identity(permissions(old), permissions(new))
				j := severity.Identity(c, permissions(old), permissions(new), r)
				took := processorTime() - begun
				checkResult(t, r)
				all = append(all, judged{took, fmt.Sprintf("%s %d, %s: %s (%s), %s %s", kind, i, what, r.Verdict, r.Reason, j.Level, j.Kind)})
			}
		}
	}
	slices.SortFunc(all, func(a, b judged) int { return int(b.time - a.time) })
	for _, j := range all[:10] {
		t.Log(j.time, j.what)
	}
	t.Logf("%d of %d take more than 100 ms", slices.IndexFunc(append(all, judged{}), func(j judged) bool { return j.time <= 100*time.Millisecond }), len(all))
}
