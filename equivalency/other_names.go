package equivalency

import (
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

// otherNames returns the names of accounts in all their spellings, nil where no entry takes
// values from them.
func otherNames(d *Dictionary, accounts []Identity) *OtherNames {
	takes := false
	for _, e := range d.Entries {
		takes = takes || e.From == FromAccountName
	}
	if !takes {
		return nil
	}
	o := &OtherNames{names: map[string]bool{}}
	for _, a := range accounts {
		name := a.accountName()
		words := wordsOf(name)
		if len(words) < 2 {
			continue
		}
		o.words = max(o.words, len(words))
		for _, s := range (namePart{words: words}).spellings(name) {
			o.names[s] = true
			o.names[policy.Fold(s)] = true
		}
	}
	return o
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
