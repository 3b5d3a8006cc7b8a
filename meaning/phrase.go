package meaning

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// One token may stand for several values of an account, even within one text: for the id of the
// account of the logs and its own in arn:aws:s3:::logs-ID/AWSLogs/ID/*. Which of them stands where
// is what the documents say.

// phrase is a text with tokens between the wildcards of a document, and what the account has
// there.
type phrase struct{ tokens, own string }

// spelled returns a request in the words of a side's documents, where they have several values
// for one token; nil where each stands for one.
func (s *scope) spelled(l *lexicon, side int, r *eval.Request) []*eval.Request {
	ambiguous := slices.DeleteFunc(s.tokensIn(l, r), func(token string) bool { return len(s.values(l, side, token)) < 2 })
	out := []*eval.Request{r}
	for _, p := range grouped(s.phrases(side, ambiguous)) {
		if !strings.Contains(textOf(r), p[0].tokens) {
			continue
		}
		var next []*eval.Request
		for _, r := range out {
			for _, way := range p {
				if len(next) < mostTranslations {
					next = append(next, replaced(r, way.tokens, way.own))
				}
			}
		}
		out = next
	}
	if out[0] == r {
		return nil
	}
	return out
}

// phrases returns the phrases of a side with some of the tokens, the longest first.
func (s *scope) phrases(side int, tokens []string) (out []phrase) {
	if len(tokens) == 0 {
		return nil
	}
	for _, d := range s.documents(side) {
		if d.tokens == nil || d.tokens == d.own {
			continue
		}
		for i := range d.tokens.Statements {
			rewritten, own := worded(&d.tokens.Statements[i]), worded(&d.own.Statements[i])
			for k := range min(len(rewritten), len(own)) {
				out = append(out, phrasesOf(rewritten[k], own[k], tokens)...)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b phrase) int {
		return cmp.Or(len(b.tokens)-len(a.tokens), cmp.Compare(a.tokens, b.tokens), cmp.Compare(a.own, b.own))
	})
	return slices.Compact(out)
}

// phrasesOf returns the phrases of a text with some of the tokens.
func phrasesOf(rewritten, own string, tokens []string) (out []phrase) {
	wild := func(r rune) bool { return strings.ContainsRune("*?", r) }
	parts, owns := strings.FieldsFunc(rewritten, wild), strings.FieldsFunc(own, wild)
	for i, part := range parts {
		if len(owns) == len(parts) && slices.ContainsFunc(tokens, func(token string) bool { return strings.Contains(part, token) }) {
			out = append(out, phrase{part, owns[i]})
		}
	}
	return out
}

// grouped puts the phrases together that are one with tokens.
func grouped(list []phrase) (out [][]phrase) {
	for _, p := range list {
		if last := len(out) - 1; last >= 0 && out[last][0].tokens == p.tokens {
			out[last] = append(out[last], p)
		} else {
			out = append(out, []phrase{p})
		}
	}
	return out
}

// worded returns the texts of a statement in which tokens may be, in their order.
func worded(st *policy.Statement) []string {
	out := slices.Concat(st.Resource, st.NotResource)
	for _, p := range slices.Concat(st.Principal, st.NotPrincipal) {
		out = append(out, p.Value)
	}
	for _, c := range st.Condition {
		out = append(append(out, c.Key), c.Values...)
	}
	return out
}

// hasWord reports whether a text of a document has a word.
func hasWord(d *policy.Document, word string) bool {
	for i := range d.Statements {
		for _, text := range worded(&d.Statements[i]) {
			for at := 0; at+len(word) <= len(text); at++ {
				if text[at:at+len(word)] == word && equivalency.Token(text, at, at+len(word)) {
					return true
				}
			}
		}
	}
	return false
}
