package smt_test

import (
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/verdict/internal/smt"
)

var universe = smt.NewUniverse([]string{
	"s3:GetObject", "s3:PutObject", "s3:ListAllMyBuckets", "sqs:SendMessage", "sts:AssumeRole", "sts:TagSession", "sts:GetCallerIdentity",
})

func parse(t testing.TB, statements string) *policy.Document {
	t.Helper()
	d, _, err := policy.Parse(`{"Version":"2012-10-17","Statement":[` + statements + `]}`)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// questions are pairs with what new allows and old does not.
var questions = []struct {
	reason, old, new string
	trust            bool
	today, future    string
}{
	{"the same", get(`"*"`), get(`"*"`), false, "unsat", "unsat"},
	{"an object less", get(`"arn:aws:s3:::a/*"`), get(`"arn:aws:s3:::a/b"`), false, "unsat", "unsat"},
	{"an object more", get(`"arn:aws:s3:::a/b"`), get(`"arn:aws:s3:::a/*"`), false, "sat", "sat"},
	{"all of today's actions", allow(`["s3:GetObject","s3:PutObject","s3:ListAllMyBuckets"]`), allow(`"s3:*"`), false, "unsat", "sat"},
	{"a star keeps to its segment", get(`"arn:aws:s3:::*"`), get(`"arn:aws:s3:*:*"`), false, "sat", "sat"},
	{"one that ends the pattern does not", get(`"arn:aws:s3*"`), get(`"arn:aws:s3:::a"`), false, "unsat", "unsat"},
	{"a condition says that the key is there", when(`"StringEquals":{"k":"a"}`), when(`"StringEquals":{"k":"a"},"Null":{"k":"false"}`), false, "unsat", "unsat"},
	{"letter case of a key, not of a value", when(`"StringEquals":{"k":"a"}`), when(`"StringEquals":{"K":"A"}`), false, "sat", "sat"},
	{"letter case that does not count", when(`"StringEqualsIgnoreCase":{"k":"a"}`), when(`"StringEquals":{"k":["a","A"]}`), false, "unsat", "unsat"},
	{"a negated operator and an absent key", when(`"StringNotEquals":{"k":"a"},"Null":{"k":"false"}`), when(`"StringNotEquals":{"k":"a"}`), false, "sat", "sat"},
	{"IfExists and an absent key", when(`"StringEquals":{"k":"a"}`), when(`"StringEqualsIfExists":{"k":"a"}`), false, "sat", "sat"},
	{"a value of a set", when(`"ForAnyValue:StringEquals":{"k":["a","b"]}`), when(`"ForAllValues:StringEquals":{"k":"a"},"Null":{"k":"false"}`), false, "unsat", "unsat"},
	{"all of a set, which may be empty", when(`"ForAllValues:StringEquals":{"k":"a"},"Null":{"k":"false"}`), when(`"ForAllValues:StringEquals":{"k":"a"}`), false, "sat", "sat"},
	{"two of a set", when(`"ForAllValues:StringLike":{"k":["a*","b*"]}`), when(`"ForAnyValue:StringLike":{"k":"a*"},"ForAllValues:StringLike":{"k":["a*","c*"]}`), false, "sat", "sat"},
	{"half a block of addresses", when(`"IpAddress":{"k":["10.0.0.0/9","10.128.0.0/9"]}`), when(`"IpAddress":{"k":"10.0.0.0/8"}`), false, "unsat", "unsat"},
	{"addresses of the other kind", when(`"IpAddress":{"k":"0.0.0.0/0"}`), when(`"NotIpAddress":{"k":"10.0.0.0/8"},"Null":{"k":"false"}`), false, "sat", "sat"},
	{"numbers between two", when(`"NumericLessThan":{"k":"2"}`), when(`"NumericLessThanEquals":{"k":"1.50"}`), false, "unsat", "unsat"},
	{"the same time", when(`"DateLessThan":{"k":"2026-01-01T00:00:00Z"}`), when(`"DateLessThan":{"k":"1767225600"}`), false, "unsat", "unsat"},
	{"a segment of an ARN", when(`"ArnLike":{"k":"arn:aws:s3:::*"}`), when(`"ArnLike":{"k":"arn:aws:*:::*"}`), false, "sat", "sat"},
	{"a variable", get(`"arn:aws:s3:::a/${aws:PrincipalTag/t}/*"`), get(`"arn:aws:s3:::a/*"`), false, "sat", "sat"},
	{"a variable that is known", get(`"arn:aws:s3:::a/x/*"`), allow(`"s3:GetObject","Resource":"arn:aws:s3:::a/${t}/*","Condition":{"StringEquals":{"t":"x"}}`), false, "unsat", "unsat"},
	{"a default of a variable", get(`"arn:aws:s3:::a/none"`), allow(`"s3:GetObject","Resource":"arn:aws:s3:::a/${t, 'none'}","Condition":{"Null":{"t":"true"}}`), false, "unsat", "unsat"},
	{"a literal star", get(`"arn:aws:s3:::a/*"`), get(`"arn:aws:s3:::a/${*}"`), false, "unsat", "unsat"},
	{"what AWS does not say proves nothing", when(`"NumericEquals":{"k":"x"}`), when(`"NumericEquals":{"k":"y"}`), false, "unsat", "unsat"},
	{"an account and its root", assume(`{"AWS":"111111111111"}`), assume(`{"AWS":"arn:aws:iam::111111111111:root"}`), true, "unsat", "unsat"},
	{"a role of an account", assume(`{"AWS":"arn:aws:iam::111111111111:role/a"}`), assume(`{"AWS":"111111111111"}`), true, "sat", "sat"},
	{"a session has its role's ARN", assume(`{"AWS":"arn:aws:sts::111111111111:assumed-role/a/s"}`, `"ArnLike":{"aws:PrincipalArn":"*"}`), assume(`{"AWS":"arn:aws:sts::111111111111:assumed-role/a/s"}`, `"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"}`), true, "unsat", "unsat"},
	{"an action that no trust policy is about", assume(`"*"`), assume(`"*"`) + `,{"Effect":"Allow","Principal":"*","Action":"sts:GetCallerIdentity"}`, true, "unsat", "unsat"},
}

func allow(rest string) string {
	if !strings.Contains(rest, `"Resource"`) {
		rest += `,"Resource":"*"`
	}
	return `{"Effect":"Allow","Action":` + rest + `}`
}

func get(resource string) string { return allow(`"s3:GetObject","Resource":` + resource) }

func when(conditions string) string { return allow(`"s3:GetObject","Condition":{` + conditions + `}`) }

func assume(principal string, conditions ...string) string {
	return `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":` + principal + `,"Condition":{` + strings.Join(conditions, ",") + `}}`
}

func text(trust bool, old, new *policy.Document, asked smt.Asked) (string, error) {
	if trust {
		return universe.Trust(old, new, asked)
	}
	sides := [2]smt.Permissions{{Identity: []*policy.Document{old}}, {Identity: []*policy.Document{new}}}
	return universe.Identity(sides[0], sides[1], asked)
}

// TestSolvers asks cvc5 and z3 questions whose answers are known.
func TestSolvers(t *testing.T) {
	for name, args := range map[string][]string{"cvc5": {"--lang=smt2", "--strings-exp", "-q"}, "z3": {"-in", "-smt2", "-T:5"}} {
		if _, err := exec.LookPath(name); err != nil {
			t.Logf("left out: %s is not installed (Debian has a package of that name)", name)
			continue
		}
		for _, q := range questions {
			for future, want := range map[bool]string{false: q.today, true: q.future} {
				if future && q.today == q.future {
					continue
				}
				question, err := text(q.trust, parse(t, q.old), parse(t, q.new), smt.Asked{New: true, Future: future})
				if err != nil {
					t.Fatalf("%s: %v", q.reason, err)
				}
				cmd := exec.Command(name, args...)
				cmd.Stdin = strings.NewReader(question)
				out, _ := cmd.CombinedOutput()
				got := strings.TrimSpace(string(out))
				if got != want && (name == "cvc5" || got != "unknown" && got != "timeout") {
					t.Errorf("%s, future %v: %s says %s, want %s\n%s", q.reason, future, name, got, want, question)
				}
			}
		}
	}
}

// TestTexts writes generated pairs: the text is whole, the same each time, and has
// no name that was not declared before.
func TestTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trust := rapid.Bool().Draw(t, "trust")
		documents := policytest.Meeting()
		if trust {
			documents = policytest.MeetingTrust()
		}
		old, new := documents.Draw(t, "old"), documents.Draw(t, "new")
		asked := smt.Asked{New: rapid.Bool().Draw(t, "new side"), Future: rapid.Bool().Draw(t, "future"), Open: rapid.Bool().Draw(t, "open")}
		question, err := text(trust, old, new, asked)
		if err != nil {
			if _, skipped := smt.IsSkipped(err); !skipped {
				t.Fatal(err)
			}
			return
		}
		depth, quoted := 0, false
		for _, c := range question {
			switch {
			case c == '"':
				quoted = !quoted
			case c == '(' && !quoted:
				depth++
			case c == ')' && !quoted:
				depth--
			}
		}
		if depth != 0 || quoted || !strings.HasSuffix(question, "(check-sat)\n") {
			t.Fatalf("not whole:\n%s", question)
		}
		if again, _ := text(trust, old, new, asked); again != question {
			t.Fatalf("first\n%s\nthen\n%s", question, again)
		}
	})
}

// TestSkipped holds what is not written, and why.
func TestSkipped(t *testing.T) {
	for _, q := range []struct{ statement, want string }{
		{when(`"StringEquals":{"k":"1"},"NumericEquals":{"k":"1"}`), "a key that is compared as text and as number"},
		{get(`"arn:aws:${x}:::a"`), "a variable before the fifth colon of a resource"},
		{when(`"Bool":{"k":"${x}"}`), "a variable in Bool"},
	} {
		d := parse(t, q.statement)
		_, err := text(false, d, d, smt.Asked{})
		if why, ok := smt.IsSkipped(err); !ok || why != q.want {
			t.Errorf("%s: %v, want %s", q.statement, err, q.want)
		}
	}
}
