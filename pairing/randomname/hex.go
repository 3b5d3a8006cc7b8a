package randomname

import (
	"math"
	"strings"
)

// hexWords are the words that hexadecimal digits spell, with digits that stand for
// letters in them, and what people shorten.
var hexWords = strings.Fields(`
	abed abc abcdef accede acceded ace aced add added ade babe bad baa beaded bead bed bee beef beefed cab cabbed cad
	cede ceded dab dabbed dad dead deaf deb dec decade decaf deed deeded deface defaced def ebb ebbed efface effaced
	fab facade face faced fad fade faded fed fee feed feb
	ba5e babe5 bade5 bea7 b00b b00c b0b c0b c0c0a c0d c0de c0ded c0ffee ca11 ca5e ce11 d00d d0d0 d1ce dea1 dec0de
	a1 a2 a2a ab abe ac ad ae af b1 b2b b2c b2d b2e ba bc bd c1 c2 c2b c2c cb cc cd cdc cdb ce cf d2c d2d d3 da db db2 dba dbc dc dd
	e1 e2 e2e ea eb ec ec2 ecb ecc ed ee f1 f2 f2b f5 fa fb fe
	dec0ded e66 f00d f00 f1ee 0dd 0ff 0ff1ce 5afe 7ea7 1ced 10ad 10c 1ab
`)

// hexBits returns how many bits it takes to spell hexadecimal digits as people do:
// as words of such digits, numbers and single letters. It is the cost of the cheapest
// way to take the text apart; a text is in small letters and at most maxRandom long.
func hexBits(text string) float64 {
	var best [maxRandom + 1]float64
	for i := range text {
		best[i+1] = math.Inf(1)
	}
	for from := range len(text) {
		start := best[from]
		if from > 0 {
			start += 4
		}
		to := func(end int, bits float64) { best[end] = min(best[end], start+bits) }
		for _, w := range hexWords {
			if strings.HasPrefix(text[from:], w) {
				to(from+len(w), 6+2*float64(max(0, 3-len(w))))
			}
		}
		if class(text[from]) != digit {
			for end := from + 1; end <= len(text) && (end == from+1 || text[end-1] == text[end-2]+1); end++ {
				to(end, 8+float64(end-from-1))
			}
			continue
		}
		for end := from + 1; end <= len(text) && class(text[end-1]) == digit; end++ {
			to(end, numberBits(text[from:end]))
		}
	}
	return best[len(text)]
}
