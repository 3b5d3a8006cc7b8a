package normalize

import (
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize/rewrite"
)

// Account is an account after normalisation.
type Account struct {
	// Tag is the short name in files and tables, Source what the account
	// was read from.
	Tag    string
	Source string
	Flat   *inventory.Flat
	// Roles are sorted by Key.
	Roles []Role
	// Rewriter is what rewrote the account.
	Rewriter *Rewriter
	// Rewrites is every distinct rewrite, sorted.
	Rewrites []Rewrite

	matched   map[int]bool
	ambiguous map[string]bool
	texts     map[Field]map[string]rewritten
}

// ID is the account's id, "" where it is not known.
func (a *Account) ID() string {
	if a.Flat == nil || a.Flat.Account == nil {
		return ""
	}
	return a.Flat.ID
}

// Trace returns a text after rewriting and its trace, as the Rewriter does. Texts of
// the account were rewritten already.
func (a *Account) Trace(field Field, text string) (after string, trace *rewrite.Trace) {
	if r, ok := a.texts[field][text]; ok {
		return r.after, r.trace
	}
	return a.Rewriter.Trace(field, text)
}

// Matched reports whether a value of the dictionary's entry was rewritten
// anywhere in the account.
func (a *Account) Matched(entry int) bool { return a.matched[entry] }

// Ambiguous reports whether the value was rewritten anywhere in the account
// although the other account rewrites it too.
func (a *Account) Ambiguous(value string) bool { return a.ambiguous[value] }

// Rewrite is one value before and after.
type Rewrite struct {
	Field  Field
	Before string
	After  string
}

// Role is a role after normalisation. Raw is the role before.
type Role struct {
	Name string
	// Key is what roles pair by: the name without regard to case, because
	// IAM has no two roles whose names differ in case alone.
	Key  string
	Path string
	// Reason says by what the role pairs with one of another name, "" if it does
	// not.
	Reason     string
	Raw        *inventory.FlatRole
	Attributes []Attribute
	// Policies are sorted by type, name and ARN, normalised.
	Policies []Policy
}

// Attribute is one attribute of a role, normalised and before.
type Attribute struct {
	Kind Kind
	// Key distinguishes attributes of one kind: it is the tag's key, or the
	// policy's type and name, such as "managed ReadOnlyAccess".
	Key      string
	Value    string
	RawKey   string
	RawValue string
	// Unknown reports whether the source does not have the attribute.
	Unknown bool
	// AWS reports whether the value is AWS's own text.
	AWS bool
}

// Field returns the dictionary's field for the value.
func (a Attribute) Field() (Field, bool) {
	f, ok := a.Kind.Field()
	if ok && a.AWS {
		return equivalency.AWS, true
	}
	return f, ok
}

// Policy is one policy of a role after normalisation.
type Policy struct {
	Name string
	Type inventory.PolicyType
	// ARN is the managed or boundary policy's, "" for the others.
	ARN string
	Raw *inventory.FlatPolicy
	*Table
}

// AWS reports whether the policy is one of AWS's own: nothing in it is a name that
// anybody chose, but the ARN's partition.
func (p *Policy) AWS() bool { return equivalency.IsAWSARN(p.Raw.ARN) }

// NameField returns the field of the policy's name.
func (p *Policy) NameField() Field { return policyNameField(p.Raw.ARN) }

func policyNameField(arn string) Field {
	if equivalency.IsAWSARN(arn) {
		return equivalency.AWS
	}
	return FieldPolicyName
}
