package normalize

import "iamctl/equivalency"

// Field says what kind of value a text is: a rule may be limited to some.
type Field = equivalency.Field

// Rewriter applies one account's rules.
type Rewriter struct {
	rules *equivalency.Rules
}

// Named is the other account's value, found in this account.
type Named struct {
	Value string
	// Owner is the tag of the account that the value belongs to.
	Owner string
	// Expected is the whole text with this account's counterpart in place
	// of the value, "" if there is no counterpart.
	Expected string
}
