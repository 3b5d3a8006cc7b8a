package equivalency

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// OtherNames are the names of the accounts that are compared. Where one account's own word is
// a part of another's name, as prod in log-archive-prod, it means that other account.
type OtherNames struct {
	names map[string]bool
	// words is how many words a name has at most.
	words int
}

// otherNames returns the names of accounts in all their spellings, where an entry takes values
// from them, and of more accounts than two what is listed for them; nil for none.
func (f *Fleet) otherNames(accounts []Identity) *OtherNames {
	o := &OtherNames{names: map[string]bool{}}
	if slices.ContainsFunc(f.d.Entries, func(e Entry) bool { return e.From == FromAccountName }) {
		for _, a := range accounts {
			name := a.accountName()
			if words := wordsOf(name); len(words) > 1 {
				o.add(len(words), (namePart{words: words}).spellings(name)...)
			}
		}
	}
	if !f.two {
		for _, a := range accounts {
			f.listedNames(a, o)
		}
	}
	if o.words == 0 {
		return nil
	}
	return o
}

// longestListed is how many words a value has at most that is looked for around others': what is
// longer, such as an identifier, is no name of which another would be a part.
const longestListed = 8

// listedNames adds the values of several words that are listed for an account.
func (f *Fleet) listedNames(a Identity, o *OtherNames) {
	for i := range f.d.Entries {
		if f.d.Entries[i].Substring {
			continue
		}
		given, _ := f.given(i, a) // the rules say what is wrong with it
		for _, s := range given {
			words := 0
			for at := 0; at < len(s.Text); at = nextWordEnd(s.Text, at) {
				words++
			}
			if words > 1 && words <= longestListed {
				o.add(words, s.Text)
			}
		}
	}
}

func (o *OtherNames) add(words int, names ...string) {
	o.words = max(o.words, words)
	for _, s := range names {
		o.names[s] = true
		o.names[policy.Fold(s)] = true
	}
}

// Within reports whether text[from:to] is a part of the name of another account than the one
// to which the texts that own reports belong.
func (o *OtherNames) Within(text string, from, to int, own func(string) bool) bool {
	if o == nil || o.words == 0 {
		return false
	}
	for begin, n := from, 0; ; n++ {
		for end, k := to, 0; ; k++ {
			if name := text[begin:end]; end-begin > to-from && o.names[name] && !own(name) {
				return true
			}
			if end == len(text) || n+k >= o.words {
				break
			}
			end = nextWordEnd(text, end)
		}
		if begin == 0 || n >= o.words {
			return false
		}
		begin = wordBegin(text, begin)
	}
}

// nextWordEnd returns the end of the next word behind a byte, and wordBegin the beginning of
// the word before one: dividers in between are passed over.
func nextWordEnd(text string, at int) int {
	at += len(text[at:]) - len(strings.TrimLeftFunc(text[at:], isDivider))
	for at < len(text) {
		if at++; Boundary(text, at) {
			break
		}
	}
	return at
}

func wordBegin(text string, at int) int {
	at = len(strings.TrimRightFunc(text[:at], isDivider))
	for at > 0 {
		if at--; Boundary(text, at) {
			break
		}
	}
	return at
}

func isDivider(r rune) bool { return classOf(r) == divider }
