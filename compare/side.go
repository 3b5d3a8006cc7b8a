package compare

import (
	"iamctl/equivalency"
	"iamctl/extract"
	"iamctl/inventory"
)

// Side is one account of a run: where it comes from and what it is called.
type Side struct {
	Spec extract.Spec
	Tag  string
	// Member is what the organisation, or the list of accounts, that named the account says
	// of it; nil where the account was named by itself.
	Member *inventory.Member
}

// NewSide returns the side of a source and a tag, "" for the source's own.
func NewSide(source, tag string) (Side, error) {
	spec, err := extract.ParseSpec(source)
	if err == nil {
		spec, err = spec.Locate()
	}
	if err != nil {
		return Side{}, err
	}
	if tag == "" {
		tag = spec.DefaultTag()
	}
	return Side{Spec: spec, Tag: tag}, extract.ValidTag(tag)
}

// Label returns the name of the side in file names.
func (s Side) Label() string { return s.Spec.DefaultTag() }

// LabelOf returns the label of a source as diff.json has it.
func LabelOf(source string) string {
	spec, err := extract.ParseSpec(source)
	if err != nil {
		return source
	}
	return spec.DefaultTag()
}

// Identity returns what the dictionary knows the account by.
func (s Side) Identity(a *inventory.Account) equivalency.Identity {
	return equivalency.Identity{Tag: s.Tag, Source: s.Spec.Name, Name: s.Spec.DefaultTag(), ID: a.ID, Alias: a.Alias, Partition: a.Partition}
}
