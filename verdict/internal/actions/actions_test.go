package actions_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/reference"
	"iamctl/verdict/internal/actions"
)

var table = actions.NewTable(reference.Embedded())

// drawPattern draws an action of a policy, about few services.
func drawPattern(t *rapid.T, label string) string {
	service := rapid.SampledFrom([]string{"sqs", "SNS", "s?s", "s*", "nosuch", "no*", "*"}).Draw(t, label+" service")
	name := rapid.SampledFrom([]string{
		"SendMessage", "sendmessage", "Send*", "*", "*Message", "*Message*", "?e*", "Publish", "p*", "NoSuch", "NoSuch*", "*such", "List*s", "*a*e",
	}).Draw(t, label+" name")
	return rapid.SampledFrom([]string{service + ":" + name, service + ":" + name, service + ":" + name, "*"}).Draw(t, label)
}

// statement is the patterns of a statement.
type statement struct {
	texts []string
	not   bool
}

// applies asks the evaluator.
func (s statement) applies(action string) bool {
	d := policy.Statement{Effect: "Allow", Action: s.texts, Resource: []string{"*"}}
	if s.not {
		d.Action, d.NotAction = nil, s.texts
	}
	p := eval.Permissions{Identity: []*policy.Document{{Version: "2012-10-17", Statements: []policy.Statement{d}}}}
	return p.Decide(&eval.Request{Action: action, Resource: "*"}).Outcome == eval.Allowed
}

// universe is some statements, with their actions.
type universe struct {
	*actions.Universe
	statements []statement
	ranges     [][]actions.Range
}

func drawUniverse(t *rapid.T) universe {
	var out universe
	var mentions [][]actions.Mention
	var all []actions.Mention
	var texts []string
	budget := 1 << 30
	for i := range rapid.IntRange(1, 4).Draw(t, "statements") {
		s := statement{not: rapid.IntRange(0, 3).Draw(t, "not") == 0}
		var list []actions.Mention
		for range rapid.IntRange(1, 3).Draw(t, "patterns") {
			text := drawPattern(t, "pattern")
			s.texts = append(s.texts, text)
			list = append(list, actions.Mention{Pattern: table.Pattern(text, &budget), Holder: i})
		}
		texts = append(texts, s.texts...)
		if s.not {
			texts = append(texts, "*")
		}
		out.statements, mentions, all = append(out.statements, s), append(mentions, list), append(all, list...)
	}
	var err error
	if out.Universe, err = table.NewUniverse(all, actions.NewQuestion(texts), &budget); err != nil {
		t.Fatal(err)
	}
	for i, list := range mentions {
		out.ranges = append(out.ranges, out.Ranges(list, out.statements[i].not))
	}
	return out
}

// names returns the actions of ranges, of a few services.
func (u *universe) names(ranges []actions.Range) map[string]actions.Action {
	out := map[string]actions.Action{}
	u.Each(ranges, func(a actions.Action) bool {
		if strings.HasPrefix(a.Prefix, "s") && len(a.Prefix) == 3 || a.Known == nil {
			out[a.Name()] = a
		}
		return true
	})
	return out
}

// TestRangesAreWhatTheEvaluatorMatches holds the actions of each statement against
// the evaluator.
func TestRangesAreWhatTheEvaluatorMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := drawUniverse(t)
		all := u.names(actions.Everything())
		for i, s := range u.statements {
			have := u.names(u.ranges[i])
			for name := range all {
				if _, got := have[name]; got != s.applies(name) {
					t.Fatalf("%v, not %v, is about %s: %v", s.texts, s.not, name, got)
				}
			}
		}
	})
}

// TestFutureActionsHaveSymbols draws names that AWS may add: the same statements apply
// to one that is in the universe.
func TestFutureActionsHaveSymbols(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := drawUniverse(t)
		have := map[string]bool{}
		for name := range u.names(actions.Everything()) {
			have[u.signature(name)] = true
		}
		for range 20 {
			name := rapid.SampledFrom([]string{"sqs", "sns", "sxs", "nosuch", "nox", "new", "s3"}).Draw(t, "service") + ":" +
				rapid.StringMatching(`(send|message|publish|nosuch|list|e|a|s|x){1,3}`).Draw(t, "name")
			// What no statement that is in question matches on its own need not be there.
			if key := u.signature(name); strings.Contains(key, "true") && !have[key] {
				t.Fatalf("no action for %s, to which %v apply: %v", name, u.statements, key)
			}
		}
	})
}

