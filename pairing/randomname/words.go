package randomname

import (
	_ "embed"
	"math"
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
		found := func(end int, bits float64) { best[end] = min(best[end], start+bits) }
		spellTerm(text, from, found)
		if class(text[from]) == digit {
			for end := from + 1; end <= len(text) && class(text[end-1]) == digit; end++ {
				found(end, numberBits(text[from:end]))
			}
			continue
		}
		spellWord(text, from, found)
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
		n := float64(i + 1 - from)
		spelled := bits
		if n <= 4 {
			// So short, it may be what the first letters of words make.
			spelled = min(spelled, 6+n*initialBits)
		}
		// Few words are shorter than three letters.
		found(i+1, spelled+2*max(0, 3-n))
	}
}

// initialBits is what a letter costs that begins a word which is not there.
const initialBits = 4.7

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
