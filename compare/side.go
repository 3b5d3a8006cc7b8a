package compare

import (
	"cmp"
	"context"
	"strings"

	"iamctl/equivalency"
	"iamctl/extract"
	"iamctl/extract/snapshot"
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

// NewSide returns the side of a source and a tag, "" for the source's own. That of a source
// of many accounts need not be a valid tag.
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
	s := Side{Spec: spec, Tag: tag}
	if spec.Many() {
		return s, nil // each of its accounts has a tag of its own
	}
	return s, extract.ValidTag(tag)
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
	id := equivalency.Identity{Tag: s.Tag, Source: s.Spec.Name, Name: s.Spec.DefaultTag(), ID: a.ID, Alias: a.Alias, Partition: a.Partition}
	if s.Spec.Account != "" {
		id.Source = s.Spec.String() // the name alone is that of all accounts
	}
	if m := s.Member; m != nil && (m.ID == "" || a.ID == "" || m.ID == a.ID) { // else a snapshot of another account
		id.AccountName, id.Path = m.Name, m.Path
	}
	return id
}

// Known returns what the dictionary knows the account by before it is read: of a snapshot
// folder what its account.json says, at an earlier revision what it says now, of one of many
// accounts its id.
func (s Side) Known(ctx context.Context) equivalency.Identity {
	a := &inventory.Account{ID: s.Spec.Account}
	if s.Member != nil {
		a.ID = cmp.Or(s.Member.ID, a.ID)
	}
	if s.Spec.Kind == extract.Folder || s.Spec.Kind == extract.Git {
		if head, err := snapshot.Head(ctx, s.Spec.Name); err == nil {
			a.ID, a.Alias = head.ID, head.Alias
		} // else the reading says what is wrong
	}
	return s.Identity(a)
}

// Unread returns the gap of an account that could not be read, of what Account returned, by the
// name that an organisation or a list has for it.
func (s Side) Unread(err error) inventory.Gap {
	reason := strings.TrimPrefix(err.Error(), s.Tag+": ")
	gap := inventory.Gap{Account: s.Tag, Kind: inventory.GapRead, Entity: inventory.EntityAccount, Blind: true, Reason: reason}
	if s.Member != nil && s.Member.Name != s.Tag {
		gap.Name = s.Member.Name
	}
	return gap
}
