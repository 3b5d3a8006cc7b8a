package equivalency

import (
	"fmt"

	"iamctl/internal/jsontree"
)

// Parse reads a dictionary in either form; name is its file's name for
// errors. An error is an Errors: all that is wrong with the file, each with
// line and column, but only the first mistake of what is not JSON at all.
//
// A list of values may be a single string. "$schema" and "$comment" are for
// people and editors in both forms. A file is in the scoped form if its
// "version" is a number, or the string "2", or if "equivalencies" is a list
// that holds an object; every other object is in the IAMCTL form.
func Parse(name string, data []byte) (*Dictionary, error) {
	f, err := jsontree.Open(name, data, jsontree.Words{File: "the dictionary", Empty: "a dictionary without entries is {}"})
	if err != nil {
		return nil, err
	}
	p := &parser{File: f, d: &Dictionary{}}
	p.root(f.Root)
	p.Add(p.d.check(p.shared))
	if err := p.Err(); err != nil {
		return nil, err
	}
	return p.d, nil
}

type parser struct {
	*jsontree.File
	d *Dictionary
	// shared are the places of the shared literals.
	shared []Position
}

func (p *parser) root(n jsontree.Node) {
	if n.Kind != '{' {
		p.Fail(n.At, `found %s, but a dictionary is an object such as {"accountname": ["dev", "qa"]}`, jsontree.Describe(n))
		return
	}
	if scoped(n) {
		p.scoped(n)
		return
	}
	p.d.Form = FormIAMCTL
	for _, m := range p.Distinct(n) {
		switch {
		case p.About(m, &p.d.Schema, &p.d.Comment):
		case m.Name == "":
			p.Fail(m.At, "a placeholder is empty: name what stands for the values")
		default:
			e := Entry{Placeholder: m.Name, At: p.Position(m.At)}
			e.Values = p.values(m.Value, "", fmt.Sprintf("the placeholder %q", m.Name))
			p.d.Entries = append(p.d.Entries, e)
		}
	}
}

// scoped reports whether a dictionary is in the scoped form.
func scoped(root jsontree.Node) bool {
	for _, m := range root.Members {
		switch m.Name {
		case "version":
			if k := m.Value.Kind; k != '"' && k != '[' || m.Value.Text == "2" {
				return true
			}
		case "equivalencies":
			for _, item := range m.Value.Items {
				if m.Value.Kind == '[' && item.Kind == '{' {
					return true
				}
			}
		}
	}
	return false
}

func (p *parser) scoped(root jsontree.Node) {
	version := false
	for _, m := range p.Distinct(root) {
		switch m.Name {
		case "version":
			version = true
			p.Version(m.Value, 2)
		case "equivalencies":
			p.entries(m.Value)
		case "shared":
			p.sharedList(m.Value)
		default:
			if !p.About(m, &p.d.Schema, &p.d.Comment) {
				p.Unknown(m.At, m.Name, "a dictionary", "version", "equivalencies", "shared")
			}
		}
	}
	if !version {
		p.Fail(root.At, `"version" is missing: add "version": 2`)
	}
}

func (p *parser) entries(n jsontree.Node) {
	if n.Kind != '[' {
		p.Fail(n.At, `found %s, but "equivalencies" is a list of entries such as [{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}]`, jsontree.Describe(n))
		return
	}
	for _, item := range n.Items {
		if item.Kind != '{' {
			p.Fail(item.At, `found %s, but an entry is an object such as {"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}`, jsontree.Describe(item))
			continue
		}
		p.entry(item)
	}
}

func (p *parser) sharedList(n jsontree.Node) {
	if n.Kind != '[' {
		p.Fail(n.At, `found %s, but "shared" is a list of strings: write ["..."]`, jsontree.Describe(n))
		return
	}
	for _, item := range n.Items {
		if p.text(item, `"shared"`) {
			p.d.Shared = append(p.d.Shared, item.Text)
			p.shared = append(p.shared, p.Position(item.At))
		}
	}
}

// text checks that a jsontree.Node is a string that is not empty.
func (p *parser) text(n jsontree.Node, of string) bool {
	switch {
	case n.Kind == '0':
		p.Fail(n.At, "found %s, but %s is made of strings: write %q", jsontree.Describe(n), of, n.Text)
	case n.Kind != '"':
		p.Fail(n.At, "found %s, but %s is made of strings", jsontree.Describe(n), of)
	case n.Text == "":
		p.Fail(n.At, "found an empty string, which would match everywhere in %s: remove it", of)
	default:
		return true
	}
	return false
}
