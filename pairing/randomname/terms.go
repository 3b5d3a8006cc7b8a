package randomname

import (
	_ "embed"
	"strings"
	"sync"
)

// terms are what people shorten in names: services, protocols, environments, countries,
// airports.
//
//go:embed terms.txt
var terms string

// termList has the terms by their first character.
var termList = sync.OnceValue(func() map[byte][]string {
	list := map[byte][]string{}
	for _, term := range strings.Fields(terms) {
		list[term[0]] = append(list[term[0]], term)
	}
	return list
})

// spellTerm calls found with the end of every term that begins at a byte of the text, in
// small letters, in capitals or with one capital. The terms of one letter (v2) have a
// number behind them.
func spellTerm(text string, from int, found func(end int, bits float64)) {
	for _, term := range termList()[text[from]|0x20] {
		end := from + len(term)
		if end > len(text) || len(term) == 1 && (end == len(text) || class(text[end]) != digit) {
			continue
		}
		switch part := text[from:end]; part {
		case term, strings.ToUpper(term), strings.ToUpper(term[:1]) + term[1:]:
			found(end, termBits)
		}
	}
}

// termBits is what a term costs, of some hundreds.
const termBits = 9
