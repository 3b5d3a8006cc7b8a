package inventory

import (
	"fmt"
	"slices"
	"strings"
)

// Bounds is what the control policies of a type leave to an account (AWS Organizations User
// Guide, "SCP evaluation" and "RCP evaluation").
type Bounds struct {
	// Levels are the root, the units below it and the account itself, in this order; each
	// must allow what is allowed. None means that no policy of the type bounds the account.
	Levels []Level
	// Exempt says why no policy bounds the account, "" if they do or if there are none.
	Exempt string
	// Unknown says why it is not known what bounds the account, "" if it is. Levels are nil
	// then, which says nothing.
	Unknown string
}

// Level is a place on the way from the root to an account. A request must be allowed by one
// of its policies and denied by none: a level without policies allows nothing.
type Level struct {
	// ID is that of the root, the unit or the account, and Name its name.
	ID, Name string
	// Policies are those of the type that are attached there, sorted by ID.
	Policies []*ControlPolicy
}

// Bounds returns what the control policies of a type leave to an account. Where no unit and
// no account has one attached, the type is not enabled: with the first one AWS attaches its
// own, which allow everything, everywhere. The organisation must be sorted.
func (o *Organization) Bounds(account, typ string) Bounds {
	m := o.Member(account)
	switch {
	case m == nil:
		return Bounds{Unknown: fmt.Sprintf("the account %s is not in the organisation %s", account, o.ID)}
	case m.Management || account == o.Management:
		return Bounds{Exempt: "it is the management account of its organisation, which no control policy bounds"}
	}
	units, err := o.way(m)
	if err != "" {
		return Bounds{Unknown: err}
	}
	if gap := o.blind(units, account, typ); gap != "" {
		return Bounds{Unknown: gap}
	}
	b := Bounds{}
	for _, u := range units {
		b.add(o, u.ID, u.Name, u.Policies, typ)
	}
	b.add(o, m.ID, m.Name, m.Policies, typ)
	if b.Unknown != "" || !o.enabled(typ) {
		b.Levels = nil
	}
	return b
}

// way returns the units from the root to that of an account.
func (o *Organization) way(m *Member) ([]Unit, string) {
	var way []Unit
	for at := m.Unit; at != "" || len(way) == 0; {
		i := slices.IndexFunc(o.Units, func(u Unit) bool { return u.ID == at })
		if i < 0 || len(way) > len(o.Units) {
			return nil, fmt.Sprintf("it is not known in which unit of the organisation %s the account %s is", o.ID, m.ID)
		}
		way = append(way, o.Units[i])
		at = o.Units[i].Parent
	}
	slices.Reverse(way)
	return way, ""
}

// blind returns the first gap that keeps what bounds an account from being known.
func (o *Organization) blind(units []Unit, account, typ string) string {
	for _, g := range o.Gaps {
		if g.Part != "" && g.Part != Part(typ) {
			continue
		}
		about := g.Name == ""
		switch g.Entity {
		case EntityOrganization:
		case EntityControlPolicy:
			about = about || o.hasAttached(units, account, g.Name)
		case EntityUnit:
			about = about || slices.ContainsFunc(units, func(u Unit) bool { return u.ID == g.Name })
		case EntityAccount:
			about = about || g.Name == account
		default:
			continue
		}
		if about {
			return strings.TrimSpace(fmt.Sprintf("of the organisation %s, the %s %s could not be read", o.ID, g.Entity, g.Name)) + ": " + g.Reason
		}
	}
	return ""
}

func (o *Organization) hasAttached(units []Unit, account, policy string) bool {
	m := o.Member(account)
	return slices.Contains(m.Policies, policy) || slices.ContainsFunc(units, func(u Unit) bool { return slices.Contains(u.Policies, policy) })
}

// add puts the policies of a type that are attached to a unit or an account into a level.
func (b *Bounds) add(o *Organization, id, name string, attached []string, typ string) {
	l := Level{ID: id, Name: name}
	for _, p := range attached {
		i := slices.IndexFunc(o.Policies, func(c ControlPolicy) bool { return c.ID == p })
		switch {
		case i < 0 && b.Unknown == "":
			b.Unknown = fmt.Sprintf("the organisation %s has the control policy %s attached to %s, and what that says was not read", o.ID, p, id)
		case i >= 0 && o.Policies[i].Type == typ:
			l.Policies = append(l.Policies, &o.Policies[i])
		}
	}
	b.Levels = append(b.Levels, l)
}

// enabled reports whether a policy of a type is attached anywhere.
func (o *Organization) enabled(typ string) bool {
	of := map[string]bool{}
	for i := range o.Policies {
		of[o.Policies[i].ID] = o.Policies[i].Type == typ
	}
	has := func(ids []string) bool { return slices.ContainsFunc(ids, func(id string) bool { return of[id] }) }
	return slices.ContainsFunc(o.Units, func(u Unit) bool { return has(u.Policies) }) ||
		slices.ContainsFunc(o.Members, func(m Member) bool { return has(m.Policies) })
}
