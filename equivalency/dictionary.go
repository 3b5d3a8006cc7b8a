// Package equivalency is the dictionary of what is meant to differ between
// accounts: reading, validating, writing, and the rules that follow from it
// for one account seen against another.
package equivalency

// Field says what kind of value a text is.
type Field string

// The fields that are rewritten, and the names for them in a dictionary.
// Effects, services, actions and operators never are.
const (
	RoleName    Field = "rolename"
	Path        Field = "path"
	PolicyName  Field = "policyname"
	ARN         Field = "arn"
	Principal   Field = "principal"
	Condition   Field = "condition"
	Tag         Field = "tag"
	Description Field = "description"
	// ConditionKey is a condition key, of which only the name that somebody
	// chose is rewritten (policy.KeyName).
	ConditionKey Field = "conditionkey"
)

// Fields returns all fields, in the order in which they are documented.
func Fields() []Field {
	return []Field{RoleName, Path, PolicyName, ARN, Principal, Condition, ConditionKey, Tag, Description}
}

// Form is a dictionary's file format.
type Form int

const (
	// FormScoped says which value belongs to which account:
	// {"version": 2, "equivalencies": [...], "shared": [...]}.
	FormScoped Form = iota
	// FormIAMCTL is the form of AWS's IAMCTL, {"placeholder": ["value", ...]}.
	// It does not say which account a value belongs to.
	FormIAMCTL
)

// Dictionary is what is meant to differ, as a file says it. The zero value
// is an empty dictionary, and so is a nil one.
type Dictionary struct {
	Form Form
	// Schema is the file's "$schema", Comment its "$comment" line by line.
	Schema  string
	Comment []string
	// Entries are in the order of the file.
	Entries []Entry
	// Shared are literals that are never rewritten.
	Shared []string
}

// Entry is a placeholder with the values that it replaces.
type Entry struct {
	Placeholder string
	Values      []Value
	// From is FromAccountName where accounts without values of their own have those that
	// follow from their names, "" where they have none.
	From string
	// Substring asks for matches inside longer words.
	Substring bool
	// Fields limits the entry, nil for every field.
	Fields  []Field
	Comment []string
	// At is the place of the placeholder in the file.
	At Position
}

// Value is one value of an entry.
type Value struct {
	// Account is a tag, profile name, id or alias, or a pattern of names or of units
	// (IsAccountPattern); always "" in the IAMCTL form.
	Account string
	Text    string
	At      Position
}

// Empty returns a dictionary without entries.
func Empty() *Dictionary { return &Dictionary{} }
