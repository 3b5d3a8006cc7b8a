package suggest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/equivalency/suggest"
	_ "iamctl/internal/raced"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

// applied rewrites a text by the words of the rules: from left to right, the
// longest value that is a whole token, nothing of a shared literal or
// of a part that is fixed.
func applied(r *equivalency.Rules, f equivalency.Field, text string) string {
	pinned := make([]bool, len(text))
	for _, s := range r.Shared {
		for i := range text {
			if (strings.HasPrefix(text[i:], s) || f == equivalency.ConditionKey && strings.HasPrefix(text[i:], policy.Fold(s))) && equivalency.Token(text, i, i+len(s)) {
				for k := range s {
					pinned[i+k] = true
				}
			}
		}
	}
	fixed := equivalency.FixedIn(f, text)
	spelled := func(value string) string { return value }
	if f == equivalency.ConditionKey {
		spelled = policy.Fold
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		var best *equivalency.Rule
		for n := range r.Rewrites {
			rule := &r.Rewrites[n]
			if strings.HasPrefix(text[i:], spelled(rule.Value)) && equivalency.Token(text, i, i+len(rule.Value)) &&
				(rule.Fields == nil || slices.Contains(rule.Fields, f)) && !slices.Contains(pinned[i:i+len(rule.Value)], true) &&
				!fixed.Blocks(i, i+len(rule.Value), equivalency.NamesResource(rule.Value)) &&
				(best == nil || len(rule.Value) > len(best.Value)) {
				best = rule
			}
		}
		if best == nil {
			b.WriteByte(text[i])
			i++
			continue
		}
		if f == equivalency.ConditionKey {
			b.WriteString(strings.ToUpper(best.Placeholder))
		} else {
			b.WriteString(best.Placeholder)
		}
		i += len(best.Value)
	}
	if f == equivalency.RoleName {
		return policy.Fold(b.String())
	}
	return b.String()
}

// world is two accounts and the texts of each as a dictionary leaves them.
type world struct {
	a, b suggest.Account
}

func (w world) identities() [2]equivalency.Identity {
	return [2]equivalency.Identity{
		{Tag: w.a.Tag, ID: w.a.ID, Source: w.a.Source, Alias: w.a.Alias},
		{Tag: w.b.Tag, ID: w.b.ID, Source: w.b.Source, Alias: w.b.Alias},
	}
}

// rewritten returns each side's texts after rewriting, by what they were.
func (w world) rewritten(t fataler, d *equivalency.Dictionary) (out [2]map[suggest.Text]string) {
	ids := w.identities()
	for k, a := range []suggest.Account{w.a, w.b} {
		r, err := d.Rules(ids[k], ids[1-k])
		if err != nil {
			t.Fatalf("the dictionary cannot be applied: %v", err)
		}
		out[k] = map[suggest.Text]string{}
		real := rewrite.New(r)
		for _, n := range a.Names {
			after := applied(r, n.Field, n.Value)
			out[k][suggest.Text{Field: n.Field, Value: n.Value}] = after
			// The comparison itself is the last word. It takes conditions as JSON.
			got, _ := real.Rewrite(n.Field, n.Value)
			if n.Field == equivalency.RoleName {
				got = policy.Fold(got)
			}
			if n.Field != equivalency.Condition && got != after {
				t.Fatalf("%s %q is compared as %q and not as %q", n.Field, n.Value, got, after)
			}
		}
	}
	return out
}

