package equivalency

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FromAccountName is the Entry.From of an entry whose values follow from the names of the
// accounts.
const FromAccountName = "account-name"

// minWord is how many characters a value that follows from a name has at least, unless it is
// a word for an environment.
const minWord = 3

// The parts of an account's name have placeholders of their own, for a thing that is called
// after the whole name is not one that is called after a part. How a part is written does not
// matter: a name with capitals is in small letters where a service takes no others.
const (
	wordPart        = "word"
	environmentPart = "env"
)

// partPlaceholder returns the placeholder of a part, in the letters of the entry's.
func partPlaceholder(placeholder, part string) string {
	if last, _ := utf8.DecodeLastRuneInString(placeholder); unicode.IsUpper(last) {
		part = strings.ToUpper(part)
	}
	return placeholder + part
}

// word is a word of a name, with its place.
type word struct {
	text string
	Span
}

// wordsOf returns the words of an account's name: they end at what is neither letter nor
// digit, and where a lower-case letter meets an upper-case one.
func wordsOf(name string) []word {
	var out []word
	from, before := 0, divider
	end := func(to int) {
		if to > from {
			out = append(out, word{name[from:to], Span{from, to}})
		}
	}
	for i, r := range name {
		switch c := classOf(r); {
		case c == divider:
			end(i)
			from = i + utf8.RuneLen(r)
			before = c
		case before == lower && c == upper:
			end(i)
			from = i
			before = c
		default:
			before = c
		}
	}
	end(len(name))
	return out
}

// distinctWords returns the words of a name in lower case, each once.
func distinctWords(name string) []string {
	var out []string
	for _, w := range wordsOf(name) {
		if small := strings.ToLower(w.text); !slices.Contains(out, small) {
			out = append(out, small)
		}
	}
	return out
}

// hasLetter reports whether a text has a letter.
func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// namePart is a part of a name whose spellings are values: all of it, words in a row, or a
// word for an environment.
type namePart struct {
	words       []word
	placeholder string
	environment bool
}

// partsOf returns the parts of a name that are an account's own: the whole name; what is
// left of it between the words for environments and those that the names of other accounts
// have; and the words for environments.
func (f *Fleet) partsOf(name, placeholder string) []namePart {
	all := wordsOf(name)
	if len(all) == 0 {
		return nil
	}
	isEnvironment := func(w word) bool { return Environment(w.text) >= 0 }
	out := []namePart{{all, placeholder, len(all) == 1 && isEnvironment(all[0])}}
	if len(all) == 1 {
		return out
	}
	var run []word
	end := func() {
		if slices.ContainsFunc(run, func(w word) bool { return hasLetter(w.text) }) {
			out = append(out, namePart{run, partPlaceholder(placeholder, wordPart), false})
		}
		run = nil
	}
	for _, w := range all {
		switch {
		case isEnvironment(w):
			end()
			out = append(out, namePart{[]word{w}, partPlaceholder(placeholder, environmentPart), true})
		case hasLetter(w.text) && f.words[strings.ToLower(w.text)] > 1:
			end()
		default:
			run = append(run, w)
		}
	}
	end()
	return out
}

// spellings returns how a part may be written: as in the name, in small letters with
// dashes, and without any; a single word also with a capital, and one for an environment in
// capitals.
func (p namePart) spellings(name string) []string {
	var small, large []string
	for _, w := range p.words {
		l := strings.ToLower(w.text)
		first, size := utf8.DecodeRuneInString(l)
		small, large = append(small, l), append(large, string(unicode.ToUpper(first))+l[size:])
	}
	out := []string{name[p.words[0].From:p.words[len(p.words)-1].To]}
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	add(strings.Join(small, "-"))
	add(strings.Join(large, ""))
	if p.environment {
		add(strings.ToUpper(strings.Join(small, "-")))
	}
	return out
}
