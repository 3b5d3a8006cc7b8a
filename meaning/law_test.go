package meaning_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/diff"
	_ "iamctl/internal/raced"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// inQA writes a text of dev as qa would.
var inQA = strings.NewReplacer("app-dev", "app-qa", "team-red", "team-blue", ids[0], ids[1])

var (
	lawEffects    = []string{"Allow", "Allow", "Allow", "Deny"}
	lawActions    = []string{"s3:GetObject", "s3:PutObject", "s3:*", "sqs:SendMessage", "*"}
	lawResources  = []string{"*", "arn:aws:s3:::app-dev/*", "arn:aws:s3:::app-dev/team-red/*", "arn:aws:s3:::*", "arn:aws:sqs:eu-west-1:111111111111:app-dev", "arn:aws:sqs:*:*:app-*", "arn:aws:s3:::logs-111111111111/x"}
	lawConditions = []string{"", "", "", `{"StringEquals":{"aws:PrincipalTag/team":"team-red"}}`, `{"StringLike":{"aws:PrincipalTag/team":["team-red","team-r*","x"]}}`, `{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:111111111111:app-dev"}}`}
)

// statement draws a statement of dev.
func statement(t *rapid.T) string {
	element := func(name string, from []string) string {
		list := rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, 2, rapid.ID[string]).Draw(t, name)
		if rapid.IntRange(0, 5).Draw(t, "not") == 0 && !strings.Contains(strings.Join(list, ""), `"*"`) {
			name = "Not" + name
		}
		return `"` + name + `":["` + strings.Join(list, `","`) + `"]`
	}
	s := `{"Effect":"` + rapid.SampledFrom(lawEffects).Draw(t, "effect") + `",` + element("Action", lawActions) + "," + element("Resource", lawResources)
	if c := rapid.SampledFrom(lawConditions).Draw(t, "condition"); c != "" {
		s += `,"Condition":` + c
	}
	return s + "}"
}

func statements(t *rapid.T, least int) string {
	return strings.Join(rapid.SliceOfN(rapid.Custom(statement), least, 3).Draw(t, "statements"), ",")
}

func lawWorld(t *rapid.T) world {
	w := world{identity: statements(t, 1)}
	if rapid.IntRange(0, 4).Draw(t, "bounded") == 0 {
		w.boundary = statements(t, 1)
	}
	return w
}

// mutated changes something of a world, mostly.
func (w world) mutated(t *rapid.T) world {
	switch rapid.IntRange(0, 4).Draw(t, "mutation") {
	case 0:
		w.identity += "," + rapid.Custom(statement).Draw(t, "more")
	case 1:
		w.identity = statements(t, 1)
	case 2:
		w.boundary = statements(t, 1)
	case 3:
		w.boundary = ""
	}
	return w
}

func (w world) inQA() world {
	return world{identity: inQA.Replace(w.identity), boundary: inQA.Replace(w.boundary), trust: inQA.Replace(w.trust)}
}

// permissions are those of the world as it is written.
func (w world) permissions(t rapid.TB) *verdict.Permissions {
	parse := func(statements string) []*policy.Document {
		d, _, err := policy.Parse(string(document(statements)))
		if err != nil {
			t.Fatal(err)
		}
		return []*policy.Document{d}
	}
	p := &verdict.Permissions{Identity: parse(w.identity)}
	if w.boundary != "" {
		p.Boundary = parse(w.boundary)
	}
	return p
}

// TestRenamed: what qa may do more than dev is what dev would with the same change. The
// judge is package verdict on documents in which nothing is rewritten.
func TestRenamed(t *testing.T) {
	tried, unknown := map[verdict.Verdict]int{}, 0
	comparer := verdict.NewComparer(verdict.Options{})
	rapid.Check(t, func(rt *rapid.T) {
		dev := lawWorld(rt)
		same := dev.mutated(rt)
		want := comparer.Identity(dev.permissions(rt), same.permissions(rt))
		a, b := normalized(t, words, 0, dev), normalized(t, words, 1, same.inQA())
		got := identity(a, b)
		tried[want.Verdict]++
		if rapid.IntRange(0, 4).Draw(rt, "swap") == 0 {
			swapped(rt, got, identity(b, a))
		}
		if got.Verdict == verdict.Unknown && want.Verdict != verdict.Unknown {
			unknown++
			return
		}
		if got.Verdict != want.Verdict {
			rt.Fatalf("%+v\n%+v\n%s (%s), but among dev's names %s", dev, same, got.Verdict, got.Reason, want.Verdict)
		}
		confirm(rt, got, dev, same)
	})
	t.Logf("%v; not decided across accounts: %d", tried, unknown)
}

// confirm asks the documents as they are written about each witness.
func confirm(t *rapid.T, s *meaning.Scope, dev, same world) {
	inDev := strings.NewReplacer("app-qa", "app-dev", "team-blue", "team-red", ids[1], ids[0])
	for _, w := range s.Witnesses {
		r := w.Request
		if w.AllowedBy == 2 {
			r.Resource = inDev.Replace(r.Resource)
			r.Context = map[string][]string{}
			for key, values := range w.Request.Context {
				for _, v := range values {
					r.Context[key] = append(r.Context[key], inDev.Replace(v))
				}
			}
		}
		outcomes := [2]eval.Outcome{dev.permissions(t).Decide(&r).Outcome, same.permissions(t).Decide(&r).Outcome}
		if outcomes[w.AllowedBy-1] != eval.Allowed || outcomes[2-w.AllowedBy] == eval.Allowed {
			t.Fatalf("%+v\n%+v\n%+v is allowed by %d, but they say %v", dev, same, w.Request, w.AllowedBy, outcomes)
		}
	}
}

func identity(a, b *normalize.Account) *meaning.Scope {
	c := diff.Compare(a, b, diff.Options{})
	return meaning.NewJudge(c, nil).Pair(&c.Common[0]).Identity
}

// swapped checks that what one side gains the other loses.
func swapped(t *rapid.T, one, other *meaning.Scope) {
	want := one.Verdict
	switch want {
	case verdict.More:
		want = verdict.Less
	case verdict.Less:
		want = verdict.More
	}
	if other.Verdict != want || one.Gained.Actions != other.Lost.Actions {
		t.Fatalf("%s, and with the sides swapped %s", one.Verdict, other.Verdict)
	}
}