type fataler interface {
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// equalPairs returns the pairs of texts that are equal after rewriting.
func equalPairs(texts [2]map[suggest.Text]string) map[suggest.Example]bool {
	out := map[suggest.Example]bool{}
	for x, after := range texts[0] {
		for y, other := range texts[1] {
			if x.Field == y.Field && after == other {
				out[suggest.Example{Field: x.Field, A: x.Value, B: y.Value}] = true
			}
		}
	}
	return out
}

func (w world) weight(side int, f equivalency.Field, value string) int {
	n := 0
	for _, t := range []suggest.Account{w.a, w.b}[side].Names {
		if t.Field == f && t.Value == value {
			n += t.Weight
		}
	}
	return n
}

// required returns a proposal's requirements, and theirs.
func required(t fataler, all []suggest.Proposal, p suggest.Proposal) []suggest.Proposal {
	var out []suggest.Proposal
	for _, name := range p.Requires {
		i := slices.IndexFunc(all, func(o suggest.Proposal) bool { return o.Placeholder == name })
		if i < 0 {
			t.Fatalf("%s requires %s, which is not proposed", short(p), name)
		}
		out = append(append(out, required(t, all, all[i])...), all[i])
	}
	return out
}

// keepsWord checks a proposal against what it says, by applying it.
func (w world) keepsWord(t fataler, d *equivalency.Dictionary, all []suggest.Proposal, p suggest.Proposal) {
	before, err := suggest.Merge(d, required(t, all, p))
	if err != nil {
		t.Fatalf("%s: what it requires cannot be accepted: %v", short(p), err)
	}
	after, err := suggest.Merge(before, []suggest.Proposal{p})
	if err != nil {
		t.Fatalf("%s cannot be accepted: %v", short(p), err)
	}
	if _, err := equivalency.Parse("d.json", after.Marshal()); err != nil {
		t.Fatalf("%s\nis no dictionary: %v", after.Marshal(), err)
	}
	was, is := equalPairs(w.rewritten(t, before)), equalPairs(w.rewritten(t, after))
	roles, texts, items := 0, 0, 0
	for e := range is {
		switch {
		case was[e]:
		case e.Field == equivalency.RoleName:
			roles++
		default:
			texts++
			items += min(w.weight(0, e.Field, e.A), w.weight(1, e.Field, e.B))
		}
	}
	if p.Roles > roles || p.Texts > texts || p.Items > items {
		t.Errorf("%s: it brings together %d roles, %d texts, %d items only", short(p), roles, texts, items)
	}
	for _, e := range p.Examples {
		if was[e] || !is[e] {
			t.Errorf("%s: the example %+v is equal before: %v, after: %v", short(p), e, was[e], is[e])
		}
	}
	if n := min(p.Roles+p.Texts, 10); len(p.Examples) != n {
		t.Errorf("%s: %d examples", short(p), len(p.Examples))
	}
	broken := map[suggest.Example]bool{}
	for e := range was {
		if e.A == e.B && !is[e] {
			broken[e] = true
		}
	}
	if len(p.Requires) == 0 && !p.Extends && p.Broken < len(broken) && !slices.ContainsFunc(all, func(o suggest.Proposal) bool { return o.Confidence == suggest.High && o.Placeholder != p.Placeholder }) {
		t.Errorf("%s: %d texts that are equal before are not after: %v", short(p), len(broken), broken)
	}
}

// sound checks what holds for every result.
func (w world) sound(t fataler, d *equivalency.Dictionary, all []suggest.Proposal) {
	var together []suggest.Proposal
	for i, p := range all {
		w.keepsWord(t, d, all, p)
		if p.Reason == "" || p.Confidence != suggest.High && p.Confidence != suggest.Low {
			t.Errorf("%s gives no reason", short(p))
		}
		if i > 0 && (all[i-1].Roles < p.Roles || all[i-1].Roles == p.Roles && all[i-1].Items < p.Items) {
			t.Errorf("%s stands before %s", short(all[i-1]), short(p))
		}
		for _, o := range all[:i] {
			if o.Placeholder == p.Placeholder && !p.Extends {
				t.Errorf("one placeholder for both: %s and %s", short(o), short(p))
			}
		}
		if p.Instead == "" {
			together = append(together, p)
		}
	}
	// What is beyond doubt can be accepted as a whole, and makes no two roles
	// of an account one.
	together = slices.DeleteFunc(together, func(p suggest.Proposal) bool { return p.Confidence == suggest.Low })
	merged, err := suggest.Merge(d, together)
	if err != nil {
		t.Fatalf("they cannot be accepted together: %v", err)
	}
	before := w.rewritten(t, d)
	for k, texts := range w.rewritten(t, merged) {
		names := map[string]suggest.Text{}
		for x, after := range texts {
			if x.Field != equivalency.RoleName {
				continue
			}
			if o, taken := names[after]; taken && before[k][o] != before[k][x] {
				t.Errorf("%q and %q of one account become %q by\n%s", o.Value, x.Value, after, merged.Marshal())
			}
			names[after] = x
		}
	}
}

// someRole is the role of a text, one of a few.
var someRole = rapid.SampledFrom([]string{"r1", "r2", "r3", "r4"})

// names are texts of a few words, so that chance makes all kinds of pairs.
func names(words ...string) *rapid.Generator[suggest.Text] {
	fields := []equivalency.Field{equivalency.RoleName, equivalency.RoleName, equivalency.PolicyName, equivalency.ARN, equivalency.Principal, equivalency.ConditionKey}
	return rapid.Custom(func(t *rapid.T) suggest.Text {
		var b strings.Builder
		for i := range rapid.IntRange(1, 4).Draw(t, "length") {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{"-", "-", "_", "", "/"}).Draw(t, "divider"))
			}
			b.WriteString(rapid.SampledFrom(words).Draw(t, "word"))
		}
		text := suggest.Text{Field: rapid.SampledFrom(fields).Draw(t, "field"), Value: b.String(), Role: someRole.Draw(t, "role"), Weight: rapid.IntRange(0, 3).Draw(t, "weight")}
		switch text.Field {
		case equivalency.ARN:
			text.Value = rapid.SampledFrom([]string{
				"arn:aws:s3:::", "arn:dev:app:prod::blue/", "arn:qa:app:prod::green:", "${aws:dev}-", "arn:aws:app:::${qa}", "arn:aws:sqs:eu-west-1:" + devID + ":", "arn:aws:sqs:us-east-1:" + qaID + ":", "arn:aws:sqs:eu-west-1:" + qaID + ":",
			}).Draw(t, "arn") + text.Value
		case equivalency.ConditionKey:
			text.Value = policy.Fold(rapid.SampledFrom([]string{"aws:resourcetag/", "kms:encryptioncontext:", "aws:source", "idp.example/"}).Draw(t, "key") + text.Value)
			if strings.HasPrefix(text.Value, "idp") {
				text.Value += ":sub"
			}
		case equivalency.Principal:
			id := rapid.SampledFrom([]string{devID, qaID, "111122223333", "444455556666", ""}).Draw(t, "id")
			if id == "" {
				text.Value += rapid.SampledFrom([]string{".amazonaws.com", ".eu-west-1.amazonaws.com", ".us-east-1.amazonaws.com", ".dev.amazonaws.com.cn"}).Draw(t, "host")
				break
			}
			text.Value = "arn:aws:iam::" + id + ":role/" + text.Value
		}
		return text
	})
}

