package verdict_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "iamctl/internal/raced"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
	"iamctl/policy/policytest"
	"iamctl/verdict"
)

func lawStatement(t *rapid.T) policy.Statement {
	return policytest.MeetingStatement().Draw(t, "statement")
}

func lawDocument(t *rapid.T) *policy.Document { return policytest.Meeting().Draw(t, "document") }

func lawPermissions(t *rapid.T) *verdict.Permissions {
	p := permissions(lawDocument(t))
	if rapid.IntRange(0, 4).Draw(t, "boundary") == 0 {
		p.Boundary = []*policy.Document{lawDocument(t)}
	}
	return p
}

// with returns the permissions with a document more.
func with(p *verdict.Permissions, d *policy.Document) *verdict.Permissions {
	return &verdict.Permissions{Identity: append(slices.Clone(p.Identity), d), Boundary: p.Boundary}
}

// reworded returns permissions that mean the same.
func reworded(t *rapid.T, p *verdict.Permissions) *verdict.Permissions {
	q := &verdict.Permissions{Boundary: p.Boundary}
	for _, d := range p.Identity {
		d = policytest.Permuted(d).Draw(t, "permuted")
		if rapid.Bool().Draw(t, "split") {
			d = policytest.Split(d).Draw(t, "split")
		}
		q.Identity = append(q.Identity, d)
		if rapid.Bool().Draw(t, "twice") {
			q.Identity = append(q.Identity, d)
		}
	}
	return q
}

// tally counts verdicts. Rapid repeats failing draws, so it is for the log alone.
type tally map[verdict.Verdict]int

// log logs the counts and, of thousands, checks the shares.
func (n tally) log(t *testing.T, shares bool) {
	total := 0
	for _, v := range n {
		total += v
	}
	for _, v := range slices.Sorted(maps.Keys(n)) {
		t.Logf("%s: %d of %d", v, n[v], total)
	}
	if t.Failed() || !shares || total < 1000 {
		return
	}
	if n[verdict.Unknown]*50 > total {
		t.Errorf("%d of %d are unknown", n[verdict.Unknown], total)
	}
	for _, v := range []verdict.Verdict{verdict.Equal, verdict.More, verdict.Less, verdict.Different} {
		if n[v]*10 < total {
			t.Errorf("%s: %d of %d, want a tenth", v, n[v], total)
		}
	}
}

// lawChecks is how many hundred documents the laws are held against.
func lawChecks() int {
	if os.Getenv("IAMCTL_LONG") != "" {
		return 30
	}
	return 1
}

func law(t *testing.T, f func(t *rapid.T)) {
	for range lawChecks() {
		rapid.Check(t, f)
	}
}

var lawComparer = verdict.NewComparer(verdict.Options{})

func compare(t rapid.TB, n tally, old, new *verdict.Permissions) *verdict.Result {
	r := lawComparer.Identity(old, new)
	n[r.Verdict]++
	return r
}

