package authdetails

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract"
	"iamctl/internal/jsonplace"
	"iamctl/inventory"
)

// fault is an error at a byte of the input.
type fault struct {
	offset int64
	err    error
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

// parser walks through the JSON text. null is the same as absence everywhere.
type parser struct {
	dec *jsontext.Decoder
	*collector
}

func (p *parser) faultAt(offset int64, format string, args ...any) error {
	return &fault{offset, fmt.Errorf(format, args...)}
}

// wrong returns the fault that the next value is not what is wanted. It does not
// repeat the value: in a file that was named by mistake it may be a secret.
func (p *parser) wrong(want string) error {
	offset := p.dec.InputOffset()
	where := p.dec.StackPointer()
	v, err := p.dec.ReadValue()
	if err != nil {
		return err
	}
	return p.faultAt(offset, "%q: %s is wanted here, not %s", string(where), want, jsonplace.KindName(v.Kind()))
}

// null passes over a null.
func (p *parser) null() (bool, error) {
	if p.dec.PeekKind() != jsontext.KindNull {
		return false, nil
	}
	_, err := p.dec.ReadToken()
	return true, err
}

// members calls do for each field of an object. do must read the value. A
// field that occurs twice is a fault: one of them would be lost.
func (p *parser) members(do func(name string) error) error {
	if p.dec.PeekKind() != jsontext.KindBeginObject {
		return p.wrong("an object")
	}
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for p.dec.PeekKind() != jsontext.KindEndObject {
		offset := p.dec.InputOffset()
		t, err := p.dec.ReadToken()
		if err != nil {
			return err
		}
		name := t.String()
		if seen[name] {
			return p.faultAt(offset, "%q: the field stands here twice", string(p.dec.StackPointer()))
		}
		seen[name] = true
		if err := do(name); err != nil {
			return err
		}
	}
	_, err := p.dec.ReadToken()
	return err
}

// elements calls do for each element of a list. do must read it.
func (p *parser) elements(do func() error) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	if p.dec.PeekKind() != jsontext.KindBeginArray {
		return p.wrong("a list")
	}
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	for p.dec.PeekKind() != jsontext.KindEndArray {
		if err := do(); err != nil {
			return err
		}
	}
	_, err := p.dec.ReadToken()
	return err
}

// text reads a string that must be Unicode.
func (p *parser) text(to *string) error {
	offset := p.dec.InputOffset()
	unicode, err := p.anyText(to)
	if err == nil && !unicode {
		err = p.faultAt(offset, "%q: %w", string(p.dec.StackPointer()), extract.ErrNotUTF8)
	}
	return err
}

// anyText reads a string. It reports whether that is Unicode; if not, the text is
// as it is written.
func (p *parser) anyText(to *string) (unicode bool, err error) {
	if null, err := p.null(); null || err != nil {
		return true, err
	}
	if p.dec.PeekKind() != jsontext.KindString {
		return true, p.wrong("a string")
	}
	v, err := p.dec.ReadValue()
	if err != nil {
		return true, err
	}
	if !jsonplace.Unicode(v) {
		*to = string(v)
		return false, nil
	}
	*to = jsonplace.Unquote(string(v))
	return true, nil
}

// optional reads a part that is a string. One that is not Unicode is odd.
func (p *parser) optional(to **string, part inventory.Part, odd *oddParts) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	var s string
	unicode, err := p.anyText(&s)
	if err != nil {
		return err
	}
	odd.add(part, unicode)
	*to = &s
	return nil
}

// oddParts are the parts of an entity in which a text is not Unicode.
type oddParts []inventory.Part

func (o *oddParts) add(part inventory.Part, unicode bool) {
	if !unicode && !slices.Contains(*o, part) {
		*o = append(*o, part)
	}
}

// settle records a gap for each of the parts.
func (o oddParts) settle(p *parser, entity inventory.Entity, name string) {
	for _, part := range o {
		p.gaps = append(p.gaps, inventory.Gap{
			Kind: inventory.GapParse, Entity: entity, Name: name, Part: part, Blind: true, Reason: extract.ErrNotUTF8.Error(),
		})
	}
}

func (p *parser) seconds(to **int32) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	if p.dec.PeekKind() != jsontext.KindNumber {
		return p.wrong("a number")
	}
	offset := p.dec.InputOffset()
	t, err := p.dec.ReadToken()
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(t.String(), 10, 32)
	if err != nil {
		return p.faultAt(offset, "%q: a whole number of seconds is wanted here", string(p.dec.StackPointer()))
	}
	short := int32(n)
	*to = &short
	return nil
}

func (p *parser) flag(to *bool) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	switch p.dec.PeekKind() {
	case jsontext.KindTrue, jsontext.KindFalse:
		t, err := p.dec.ReadToken()
		if err == nil {
			*to = t.Bool()
		}
		return err
	}
	return p.wrong("true or false")
}

func (p *parser) skip() error { return p.dec.SkipValue() }

// unknown passes over a field that iamctl does not know and remembers it.
func (p *parser) unknown(in, name string) error {
	p.unknownField(in + "." + name)
	return p.skip()
}
