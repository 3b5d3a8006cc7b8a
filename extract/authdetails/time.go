package authdetails

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract"
	"iamctl/inventory"
)

// time reads a date. One that is none is left out with a note: nothing is compared of
// dates.
func (p *parser) time(to *time.Time) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	if p.dec.PeekKind() != jsontext.KindString {
		p.badDate(string(p.dec.StackPointer()))
		return p.skip()
	}
	var text string
	_, err := p.anyText(&text)
	if *to = extract.ParseTime(text); to.IsZero() && err == nil {
		p.badDate(string(p.dec.StackPointer()))
	}
	return err
}

// lastUsed reads a RoleLastUsed, which is empty for a role that was not used.
func (p *parser) lastUsed(to **inventory.LastUse) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	if p.dec.PeekKind() != jsontext.KindBeginObject {
		p.badDate(string(p.dec.StackPointer()))
		return p.skip()
	}
	var u inventory.LastUse
	bad := p.badDates
	err := p.members(func(name string) error {
		switch name {
		case "LastUsedDate":
			return p.time(&u.At)
		case "Region":
			_, err := p.anyText(&u.Region)
			return err
		}
		return p.unknown("RoleLastUsed", name)
	})
	if bad == p.badDates {
		*to = &u
	}
	return err
}
