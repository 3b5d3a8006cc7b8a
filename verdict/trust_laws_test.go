package verdict_test

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
	"iamctl/policy/policytest"
	"iamctl/verdict"
)

// TestTrustLaws holds the verdicts on generated trust policies against what they
// must be, and against requests of the evaluator.
func TestTrustLaws(t *testing.T) {
	n := tally{}
	law(t, func(t *rapid.T) {
		p := policytest.Trust().Draw(t, "old")
		q, want := policytest.Trust().Draw(t, "new"), ""
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			q, want = policytest.Permuted(p).Draw(t, "permuted"), "EQUAL"
		case 1:
			more := *p
			more.Statements = append(more.Statements[:len(more.Statements):len(more.Statements)], q.Statements[0])
			more.Statements[len(more.Statements)-1].Effect = "Allow"
			q, want = &more, "EQUAL or MORE"
		}
		r := lawComparer.Trust(p, q)
		n[r.Verdict]++
		switch {
		case r.Verdict == verdict.Unknown && want != "EQUAL":
		case want == "EQUAL" && r.Verdict != verdict.Equal, want == "EQUAL or MORE" && r.Verdict != verdict.Equal && r.Verdict != verdict.More:
			t.Fatalf("%s (%s), want %s:\n%s\n%s", r.Verdict, r.Reason, want, p, q)
		}
		if back := lawComparer.Trust(q, p); back.Verdict != flipped(r.Verdict) {
			t.Fatalf("%s, and swapped %s:\n%s\n%s", r.Verdict, back.Verdict, p, q)
		}
		holdTrustAgainstRequests(t, p, q, r)
	})
	n.log(t, false)
}

func holdTrustAgainstRequests(t *rapid.T, p, q *policy.Document, r *verdict.Result) {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	for range 60 {
		request := evaltest.Request(random, p, q)
		if !assumes(request.Action) {
			continue
		}
		old, new := eval.Trust(p, request).Outcome, eval.Trust(q, request).Outcome
		refused := func(o eval.Outcome) bool { return o == eval.NotAllowed || o == eval.Denied }
		gained, lost := new == eval.Allowed && refused(old), old == eval.Allowed && refused(new)
		if gained && (r.Verdict == verdict.Equal || r.Verdict == verdict.Less) || lost && (r.Verdict == verdict.Equal || r.Verdict == verdict.More) {
			t.Fatalf("%s, but %+v is %s by old, %s by new:\n%s\n%s", r.Verdict, *request, old, new, p, q)
		}
	}
}

// assumes reports whether a trust policy is asked about the action.
func assumes(action string) bool {
	switch policy.Fold(action) {
	case "sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:tagsession", "sts:setsourceidentity":
		return true
	}
	return false
}