// signature is which statements apply.
func (u *universe) signature(name string) string {
	var b strings.Builder
	for _, s := range u.statements {
		fmt.Fprint(&b, s.applies(name), " ")
	}
	return b.String()
}

// TestWhatIsNotInQuestion: a pattern that a question is not about has no action of it.
func TestWhatIsNotInQuestion(t *testing.T) {
	out := 0
	rapid.Check(t, func(t *rapid.T) {
		var texts []string
		for range rapid.IntRange(1, 3).Draw(t, "patterns") {
			texts = append(texts, drawPattern(t, "asked"))
		}
		pattern := drawPattern(t, "pattern")
		if actions.NewQuestion(texts).About(pattern) {
			return
		}
		out++
		asked, other := statement{texts: texts}, statement{texts: []string{pattern}}
		for _, prefix := range reference.Embedded().Services() {
			if len(prefix) != 3 || prefix[0] != 's' {
				continue
			}
			service, _ := reference.Embedded().Service(prefix)
			for _, a := range service.Actions {
				if name := prefix + ":" + a.Name; asked.applies(name) && other.applies(name) {
					t.Fatalf("%v is not about %s, but both are about %s", texts, pattern, name)
				}
			}
		}
		for _, name := range []string{"sqs:NoSuch", "nosuch:NoSuch", "nosuch:x", "sns:NoSuchMessage", "sas:SendMessage"} {
			if asked.applies(name) && other.applies(name) {
				t.Fatalf("%v is not about %s, but both are about %s", texts, pattern, name)
			}
		}
	})
	if out == 0 {
		t.Error("every question is about everything")
	}
}

// TestDiffering holds the groups against every position.
func TestDiffering(t *testing.T) {
	const positions, slots = 12, 3
	rapid.Check(t, func(t *rapid.T) {
		var spans []actions.Span
		for range rapid.IntRange(0, 6).Draw(t, "spans") {
			from := rapid.IntRange(0, positions-1).Draw(t, "from")
			spans = append(spans, actions.Span{
				Slot: rapid.IntRange(0, slots-1).Draw(t, "slot"), Side: rapid.IntRange(0, 1).Draw(t, "side"),
				Ranges: []actions.Range{{From: actions.Position(from), To: actions.Position(rapid.IntRange(from+1, positions).Draw(t, "to"))}},
			})
		}
		groups := actions.Differing(spans, slots)
		for at := range actions.Position(positions) {
			var want [2][slots]bool
			for _, s := range spans {
				if in(s.Ranges, at) {
					want[s.Side][s.Slot] = true
				}
			}
			n := slices.IndexFunc(groups, func(g actions.Group) bool { return in(g.Ranges, at) })
			if (n >= 0) != (want[0] != want[1]) {
				t.Fatalf("position %d, where %v hold, is in group %d", at, want, n)
			}
			for i := range slots {
				if n >= 0 && (groups[n].Slots[0].Has(i) != want[0][i] || groups[n].Slots[1].Has(i) != want[1][i]) {
					t.Fatalf("position %d has slots %v, want %v", at, groups[n].Slots, want)
				}
			}
		}
	})
}

func in(ranges []actions.Range, at actions.Position) bool {
	return slices.ContainsFunc(ranges, func(r actions.Range) bool { return r.From <= at && at < r.To })
}

// TestPatternsCost: what a pattern takes is taken each time, also if it is known; one
// that was given up is not kept.
func TestPatternsCost(t *testing.T) {
	fresh := actions.NewTable(reference.Embedded())
	const text = "*:*a*e"
	small := 10
	fresh.Pattern(text, &small)
	if small >= 0 {
		t.Errorf("%d steps are left of 10", small)
	}
	var left [2]int
	for i := range left {
		budget := 1 << 30
		fresh.Pattern(text, &budget)
		left[i] = budget
	}
	if left[0] != left[1] || left[0] > 1<<30-1000 {
		t.Errorf("of %d steps first %d and then %d are left", 1<<30, left[0], left[1])
	}
}
