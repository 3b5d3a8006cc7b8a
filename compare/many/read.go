package many

import (
	"slices"

	"iamctl/result"
	"iamctl/result/matrix"
)

// settle sorts the accounts by id and tag, for their order on the command line means
// nothing, and lays out the forms of their roles.
func (m *run) settle() {
	m.members = slices.DeleteFunc(m.members, func(i *member) bool { return i == nil })
	slices.SortFunc(m.members, compareMembers)
	m.against = slices.Index(m.members, m.reference)
	m.layOut()
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
