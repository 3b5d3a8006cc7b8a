package eval_test

import (
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
	"iamctl/policy/policytest"

	"pgregory.net/rapid"
)

// checkLaw draws a document and requests about it. It calls the law with a
// function that answers such a request by any document in its place: a trust
// policy, or an identity policy with another one beside it.
func checkLaw(t *testing.T, law func(t *rapid.T, d *policy.Document, ask func(*policy.Document) eval.Decision)) {
	t.Helper()
	requests := 20
	if os.Getenv("IAMCTL_LONG") != "" {
		requests = 200
	}
	count := map[eval.Outcome]int{}
	rapid.Check(t, func(t *rapid.T) {
		trust := rapid.IntRange(0, 3).Draw(t, "trust") == 0
		documents := []*policy.Document{policytest.Identity().Draw(t, "first"), policytest.Identity().Draw(t, "second")}
		if trust {
			documents = []*policy.Document{policytest.Trust().Draw(t, "trust policy")}
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		for range requests {
			request := evaltest.Request(r, documents...)
			ask := func(d *policy.Document) eval.Decision {
				if trust {
					return eval.Trust(d, request)
				}
				p := eval.Permissions{Identity: append([]*policy.Document{d}, documents[1:]...)}
				return p.Decide(request)
			}
			count[ask(documents[0]).Outcome]++
			law(t, documents[0], ask)
		}
	})
	t.Log(count)
	total := count[eval.NotAllowed] + count[eval.Allowed] + count[eval.Denied] + count[eval.Undecided]
	for outcome, n := range count {
		if n*50 < total {
			t.Errorf("only %d of %d requests are %s", n, total, outcome)
		}
	}
}

// TestSameMeaning holds that order, splitting, merging, other spellings of actions
// and keys, and the canonical form change no answer. The last is a check of
// package policy as well.
func TestSameMeaning(t *testing.T) {
	checkLaw(t, func(t *rapid.T, d *policy.Document, ask func(*policy.Document) eval.Decision) {
		want := ask(d).Outcome
		for _, same := range []*policy.Document{
			policytest.Permuted(d).Draw(t, "permuted"),
			policytest.Split(d).Draw(t, "split"),
			policy.Canonical(d, "aws"),
			merged(d),
		} {
			if got := ask(same); got.Outcome != want {
				t.Errorf("%s, and %s (%s) of %s", want, got.Outcome, got.Reason, same)
			}
		}
	})
}

// merged puts the actions of statements that are otherwise the same together.
func merged(d *policy.Document) *policy.Document {
	out := *d
	out.Statements = nil
	for _, s := range d.Statements {
		rest := s
		rest.Action, rest.Sid = nil, ""
		i := slices.IndexFunc(out.Statements, func(o policy.Statement) bool {
			o.Sid = ""
			o.Action = nil
			return s.Action != nil && s.NotAction == nil && one(o).String() == one(rest).String()
		})
		if i < 0 || out.Statements[i].Action == nil {
			out.Statements = append(out.Statements, s)
			continue
		}
		out.Statements[i].Action = append(slices.Clone(out.Statements[i].Action), s.Action...)
	}
	return &out
}

func one(s policy.Statement) *policy.Document {
	return &policy.Document{Statements: []policy.Statement{s}}
}

// TestOneMore holds that one more Allow takes nothing away, and one more Deny
// allows nothing.
func TestOneMore(t *testing.T) {
	with := func(d *policy.Document, effect string) *policy.Document {
		more, s := *d, d.Statements[len(d.Statements)-1]
		s.Effect = effect
		more.Statements = append(slices.Clone(d.Statements), s)
		return &more
	}
	checkLaw(t, func(t *rapid.T, d *policy.Document, ask func(*policy.Document) eval.Decision) {
		before, allow, deny := ask(d).Outcome, ask(with(d, "Allow")).Outcome, ask(with(d, "Deny")).Outcome
		if before == eval.Allowed && allow != eval.Allowed || before == eval.Denied && allow != eval.Denied {
			t.Errorf("%s, and %s with one more Allow: %s", before, allow, d)
		}
		if deny == eval.Allowed && before != eval.Allowed || before == eval.Denied && deny != eval.Denied {
			t.Errorf("%s, and %s with one more Deny: %s", before, deny, d)
		}
	})
}

// TestBoundaryOnlyTakes holds that a boundary allows nothing, and that one that
// allows everything takes nothing.
func TestBoundaryOnlyTakes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		identity, boundary := policytest.Identity().Draw(t, "identity"), policytest.Identity().Draw(t, "boundary")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		for range 20 {
			request := evaltest.Request(r, identity, boundary)
			decide := func(boundary []*policy.Document) eval.Outcome {
				p := eval.Permissions{Identity: []*policy.Document{identity}, Boundary: boundary}
				return p.Decide(request).Outcome
			}
			free, bound := decide(nil), decide([]*policy.Document{boundary})
			if bound == eval.Allowed && free != eval.Allowed {
				t.Errorf("%s, and %s with the boundary", free, bound)
			}
			if all := decide(documents(allowAll)); all != free {
				t.Errorf("%s, and %s with a boundary that allows everything", free, all)
			}
			if none := decide(documents()); none == eval.Allowed || none == eval.Undecided {
				t.Errorf("%s with a boundary that allows nothing", none)
			}
		}
	})
}

// TestAskedAnswersTheSame: who is asked about one action answers as otherwise.
func TestAskedAnswersTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := eval.Permissions{Identity: []*policy.Document{policytest.Identity().Draw(t, "first"), nil, policytest.Identity().Draw(t, "second")}}
		if rapid.Bool().Draw(t, "bounded") {
			p.Boundary = []*policy.Document{policytest.Identity().Draw(t, "boundary")}
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		asked := p.Asked(evaltest.Request(r, p.Identity[0]).Action)
		for range 20 {
			request := evaltest.Request(r, p.Identity[0], p.Identity[2])
			for _, action := range []string{request.Action, evaltest.Request(r, p.Identity[0]).Action} {
				request.Action = action
				if got, want := asked.Decide(request), p.Decide(request); !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v: %+v, want %+v", request, got, want)
				}
				if got, want := p.Asked(action).Decide(request), p.Decide(request); !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v: %+v, want %+v", request, got, want)
				}
			}
		}
	})
}
