package verdict_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
	"iamctl/policy/policytest"
	"iamctl/verdict"
)

// The universe of the laws: few words, so that documents meet.
var (
	lawActions   = []string{"s3:GetObject", "s3:PutObject", "s3:Get*", "S3:*", "*", "s?s:SendMessage", "*:Get*"}
	lawResources = []string{
		"*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/b", "arn:aws:s3:::*", "arn:aws:s3:::?/b", "arn:aws:s3:::${aws:PrincipalTag/team}/*",
		"arn:aws:sqs:*:111111111111:q", "arn:aws:sqs:*",
	}
	// lawKeys are for each kind of operator a key and its values.
	lawKeys = map[policy.OperatorKind]struct {
		key    string
		values []string
	}{
		policy.StringOperator:           {"aws:PrincipalTag/team", []string{"a", "b", "${aws:PrincipalTag/other}"}},
		policy.StringIgnoreCaseOperator: {"aws:principaltag/TEAM", []string{"A", "b"}},
		policy.StringLikeOperator:       {"aws:PrincipalTag/team", []string{"a*", "*b", "?", "${*}"}},
		policy.ARNOperator:              {"aws:SourceArn", []string{"arn:aws:s3:::*", "arn:aws:s3:::a", "arn:aws:*:*:111111111111:*", "*"}},
		policy.NumericOperator:          {"s3:max-keys", []string{"1", "10", "10.5", "-1"}},
		policy.DateOperator:             {"aws:CurrentTime", []string{"2030-01-01T00:00:00Z", "2030-06-01", "1900000000"}},
		policy.BoolOperator:             {"aws:SecureTransport", []string{"true", "false"}},
		policy.BinaryOperator:           {"s3:binary", []string{"YWJj", "eHl6"}},
		policy.IPOperator:               {"aws:SourceIp", []string{"10.0.0.0/8", "10.1.0.0/16", "192.0.2.1", "2001:db8::/32"}},
		policy.NullOperator:             {"aws:PrincipalTag/team", []string{"true", "false"}},
	}
	setKey = "aws:TagKeys"
)

func some(t *rapid.T, from []string, most int, label string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, most, rapid.ID[string]).Draw(t, label)
}

func lawCondition(t *rapid.T) policy.Condition {
	name := rapid.SampledFrom(policy.Operators()).Draw(t, "operator")
	op, _ := policy.ParseOperator(name)
	k := lawKeys[op.Kind]
	c := policy.Condition{Operator: name, Key: k.key, Values: some(t, k.values, 2, "values")}
	if op.Kind == policy.NullOperator {
		c.Values = c.Values[:1]
		return c
	}
	switch rapid.IntRange(0, 7).Draw(t, "form") {
	case 0:
		c.Operator += "IfExists"
	case 1:
		c.Operator, c.Key = "ForAllValues:"+name, setKey+string(rune('a'+op.Kind))
	case 2:
		c.Operator, c.Key = "ForAnyValue:"+name, setKey+string(rune('a'+op.Kind))
	}
	return c
}

func lawStatement(t *rapid.T) policy.Statement {
	s := policy.Statement{Effect: rapid.SampledFrom([]string{"Allow", "Allow", "Deny"}).Draw(t, "effect")}
	actions, resources := some(t, lawActions, 2, "actions"), some(t, lawResources, 3, "resources")
	if rapid.IntRange(0, 7).Draw(t, "NotAction") == 0 {
		s.NotAction = actions
	} else {
		s.Action = actions
	}
	if rapid.IntRange(0, 7).Draw(t, "NotResource") == 0 {
		s.NotResource = resources
	} else {
		s.Resource = resources
	}
	seen := map[string]bool{}
	for range rapid.IntRange(0, 2).Draw(t, "conditions") {
		c := lawCondition(t)
		if id := policy.Fold(c.Operator + " " + c.Key); !seen[id] {
			seen[id] = true
			s.Condition = append(s.Condition, c)
		}
	}
	return s
}

func lawDocument(t *rapid.T) *policy.Document {
	d := &policy.Document{Version: "2012-10-17"}
	if rapid.IntRange(0, 7).Draw(t, "version") == 0 {
		d.Version = ""
	}
	for range rapid.IntRange(1, 3).Draw(t, "statements") {
		d.Statements = append(d.Statements, lawStatement(t))
	}
	return d
}

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
