package waiver

import (
	"slices"

	"iamctl/internal/driftkind"
	"iamctl/internal/jsontree"
)

// Parse reads waivers.json; name is its file's name for errors. An error is an
// Errors: all that is wrong with the file, each with line and column, but only
// the first mistake of what is not JSON at all. "$schema" and "$comment" are
// for people and editors. rules are the ids of the rules of audits, none for any.
func Parse(name string, data []byte, rules ...string) (*File, error) {
	f, err := jsontree.Open(name, data, jsontree.Words{File: "the waivers", Empty: `a file without waivers is {"version": 1}`})
	if err != nil {
		return nil, err
	}
	p := &parser{File: f, out: &File{}, ids: rules}
	p.root(f.Root)
	p.Add(p.check())
	if err := p.Err(); err != nil {
		return nil, err
	}
	return p.out, nil
}

type parser struct {
	*jsontree.File
	out *File
	// waivers and rules are the places of the entries' members.
	waivers, rules []*places
	// ids are those of the rules of audits, nil for any.
	ids []string
}

func (p *parser) root(n jsontree.Node) {
	if n.Kind != '{' {
		p.Fail(n.At, `found %s, but waivers are an object such as {"version": 1, "waivers": []}`, jsontree.Describe(n))
		return
	}
	version := false
	for _, m := range p.Distinct(n) {
		switch m.Name {
		case "version":
			version = true
			p.Version(m.Value, 1)
		case "waivers":
			p.entries(m, "a waiver", p.waiver)
		case "ignore":
			p.entries(m, "a rule", p.rule)
		default:
			if !p.About(m, &p.out.Schema, &p.out.Comment) {
				p.Unknown(m.At, m.Name, "the file", "version", "waivers", "ignore")
			}
		}
	}
	if !version {
		p.Fail(n.At, `"version" is missing: add "version": 1`)
	}
}

// check finds what is wrong with the entries that were read.
func (p *parser) check() []*Error {
	c := &checker{ids: p.ids}
	for i, at := range p.waivers {
		c.waiver(&p.out.Waivers[i], at)
	}
	for i, at := range p.rules {
		c.rule(&p.out.Ignore[i], at)
	}
	return c.errs
}

func (p *parser) entries(list jsontree.Member, what string, read func(jsontree.Node)) {
	if list.Value.Kind != '[' {
		p.Fail(list.Value.At, "found %s, but %q is a list", jsontree.Describe(list.Value), list.Name)
		return
	}
	for _, n := range list.Value.Items {
		if n.Kind != '{' {
			p.Fail(n.At, "found %s, but %s is an object", jsontree.Describe(n), what)
			continue
		}
		read(n)
	}
}

func (p *parser) waiver(n jsontree.Node) {
	w := Waiver{At: p.Position(n.At)}
	at := p.members(n, "a waiver", &w.Comment, []field{
		{name: "fingerprint", text: &w.Fingerprint},
		{name: "role", text: &w.Role},
		{name: "drift", text: &w.Drift},
		{name: "rule", text: &w.Rule},
		{name: "entity", text: &w.Entity},
		{name: "finding", text: &w.Finding},
		{name: "account", text: &w.Account},
		{name: "owner", text: &w.Owner},
		{name: "reason", text: &w.Reason},
		{name: "ticket", text: &w.Ticket},
		{name: "expires", date: &w.Expires},
		{name: "comparison", comparison: &w.Comparison},
		{name: "meaning", meaning: &w.Meaning},
	})
	if place, ok := at.at["fingerprint"]; ok {
		w.At = place
	}
	p.out.Waivers = append(p.out.Waivers, w)
	p.waivers = append(p.waivers, at)
}

func (p *parser) rule(n jsontree.Node) {
	r := Rule{At: p.Position(n.At)}
	at := p.members(n, "a rule", &r.Comment, []field{
		{name: "role", text: &r.Role},
		{name: "path", text: &r.Path},
		{name: "kind", kinds: &r.Kinds},
		{name: "reason", text: &r.Reason},
		{name: "owner", text: &r.Owner},
		{name: "ticket", text: &r.Ticket},
		{name: "expires", date: &r.Expires},
		{name: "comparison", comparison: &r.Comparison},
		{name: "rule", texts: &r.Rules},
		{name: "entity", text: &r.Entity},
		{name: "account", text: &r.Account},
	})
	p.out.Ignore = append(p.out.Ignore, r)
	p.rules = append(p.rules, at)
}

// field is a member of an entry and where to put it.
type field struct {
	name       string
	text       *string
	date       *Date
	comparison *Comparison
	kinds      *[]string
	texts      *[]string
	meaning    **Meaning
}

// members reads the members of an entry and returns their places.
func (p *parser) members(n jsontree.Node, in string, comment *[]string, fields []field) *places {
	names := make([]string, len(fields))
	byName := make(map[string]field, len(fields))
	for i, f := range fields {
		names[i], byName[f.name] = f.name, f
	}
	out := &places{entry: p.Position(n.At), at: map[string]Position{}, bad: map[string]bool{}}
	for _, m := range p.Distinct(n) {
		f, known := byName[m.Name]
		switch {
		case m.Name == "$comment":
			*comment = p.Strings(m.Value, `"$comment"`)
		case !known:
			p.Unknown(m.At, m.Name, in, names...)
		default:
			out.at[m.Name] = p.Position(m.Value.At)
			out.bad[m.Name] = !p.field(m.Value, f)
		}
	}
	return out
}

// field reads one member and reports whether it is of the right kind.
func (p *parser) field(n jsontree.Node, f field) bool {
	if f.comparison != nil {
		return p.comparison(n, f)
	}
	if f.kinds != nil {
		return p.kinds(n, f)
	}
	if f.texts != nil {
		failed := p.Failed()
		*f.texts = p.Strings(n, `"`+f.name+`"`)
		return p.Failed() == failed
	}
	if f.meaning != nil {
		return p.meaning(n, f)
	}
	if n.Kind != '"' {
		p.Fail(n.At, "found %s, but %q is a string", jsontree.Describe(n), f.name)
		return false
	}
	if f.date == nil {
		*f.text = n.Text
		return true
	}
	d, err := ParseDate(n.Text)
	if err != nil {
		p.Fail(n.At, "%v", err)
	}
	*f.date = d
	return err == nil
}

// kinds reads the kinds of drift that a rule is for.
func (p *parser) kinds(n jsontree.Node, f field) bool {
	items, ok := n.Items, true
	if n.Kind != '[' {
		items = []jsontree.Node{n}
	}
	for _, item := range items {
		if item.Kind == '"' && !slices.Contains(driftkind.All(), item.Text) {
			p.Unknown(item.At, item.Text, "the list of kinds of drift", driftkind.All()...)
			ok = false
		}
		ok = ok && item.Kind == '"'
	}
	*f.kinds = p.Strings(n, `"kind"`)
	return ok
}

// comparison reads the tags of two accounts.
func (p *parser) comparison(n jsontree.Node, f field) bool {
	if n.Kind != '[' || len(n.Items) != 2 || n.Items[0].Kind != '"' || n.Items[1].Kind != '"' {
		p.Fail(n.At, `found %s, but %q is the list of the tags of two accounts, such as ["dev", "qa"]`, jsontree.Describe(n), f.name)
		return false
	}
	*f.comparison = Comparison{n.Items[0].Text, n.Items[1].Text}
	if *f.comparison == (Comparison{}) {
		p.Fail(n.At, `the tags of %q are empty: leave it out for every comparison`, f.name)
		return false
	}
	return true
}
