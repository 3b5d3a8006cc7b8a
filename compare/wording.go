package compare

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"iamctl/policy"
)

// wording returns a function that makes the texts of drifts alike which differ in
// the normal form alone: it knows neither letter case nor partitions nor which of
// the values of the dictionary stands in a text, if any, and spells conditions as
// this version does. Another version may rewrite more of a text, or less. What it
// returns is for hints: texts that mean different things may become one.
func (c *comparison) wording() func(string) string {
	type pair struct{ text, mark string }
	var pairs []pair
	add := func(text string, entry int) {
		if text != "" {
			pairs = append(pairs, pair{strings.ToLower(text), fmt.Sprintf("\x00%d\x00", entry)})
		}
	}
	const ids = -1
	for _, id := range []string{c.result.Accounts.A.ID, c.result.Accounts.B.ID, "000000000000"} {
		add(id, ids)
	}
	for i, e := range c.Dictionary.Entries {
		add(e.Placeholder, i)
		for _, v := range e.Values {
			add(v.Text, i)
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(len(b.text), len(a.text)) })
	var list []string
	for _, p := range pairs {
		list = append(list, p.text, p.mark)
	}
	values := strings.NewReplacer(list...)
	return func(text string) string {
		return values.Replace(strings.ToLower(partition.ReplaceAllString(respelled(text), "arn:aws:")))
	}
}

var partition = regexp.MustCompile(`arn:aws[a-z-]*:`)

// conditionBefore is what stands before the condition in the text of an item.
const conditionBefore = " if "

// respelled returns the text of an item with its condition as this version spells
// it.
func respelled(text string) string {
	before, rest, ok := strings.Cut(text, conditionBefore+"{")
	if !ok {
		return text
	}
	var raw json.RawMessage
	d := json.NewDecoder(strings.NewReader("{" + rest))
	if d.Decode(&raw) != nil {
		return text
	}
	doc, _, err := policy.Parse(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":` + string(raw) + `}}`)
	if err != nil || len(doc.Statements) != 1 {
		return text
	}
	condition := policy.ConditionJSON(policy.Canonical(doc, "aws").Statements[0].Condition)
	return before + conditionBefore + condition + ("{" + rest)[d.InputOffset():]
}
