package many

import (
	"slices"

	"iamctl/fleet"
	"iamctl/result"
	"iamctl/result/matrix"
)

// settle sorts the accounts by id and tag, for their order on the command line means
// nothing, and lays out the forms of their roles.
func (m *run) settle() error {
	m.members = slices.DeleteFunc(m.members, func(i *member) bool { return i == nil })
	slices.SortFunc(m.members, compareMembers)
	if err := m.once(); err != nil {
		return err
	}
	m.against = slices.Index(m.members, m.reference)
	m.layOut()
	return nil
}

// layOut puts the forms of all roles side by side.
func (m *run) layOut() {
	m.forms, m.names, m.aws = map[string][]fleet.Form{}, map[string]string{}, map[awsVersion][]int{}
	m.bounds = map[string][]uint32{}
	for i, a := range m.members {
		for _, c := range a.cells {
			key := m.known.keys[c.key]
			if m.forms[key] == nil {
				m.forms[key], m.names[key] = make([]fleet.Form, len(m.members)), m.known.names[c.key]
			}
			m.forms[key][i] = c.form
			m.bound(key, i, c.control)
		}
		for v := range a.aws {
			m.aws[v] = append(m.aws[v], i)
		}
		a.cells = nil
	}
	m.known.cells, m.known.known = nil, nil // all accounts are read
	for i := range m.reference.account.Roles {
		r := &m.reference.account.Roles[i]
		if key := keyOfReference(r); m.forms[key] != nil && m.names[key] == "" {
			m.names[key] = r.Name // nothing was compared with it
		}
	}
	m.join()
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
	if m.organizations != nil {
		meta.Inputs = append(meta.Inputs, m.organizations.Inputs()...)
	}
	return meta
}

func (m *run) accounts() []matrix.Account {
	out := make([]matrix.Account, len(m.members))
	for i, a := range m.members {
		out[i] = matrix.Account{ID: a.identity.ID, Tag: a.side.Tag, Source: a.side.Spec.String(), Roles: a.roles}
		if org := a.side.Member; org != nil {
			out[i].Name, out[i].Path = org.Name, org.Path
		}
	}
	return out
}
