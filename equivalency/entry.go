package equivalency

import (
	"fmt"
	"slices"

	"iamctl/internal/jsontree"
)

// entry reads one entry of the scoped form.
func (p *parser) entry(n jsontree.Node) {
	e := Entry{At: p.Position(n.At)}
	placeholder, values, from, errs := false, false, false, p.Failed()
	for _, m := range p.Distinct(n) {
		switch m.Name {
		case "placeholder":
			placeholder = true
			e.At = p.Position(m.Value.At)
			if p.text(m.Value, `"placeholder"`) {
				e.Placeholder = m.Value.Text
			}
		case "values":
			values = true
			e.Values = p.accounts(m.Value)
		case "from":
			from = true
			e.From = p.from(m.Value)
		case "match":
			e.Substring = p.match(m.Value)
		case "fields":
			e.Fields = p.fields(m.Value)
		case "$comment":
			e.Comment = p.Strings(m.Value, `"$comment"`)
		default:
			p.Unknown(m.At, m.Name, "an entry", "placeholder", "values", "from", "match", "fields")
		}
	}
	if !placeholder {
		p.Fail(n.At, `the entry has no "placeholder": name what stands for its values`)
	}
	if from && e.Substring {
		p.Fail(n.At, `the entry has "from" and "match": names of accounts are matched as whole words alone, for they may be parts of others: leave out "match"`)
	}
	if !values && !from {
		p.Fail(n.At, `the entry has no "values": give each account its own, such as {"dev": "dev", "qa": "qa"}`)
	}
	if p.Failed() == errs {
		p.d.Entries = append(p.d.Entries, e)
	}
}

func (p *parser) from(n jsontree.Node) string {
	if n.Kind != '"' || n.Text != FromAccountName {
		p.Fail(n.At, `found %s, but "from" is "account-name": the values are the account's own name and the words of it`, jsontree.Describe(n))
	}
	return FromAccountName
}

// accounts reads the values of the scoped form.
func (p *parser) accounts(n jsontree.Node) []Value {
	if n.Kind != '{' {
		p.Fail(n.At, `found %s, but in version 2 "values" says which account each value belongs to, such as {"dev": "dev", "qa": "qa"}`, jsontree.Describe(n))
		return nil
	}
	if len(n.Members) == 0 {
		p.Fail(n.At, "the entry has no values: list them, or remove the entry")
	}
	var out []Value
	for _, m := range p.Distinct(n) {
		if m.Name == "" {
			p.Fail(m.At, "the name of an account is empty: use its tag, profile, id or alias")
			continue
		}
		out = append(out, p.values(m.Value, m.Name, fmt.Sprintf("the account %q", m.Name))...)
	}
	return out
}

// values reads a string, or a list of at least one.
func (p *parser) values(n jsontree.Node, account, of string) []Value {
	items := n.Items
	if n.Kind != '[' {
		items = []jsontree.Node{n}
	}
	if len(items) == 0 {
		p.Fail(n.At, "%s has no values: list them, or remove it", of)
	}
	var out []Value
	for _, item := range items {
		if !p.text(item, "the list of values of "+of) {
			continue
		}
		v := Value{Account: account, Text: item.Text, At: p.Position(item.At)}
		if !slices.ContainsFunc(out, func(o Value) bool { return o.Text == v.Text }) {
			out = append(out, v)
		}
	}
	return out
}

func (p *parser) match(n jsontree.Node) (substring bool) {
	if n.Kind == '"' {
		switch n.Text {
		case "token":
			return false
		case "substring":
			return true
		}
	}
	p.Fail(n.At, `found %s, but "match" is "token" (whole words, as when left out) or "substring"`, jsontree.Describe(n))
	return false
}

func (p *parser) fields(n jsontree.Node) []Field {
	if n.Kind != '[' {
		p.Fail(n.At, `found %s, but "fields" is a list such as ["rolename", "arn"]`, jsontree.Describe(n))
		return nil
	}
	if len(n.Items) == 0 {
		p.Fail(n.At, `"fields" is empty, so that the entry could match nowhere: leave "fields" out for every field`)
	}
	var out []Field
	for _, item := range n.Items {
		f := Field(item.Text)
		switch {
		case item.Kind != '"':
			p.Fail(item.At, `found %s, but "fields" is a list of strings`, jsontree.Describe(item))
		case !slices.Contains(Fields(), f):
			p.unknownField(item)
		case !slices.Contains(out, f):
			out = append(out, f)
		}
	}
	return out
}

func (p *parser) unknownField(n jsontree.Node) {
	known := make([]string, 0, len(Fields()))
	for _, f := range Fields() {
		known = append(known, string(f))
	}
	p.Unknown(n.At, n.Text, `"fields"`, known...)
}
