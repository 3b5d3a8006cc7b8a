package equivalency

import (
	"cmp"
	"strings"

	"iamctl/policy"
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
	// AccountName is what the organisation, or a list of accounts, calls the account, and
	// Path the names of the units above it, such as Root/Workloads/Prod; "" if unknown.
	AccountName string
	Path        string
	// Partition is that of the account's ARNs, such as aws-us-gov, "" if unknown.
	Partition string
}

// AnswersTo reports whether the name is one of the account's.
func (id Identity) AnswersTo(name string) bool {
	return name != "" && (name == id.Tag || name == id.Source || name == id.Name || name == id.ID || name == id.Alias || name == id.AccountName ||
		name == strings.TrimPrefix(id.Source, "profile:"))
}

// accountName returns the account's own name: what the organisation calls it, else its alias,
// else its tag, unless that is an id.
func (id Identity) accountName() string {
	if policy.IsAccountID(id.Tag) {
		return cmp.Or(id.AccountName, id.Alias)
	}
	return cmp.Or(id.AccountName, id.Alias, id.Tag)
}

// title returns the account's id and name for a person.
func (id Identity) title() string {
	name := id.accountName()
	if id.ID == "" || name == "" || name == id.ID {
		return cut(cmp.Or(id.ID, name))
	}
	return id.ID + " (" + cut(name) + ")"
}
