package equivalency

import (
	"slices"
	"strings"
)

// Identity is what an account is known by.
type Identity struct {
	Tag    string
	Source string // profile name or path
	// Name is the source's short name, whatever the tag: the profile's name
	// or the path's last element.
	Name  string
	ID    string // twelve digits, "" if unknown
	Alias string
	// Partition is that of the account's ARNs, such as aws-us-gov, "" if unknown.
	Partition string
}

// AnswersTo reports whether the name is one of the account's.
func (id Identity) AnswersTo(name string) bool {
	return name != "" && (name == id.Tag || name == id.Source || name == id.Name || name == id.ID || name == id.Alias ||
		name == strings.TrimPrefix(id.Source, "profile:"))
}

// means reports whether a name in the dictionary means the account, which is
// one of the two that are compared.
func (b *binder) means(name string, id Identity) bool {
	return id.AnswersTo(name) || b.d.tied(name, id.ID)
}

// tied reports whether the dictionary itself says which account a name means:
// an entry of the scoped form whose placeholder looks like an account's id
// assigns each account its id. Under any other placeholder an id may be that of
// somebody else, such as a partner of the account.
func (d *Dictionary) tied(name, id string) bool {
	return d.Form == FormScoped && IsAccountID(id) && slices.ContainsFunc(d.Entries, func(e Entry) bool {
		return IsAccountID(e.Placeholder) && slices.ContainsFunc(e.Values, func(v Value) bool {
			return v.Account == name && v.Text == id
		})
	})
}

// IsAccountID reports whether a text is an account's id: twelve digits.
func IsAccountID(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}
