package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"iamctl/result"
	"iamctl/verdict/question"
)

// example returns a witness in words: which account alone allows what, rather the second
// one's.
func (f *finder) example(scope string, s *result.Scope) string {
	return ExampleOf(f.esc, f.tags, scope, s)
}

// ExampleOf returns a witness of a scope in words: which side, by its name, alone allows what,
// rather the second. It is "" if there is none.
func ExampleOf(esc result.Escape, sides [2]string, scope string, s *result.Scope) string {
	if len(s.Witnesses) == 0 {
		return ""
	}
	w := &s.Witnesses[0]
	for i := range s.Witnesses {
		if s.Witnesses[i].AllowedBy == 2 {
			w = &s.Witnesses[i]
			break
		}
	}
	text := esc(sides[w.AllowedBy-1], result.TagLimit) + " alone: "
	if scope == result.ScopeTrust || scope == result.ScopeEffectiveTrust {
		return text + esc(who(w), result.LineLimit)
	}
	text += esc(w.Action, result.LineLimit)
	if w.Resource != "" {
		text += " on " + esc(w.Resource, result.LineLimit)
	}
	if with := contextText(w); with != "" {
		text += " with " + esc(with, result.LineLimit)
	}
	return text
}

// who returns who gets in with a request for a role: of an identity provider the claims
// say it.
func who(w *question.Witness) string {
	with := contextText(w)
	switch {
	case with == "":
		return w.Principal
	case strings.Contains(w.Principal, ":oidc-provider/"):
		_, provider, _ := strings.Cut(w.Principal, ":oidc-provider/")
		return with + " of " + provider
	}
	return w.Principal + " with " + with
}

// contextText returns the context of a witness.
func contextText(w *question.Witness) string { return ContextText(w.Principal, w.Context) }

// ContextText returns the context of a principal's request: the subject of a token first,
// then by key. The part of a key before the colon is left out where the rest tells it
// apart.
func ContextText(principal string, context map[string]question.Values) string {
	keys := slices.SortedFunc(maps.Keys(context), func(a, b string) int {
		subject := func(k string) int {
			if strings.HasSuffix(strings.ToLower(k), ":sub") {
				return 0
			}
			return 1
		}
		return cmp.Or(subject(a)-subject(b), strings.Compare(a, b))
	})
	parts := make([]string, len(keys))
	for i, k := range keys {
		name := k
		if short := k[strings.LastIndexByte(k, ':')+1:]; strings.Contains(principal, ":oidc-provider/") {
			name = short
		}
		parts[i] = name + "=" + strings.Join(context[k], ",")
	}
	return strings.Join(parts, " ")
}
