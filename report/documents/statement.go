package documents

import (
	"slices"
	"strings"
)

// CompareStatement compares statement i, from 0, of the document of a side with the one
// of the other document that Compare sets beside it. It returns the places of both, -1
// for none, and reports false if there is no such statement. Either document may be nil.
func CompareStatement(a, b *Document, side, i int) (c Comparison, at [2]int, ok bool) {
	docs := [2]*Document{a, b}
	for s := range docs {
		if docs[s] == nil {
			docs[s] = &Document{}
		}
	}
	if i < 0 || i >= len(docs[side].statements) {
		return Comparison{}, [2]int{-1, -1}, false
	}
	partner := matchStatements(docs[0].statements, docs[1].statements)
	if side == 0 {
		at = [2]int{i, partner[i]}
	} else {
		at = [2]int{slices.Index(partner, i), i}
	}
	var only [2]*Document
	for s, k := range at {
		only[s] = &Document{}
		if k >= 0 {
			only[s].statements = docs[s].statements[k : k+1]
		}
	}
	return Compare(only[0], only[1]), at, true
}

// Statements lays out statements without a document around them, each the text of a JSON
// object: what is compared is they alone.
func Statements(texts []string) *Document {
	d := Parse(`{"Statement":[`+strings.Join(texts, ",")+`]}`, nil)
	if len(d.statements) != len(texts) {
		return parsePlain(strings.Join(texts, "\n"))
	}
	return &Document{statements: d.statements}
}
