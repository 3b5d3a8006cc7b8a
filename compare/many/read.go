package many

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"iamctl/compare"
	"iamctl/fleet"
	"iamctl/internal/hint"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/result/matrix"
)

// read reads the accounts, as far as they can be. They are sorted by id and tag: their
// order on the command line means nothing.
func (m *run) read(ctx context.Context, sides []compare.Side) error {
	flats, errs, err := m.Reader.Readable(ctx, sides, m.Reference)
	if err != nil {
		return err
	}
	for i, s := range sides {
		switch {
		case errs[i] != nil:
			m.gaps = append(m.gaps, result.Gap{Account: s.Tag, Kind: string(inventory.GapRead), Entity: string(inventory.EntityAccount), Blind: true, Reason: errs[i].Error()})
		default:
			m.sides, m.flats = append(m.sides, s), append(m.flats, m.asked(flats[i]))
		}
	}
	if len(m.sides) == 0 {
		return fmt.Errorf("no account could be read: %w", errors.Join(errs...))
	}
	m.sort()
	for i, f := range m.flats {
		gaps := f.Gaps
		if g, none := f.NoRoles(); none {
			gaps = append(gaps, g)
		}
		for _, g := range gaps {
			g.Account = m.sides[i].Tag
			m.gaps = append(m.gaps, result.GapOf(g))
		}
	}
	return m.choose()
}

// asked returns an account with the roles alone that are asked about.
func (m *run) asked(f *inventory.Flat) *inventory.Flat {
	if m.Roles == "" {
		return f
	}
	out := *f
	out.Roles = slices.DeleteFunc(slices.Clone(f.Roles), func(r inventory.FlatRole) bool {
		ok, _ := path.Match(policy.Fold(m.Roles), policy.Fold(r.Name))
		return !ok
	})
	return &out
}

func (m *run) sort() {
	order := make([]int, len(m.sides))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(m.flats[i].ID, m.flats[j].ID), cmp.Compare(m.sides[i].Tag, m.sides[j].Tag))
	})
	sides, flats := m.sides, m.flats
	m.sides, m.flats = make([]compare.Side, len(order)), make([]*inventory.Flat, len(order))
	for to, from := range order {
		m.sides[to], m.flats[to] = sides[from], flats[from]
	}
}

// choose chooses the account that all are compared with first: the one that is asked for,
// or one with many roles as most accounts have them, which is only a guess that saves work.
func (m *run) choose() error {
	if m.Against != "" {
		m.against = slices.IndexFunc(m.sides, func(s compare.Side) bool { return s.Tag == m.Against })
		if m.against < 0 {
			return hint.With(fmt.Errorf("--against %s: no account that could be read has that tag", m.Against), "tags are what follows = of a SOURCE, else its last element")
		}
		return nil
	}
	rough := map[string][]fleet.Form{}
	for i, f := range m.flats {
		for k := range f.Account.Roles {
			r := &f.Account.Roles[k]
			key := policy.Fold(r.Name)
			if rough[key] == nil {
				rough[key] = make([]fleet.Form, len(m.flats))
			}
			rough[key][i] = roughForm(r, f.ID)
		}
	}
	m.against = fleet.Reference(len(m.flats), func(yield func([]fleet.Form) bool) {
		for _, forms := range rough {
			if !yield(forms) {
				return
			}
		}
	})
	return nil
}

func (m *run) meta() result.Meta {
	meta := result.Meta{Iamctl: m.Version, Reference: m.Reference.Version()}
	if m.Dictionary.SHA256 != "" {
		meta.Dictionary, meta.DictionarySHA256 = m.Dictionary.Name, m.Dictionary.SHA256
		meta.Inputs = append(meta.Inputs, result.Input{Kind: result.InputDictionary, Path: meta.Dictionary, SHA256: meta.DictionarySHA256})
	}
	file, sum := m.Reference.File()
	meta.Inputs = append(meta.Inputs, result.Input{Kind: result.InputReference, Path: file, SHA256: sum, Version: meta.Reference})
	return meta
}

func (m *run) accounts() []matrix.Account {
	out := make([]matrix.Account, len(m.sides))
	for i, s := range m.sides {
		out[i] = matrix.Account{ID: m.flats[i].ID, Tag: s.Tag, Source: s.Spec.String(), Roles: len(m.flats[i].Roles)}
	}
	return out
}
