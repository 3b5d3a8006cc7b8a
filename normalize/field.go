package normalize

import (
	"iamctl/equivalency"
	"iamctl/normalize/rewrite"
)

// What those who compare accounts need of rewriting, under names of this
// package.
type (
	// Field is the kind of value that a text is.
	Field = rewrite.Field
	// Rewriter applies one account's rules to a text.
	Rewriter = rewrite.Rewriter
	// Named is the other account's value, found in this account.
	Named = rewrite.Named
)

// NewRewriter returns the Rewriter of an account with the rules; nil are no rules.
func NewRewriter(rules *equivalency.Rules) *Rewriter { return rewrite.New(rules) }

// The fields of a dictionary, and that of a statement column.
const (
	FieldRoleName    = equivalency.RoleName
	FieldPath        = equivalency.Path
	FieldPolicyName  = equivalency.PolicyName
	FieldARN         = equivalency.ARN
	FieldPrincipal   = equivalency.Principal
	FieldCondition   = equivalency.Condition
	FieldTag         = equivalency.Tag
	FieldDescription = equivalency.Description
	FieldStatement   = rewrite.Statement
)

// PrincipalField returns the field of a principal of the type.
func PrincipalField(principalType string) Field { return rewrite.PrincipalField(principalType) }

// FixedIn returns the parts of a text that nothing rewrites.
func FixedIn(field Field, text string) equivalency.Fixed { return rewrite.FixedIn(field, text) }