// orderly are names as people choose them, with the environment and the region
// in some places.
func orderly() *rapid.Generator[suggest.Text] {
	return rapid.Custom(func(t *rapid.T) suggest.Text {
		format := rapid.SampledFrom([]string{
			"rolename #-@", "rolename @-#", "rolename #@Role", "rolename #-eu-west-1", "policyname #-@-read", "policyname #@",
			"arn arn:aws:s3:::#-@/*", "arn arn:aws:sqs:eu-west-1:" + devID + ":@-#", "arn arn:aws:sqs:eu-west-1:" + qaID + ":#",
			"principal arn:aws:iam::111122223333:role/#", "principal arn:aws:iam::111122223333:role/#-@", "principal #.eu-west-1.amazonaws.com",
			"conditionkey aws:resourcetag/@-#", "conditionkey oidc.eks.eu-west-1.amazonaws.com/id/@:sub",
		}).Draw(t, "format")
		field, value, _ := strings.Cut(format, " ")
		value = strings.ReplaceAll(value, "#", rapid.SampledFrom([]string{"app1", "app2", "logs", "orders", "ci-deploy", "dev-tools", "app-1"}).Draw(t, "name"))
		value = strings.ReplaceAll(value, "@", rapid.SampledFrom([]string{"dev", "dev", "Dev", "blue", "non-prod"}).Draw(t, "env"))
		if field == string(equivalency.ConditionKey) {
			value = policy.Fold(value)
		}
		return suggest.Text{Field: equivalency.Field(field), Value: value, Role: someRole.Draw(t, "role"), Weight: rapid.IntRange(0, 3).Draw(t, "weight")}
	})
}

// worlds are accounts of which one is a translation of the other, word by
// word, with some noise.
func worlds() *rapid.Generator[world] {
	words := []string{"app", "1", "2", "logs", "dev", "Dev", "qa", "Qa", "non", "prod", "blue", "green", "accountname", "é"}
	return rapid.Custom(func(t *rapid.T) world {
		w := world{a: suggest.Account{Tag: "dev", ID: devID}, b: suggest.Account{Tag: "qa", ID: qaID}}
		pairs := []string{"dev", "qa", "Dev", "Qa", "blue", "green", "non-prod", "prod", "eu-west-1", "us-east-1", "111122223333", "444455556666"}
		texts := orderly()
		if rapid.Bool().Draw(t, "chaotic") {
			word := rapid.SampledFrom(words)
			pairs = nil
			for range rapid.IntRange(1, 3).Draw(t, "pairs") {
				pairs = append(pairs, word.Draw(t, "from"), word.Draw(t, "to"))
			}
			texts = names(words...)
		}
		translate := strings.NewReplacer(pairs...)
		for _, n := range rapid.SliceOfN(texts, 4, 14).Draw(t, "texts") {
			w.a.Names = append(w.a.Names, n)
			if rapid.IntRange(0, 6).Draw(t, "translated") > 0 {
				n.Value = translate.Replace(n.Value)
				if n.Field == equivalency.ConditionKey {
					n.Value = policy.Fold(n.Value)
				}
			}
			w.b.Names = append(w.b.Names, n)
		}
		noise := rapid.SliceOfN(names(words...), 0, 3)
		w.a.Names = append(w.a.Names, noise.Draw(t, "a")...)
		w.b.Names = append(w.b.Names, noise.Draw(t, "b")...)
		if rapid.Bool().Draw(t, "anonymous") {
			w.a.Tag, w.b.Tag = "one", "two"
		}
		return w
	})
}

