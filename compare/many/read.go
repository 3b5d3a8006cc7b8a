package many

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"iamctl/compare"
	"iamctl/extract/flatten"
	"iamctl/fleet"
	"iamctl/internal/hint"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/result/matrix"
)

// readAll reads the accounts, as far as they can be. They are sorted by id and tag: their
// order on the command line means nothing.
func (m *run) readAll(ctx context.Context, sides []compare.Side) error {
	accounts, errs, err := m.Reader.Readable(ctx, sides)
	if err != nil {
		return err
	}
	once := map[inventory.Document]inventory.Document{}
	for i, s := range sides {
		if errs[i] != nil {
			m.gap(s, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityAccount, Blind: true, Reason: errs[i].Error()})
			continue
		}
		shareTexts(accounts[i], once)
		m.sides, m.read = append(m.sides, s), append(m.read, m.asked(accounts[i]))
	}
	if len(m.sides) == 0 {
		return fmt.Errorf("no account could be read: %w", errors.Join(errs...))
	}
	m.sort()
	if err := m.choose(); err != nil {
		return err
	}
	m.shelf = flatten.NewShelf(m.Reference)
	m.first = m.shelf.Account(m.read[m.against])
	m.gapsOf(m.against, m.first)
	return nil
}

// gapsOf notes what of an account could not be read.
func (m *run) gapsOf(i int, f *inventory.Flat) {
	for _, g := range f.Gaps {
		m.gap(m.sides[i], g)
	}
}

func (m *run) gap(s compare.Side, g inventory.Gap) {
	g.Account = s.Tag
	m.gaps = append(m.gaps, g)
}

// shareTexts has the documents of accounts that are equal in memory once.
func shareTexts(a *inventory.Account, once map[inventory.Document]inventory.Document) {
	share := func(d *inventory.Document) {
		if known, ok := once[*d]; ok {
			*d = known
		} else {
			once[*d] = *d
		}
	}
	for i := range a.Roles {
		r := &a.Roles[i]
		share(&r.Trust)
		for k := range r.Inline {
			share(&r.Inline[k].Document)
		}
	}
	for i := range a.Policies {
		share(&a.Policies[i].Document)
	}
}

// asked returns an account with the roles alone that are asked about.
func (m *run) asked(a *inventory.Account) *inventory.Account {
	if m.Roles == "" {
		return a
	}
	out := *a
	out.Roles = slices.DeleteFunc(slices.Clone(a.Roles), func(r inventory.Role) bool {
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
		return cmp.Or(cmp.Compare(m.read[i].ID, m.read[j].ID), cmp.Compare(m.sides[i].Tag, m.sides[j].Tag))
	})
	sides, read := m.sides, m.read
	m.sides, m.read = make([]compare.Side, len(order)), make([]*inventory.Account, len(order))
	for to, from := range order {
		m.sides[to], m.read[to] = sides[from], read[from]
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
	for i, a := range m.read {
		for k := range a.Roles {
			r := &a.Roles[k]
			key := policy.Fold(r.Name)
			if rough[key] == nil {
				rough[key] = make([]fleet.Form, len(m.read))
			}
			rough[key][i] = roughForm(r, a.ID)
		}
	}
	m.against = fleet.Reference(len(m.read), func(yield func([]fleet.Form) bool) {
		for _, forms := range rough {
			if !yield(forms) {
				return
			}
		}
	})
	return nil
}

func (m *run) meta() result.Meta {
	meta := result.Meta{Iamctl: m.Version, Reference: m.Reference.Version(), FailOn: m.FailOn.String()}
	if m.By == result.ByMeaning {
		meta.By = m.By
	}
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
		out[i] = matrix.Account{ID: m.read[i].ID, Tag: s.Tag, Source: s.Spec.String(), Roles: len(m.read[i].Roles)}
		if s.Member != nil {
			out[i].Name, out[i].Path = s.Member.Name, s.Member.Path
		}
	}
	return out
}
