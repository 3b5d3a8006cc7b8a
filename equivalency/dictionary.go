// Package equivalency is the dictionary of what is meant to differ between
// accounts: reading, validating, writing, and the rules that follow from it
// for one account seen against another.
package equivalency

// Field says what kind of value a text is.
type Field string

// The fields that are rewritten, and the names for them in a dictionary.
// Effects, services, actions, operators and condition keys never are.
const (
	RoleName    Field = "rolename"
	Path        Field = "path"
	PolicyName  Field = "policyname"
	ARN         Field = "arn"
	Principal   Field = "principal"
	Condition   Field = "condition"
	Tag         Field = "tag"
	Description Field = "description"
)

// Identity is what an account is known by.
type Identity struct {
	Tag    string
	Source string // profile name or path
	ID     string // twelve digits, "" if unknown
	Alias  string
}

// Rules are the dictionary as it applies to one account compared with another.
type Rules struct {
	Rewrites []Rule
	// Foreign are the values that belong to the other account alone.
	Foreign []Foreign
	// Shared are literals that are never rewritten.
	Shared []string
}

// Rule rewrites one value.
type Rule struct {
	Value       string
	Placeholder string
	// Substring asks for a match inside longer words.
	Substring bool
	// Fields limits the rule, nil for every field.
	Fields []Field
	// Owned tells that the value is known to belong to this account. A rule
	// that is not owned holds for both accounts, and what it makes equal
	// may be masked drift.
	Owned bool
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
	Fields    []Field
	Entry     int
}
