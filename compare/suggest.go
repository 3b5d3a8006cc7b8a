package compare

import (
	"context"
	"encoding/json"

	"iamctl/equivalency"
	"iamctl/equivalency/suggest"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// Suggest proposes entries for the dictionary from what nearly matches. Names that
// pair by themselves need none: the options' Note hears of them. The gaps are those of
// accounts without any role, in which nothing was looked at.
func Suggest(ctx context.Context, sides [2]Side, o Options) ([]suggest.Proposal, []inventory.Gap, error) {
	if _, err := ofFleet(ctx, &sides); err != nil {
		return nil, nil, err
	}
	flats, err := o.Reader.Flat(ctx, sides[:], o.Reference)
	if err != nil {
		return nil, nil, err
	}
	var gaps []inventory.Gap
	for i := range flats {
		if g, none := flats[i].NoRoles(); none {
			g.Account = sides[i].Tag
			gaps = append(gaps, g)
		}
	}
	proposals, err := Suggestions(ctx, identities(sides, flats), [2]*inventory.Flat(flats), o.Dictionary, o.complete().Note)
	return proposals, gaps, err
}

// Suggestions proposes entries for two accounts beside those of a dictionary, and
// tells note which names pair by themselves.
func Suggestions(ctx context.Context, ids [2]equivalency.Identity, flats [2]*inventory.Flat, d Dictionary, note func(string)) ([]suggest.Proposal, error) {
	bound, err := bind(ids, [2]*inventory.Account{flats[0].Account, flats[1].Account}, d)
	if err != nil {
		return nil, err
	}
	for _, n := range bound.notes {
		note(n)
	}
	accounts, err := bound.normalized(ctx, flats)
	if err != nil {
		return nil, err
	}
	var texts [2]suggest.Account
	for i, id := range ids {
		texts[i] = suggest.Account{Tag: id.Tag, ID: id.ID, Source: id.Source, Name: id.Name, Alias: id.Alias, Names: suggestTexts(accounts[i])}
	}
	return suggest.Suggest(texts[0], texts[1], suggest.Options{Dictionary: d.Dictionary, FixedIn: normalize.FixedIn})
}

// suggestTexts returns an account's texts after normalisation, each once a role,
// with how many items have it.
func suggestTexts(a *normalize.Account) []suggest.Text {
	var out []suggest.Text
	for i := range a.Roles {
		r := &a.Roles[i]
		t := texts{}
		items := 0
		for j := range r.Policies {
			items += r.Policies[j].Items.Len()
			if r.Policies[j].AWS() {
				continue
			}
			t.items(r.Policies[j].Items)
			t.add(equivalency.PolicyName, r.Policies[j].Name, r.Policies[j].Items.Len())
			t.add(equivalency.ARN, r.Policies[j].ARN, 1)
		}
		t.add(equivalency.RoleName, r.Name, items)
		t.add(equivalency.Path, r.Path, 1)
		for _, x := range r.Attributes {
			switch x.Kind {
			case normalize.KindTag:
				t.add(equivalency.Tag, x.Value, 1)
			case normalize.KindInstanceProfile:
				t.add(equivalency.ARN, x.Value, 1)
			case normalize.KindDescription:
				if !x.AWS {
					t.add(equivalency.Description, x.Value, 1)
				}
			}
		}
		for k, weight := range t {
			k.Role, k.Weight = r.Name, weight
			out = append(out, k)
		}
	}
	return out
}

// texts are weights of a role's texts by text; the weight in the key is 0.
type texts map[suggest.Text]int

func (t texts) add(f equivalency.Field, value string, weight int) {
	if value != "" {
		t[suggest.Text{Field: f, Value: value}] += weight
	}
}

// items adds the values of the items of a document.
func (t texts) items(items *inventory.Items) {
	resources := make([]int, len(items.Resources))
	principals := make([]int, len(items.Principals))
	terms := make([]int, len(items.Terms))
	for _, r := range items.Rows {
		resources[r.Resource]++
		principals[r.Principal]++
		terms[r.Terms]++
	}
	for i, n := range resources {
		t.add(equivalency.ARN, items.Resources[i], n)
	}
	for i, n := range principals {
		t.add(equivalency.Principal, items.Principals[i].Value, n)
	}
	for i, n := range terms {
		t.condition(items.Terms[i].Condition, n)
	}
}

// condition adds the keys that somebody named and the values of a condition in
// canonical JSON.
func (t texts) condition(text string, weight int) {
	var operators map[string]map[string][]string
	if text == "" || json.Unmarshal([]byte(text), &operators) != nil {
		return
	}
	for _, keys := range operators {
		for key, values := range keys {
			if _, _, named := policy.KeyName(key); named {
				t.add(equivalency.ConditionKey, key, weight)
			}
			for _, v := range values {
				t.add(equivalency.Condition, v, weight)
			}
		}
	}
}
