package equivalency

import (
	"slices"

	"iamctl/policy"
)

// Rules are the dictionary as it applies to one account compared with another.
type Rules struct {
	Rewrites []Rule
	// Foreign are the values that belong to the other account alone.
	Foreign []Foreign
	// Shared are literals that are never rewritten.
	Shared []string
	// Placeholders are those of both accounts' rules. One that occurs in an
	// account as it is might pass for a rewritten value.
	Placeholders []string
	// Partition is nil where the two accounts are in the same partition, or it is
	// not known.
	Partition *Partition
	// Idle reports whether the dictionary has entries of which none applies,
	// because both accounts are one, seen twice.
	Idle bool
	// Others are the names of the accounts that are compared, in which nothing is
	// rewritten unless they are this account's; nil for none.
	Others *OtherNames
	// Known is what the account itself says of its names and ids, nil for nothing.
	Known *Known
}

// IDs returns the ids that are the account's own.
func (r *Rules) IDs() []string {
	var ids []string
	for _, x := range r.Rewrites {
		if x.Owned && policy.IsAccountID(x.Value) && !slices.Contains(ids, x.Value) {
			ids = append(ids, x.Value)
		}
	}
	return ids
}

// Rule rewrites one value.
type Rule struct {
	Value       string
	Placeholder string
	// Substring asks for a match inside longer words.
	Substring bool
	// Fields limits the rule, nil for every field.
	Fields []Field
	// Owned is true if the value is known to belong to this account. A rule
	// that is not owned holds for both accounts, and what it makes equal
	// may be masked drift.
	Owned bool
	// Own is the account's own value in the entry of a rule that is not
	// owned, "" if none is known. If there is one, Value is likely to be a
	// third account's.
	Own string
	// Entry is the index of the dictionary's entry, -1 for the account's
	// own id.
	Entry int
}

// Foreign is a value that belongs to the other account.
type Foreign struct {
	Value string
	// Owner is the tag of the account that the value belongs to.
	Owner string
	// Expected is this account's own counterpart, "" if it has none.
	Expected  string
	Substring bool
	// Fields limits where the value counts, nil for every field.
	Fields []Field
	// Entry is the index of the dictionary's entry, -1 for the account's id.
	Entry int
}
