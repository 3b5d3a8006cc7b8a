package compare_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/compare"
	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	_ "iamctl/internal/raced"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/reference"
	"iamctl/verdict"
)

// The lists of actions here are such as come to the same today, or nearly.
var (
	laterActions = []string{
		"sqs:Send*", "sqs:SendMessage", "sqs:SendMessage*", "sqs:SendMessage\",\"sqs:SendMessageBatch", "SQS:send**", "sqs:Send?*", "sqs:*Message*",
		"sqs:Purge*", "sqs:PurgeQueue", "sqs:P*", "sqs:*", "sns:Publish", "sns:Publish*", "*", "s?s:Send*",
	}
	laterTrusting  = []string{"sts:AssumeRole", "sts:AssumeRole*", "sts:*", "sts:TagSession", "sts:Tag*", "sts:TagS*"}
	laterResources = []string{"*", "arn:aws:sqs:*:*:a", "arn:aws:sqs:*:*:a*", "arn:aws:sns:*:*:a", "arn:aws:s3:::a"}
	laterTerms     = []string{"", "", "", "", `,"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`, `,"Condition":{"StringEquals":{"aws:PrincipalTag/a":"b"}}`}
	laterTrusted   = []string{`{"AWS":"333333333333"}`, `{"AWS":["333333333333","444444444444"]}`, `{"Service":"ec2.amazonaws.com"}`}
)

func laterList(t *rapid.T, name string, from []string, most int) string {
	list := rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, most, rapid.ID[string]).Draw(t, name)
	return `"` + name + `":["` + strings.Join(list, `","`) + `"]`
}

func laterNot(t *rapid.T, name string) string {
	if rapid.IntRange(0, 7).Draw(t, "not") == 0 {
		return "Not" + name
	}
	return name
}

func laterStatement(t *rapid.T) string {
	effect := rapid.SampledFrom([]string{"Allow", "Allow", "Allow", "Deny"}).Draw(t, "effect")
	return `{"Effect":"` + effect + `",` + laterList(t, laterNot(t, "Action"), laterActions, 3) + "," + laterList(t, laterNot(t, "Resource"), laterResources, 2) +
		rapid.SampledFrom(laterTerms).Draw(t, "terms") + "}"
}

func laterTrust(t *rapid.T) string {
	return `{"Effect":"Allow","Principal":` + rapid.SampledFrom(laterTrusted).Draw(t, "who") + "," + laterList(t, "Action", laterTrusting, 3) +
		rapid.SampledFrom(laterTerms).Draw(t, "terms") + "}"
}

// laterWorld is the statements of a role: those of two inline policies, and of a boundary
// and a trust policy.
type laterWorld struct{ inline, second, boundary, trust []string }

func drawLaterWorld(t *rapid.T) laterWorld {
	list := func(of func(*rapid.T) string, least, most int) []string {
		return rapid.SliceOfN(rapid.Custom(of), least, most).Draw(t, "statements")
	}
	w := laterWorld{inline: list(laterStatement, 1, 3), trust: list(laterTrust, 1, 2)}
	if rapid.IntRange(0, 2).Draw(t, "two") == 0 {
		w.second = list(laterStatement, 1, 2)
	}
	if rapid.IntRange(0, 3).Draw(t, "bounded") == 0 {
		w.boundary = list(laterStatement, 1, 2)
	}
	return w
}

// respelled returns the world with some actions in other words, which may or may not come
// to the same.
func (w laterWorld) respelled(t *rapid.T) laterWorld {
	words := [][2]string{
		{`"sqs:Send*"`, `"sqs:SendMessage","sqs:SendMessageBatch"`},
		{`"sqs:Purge*"`, `"sqs:PurgeQueue"`},
		{`"sns:Publish*"`, `"sns:Publish","sns:PublishBatch"`},
		{`"sqs:Send*"`, `"sqs:Send","sqs:Send?*"`},
		{`"sqs:Send*"`, `"SQS:send**"`},
		{`"sqs:P*"`, `"sqs:PurgeQueue"`},
		{`"sqs:SendMessage"`, `"sqs:SendMessage*"`},
		{`"sts:Tag*"`, `"sts:TagSession"`},
		{`"sts:TagSession"`, `"sts:TagS*"`},
	}
	out := laterWorld{}
	for _, list := range []struct{ from, to *[]string }{{&w.inline, &out.inline}, {&w.second, &out.second}, {&w.boundary, &out.boundary}, {&w.trust, &out.trust}} {
		for _, s := range *list.from {
			word := rapid.SampledFrom(words).Draw(t, "word")
			from, to := word[0], word[1]
			if rapid.Bool().Draw(t, "back") {
				from, to = to, from
			}
			*list.to = append(*list.to, strings.ReplaceAll(s, from, to))
		}
	}
	if rapid.IntRange(0, 5).Draw(t, "moved") == 0 {
		out.inline, out.second = append(out.inline, out.second...), nil
	}
	return out
}

