package randomname

import (
	_ "embed"
	"math"
	"strings"
)

//go:embed letters.txt
var letters string

// letterBits returns what a letter costs after two others, in bits; 26 is the
// beginning of a word.
func letterBits(a, b, c int) float64 { return float64(letters[(a*27+b)*27+c]-'!') / 4 }

// maxRandom is the length of the longest text that wordBits looks at.
const maxRandom = 16

// wordBits returns how many bits it takes to spell a text as people do who name
// things: as words, numbers, years and dates one after the other. It is the cost of
// the cheapest way to take the text apart. A text is at most maxRandom letters and
// digits.
func wordBits(text string) float64 {
	var best [maxRandom + 1]float64
	for i := range text {
		best[i+1] = math.Inf(1)
	}
	for from := range len(text) {
		start := best[from] + boundaryBits(text, from)
		if class(text[from]) == digit {
			for end := from + 1; end <= len(text) && class(text[end-1]) == digit; end++ {
				best[end] = min(best[end], start+numberBits(text[from:end]))
			}
			continue
		}
		spellWord(text, from, func(end int, bits float64) { best[end] = min(best[end], start+bits) })
	}
	return best[len(text)]
}

// boundaryBits returns what it costs to begin a word at a byte of the text: less
// where one sees it.
func boundaryBits(text string, at int) float64 {
	switch {
	case at == 0:
		return 0
	case class(text[at-1]) != class(text[at]):
		return 2
	}
	return 4
}

// spellWord calls found with every end of a word that begins at a byte of the text
// and what the word costs: of small letters, of capitals, or of small letters after
// one capital.
func spellWord(text string, from int, found func(end int, bits float64)) {
	bits, a, b := 1.0, 26, 26
	for i := from; i < len(text); i++ {
		k := class(text[i])
		if k == digit || i > from+1 && k != class(text[i-1]) || i == from+1 && k == upper && class(text[from]) == lower {
			return
		}
		c := int(text[i]|0x20) - 'a'
		bits += letterBits(a, b, c)
		a, b = b, c
		// Few words are shorter than three letters.
		found(i+1, bits+2*float64(max(0, 3-(i+1-from))))
	}
}

// numberBits returns what a number costs, infinity for what is none. Years and dates
// cost little, and so do zeros at either end and digits that repeat or count on.
func numberBits(number string) float64 {
	bits := 1.5
	zeros := len(number) - len(strings.TrimLeft(number, "0"))
	round := len(strings.TrimRight(number, "0"))
	for i := range len(number) {
		switch {
		case class(number[i]) != digit:
			return math.Inf(1)
		case i > 0 && i < zeros, i > round, goesOn(number, i):
			bits++
		default:
			bits += 3.3
		}
	}
	return min(bits, dateBits(number))
}

// goesOn reports whether a digit goes on as the two before it do: 3 after 12, or 1
// after 11.
func goesOn(number string, i int) bool {
	if i < 2 {
		return false
	}
	step := number[i-1] - number[i-2]
	return number[i]-number[i-1] == step && step <= 1
}

// dateBits returns what a year or a date costs, infinity for any other number.
func dateBits(number string) float64 {
	year := func(s string) bool { return "1970" <= s && s <= "2069" }
	switch {
	case len(number) == 4 && year(number):
		return 6
	case len(number) == 6 && year(number[:4]) && between(number[4:], 1, 12):
		return 10
	case len(number) == 8 && year(number[:4]) && between(number[4:6], 1, 12) && between(number[6:], 1, 31):
		return 14
	}
	return math.Inf(1)
}

// between reports whether a number of two digits lies between two others.
func between(digits string, low, high int) bool {
	n := int(digits[0]-'0')*10 + int(digits[1]-'0')
	return low <= n && n <= high
}

// The classes of characters.
const (
	other = iota
	digit
	upper
	lower
)

func class(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return digit
	case 'A' <= c && c <= 'Z':
		return upper
	case 'a' <= c && c <= 'z':
		return lower
	}
	return other
}
