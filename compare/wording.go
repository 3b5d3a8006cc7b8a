package compare

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/policy"
)

// wording returns a function that makes the texts of drifts alike which differ in
// the normal form alone: it knows neither letter case nor partitions nor which of
// the values of the dictionary stands in a text, if any, nor the parts of names that
// a tool made up, nor whether an impossible pair is an item or of its own kind, and
// spells conditions as this version does. Another version may rewrite more of a text,
// or less. What it returns is for hints: texts that mean different things may become
// one.
func (c *comparison) wording(changes *diff.Changes) func(string) string {
	values := c.valueMarks()
	plain := func(text string) string {
		return values.Replace(strings.ToLower(partition.ReplaceAllString(text, "arn:aws:")))
	}
	var names []string
	for side := range 2 {
		known := changes.Account(side).Rewriter.Rules().Known
		if known == nil {
			continue
		}
		for _, made := range known.Names {
			for name, parts := range made {
				names = append(names, plain(name), plain(marked(name, parts)))
			}
		}
	}
	made := longestFirst(names)
	return func(text string) string {
		return made.Replace(plain(impossibleNote.ReplaceAllString(respelled(text), "")))
	}
}

// valueMarks replaces the values and the placeholder of an entry by one text, and so
// the ids of the accounts.
func (c *comparison) valueMarks() *strings.Replacer {
	var pairs []string
	add := func(text string, entry int) {
		if text != "" {
			pairs = append(pairs, strings.ToLower(text), fmt.Sprintf("\x00%d\x00", entry))
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
	return longestFirst(pairs)
}

// longestFirst returns a replacer of texts, each with what to put in its place, that
// prefers longer ones.
func longestFirst(pairs []string) *strings.Replacer {
	all := slices.Collect(slices.Chunk(pairs, 2))
	slices.SortStableFunc(all, func(a, b []string) int {
		return cmp.Or(cmp.Compare(len(b[0]), len(a[0])), cmp.Compare(a[0], b[0]))
	})
	return strings.NewReplacer(slices.Concat(all...)...)
}

// marked returns a name with equivalency.Random in place of its made-up parts.
func marked(name string, parts []equivalency.Span) string {
	var b strings.Builder
	at := 0
	for _, p := range parts {
		b.WriteString(name[at:p.From] + equivalency.Random)
		at = p.To
	}
	return b.String() + name[at:]
}

var partition = regexp.MustCompile(`arn:aws[a-z-]*:`)

// impossibleNote is what the text of a pair that the reference calls impossible ends
// in, and what it ended in while some of these pairs were items.
var impossibleNote = regexp.MustCompile(` note: (impossible by the reference of (unknown date|\S+)|` + inventory.NoteMisfit + `(; deleted principal)?)`)

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
