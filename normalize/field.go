package normalize

import "iamctl/equivalency"

// The fields, under names of this package for those that compare.
const (
	FieldRoleName    = equivalency.RoleName
	FieldPath        = equivalency.Path
	FieldPolicyName  = equivalency.PolicyName
	FieldARN         = equivalency.ARN
	FieldPrincipal   = equivalency.Principal
	FieldCondition   = equivalency.Condition
	FieldTag         = equivalency.Tag
	FieldDescription = equivalency.Description
)

// FieldStatement is for the statement column of an item. A dictionary does
// not know it: its parts are ARNs and principals, and rules for those hold.
const FieldStatement Field = "statement"
