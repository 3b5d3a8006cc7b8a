package equivalency

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse reads a dictionary in either form; name is its file's name for
// errors. An error is an Errors: all that is wrong with the file, each with
// line and column, but only the first mistake of what is no JSON at all.
//
// A list of values may be a single string. "$schema" and "$comment" are for
// people and editors in both forms. A file is in the scoped form if its
// "version" is a number, or the string "2", or if "equivalencies" is a list
// that holds an object; every other object is in the IAMCTL form.
func Parse(name string, data []byte) (*Dictionary, error) {
	r := newReader(data)
	p := &parser{reader: r, d: &Dictionary{}}
	root, err := r.file()
	if err != nil {
		return nil, asError(name, []*Error{r.syntaxError(err)})
	}
	p.root(root)
	p.errs = append(p.errs, p.d.check(p.shared)...)
	if err := asError(name, p.errs); err != nil {
		return nil, err
	}
	return p.d, nil
}

type parser struct {
	*reader
	d *Dictionary
	// shared are the places of the shared literals.
	shared []Position
	errs   []*Error
}

func (p *parser) fail(at int, format string, args ...any) {
	p.errs = append(p.errs, &Error{At: p.position(at), Message: fmt.Sprintf(format, args...)})
}

func (p *parser) root(n node) {
	if n.kind != '{' {
		p.fail(n.at, `found %s, but a dictionary is an object such as {"accountname": ["dev", "qa"]}`, describe(n))
		return
	}
	if scoped(n) {
		p.scoped(n)
		return
	}
	p.d.Form = FormIAMCTL
	for _, m := range p.distinct(n) {
		switch {
		case p.about(m):
		case m.name == "":
			p.fail(m.at, "a placeholder is empty: name what stands for the values")
		default:
			e := Entry{Placeholder: m.name, At: p.position(m.at)}
			e.Values = p.values(m.value, "", fmt.Sprintf("the placeholder %q", m.name))
			p.d.Entries = append(p.d.Entries, e)
		}
	}
}

// scoped tells the form of a dictionary.
func scoped(root node) bool {
	for _, m := range root.members {
		switch m.name {
		case "version":
			if k := m.value.kind; k != '"' && k != '[' || m.value.text == "2" {
				return true
			}
		case "equivalencies":
			for _, item := range m.value.items {
				if m.value.kind == '[' && item.kind == '{' {
					return true
				}
			}
		}
	}
	return false
}

// distinct gives an object's members, the first of each name, and reports
// the others.
func (p *parser) distinct(n node) []member {
	first := make(map[string]int, len(n.members))
	var out []member
	for _, m := range n.members {
		if at, ok := first[m.name]; ok {
			p.fail(m.at, "%q stands here for the second time, first at %s: JSON readers would take only one, so merge them", m.name, p.position(at))
			p.errs[len(p.errs)-1].meaning = true
			continue
		}
		first[m.name] = m.at
		out = append(out, m)
	}
	return out
}

// about reads the members that are for people and editors.
func (p *parser) about(m member) bool {
	switch m.name {
	case "$schema":
		if m.value.kind != '"' {
			p.fail(m.value.at, `found %s, but "$schema" is a string`, describe(m.value))
		}
		p.d.Schema = m.value.text
	case "$comment":
		p.d.Comment = p.strings(m.value, `"$comment"`)
	default:
		return false
	}
	return true
}

func (p *parser) scoped(root node) {
	version := false
	for _, m := range p.distinct(root) {
		switch m.name {
		case "version":
			version = true
			p.version(m.value)
		case "equivalencies":
			p.entries(m.value)
		case "shared":
			p.sharedList(m.value)
		default:
			if !p.about(m) {
				p.unknown(m, "a dictionary", "version", "equivalencies", "shared")
			}
		}
	}
	if !version {
		p.fail(root.at, `"version" is missing: add "version": 2`)
	}
}

func (p *parser) version(n node) {
	if f, err := strconv.ParseFloat(n.text, 64); n.kind != '0' || err != nil || f != 2 {
		p.fail(n.at, `"version" is %s, and this iamctl reads version 2 only: write "version": 2`, describe(n))
	}
}

func (p *parser) entries(n node) {
	if n.kind != '[' {
		p.fail(n.at, `found %s, but "equivalencies" is a list of entries such as [{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}]`, describe(n))
		return
	}
	for _, item := range n.items {
		if item.kind != '{' {
			p.fail(item.at, `found %s, but an entry is an object such as {"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}`, describe(item))
			continue
		}
		p.entry(item)
	}
}

func (p *parser) sharedList(n node) {
	if n.kind != '[' {
		p.fail(n.at, `found %s, but "shared" is a list of strings: write ["..."]`, describe(n))
		return
	}
	for _, item := range n.items {
		if p.text(item, `"shared"`) {
			p.d.Shared = append(p.d.Shared, item.text)
			p.shared = append(p.shared, p.position(item.at))
		}
	}
}

// text checks that a node is a string that is not empty.
func (p *parser) text(n node, of string) bool {
	switch {
	case n.kind == '0':
		p.fail(n.at, "found %s, but %s is made of strings: write %q", describe(n), of, n.text)
	case n.kind != '"':
		p.fail(n.at, "found %s, but %s is made of strings", describe(n), of)
	case n.text == "":
		p.fail(n.at, "found an empty string, which would match everywhere in %s: remove it", of)
	default:
		return true
	}
	return false
}

// strings reads a string or a list of strings, which may be empty.
func (p *parser) strings(n node, of string) []string {
	items := n.items
	if n.kind != '[' {
		items = []node{n}
	}
	out := make([]string, 0, len(items))
	for _, item := range items {
		if item.kind != '"' {
			p.fail(item.at, "found %s, but %s is a string or a list of strings", describe(item), of)
			continue
		}
		out = append(out, item.text)
	}
	return out
}

func (p *parser) unknown(m member, in string, known ...string) {
	message := fmt.Sprintf("%s has no %q", in, m.name)
	if near := nearest(m.name, known); near != "" {
		message += fmt.Sprintf(": did you mean %q?", near)
	} else {
		message += ": it has " + strings.Join(known, ", ")
	}
	p.fail(m.at, "%s", message)
}

// describe names a value for an error.
func describe(n node) string {
	switch n.kind {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "the string " + strconv.Quote(cut(n.text))
	case '0':
		return "the number " + cut(n.text)
	}
	return n.text
}

// cut shortens a text for an error.
func cut(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "..."
	}
	return s
}
