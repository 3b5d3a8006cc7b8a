package meaning

import (
	"maps"
	"slices"
	"strings"

	"iamctl/normalize"
	"iamctl/normalize/rewrite"
)

// General tells the judge of which roles, as the dictionary rewrites their names, account B stands
// for all accounts that have the same. What is said of these must hold for each: what is its own is
// <NAME> for the placeholder NAME, as in Statements. Witnesses stay in the names of the accounts.
func (j *Judge) General(of func(role string) bool) { j.general = of }

// tagsOf returns what the accounts of two roles are called in words.
func (j *Judge) tagsOf(sides [2]*role) [2]string {
	if sides[0].general || sides[1].general {
		return [2]string{"the reference", "these accounts"}
	}
	return j.tags
}

// generally returns words with tokens, with marks in their place.
func (l *lexicon) generally(text string) string {
	for _, placeholder := range slices.Sorted(maps.Keys(l.tokens)) {
		text = strings.ReplaceAll(text, l.tokens[placeholder], mark(placeholder))
	}
	return text
}

// generally returns a text of the account with marks in place of what is its own.
func (l *library) generally(field normalize.Field, text string) string {
	return l.account.Rewriter.Text(field, text, marking)
}

// marking returns the mark of what is an account's own.
func marking(f rewrite.Found) string {
	if f.Plain {
		return f.Placeholder
	}
	return mark(f.Placeholder)
}
