package unused

import (
	"iter"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
)

// texts returns every text of the account that may be rewritten, as it was
// before. A text may occur more than once.
func texts(a *normalize.Account) iter.Seq2[normalize.Field, string] {
	return func(yield func(normalize.Field, string) bool) {
		seen := map[*inventory.Items]bool{}
		for i := range a.Roles {
			r := &a.Roles[i]
			if !yield(normalize.FieldRoleName, r.Raw.Name) || !attributeTexts(r, yield) || !policyTexts(r, seen, yield) {
				return
			}
		}
	}
}

func attributeTexts(r *normalize.Role, yield func(normalize.Field, string) bool) bool {
	for _, at := range r.Attributes {
		if f, ok := at.Field(); ok && f != equivalency.AWS {
			if !yield(f, at.RawKey) || !yield(f, at.RawValue) {
				return false
			}
		}
	}
	return true
}

func policyTexts(r *normalize.Role, seen map[*inventory.Items]bool, yield func(normalize.Field, string) bool) bool {
	for i := range r.Policies {
		p := &r.Policies[i]
		if p.AWS() {
			continue
		}
		if !yield(normalize.FieldPolicyName, p.Raw.Name) || !yield(normalize.FieldARN, p.Raw.ARN) {
			return false
		}
		if seen[p.Before] {
			continue
		}
		seen[p.Before] = true
		if !itemTexts(p.Before, yield) {
			return false
		}
	}
	return true
}

func itemTexts(t *inventory.Items, yield func(normalize.Field, string) bool) bool {
	for _, s := range t.Resources {
		if !yield(normalize.FieldARN, s) {
			return false
		}
	}
	for _, p := range t.Principals {
		if !yield(normalize.FieldPrincipal, p.Value) {
			return false
		}
	}
	for _, m := range t.Terms {
		if !columnTexts(normalize.FieldCondition, m.Condition, yield) || !columnTexts(normalize.FieldStatement, m.Statement, yield) {
			return false
		}
	}
	return true
}

func columnTexts(column normalize.Field, text string, yield func(normalize.Field, string) bool) bool {
	for f, s := range rewrite.Strings(column, text) {
		if !yield(f, s) {
			return false
		}
	}
	return true
}
