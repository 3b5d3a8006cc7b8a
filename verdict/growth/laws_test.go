package growth_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "iamctl/internal/raced"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
	"iamctl/policy/policytest"
	"iamctl/verdict"
	"iamctl/verdict/growth"
)

// checks is how many hundred differences the laws are held against.
func checks() int {
	if os.Getenv("IAMCTL_LONG") != "" {
		return 30
	}
	return 1
}

// quick is for many comparisons: what takes long is undecided.
var quick = verdict.NewComparer(verdict.Options{Steps: 100_000})

// few draws a document of one statement or two.
func few(t *rapid.T, label string) *policy.Document {
	list := rapid.SliceOfN(policytest.MeetingStatement(), 1, 2).Draw(t, label)
	return &policy.Document{Version: "2012-10-17", Statements: list}
}

// drawn draws the roles of both sides, of which one has some more statements.
func drawn(t *rapid.T) growth.Roles {
	base := few(t, "base")
	var out growth.Roles
	for side := range out {
		out[side] = &verdict.Permissions{Identity: []*policy.Document{base}}
		if rapid.Bool().Draw(t, "more") {
			out[side] = with(out[side], few(t, "extra"))
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "bounded") == 0 {
		boundary := []*policy.Document{few(t, "boundary")}
		out[rapid.IntRange(0, 1).Draw(t, "side")].Boundary = boundary
		if rapid.Bool().Draw(t, "both") {
			out[0].Boundary, out[1].Boundary = boundary, boundary
		}
	}
	return out
}

func with(p *verdict.Permissions, d *policy.Document) *verdict.Permissions {
	return &verdict.Permissions{Identity: append(slices.Clone(p.Identity), d), Boundary: p.Boundary}
}

// changed draws what became of the roles since: reworded, and sometimes with a statement
// more on one side or on both, or without a document.
func changed(t *rapid.T, was growth.Roles) growth.Roles {
	var out growth.Roles
	extra := few(t, "added")
	on := rapid.IntRange(0, 5).Draw(t, "added on") // a bit for each side, none for the rest
	for side, p := range was {
		q := &verdict.Permissions{Boundary: p.Boundary}
		for _, d := range p.Identity {
			d = policytest.Permuted(d).Draw(t, "permuted")
			if rapid.Bool().Draw(t, "split") {
				d = policytest.Split(d).Draw(t, "split")
			}
			q.Identity = append(q.Identity, d)
		}
		if len(q.Identity) > 1 && rapid.IntRange(0, 5).Draw(t, "removed") == 0 {
			q.Identity = q.Identity[:1]
		}
		if on&(1<<side) != 0 && on < 4 {
			q = with(q, extra)
		}
		out[side] = q
	}
	return out
}

// TestDifferenceStaysWithin asks the evaluator: where no growth is found, every request
// that is decided differently now was so when the difference was accepted; where one is
// named as proof, it was not.
func TestDifferenceStaysWithin(t *testing.T) {
	held, proved, open := 0, 0, 0
	for range checks() {
		rapid.Check(t, func(t *rapid.T) {
			accepted := drawn(t)
			now := changed(t, accepted)
			g := growth.Identity(quick, accepted, now)
			switch {
			case g == nil:
				held++
				hold(t, accepted, now)
			case g.Request != nil:
				proved++
				if !differs(now, g.Side, g.Request) || differs(accepted, g.Side, g.Request) {
					t.Fatalf("%+v on side %d proves nothing", g.Request, g.Side)
				}
			default:
				open++
			}
			if rapid.IntRange(0, 3).Draw(t, "swap") > 0 {
				return
			}
			swapped := growth.Identity(quick, growth.Roles{accepted[1], accepted[0]}, growth.Roles{now[1], now[0]})
			if (swapped == nil) != (g == nil) {
				t.Fatalf("%+v, and with the sides swapped %+v", g, swapped)
			}
		})
	}
	t.Logf("%d held, %d proved to have grown, %d open", held, proved, open)
	if n := held + proved + open; !t.Failed() && n >= 1000 && (held*10 < n || proved*10 < n || open*10 > n) {
		t.Errorf("of %d differences %d held, %d were proved to have grown, %d open", n, held, proved, open)
	}
}

// hold asks for requests drawn from the documents.
func hold(t *rapid.T, accepted, now growth.Roles) {
	var all []*policy.Document
	for _, p := range []*verdict.Permissions{accepted[0], accepted[1], now[0], now[1]} {
		all = append(append(all, p.Identity...), p.Boundary...)
	}
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	for range 40 {
		request := evaltest.Request(r, all...)
		for side := range 2 {
			if differs(now, side, request) && surelyNot(accepted, side, request) {
				t.Fatalf("side %d allows %+v now, which was no difference", side, request)
			}
		}
	}
}

// differs reports whether a side allows a request that the other refuses.
func differs(roles growth.Roles, side int, r *eval.Request) bool {
	return outcome(roles[side], r) == eval.Allowed && refuses(roles[1-side], r)
}

// surelyNot reports whether that is not so, whatever is undecided.
func surelyNot(roles growth.Roles, side int, r *eval.Request) bool {
	return refuses(roles[side], r) || outcome(roles[1-side], r) == eval.Allowed
}

func outcome(p *verdict.Permissions, r *eval.Request) eval.Outcome { return p.Decide(r).Outcome }

func refuses(p *verdict.Permissions, r *eval.Request) bool {
	o := outcome(p, r)
	return o == eval.NotAllowed || o == eval.Denied
}
