package equivalency

import (
	"net/netip"
	"slices"
	"strings"

	"iamctl/policy"
)

// Service is Principal for a principal of the type Service. A dictionary does
// not know it: rules for principals hold.
const Service Field = "service"

// Address is Condition for an address or a block of addresses under IpAddress and its
// kin. A dictionary does not know it: rules for conditions hold.
const Address Field = "address"

// Listed returns the field as a dictionary lists it.
func (f Field) Listed() Field {
	switch f {
	case Service:
		return Principal
	case Address:
		return Condition
	}
	return f
}

// Span is a stretch of a text, in bytes.
type Span struct{ From, To int }

// Fixed are the parts of a text that no dictionary may change: they are no
// names that somebody chose, but part of the syntax, or AWS's own. Descriptions
// have none.
type Fixed struct {
	// Head is the end of an ARN's beginning, arn:PARTITION:SERVICE:, or 0.
	Head int
	// Parts are policy variables, ${...} (IAM User Guide, "IAM policy
	// elements: Variables and tags"), but for a default value and the names
	// in their keys, the host names of AWS's services but for a region, and
	// what AWS itself gave a name or path.
	Parts []Span
	// Words are AWS's words in the name of a thing, such as the type of a
	// resource or the host of an issuer. A value that has such a word in it
	// and more is a name all the same.
	Words []Span
	// Whole are names of which no part is one: they are rewritten whole, alone or with
	// what is around them, or not at all.
	Whole []Span
	// Keys are the names in condition keys (policy.KeyName). They are not
	// fixed, but the rules of ConditionKey hold for them, without regard to
	// letter case.
	Keys []Span
	// home is Identity Center's home region in a path.
	home Span
	// text has AWS's regions, of which no part is a name of its own. A whole
	// one may be rewritten, alone or with what is around it.
	text string
}

// FixedIn returns the fixed parts of text, variables first. A condition is
// one value, not the JSON.
func FixedIn(field Field, text string) Fixed {
	f := Fixed{text: text}
	switch field {
	case ConditionKey:
		f.key(text, Span{0, len(text)}, Span{0, len(text)})
		return f
	case AWS:
		f.fix(0, len(text))
		return f
	case RoleName:
		f.name(Role, text, 0, len(text))
		return f
	case PolicyName:
		f.name(ManagedPolicy, text, 0, len(text))
		return f
	case Path:
		f.entity(text, 0)
		return f
	case Address:
		f.address(text)
		return f
	case Tag:
		f.tagKey(text, 0, len(text))
		return f
	case ARN, Principal, Service:
	case Condition:
		f.name(Role, text, 0, len(text))
		f.value(text)
	default:
		return f
	}
	f.Head = headOfARN(text)
	f.arn(text)
	for at := 0; ; {
		i, j, ok := policy.NextVariable(text[at:])
		if !ok {
			f.hosts(field, text)
			return f
		}
		f.variable(text, at+i, at+j)
		at += j
	}
}

// value adds a value of a condition that AWS writes.
func (f *Fixed) value(text string) {
	if ownValue.MatchString(text) {
		f.fix(0, len(text))
	}
}

// variable adds the fixed parts of the variable text[from:to]. A default value
// is text like that around the variable.
func (f *Fixed) variable(text string, from, to int) {
	v := policy.ParseVariable(text, from, to)
	if !v.HasDefault {
		f.key(text, Span{v.KeyFrom, v.KeyTo}, Span{from, to})
		return
	}
	f.key(text, Span{v.KeyFrom, v.KeyTo}, Span{from, v.DefaultFrom})
	f.fix(v.DefaultTo, to)
}

// key adds the name in a condition key, and as fixed all that is around it in
// the span within.
func (f *Fixed) key(text string, key, within Span) {
	from, to, ok := policy.KeyName(text[key.From:key.To])
	if !ok {
		f.fix(within.From, within.To)
		return
	}
	name := Span{key.From + from, key.From + to}
	f.fix(within.From, name.From)
	f.Keys = append(f.Keys, name)
	if from == 0 {
		f.issuer(text, name.From, name.To)
	} else {
		f.tagKey(text, name.From, name.To)
	}
	f.fix(name.To, within.To)
}

// word adds AWS's word text[from:to].
func (f *Fixed) word(from, to int) {
	if from < to {
		f.Words = append(f.Words, Span{from, to})
	}
}

func (f *Fixed) fix(from, to int) {
	if from < to {
		f.Parts = append(f.Parts, Span{from, to})
	}
}

// Key returns the name in a condition key that has the byte i of the text.
func (f *Fixed) Key(i int) (Span, bool) {
	for _, k := range f.Keys {
		if k.From <= i && i < k.To {
			return k, true
		}
	}
	return Span{}, false
}

// headOfARN returns the end of arn:PARTITION:SERVICE:, 0 in a text that is no
// ARN. An ARN that ends earlier is all head.
func headOfARN(text string) int {
	if !strings.HasPrefix(text, "arn:") {
		return 0
	}
	end := 0
	for range 3 {
		i := strings.IndexByte(text[end:], ':')
		if i < 0 {
			return len(text)
		}
		end += i + 1
	}
	return end
}

// NamesResource reports whether value is an ARN down to its resource. It
// leaves no doubt which service it means, and is rewritten as a whole.
func NamesResource(value string) bool {
	return strings.HasPrefix(value, "arn:") && strings.Count(value, ":") >= 5 && !strings.HasSuffix(value, ":")
}

// Blocks reports whether rewriting text[from:to] would change a fixed part.
// resource is NamesResource(text[from:to]).
func (f *Fixed) Blocks(from, to int, resource bool) bool {
	if from < f.Head && (from > 0 || !resource) {
		return true
	}
	return slices.ContainsFunc(f.Parts, func(x Span) bool { return x.From < to && from < x.To }) || f.tears(from, to)
}

// address adds a block of addresses. An address is the block of itself, as in
// 192.0.2.1/32.
func (f *Fixed) address(text string) {
	end := len(text)
	if p, err := netip.ParsePrefix(text); err == nil && p.IsSingleIP() {
		end = strings.IndexByte(text, '/')
		f.word(end, len(text))
	}
	f.Whole = append(f.Whole, Span{0, end})
}

// tears reports whether text[from:to] is a part of a region, of what is whole or of
// one of the words, or no more than the word.
func (f *Fixed) tears(from, to int) bool {
	torn := func(w Span) bool { return w.torn(from, to) }
	if slices.ContainsFunc(f.Words, func(w Span) bool { return w == Span{from, to} || torn(w) }) || slices.ContainsFunc(f.Whole, torn) {
		return true
	}
	if !inRegion(f.text, from) && !inRegion(f.text, to) {
		return false
	}
	return slices.ContainsFunc(regionsAround(f.text, from, to), torn)
}

// torn reports whether text[from:to] has a part of the span and not all of it.
func (w Span) torn(from, to int) bool {
	return w.From < to && from < w.To && (w.From < from || to < w.To)
}

// WithParts returns f for whoever puts regions together word by word: parts of a
// region are not fixed.
func (f Fixed) WithParts() Fixed {
	f.text = ""
	return f
}
