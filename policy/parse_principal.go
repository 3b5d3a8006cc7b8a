package policy

import (
	"slices"

	"iamctl/internal/jsonplace"
)

var principalTypes = []string{"AWS", "Service", "Federated", "CanonicalUser"}

// principalTypeName returns the type as AWS spells it.
func principalTypeName(written string) (string, bool) {
	if slices.Contains(principalTypes, written) {
		return written, true
	}
	fold := Fold(written)
	if i := slices.IndexFunc(principalTypes, func(t string) bool { return Fold(t) == fold }); i >= 0 {
		return principalTypes[i], true
	}
	return written, false
}

// principals reads a Principal or NotPrincipal element: "*", or a map of types.
func (p *parser) principals(element string, dst *[]Principal, unknown *[]Element) {
	switch k := p.kind(); k {
	case '{':
		p.principalMap(element, dst, unknown)
	case '"':
		at, s := p.str()
		if s == "*" {
			*dst = append(*dst, Principal{"*", "*"})
			break
		}
		p.problem(at, `%s: expected "*" or an object, found the string %s`, element, quote(s))
		*unknown = append(*unknown, Element{element, string(AppendJSON(nil, s))})
	default:
		p.problem(p.next(), `%s: expected "*" or an object, found %s`, element, jsonplace.KindName(k))
		*unknown = append(*unknown, Element{element, p.raw()})
	}
}

func (p *parser) principalMap(element string, dst *[]Principal, unknown *[]Element) {
	if *dst == nil {
		*dst = []Principal{}
	}
	at := p.token()
	var types nameIndex[string]
	for p.more() {
		typeAt, name := p.str()
		spelled, known := principalTypeName(name)
		if !known {
			spelled = Fold(name)
		}
		if _, twice := types.add(spelled); twice {
			p.problem(typeAt, "%s: the type %s stands twice", element, quote(name))
		}
		p.checkPrincipalType(typeAt, element, name)
		p.principalValues(place{element: element, path: [2]string{name}, depth: 1}, dst, unknown)
	}
	if types.n == 0 {
		p.problem(at, "%s: no principal", element)
	}
}

func (p *parser) checkPrincipalType(at int, element, name string) {
	switch spelled, ok := principalTypeName(name); {
	case p.err != nil:
	case !ok:
		p.problem(at, "%s: %s is not a type of principal", element, quote(name))
	case spelled != name:
		p.minor(at, "%s: the type %s is spelled %s by AWS", element, quote(name), spelled)
	}
}

// principalValues reads the principals of one type. The type "*" means the
// bare "*" elsewhere: here it is an unknown element, as is a type without values.
func (p *parser) principalValues(pl place, dst *[]Principal, unknown *[]Element) {
	name := pl.path[0]
	if name == "*" {
		*unknown = append(*unknown, pl.keep(p.raw()))
		return
	}
	start, kept := len(p.values), len(*unknown)
	var values []string
	p.list(pl, &values, unknown)
	for _, v := range values {
		*dst = append(*dst, Principal{name, v})
	}
	if len(values) == 0 && len(*unknown) == kept {
		*unknown = append(*unknown, pl.keep("[]"))
	}
	p.values = p.values[:start] // copied
}
