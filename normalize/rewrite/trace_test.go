package rewrite_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/equivalency"
	"iamctl/normalize/rewrite"
)

// ignoreRules leaves out the rules of a trace.
var ignoreRules = cmpopts.IgnoreFields(rewrite.Trace{}, "Rules")

func TestTrace(t *testing.T) {
	r := rewriterOf(t, `{"accountname": ["dev", "qa", "prod", "stage"]}`)
	for _, tt := range []struct {
		reason string
		field  rewrite.Field
		text   string
		want   *rewrite.Trace
	}{
		{"nothing to say", equivalency.ARN, "x-qa", nil},
		{"its own value", equivalency.ARN, "dev-dev", &rewrite.Trace{Inserted: []string{"accountname"}}},
		{"a placeholder as it is", equivalency.ARN, "accountname", &rewrite.Trace{Literal: []string{"accountname"}}},
		{
			"a placeholder as it is, beside one that was put in", equivalency.ARN, "dev/accountname",
			&rewrite.Trace{Inserted: []string{"accountname"}, Literal: []string{"accountname"}},
		},
		{
			"values without owner, in an entry in which the account has its own", equivalency.ARN, "prod-stage-prod",
			&rewrite.Trace{Inserted: []string{"accountname"}, Ambiguous: []string{"prod", "stage"}, ThirdParty: []string{"prod", "stage"}},
		},
		{
			"values of one list that became one", equivalency.Condition, `{"S":{"k":["dev","prod"]}}`,
			&rewrite.Trace{Inserted: []string{"accountname"}, Ambiguous: []string{"prod"}, ThirdParty: []string{"prod"}, Merged: true},
		},
		{
			"values of two lists did not", equivalency.Condition, `{"S":{"j":["dev"],"k":["prod"]}}`,
			&rewrite.Trace{Inserted: []string{"accountname"}, Ambiguous: []string{"prod"}, ThirdParty: []string{"prod"}},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			after, got := r.Trace(tt.field, tt.text)
			if diff := cmp.Diff(tt.want, got, ignoreRules); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			tracer := rewrite.NewTracer(r)
			again, traced := tracer.Rewrite(tt.field, tt.text)
			if diff := cmp.Diff(got, traced); diff != "" || again != after {
				t.Errorf("the tracer makes %q of it, with (-trace +traced):\n%s", again, diff)
			}
			if n := len(slices.Collect(tracer.Traces())); n > 1 || (n == 0) != (got == nil) {
				t.Errorf("%d traces", n)
			}
		})
	}
}

func TestTracerMakesOneTraceForEqualOnes(t *testing.T) {
	tracer := rewrite.NewTracer(rewriterOf(t, `{"accountname": ["dev", "qa", "prod"]}`))
	trace := func(field rewrite.Field, text string) *rewrite.Trace {
		_, trace := tracer.Rewrite(field, text)
		return trace
	}
	first := trace(equivalency.ARN, "x-dev")
	if got := trace(equivalency.RoleName, "dev/dev"); got != first {
		t.Errorf("another trace for the same rules: %+v", got)
	}
	for _, tt := range []struct {
		reason string
		field  rewrite.Field
		text   string
	}{
		{"other rules", equivalency.ARN, "x-prod"},
		{"more rules", equivalency.ARN, "dev-prod"},
		{"a placeholder besides", equivalency.ARN, "dev-accountname"},
		{"a placeholder alone", equivalency.ARN, "accountname"},
		{"merged", equivalency.Condition, `{"S":{"k":["dev","prod"]}}`},
	} {
		if trace(tt.field, tt.text) == first {
			t.Errorf("%s: the same trace", tt.reason)
		}
	}
	if n := len(slices.Collect(tracer.Traces())); n != 6 {
		t.Errorf("%d traces", n)
	}
}

func TestJoinedTraces(t *testing.T) {
	one := &rewrite.Trace{
		Inserted: []string{"P"}, Literal: []string{"Q"}, Ambiguous: []string{"v"}, ThirdParty: []string{"w"},
		Rules: []*equivalency.Rule{{Value: "v"}},
	}
	other := &rewrite.Trace{
		Inserted: []string{"R"}, Literal: []string{"S"}, Ambiguous: []string{"x"}, ThirdParty: []string{"y"}, Merged: true,
		Rules: []*equivalency.Rule{{Value: "x"}},
	}
	if got := one.Join(nil); got != one {
		t.Errorf("joined with nothing: %+v", got)
	}
	if got := (*rewrite.Trace)(nil).Join(one); got != one {
		t.Errorf("nothing joined with it: %+v", got)
	}
	want := &rewrite.Trace{
		Inserted: []string{"P", "R"}, Literal: []string{"Q", "S"}, Ambiguous: []string{"v", "x"}, ThirdParty: []string{"w", "y"}, Merged: true,
		Rules: []*equivalency.Rule{{Value: "v"}, {Value: "x"}},
	}
	if diff := cmp.Diff(want, one.Join(other)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := other.Join(one); !got.Merged {
		t.Error("merged is lost if it comes first")
	}
}

// What one trace has, the summary keeps, whatever comes later.
func TestSummary(t *testing.T) {
	var s rewrite.Summary
	s.Add(nil)
	s.Add(&rewrite.Trace{Inserted: []string{"P"}, Literal: []string{"Q"}, Ambiguous: []string{"v"}, ThirdParty: []string{"v"}, Merged: true})
	s.Add(&rewrite.Trace{Inserted: []string{"P", "R"}, Literal: []string{"S", "Q"}, Ambiguous: []string{"v", "w"}})
	s.Add(nil)
	want := rewrite.Summary{
		Inserted: []string{"P", "R"}, Literal: []string{"Q", "S"}, Ambiguous: []string{"v", "w"}, ThirdParty: true, Merged: true,
	}
	if diff := cmp.Diff(want, s, cmpopts.IgnoreUnexported(rewrite.Summary{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
