package meaning

import (
	"maps"
	"net/netip"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/normalize"
	"iamctl/policy/eval"
)

// noToken is in no text.
const noToken = "\x00"

// mostTranslations is how many translations of one request are tried.
const mostTranslations = 32

// translations returns a request in the names of a side, the likeliest first: what is meant by
// it there, and then it with one value for each token.
func (s *scope) translations(l *lexicon, side int, r *eval.Request) []*eval.Request {
	return append(s.meant(l, side, r), s.uniform(l, side, r)...)
}

// meant returns what a request is in the names of a side: as the documents spell it where they
// have several values for one token, else with each value that there is.
func (s *scope) meant(l *lexicon, side int, r *eval.Request) (out []*eval.Request) {
	spelled := s.spelled(l, side, r)
	if spelled == nil {
		return s.uniform(l, side, r)
	}
	for _, r := range spelled {
		out = append(out, s.uniform(l, side, r)...)
	}
	return out
}

// uniform returns a request with each value that a side has for the tokens in it.
func (s *scope) uniform(l *lexicon, side int, r *eval.Request) []*eval.Request {
	out := []*eval.Request{replaced(r, noToken, "")}
	for _, token := range s.tokensIn(l, r) {
		var next []*eval.Request
		for _, r := range out {
			for _, value := range s.values(l, side, token) {
				if len(next) < mostTranslations {
					next = append(next, replaced(r, token, value))
				}
			}
		}
		out = next
	}
	for _, r := range out {
		s.relocate(l, side, r)
	}
	return out
}

// relocate moves the addresses of a request into the blocks of a side. Blocks have no
// tokens: the least of both sides stands for either.
func (s *scope) relocate(l *lexicon, side int, r *eval.Request) {
	for _, values := range r.Context {
		for i, v := range values {
			if a, err := netip.ParseAddr(v); err == nil {
				if b := l.address(side, a, s.found(side)); b != a {
					values[i] = b.String()
				}
			}
		}
	}
}

// spell returns the action and the resource of a request in the names of a side, or in those of none
// in particular.
func (s *scope) spell(l *lexicon, side int, r eval.Request) string {
	if s.general {
		return l.generally(r.Action + " " + r.Principal.Value + r.Resource)
	}
	t := s.translations(l, side, &r)[0]
	return t.Action + " " + t.Principal.Value + t.Resource
}

// textOf returns all of a request in which there may be tokens.
func textOf(r *eval.Request) string {
	var b strings.Builder
	b.WriteString(r.Principal.Value + "\n" + r.Resource + "\n")
	for _, key := range slices.Sorted(maps.Keys(r.Context)) {
		b.WriteString(key + "\n" + strings.Join(r.Context[key], "\n") + "\n")
	}
	return b.String()
}

// tokensIn returns the tokens in a request.
func (s *scope) tokensIn(l *lexicon, r *eval.Request) []string {
	text := textOf(r)
	var out []string
	for _, token := range slices.Compact(slices.Sorted(maps.Values(l.tokens))) {
		if strings.Contains(text, token) {
			out = append(out, token)
		}
	}
	return out
}

// values returns what a token stands for on a side: what its documents have, and what
// the dictionary has.
func (s *scope) values(l *lexicon, side int, token string) []string {
	var out []string
	add := func(list []string) {
		for _, v := range list {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	add(s.found(side)(token))
	add(l.own[side][token])
	switch {
	case token == l.tokens[equivalency.IDOf]:
		return []string{""}
	case len(out) == 0:
		return []string{s.strange(side)}
	}
	return out
}

// strange returns a word that no document of a side has: for a token that stands for nothing there.
func (s *scope) strange(side int) string {
	for word := "x"; ; word += "x" {
		if !slices.ContainsFunc(s.documents(side), func(d *document) bool { return d.own != nil && hasWord(d.own, word) }) {
			return word
		}
	}
}

// found returns a function that returns what the documents of a side have for a token.
func (s *scope) found(side int) func(token string) []string {
	return func(token string) []string {
		var out []string
		for _, d := range s.documents(side) {
			out = append(out, d.found[token]...)
		}
		return out
	}
}

// documents returns all documents of a side.
func (s *scope) documents(side int) []*document {
	out := slices.Concat(s.identity[side], s.boundary[side])
	for _, l := range s.control[side] {
		out = append(out, l.documents...)
	}
	return out
}

// replaced returns a request with a value for a token.
func replaced(r *eval.Request, token, value string) *eval.Request {
	put := func(s string) string { return strings.ReplaceAll(s, token, value) }
	out := *r
	out.Principal.Value, out.Resource = put(r.Principal.Value), put(r.Resource)
	out.Context = make(map[string][]string, len(r.Context))
	for key, values := range r.Context {
		list := slices.Clone(values)
		for i, v := range list {
			list[i] = put(v)
		}
		out.Context[put(key)] = list
	}
	return &out
}

// counterpart returns a request in which the values of the other account, where they
// are known by a rewriter, are those that the other account would name in their place:
// reaching over is the same from either side.
func counterpart(r *eval.Request, by *normalize.Rewriter) *eval.Request {
	expected := func(field normalize.Field, text string) string {
		for _, n := range by.NamedValue(field, text) {
			if n.Expected != "" {
				return n.Expected
			}
		}
		return text
	}
	out := *r
	out.Principal.Value = expected(normalize.PrincipalField(r.Principal.Type), r.Principal.Value)
	out.Resource = expected(normalize.FieldARN, r.Resource)
	out.Context = make(map[string][]string, len(r.Context))
	for key, values := range r.Context {
		list := slices.Clone(values)
		for i, v := range list {
			list[i] = expected(normalize.FieldCondition, v)
		}
		out.Context[key] = list
	}
	return &out
}
