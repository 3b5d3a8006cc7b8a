// Package glob is the algebra of patterns: which strings some patterns tell
// apart, and a short string of each kind.
package glob

// Pattern is a pattern of strings.
type Pattern struct {
	text     string
	reading  Reading
	elements []element
	shape    shape
	// literal is the text before the first wildcard.
	literal string
	// more is the number of ? before the star of a prefix.
	more int
	fold bool
}

type element struct {
	kind    kind
	char    rune
	segment bool // a wildcard that does not match a colon
}

type kind byte

const (
	char kind = iota
	one       // ?
	star      // *
)

// shape says what patterns can be decided without an automaton.
type shape byte

const (
	exact  shape = iota // no wildcard
	prefix              // one star, at the end
	general
)

// Reading is how the text of a pattern is read.
type Reading struct {
	// Wildcards says that * and ? are wildcards.
	Wildcards bool
	// Fold says that the case of ASCII letters does not count.
	Fold bool
	// ARN says that wildcards before the sixth segment keep to theirs, except
	// a star that ends the pattern.
	ARN bool
}

// Any reports whether the pattern matches every string.
func (p *Pattern) Any() bool { return p.shape == prefix && p.literal == "" && p.more == 0 }

// Exact returns the only string that the pattern matches, letter case aside if
// it folds, and whether there is only one.
func (p *Pattern) Exact() (string, bool) { return p.literal, p.shape == exact }
