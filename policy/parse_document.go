package policy

import "slices"

// elementSet is the elements of an object that have been met, a bit each.
type elementSet uint

func (s elementSet) has(names []string, name string) bool {
	return s>>slices.Index(names, name)&1 != 0
}

// element reads an element's name: as AWS spells it and as it is written. An
// unknown one is known as "".
func (p *parser) element(names []string, seen *elementSet) (known, written string) {
	at, written := p.str()
	if p.err != nil {
		return "", ""
	}
	i := slices.Index(names, written)
	if i < 0 {
		fold := Fold(written)
		if i = slices.IndexFunc(names, func(n string) bool { return Fold(n) == fold }); i < 0 {
			p.problem(at, "%s is not an element of the policy language", quote(written))
			return "", written
		}
		p.minor(at, "the element %s is spelled %s by AWS", quote(written), names[i])
	}
	if *seen>>i&1 != 0 {
		p.problem(at, "the element %s stands twice", names[i])
	}
	*seen |= 1 << i
	return names[i], written
}

func (p *parser) document() *Document {
	if k := p.kind(); k != '{' && p.err == nil {
		p.notObject()
		return nil
	}
	d := &Document{}
	at := p.token()
	var seen elementSet
	for p.more() {
		known, written := p.element(documentElements, &seen)
		switch known {
		case "Version":
			p.scalar(written, &d.Version, &d.Unknown)
		case "Id":
			p.scalar(written, &d.ID, &d.Unknown)
		case "Statement":
			p.statements(d)
		default:
			d.Unknown = append(d.Unknown, Element{written, p.raw()})
		}
	}
	if !seen.has(documentElements, "Statement") {
		p.problem(at, "the document has no Statement")
	}
	if d.Version != "" && d.Version != languageVersion && d.Version != "2008-10-17" {
		p.problem(at, "the Version %s is none of AWS's: ${...} is read as plain text", quote(d.Version))
	}
	return d
}

// notObject fails on a text that is not a JSON object.
func (p *parser) notObject() {
	found := p.found(0)
	if found == "the character '%'" {
		found += " (is the text still percent-encoded?)"
	}
	at := len(p.text)
	if i := slices.IndexFunc([]byte(p.text), func(c byte) bool { return c != ' ' && c != '\t' && c != '\r' && c != '\n' }); i >= 0 {
		at = i
	}
	p.fail(at, "expected a policy document, which is a JSON object, found "+found)
}