func (w laterWorld) account(id string) *inventory.Account {
	r := inventory.Role{Name: "r", ARN: "arn:aws:iam::" + id + ":role/r", Path: "/", Trust: document(w.trust...), Inline: []inventory.InlinePolicy{{Name: "p", Document: document(w.inline...)}}}
	a := &inventory.Account{ID: id, Partition: "aws"}
	if w.second != nil {
		r.Inline = append(r.Inline, inventory.InlinePolicy{Name: "q", Document: document(w.second...)})
	}
	if w.boundary != nil {
		arn := "arn:aws:iam::aws:policy/Edge"
		r.Boundary = &inventory.PolicyRef{Name: "Edge", ARN: arn}
		a.Policies = append(a.Policies, inventory.Policy{Name: "Edge", ARN: arn, Path: "/", Document: document(w.boundary...)})
	}
	a.Roles = []inventory.Role{r}
	return a
}

// verdicts compares two worlds as they are written.
func laterVerdicts(t *rapid.T, c *verdict.Comparer, sides [2]laterWorld) (identity, trust *verdict.Result) {
	parse := func(statements []string) *policy.Document {
		d, _, err := policy.Parse(string(document(statements...)))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	var permissions [2]*verdict.Permissions
	for side, w := range sides {
		p := &verdict.Permissions{Identity: []*policy.Document{parse(append(append([]string{}, w.inline...), w.second...))}}
		if w.boundary != nil {
			p.Boundary = []*policy.Document{parse(w.boundary)}
		}
		permissions[side] = p
	}
	return c.Identity(permissions[0], permissions[1]), c.Trust(parse(sides[0].trust), parse(sides[1].trust))
}

// differsIn reports whether some difference is one of a pair's trust, or of its permissions.
func differsIn(p *diff.Pair, trust bool) bool {
	if p.Future(trust) {
		return true
	}
	for side := range 2 {
		var policies []uint32
		for _, ref := range p.Only(side) {
			policies = append(policies, ref.Policy)
		}
		for _, x := range p.Impossible(side) {
			policies = append(policies, x.Policy)
		}
		for _, i := range policies {
			if (p.Role(side).Policies[i].Type == inventory.Trust) == trust {
				return true
			}
		}
	}
	return !trust && slices.ContainsFunc(p.Attributes, func(a diff.AttributeChange) bool {
		return a.Kind == normalize.KindBoundary || a.Kind == normalize.KindPolicy
	})
}

// TestNoVerdictWithoutDrift: whatever may be done on one side alone, today or with what AWS
// may add, is in some difference; and no pattern is one that permits the same for ever.
// IAMCTL_LONG=1 draws more.
func TestNoVerdictWithoutDrift(t *testing.T) {
	comparer, empty := verdict.NewComparer(verdict.Options{}), equivalency.Empty()
	counts := map[string]int{}
	check := func(rt *rapid.T) {
		dev := drawLaterWorld(rt)
		qa := dev.respelled(rt)
		if rapid.IntRange(0, 3).Draw(rt, "fresh") == 0 {
			qa = drawLaterWorld(rt)
		}
		sides := [2]laterWorld{dev, qa}
		var flats [2]*inventory.Flat
		var ids [2]equivalency.Identity
		for i, tag := range []string{"dev", "qa"} {
			a := sides[i].account([]string{devID, qaID}[i])
			flats[i], ids[i] = flatten.Account(a, reference.Embedded()), equivalency.Identity{Tag: tag, Source: tag, ID: a.ID, Partition: a.Partition}
		}
		changes, err := compare.Changes(t.Context(), ids, flats, nil, compare.Dictionary{Dictionary: empty}, nil)
		if err != nil {
			rt.Fatal(err)
		}
		p := &changes.Common[0]
		identity, trust := laterVerdicts(rt, comparer, sides)
		for i, r := range []*verdict.Result{identity, trust} {
			counts[string(r.Verdict)+" "+string(r.Future)]++
			if (r.Verdict != verdict.Equal || r.Future != verdict.Equal) && !differsIn(p, i == 1) {
				rt.Fatalf("%s, in future %s, and nothing differs:\n%+v\n%+v", r.Verdict, r.Future, dev, qa)
			}
			if r.Verdict == verdict.Equal && r.Future != verdict.Equal && p.Future(i == 1) {
				counts["EQUAL today, and a pattern differs"]++
			}
			if r.Future == verdict.Equal && p.Future(i == 1) {
				rt.Fatalf("the same in future, and a pattern differs: %+v\n%+v\n%+v", p.Attributes, dev, qa)
			}
		}
		for _, a := range p.Attributes {
			if a.Kind == normalize.KindFuture && (a.Key == "" || a.A.Value+a.B.Value == "") {
				rt.Fatalf("%+v says nothing", a)
			}
		}
	}
	rounds := 1
	if os.Getenv("IAMCTL_LONG") != "" {
		rounds = 100
	}
	for range rounds {
		rapid.Check(t, check)
	}
	t.Logf("%v", counts)
}
