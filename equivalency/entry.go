package equivalency

import (
	"fmt"
	"slices"
)

// entry reads one entry of the scoped form.
func (p *parser) entry(n node) {
	e := Entry{At: p.position(n.at)}
	placeholder, values, errs := false, false, len(p.errs)
	for _, m := range p.distinct(n) {
		switch m.name {
		case "placeholder":
			placeholder = true
			e.At = p.position(m.value.at)
			if p.text(m.value, `"placeholder"`) {
				e.Placeholder = m.value.text
			}
		case "values":
			values = true
			e.Values = p.accounts(m.value)
		case "match":
			e.Substring = p.match(m.value)
		case "fields":
			e.Fields = p.fields(m.value)
		case "$comment":
			e.Comment = p.strings(m.value, `"$comment"`)
		default:
			p.unknown(m, "an entry", "placeholder", "values", "match", "fields")
		}
	}
	if !placeholder {
		p.fail(n.at, `the entry has no "placeholder": name what stands for its values`)
	}
	if !values {
		p.fail(n.at, `the entry has no "values": give each account its own, such as {"dev": "dev", "qa": "qa"}`)
	}
	if len(p.errs) == errs {
		p.d.Entries = append(p.d.Entries, e)
	}
}

// accounts reads the values of the scoped form.
func (p *parser) accounts(n node) []Value {
	if n.kind != '{' {
		p.fail(n.at, `found %s, but in version 2 "values" says which account each value belongs to, such as {"dev": "dev", "qa": "qa"}`, describe(n))
		return nil
	}
	if len(n.members) == 0 {
		p.fail(n.at, "the entry has no values: list them, or remove the entry")
	}
	var out []Value
	for _, m := range p.distinct(n) {
		if m.name == "" {
			p.fail(m.at, "the name of an account is empty: use its tag, profile, id or alias")
			continue
		}
		out = append(out, p.values(m.value, m.name, fmt.Sprintf("the account %q", m.name))...)
	}
	return out
}

// values reads a string, or a list of at least one.
func (p *parser) values(n node, account, of string) []Value {
	items := n.items
	if n.kind != '[' {
		items = []node{n}
	}
	if len(items) == 0 {
		p.fail(n.at, "%s has no values: list them, or remove it", of)
	}
	var out []Value
	for _, item := range items {
		if !p.text(item, "the list of values of "+of) {
			continue
		}
		v := Value{Account: account, Text: item.text, At: p.position(item.at)}
		if !slices.ContainsFunc(out, func(o Value) bool { return o.Text == v.Text }) {
			out = append(out, v)
		}
	}
	return out
}

func (p *parser) match(n node) (substring bool) {
	if n.kind == '"' {
		switch n.text {
		case "token":
			return false
		case "substring":
			return true
		}
	}
	p.fail(n.at, `found %s, but "match" is "token" (whole words, as when left out) or "substring"`, describe(n))
	return false
}

func (p *parser) fields(n node) []Field {
	if n.kind != '[' {
		p.fail(n.at, `found %s, but "fields" is a list such as ["rolename", "arn"]`, describe(n))
		return nil
	}
	if len(n.items) == 0 {
		p.fail(n.at, `"fields" is empty, so that the entry could match nowhere: leave "fields" out for every field`)
	}
	var out []Field
	for _, item := range n.items {
		f := Field(item.text)
		switch {
		case item.kind != '"':
			p.fail(item.at, `found %s, but "fields" is a list of strings`, describe(item))
		case !slices.Contains(Fields(), f):
			p.unknownField(item)
		case !slices.Contains(out, f):
			out = append(out, f)
		}
	}
	return out
}

func (p *parser) unknownField(n node) {
	known := make([]string, 0, len(Fields()))
	for _, f := range Fields() {
		known = append(known, string(f))
	}
	p.unknown(member{name: n.text, at: n.at}, `"fields"`, known...)
}
