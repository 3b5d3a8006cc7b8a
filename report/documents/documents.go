// Package documents sets two policy documents side by side: which lines one of
// them has alone, which are the same in both, and which are the same only
// after the dictionary has rewritten them.
//
// Documents are compared by what they mean, not as texts. The rules, in their
// order:
//
//  1. A text that is JSON, and that could be written again without loss, is
//     laid out anew: members by name, a list wherever a scalar or a list may
//     be, lists of strings sorted. Any other text is compared as it is.
//  2. Two lines mean the same if they are equal after rewriting. The letter
//     case of actions and of condition keys does not count, nor does a Sid: it
//     permits nothing.
//  3. The order of statements means nothing. A statement of B is set beside the
//     one of A that has most in common with it.
//  4. Lines are compared one value at a time, so that each difference shows as
//     what it is. Only then are short lists put on one line.
//
// The package knows no markup. Its lines are text in which every character
// that a screen would act upon or hide is spelled out, but for tabs, which
// indent; a format escapes them in its own way.
package documents

import (
	"slices"
	"strings"

	"iamctl/internal/visible"
)

// Document is the text of a policy document, laid out as lines.
type Document struct {
	// before and after are the lines around the statements. A text without
	// statements is all in before.
	before, after []line
	statements    []statement
	// plain reports that the text is no JSON.
	plain bool
}

// line is one line of a document.
type line struct {
	text string
	// key is what the line means: lines with equal keys mean the same.
	key string
	// comma reports that text ends with a comma. It belongs to the line's
	// place and is no part of what the line says.
	comma bool
}

// bare returns the text without the comma after it.
func (l *line) bare() string {
	if l.comma {
		return l.text[:len(l.text)-1]
	}
	return l.text
}

// words returns the bare text without its indentation.
func (l *line) words() string { return strings.TrimLeft(l.bare(), "\t") }

// statement is a statement of a policy.
type statement struct {
	sid   string
	lines []line
}

// Parse lays out the text of a document, of an account in which the dictionary
// rewrote the values of r; r may be nil. A text that is no JSON has the lines
// that it is written in.
func Parse(text string, r *Rewrites) *Document {
	root, ok := readNode(text)
	if !ok {
		return parsePlain(text)
	}
	root.arrange()
	p := &printer{rewrites: r}
	at, ok := root.statements()
	if !ok {
		p.value(&root, place{})
		return &Document{before: p.take()}
	}
	d := &Document{before: p.head(&root, at)}
	for i := range root.items[at].items {
		s := &root.items[at].items[i]
		p.value(s, place{indent: 2, statement: true})
		d.statements = append(d.statements, statement{sid: s.sid(), lines: p.take()})
	}
	d.after = p.foot(&root, at)
	return d
}

func parsePlain(text string) *Document {
	d := &Document{plain: true}
	for s := range strings.SplitSeq(text, "\n") {
		s = visible.Escape(s)
		d.before = append(d.before, line{text: s, key: s})
	}
	return d
}

// statements returns the index of the member that holds the statements; false
// if there is not exactly one such list, or if it is empty.
func (n *node) statements() (int, bool) {
	at := slices.Index(n.names, "Statement")
	if at < 0 || at+1 < len(n.names) && n.names[at+1] == "Statement" {
		return 0, false
	}
	return at, n.items[at].kind == '[' && len(n.items[at].items) > 0
}

func (n *node) sid() string {
	if i := slices.Index(n.names, "Sid"); i >= 0 && n.items[i].kind == '"' {
		return n.items[i].text
	}
	return ""
}
