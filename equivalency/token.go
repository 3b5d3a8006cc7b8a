package equivalency

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is what a character counts as where words are told apart.
type class uint8

const (
	divider class = iota
	digit
	letter // without case, or a mark on the letter before
	lower
	upper
)

var ascii = func() (t [utf8.RuneSelf]class) {
	for r := range rune(utf8.RuneSelf) {
		t[r] = classify(r)
	}
	return t
}()

func classOf(r rune) class {
	if r < utf8.RuneSelf {
		return ascii[r]
	}
	return classify(r)
}

func classify(r rune) class {
	switch {
	case unicode.IsDigit(r):
		return digit
	case unicode.IsLower(r):
		return lower
	case unicode.IsUpper(r), unicode.IsTitle(r):
		return upper
	case unicode.IsLetter(r), unicode.IsMark(r):
		// A combining mark is part of its letter: "e" with an accent is
		// no end of a word.
		return letter
	}
	return divider
}

// Divides reports whether a token may end between two neighbouring characters:
// one is neither letter nor digit, one is a letter and one a digit, or a
// lower-case letter comes before an upper-case one.
func Divides(before, after rune) bool {
	x, y := classOf(before), classOf(after)
	switch {
	case x == divider, y == divider, (x == digit) != (y == digit):
		return true
	}
	return x == lower && y == upper
}

// DividesTexts is Divides for the neighbours where after follows before. Where
// one of them is empty there is nothing to keep together, and it is true. Bytes
// that are not UTF-8 divide.
func DividesTexts(before, after string) bool {
	x, _ := utf8.DecodeLastRuneInString(before)
	y, _ := utf8.DecodeRuneInString(after)
	return Divides(x, y)
}

// Boundary reports whether a token may begin or end at byte i of s: at either
// end of s, and where Divides says so.
func Boundary(s string, i int) bool {
	if i <= 0 || i >= len(s) {
		return true
	}
	if a, b := s[i-1], s[i]; a < utf8.RuneSelf && b < utf8.RuneSelf {
		return Divides(rune(a), rune(b))
	}
	return DividesTexts(s[:i], s[i:])
}

// Token reports whether s[from:to] is a whole token of s.
func Token(s string, from, to int) bool { return Boundary(s, from) && Boundary(s, to) }

// idLength is the number of digits of an account id.
const idLength = 12

// JoinsID reports whether a placeholder put in between two texts would make a run
// of twelve digits with the digits at its side, which would pass for an account
// id: accountprefix1 before 23456789012.
func JoinsID(before, placeholder, after string) bool {
	left, right := digitsBefore(before), digitsAfter(after)
	from, to := digitsAfter(placeholder), digitsBefore(placeholder)
	if from == len(placeholder) {
		return left+right > 0 && left+from+right == idLength
	}
	return left > 0 && from > 0 && left+from == idLength || to > 0 && right > 0 && to+right == idLength
}

// digitsBefore returns how many digits s ends with, digitsAfter how many it begins
// with.
func digitsBefore(s string) int { return len(s) - len(strings.TrimRight(s, "0123456789")) }
func digitsAfter(s string) int  { return len(s) - len(strings.TrimLeft(s, "0123456789")) }