// TestLaws holds the verdicts on generated permissions against what they must
// be, and against requests of the evaluator.
func TestLaws(t *testing.T) {
	n, reasons := tally{}, map[string]int{}
	law(t, func(t *rapid.T) {
		p := lawPermissions(t)
		var q *verdict.Permissions
		kind := rapid.IntRange(0, 9).Draw(t, "kind")
		extra := lawStatement(t)
		want := []verdict.Verdict{verdict.Equal, verdict.More, verdict.Less, verdict.Different}
		switch {
		case kind < 2:
			q, want = reworded(t, p), want[:1]
		case kind < 4:
			extra.Effect = "Allow"
			q, want = with(p, &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{extra}}), want[:2]
		case kind < 6:
			extra.Effect = "Deny"
			q, want = with(p, &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{extra}}), []verdict.Verdict{verdict.Equal, verdict.Less}
		case kind < 8:
			q = lawPermissions(t)
			q.Boundary = p.Boundary
		default:
			q = lawPermissions(t)
		}
		r := compare(t, n, p, q)
		if r.Verdict == verdict.Unknown {
			reasons[r.Reason]++
		} else if !slices.Contains(want, r.Verdict) {
			t.Fatalf("%s, want one of %v:\n%s", r.Verdict, want, shown(p, q, r))
		}
		if back := lawComparer.Identity(q, p); back.Verdict != flipped(r.Verdict) || back.Future != flipped(r.Future) {
			t.Fatalf("%s, and swapped %s:\n%s", r.Verdict, back.Verdict, shown(p, q, r))
		}
		if same := lawComparer.Identity(p, p); same.Verdict != verdict.Equal || same.Future != verdict.Equal {
			t.Fatalf("with itself %s:\n%s", same.Verdict, shown(p, p, same))
		}
		again := lawComparer.Identity(reworded(t, p), reworded(t, q))
		if again.Verdict != r.Verdict || again.Gained.Actions != r.Gained.Actions || again.Lost.Pairs != r.Lost.Pairs {
			t.Fatalf("%s, and reworded %s, amounts %v %v, %v %v:\n%s", r.Verdict, again.Verdict, r.Gained, again.Gained, r.Lost, again.Lost, shown(p, q, r))
		}
		holdAgainstRequests(t, p, q, r)
	})
	n.log(t, true)
	for _, why := range slices.Sorted(maps.Keys(reasons)) {
		t.Logf("%d unknown: %s", reasons[why], why)
	}
}

func shown(p, q *verdict.Permissions, r *verdict.Result) string {
	var b strings.Builder
	for i, side := range []*verdict.Permissions{p, q} {
		b.WriteString([]string{"old\n", "new\n"}[i])
		for _, d := range side.Identity {
			b.WriteString("  " + d.String() + "\n")
		}
		for _, d := range side.Boundary {
			b.WriteString("  boundary " + d.String() + "\n")
		}
	}
	b.WriteString(r.Reason)
	return b.String()
}

// holdAgainstRequests draws requests that the documents are about. None may
// contradict the verdict.
func holdAgainstRequests(t *rapid.T, p, q *verdict.Permissions, r *verdict.Result) {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	all := slices.Concat(p.Identity, q.Identity, p.Boundary, q.Boundary)
	for range 60 {
		request := evaltest.Request(random, all...)
		old, new := p.Decide(request), q.Decide(request)
		gained := new.Outcome == eval.Allowed && (old.Outcome == eval.NotAllowed || old.Outcome == eval.Denied)
		lost := old.Outcome == eval.Allowed && (new.Outcome == eval.NotAllowed || new.Outcome == eval.Denied)
		contradicted := gained && (r.Future == verdict.Equal || r.Future == verdict.Less) || lost && (r.Future == verdict.Equal || r.Future == verdict.More)
		if contradicted {
			t.Fatalf("%s, in future %s, but %+v is %s by old, %s by new:\n%s", r.Verdict, r.Future, *request, old.Outcome, new.Outcome, shown(p, q, r))
		}
	}
}

// TestChains composes verdicts: EQUAL and EQUAL is EQUAL, MORE and MORE is MORE.
func TestChains(t *testing.T) {
	n := tally{}
	law(t, func(t *rapid.T) {
		p := lawPermissions(t)
		step := func(p *verdict.Permissions) *verdict.Permissions {
			s := lawStatement(t)
			s.Effect = "Allow"
			return with(reworded(t, p), &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{s}})
		}
		q := step(p)
		r := step(q)
		first, second, both := compare(t, n, p, q), compare(t, n, q, r), compare(t, n, p, r)
		want := verdict.Equal
		for _, v := range []verdict.Verdict{first.Verdict, second.Verdict} {
			if v == verdict.More {
				want = v
			}
		}
		if first.Verdict != verdict.Unknown && second.Verdict != verdict.Unknown && both.Verdict != verdict.Unknown && both.Verdict != want {
			t.Fatalf("%s, then %s, together %s:\n%s\n%s", first.Verdict, second.Verdict, both.Verdict, shown(p, q, first), shown(q, r, second))
		}
	})
	n.log(t, false)
}
