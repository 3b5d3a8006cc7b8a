package unused

import (
	"fmt"
	"strings"

	"iamctl/equivalency"
	"iamctl/normalize"
)

// Warning says what is wrong with an entry of the dictionary.
type Warning struct {
	// Placeholder is the entry's, "" for a warning about all of them.
	Placeholder string
	At          equivalency.Position
	// Reason says what is wrong with the entry.
	Reason string
	// Near are a few texts that the entry nearly matched.
	Near []Near
}

// Near is a text that nearly matched.
type Near struct {
	// Account is the tag.
	Account string
	Field   normalize.Field
	Text    string
	// Why says why the text was left alone.
	Why string
}

func (w Warning) String() string {
	if w.Placeholder == "" {
		return w.Reason
	}
	var b strings.Builder
	fmt.Fprintf(&b, "the dictionary's entry %q", w.Placeholder)
	if w.At != (equivalency.Position{}) {
		fmt.Fprintf(&b, " (%s)", w.At)
	}
	b.WriteString(" " + w.Reason)
	for i, n := range w.Near {
		if i == 0 {
			b.WriteString("; left alone: ")
		} else {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q (%s in %s: %s)", n.Text, n.Field, n.Account, n.Why)
	}
	return b.String()
}
