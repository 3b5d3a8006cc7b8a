package result

import (
	"slices"
	"strings"

	"iamctl/verdict/severity"
)

// FailOn is which drift fails a run: all, unless it says otherwise.
type FailOn struct {
	// New is drift alone that the earlier run does not have.
	New bool
	// Level is drift that is as bad or worse, "" for any.
	Level severity.Level
}

// The words for drift of any severity and age, and for new drift.
const (
	FailOnAny = "any"
	FailOnNew = "new"
)

// FailOnWords returns the words that ParseFailOn knows.
func FailOnWords() []string {
	words := []string{FailOnAny, FailOnNew}
	for _, l := range severity.Levels() {
		if l != severity.None {
			words = append(words, string(l))
		}
	}
	return words
}

// ParseFailOn reads words with commas between them, such as "new,high". bad is the
// first word that it does not know, or the second of two severities; "" if there is
// none.
func ParseFailOn(text string) (f FailOn, bad string) {
	if text == "" {
		return f, ""
	}
	for word := range strings.SplitSeq(text, ",") {
		w := strings.ToLower(strings.TrimSpace(word))
		switch {
		case !slices.Contains(FailOnWords(), w) || w != FailOnAny && w != FailOnNew && f.Level != "":
			return FailOn{}, word
		case w == FailOnNew:
			f.New = true
		case w != FailOnAny:
			f.Level = severity.Level(w)
		}
	}
	return f, ""
}

// String returns the words, "" for any drift.
func (f FailOn) String() string {
	var words []string
	if f.New {
		words = append(words, FailOnNew)
	}
	if f.Level != "" {
		words = append(words, string(f.Level))
	}
	return strings.Join(words, ",")
}

// Reaches reports whether drift of a severity is bad enough to fail the run. Of drift
// with no severity that is not known: it counts as high.
func (f FailOn) Reaches(l severity.Level) bool {
	if l == "" {
		l = severity.High
	}
	return f.Level == "" || !f.Level.Worse(l)
}

// What drift is counted by.
const (
	// ByItems counts everything that differs.
	ByItems = "items"
	// ByMeaning leaves out what changes no permission.
	ByMeaning = "meaning"
)