func dictionaries(t testing.TB) []*equivalency.Dictionary {
	out := []*equivalency.Dictionary{nil}
	for _, text := range []string{
		`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}], "shared": ["blue-logs"]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": "blue", "other": "green"}}, {"placeholder": "P", "values": {"qa": ["app", "non-prod"]}}]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "P-app", "values": {"dev": "blue", "qa": "blue"}}]}`,
		`{"accountname": ["dev", "qa"]}`,
		`{"version": 2, "equivalencies": [{"placeholder": "team", "values": {"dev": "logs", "qa": "blue"}, "fields": ["arn"]}]}`,
	} {
		d, err := equivalency.Parse("d.json", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

func TestProposalsKeepTheirWord(t *testing.T) {
	all := dictionaries(t)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds().Draw(t, "world")
		d := rapid.SampledFrom(all).Draw(t, "dictionary")
		if d != nil && d.Form == equivalency.FormIAMCTL {
			// Its values are to be the accounts' names.
			w.a.Tag, w.b.Tag = "dev", "qa"
		}
		got, err := suggest.Suggest(w.a, w.b, suggest.Options{Dictionary: d})
		if err != nil {
			t.Fatal(err)
		}
		w.sound(t, d, got)
	})
}

func TestSwappingTheAccountsSwapsTheValues(t *testing.T) {
	all := dictionaries(t)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds().Draw(t, "world")
		o := suggest.Options{Dictionary: rapid.SampledFrom(all).Draw(t, "dictionary")}
		there, err := suggest.Suggest(w.a, w.b, o)
		if err != nil {
			t.Fatal(err)
		}
		back, err := suggest.Suggest(w.b, w.a, o)
		if err != nil {
			t.Fatal(err)
		}
		for i := range back {
			back[i].A, back[i].B = back[i].B, back[i].A
			for k, e := range back[i].Examples {
				back[i].Examples[k] = suggest.Example{Field: e.Field, A: e.B, B: e.A}
			}
		}
		if diff := cmp.Diff(there, back); diff != "" {
			t.Fatalf("-there +back:\n%s", diff)
		}
	})
}

func TestTheOrderOfTextsDoesNotShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds().Draw(t, "world")
		want, err := suggest.Suggest(w.a, w.b, suggest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		w.a.Names = rapid.Permutation(w.a.Names).Draw(t, "a")
		w.b.Names = rapid.Permutation(w.b.Names).Draw(t, "b")
		// A text may come in two parts.
		if len(w.a.Names) > 0 {
			n := w.a.Names[0]
			n.Weight = 0
			w.a.Names = append(w.a.Names, n)
		}
		before := slices.Clone(w.a.Names)
		got, err := suggest.Suggest(w.a, w.b, suggest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
		if !slices.Equal(before, w.a.Names) {
			t.Fatal("the input was changed")
		}
	})
}

// TestOneAccountNeedsNoEntry: an account against itself has nothing to bring
// together.
func TestOneAccountNeedsNoEntry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds().Draw(t, "world")
		w.a.ID = ""
		w.b = w.a
		w.b.Tag = "copy"
		got, err := suggest.Suggest(w.a, w.b, suggest.Options{})
		if err != nil || len(got) > 0 {
			t.Fatalf("%v, %v", got, err)
		}
	})
}

// TestMostKeepsTheBest: asking for fewer leaves out some and changes nothing
// else about the others.
func TestMostKeepsTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds().Draw(t, "world")
		all, err := suggest.Suggest(w.a, w.b, suggest.Options{Most: 1000})
		if err != nil {
			t.Fatal(err)
		}
		most := rapid.IntRange(1, 4).Draw(t, "most")
		few, err := suggest.Suggest(w.a, w.b, suggest.Options{Most: most})
		if err != nil {
			t.Fatal(err)
		}
		if len(few) != min(most, len(all)) {
			t.Fatalf("%d of %d, %d were asked for", len(few), len(all), most)
		}
		w.sound(t, nil, few)
	})
}

func FuzzSuggest(f *testing.F) {
	for _, tt := range scenarios {
		f.Add(strings.Join(tt.a, "\n"), strings.Join(tt.b, "\n"))
	}
	read := func(tag, id, text string) suggest.Account {
		a := suggest.Account{Tag: tag, ID: id}
		for _, l := range strings.Split(text, "\n") {
			field, value, _ := strings.Cut(l, " ")
			if !slices.Contains(equivalency.Fields(), equivalency.Field(field)) {
				field = "rolename"
			}
			a.Names = append(a.Names, suggest.Text{Field: equivalency.Field(field), Value: value, Weight: len(l)})
		}
		return a
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 4000 {
			return
		}
		w := world{read("dev", devID, a), read("qa", qaID, b)}
		got, err := suggest.Suggest(w.a, w.b, suggest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		w.sound(t, nil, got)
	})
}
