package verdict_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"iamctl/internal/raced"
	"iamctl/policy"
	"iamctl/verdict"
)

// maxDocument is the most characters of a managed policy.
const maxDocument = 6144

// explosive returns a document that is as long as AWS takes one, made of
// statements with as many combinations as may be.
func explosive(r *rand.Rand, kind int) *policy.Document {
	d := &policy.Document{Version: "2012-10-17"}
	glob := func() string {
		var b strings.Builder
		for range 1 + r.IntN(3) {
			b.WriteString("*" + string(rune('a'+r.IntN(26))))
		}
		return b.String() + "*"
	}
	for len(d.String()) < maxDocument-300 {
		s := policy.Statement{Effect: []string{"Allow", "Deny"}[r.IntN(2)], Action: []string{"s3:" + glob()}, Resource: []string{"*"}}
		switch kind % 5 {
		case 0:
			s.Action = []string{"s3:" + glob(), "*:" + glob(), "s*:" + glob()}
		case 1:
			s.Resource = []string{"arn:aws:s3:::" + glob(), "arn:*:" + glob() + ":*:" + glob() + ":" + glob()}
		case 2:
			s.Condition = []policy.Condition{{Operator: "StringLike", Key: "aws:PrincipalTag/t", Values: []string{glob(), glob()}}}
		case 3:
			for k := range 3 {
				s.Condition = append(s.Condition, policy.Condition{
					Operator: []string{"StringEquals", "ForAnyValue:StringLike", "ForAllValues:StringLike"}[k],
					Key:      fmt.Sprint("aws:PrincipalTag/", r.IntN(12)), Values: []string{glob(), "a", string(rune('a' + r.IntN(26)))},
				})
			}
		default:
			s.NotAction, s.Action = []string{"s3:" + glob(), "ec2:" + glob()}, nil
			s.NotResource, s.Resource = []string{"arn:aws:s3:::" + glob() + "${aws:username}"}, nil
			s.Condition = []policy.Condition{{Operator: "StringLike", Key: "k", Values: []string{"${aws:PrincipalTag/" + glob() + "}"}}}
		}
		d.Statements = append(d.Statements, s)
	}
	return d
}

// unpack makes the comparer look at all actions, which unpacks the reference.
func unpack(t *testing.T, c *verdict.Comparer) {
	t.Helper()
	begun := processorTime()
	d := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: "Allow", Action: []string{"*:*a*z*"}, Resource: []string{"*"}}}}
	c.Identity(&verdict.Permissions{}, permissions(d))
	t.Logf("the reference is unpacked, and asked for all actions, in %v", processorTime()-begun)
}

// TestExplosivePolicies ends within a number of steps, which is what bounds time.
func TestExplosivePolicies(t *testing.T) {
	raced.Skip(t, "searches that end at their limit")
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	c := verdict.NewComparer(verdict.Options{})
	unpack(t, c)
	for i := range 20 {
		r := rand.New(rand.NewPCG(uint64(i), 7))
		old, new := explosive(r, i), explosive(r, i)
		begun := processorTime()
		result := c.Identity(permissions(old), permissions(new))
		t.Logf("%d: %s (%s) in %v", i, result.Verdict, result.Reason, processorTime()-begun)
		checkResult(t, result)
	}
}

// TestRequestsTakeSteps ends a search that makes many requests of many keys: these are
// what takes its time.
func TestRequestsTakeSteps(t *testing.T) {
	d := &policy.Document{Version: "2012-10-17"}
	for i := range 50 {
		d.Statements = append(d.Statements, policy.Statement{
			Effect: "Allow", Action: []string{"*"}, Resource: []string{fmt.Sprintf("arn:aws:s3:::${aws:PrincipalTag/a%d}*${aws:PrincipalTag/b%d}*", i, i)},
		})
	}
	less := &policy.Document{Version: d.Version, Statements: d.Statements[:49]}
	r := verdict.Identity(permissions(d), permissions(less), verdict.Options{Steps: 200_000})
	checkResult(t, r)
	if r.Verdict != verdict.Unknown || !strings.Contains(r.Reason, "too many") {
		t.Errorf("%s (%s)", r.Verdict, r.Reason)
	}
}
