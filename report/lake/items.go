package lake

import (
	"iter"
	"strings"

	"iamctl/inventory"
)

// Item is a row of the table items: a flattened permission, as inventory.Item has it.
type Item struct {
	AccountID      *string `parquet:"account_id,dict"`
	AccountTag     string  `parquet:"account_tag,dict"`
	RoleName       string  `parquet:"role_name,dict"`
	RolePath       string  `parquet:"role_path,dict"`
	PolicyType     string  `parquet:"policy_type,dict"`
	PolicyName     *string `parquet:"policy_name,dict"`
	PolicyARN      *string `parquet:"policy_arn,dict"`
	DocumentSHA256 *string `parquet:"document_sha256,dict"`
	Effect         string  `parquet:"effect,dict"`
	// Service and Action are null in a row without an action. A value that comes from a
	// Not- element has the element's name before it, as in the item files.
	Service       *string `parquet:"service,dict"`
	Action        *string `parquet:"action,dict"`
	Resource      *string `parquet:"resource,dict"`
	Principal     *string `parquet:"principal,dict"`
	PrincipalType *string `parquet:"principal_type,dict"`
	// Negated are the Not- elements that values of the row come from.
	Negated   []string `parquet:"negated,list"`
	Condition *string  `parquet:"condition,dict"`
	Statement *string  `parquet:"statement,dict"`
	Note      *string  `parquet:"note,dict"`
}

// ItemsOf yields the items of an account, sorted by role and then as the roles' policies
// and their rows are.
func ItemsOf(f *inventory.Flat, from Source) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		t := newTexts(f.Account)
		for i := range f.Roles {
			for k, sha := range t.of(&f.Roles[i]) {
				if !itemsOfPolicy(f, &f.Roles[i], &f.Roles[i].Policies[k], from, sha, yield) {
					return
				}
			}
		}
	}
}

func itemsOfPolicy(f *inventory.Flat, r *inventory.FlatRole, p *inventory.FlatPolicy, from Source, sha *string, yield func(Item) bool) bool {
	of := Item{
		AccountID: orNull(f.ID), AccountTag: text(from.Tag), RoleName: text(r.Name), RolePath: text(r.Path),
		PolicyType: string(p.Type), PolicyName: orNull(p.Name), PolicyARN: orNull(p.ARN), DocumentSHA256: sha,
	}
	for n := range p.Items.Rows {
		it := p.Items.Item(n).Marked()
		row := of
		row.Effect = text(it.Effect)
		row.Service, row.Action, row.Resource = orNull(it.Service), orNull(it.Action), orNull(it.ARN)
		row.Principal, row.PrincipalType = orNull(it.Principal), orNull(it.PrincipalType)
		row.Negated = strings.Fields(it.Negated)
		row.Condition, row.Statement, row.Note = orNull(it.Condition), orNull(it.Statement), orNull(it.Note)
		if !yield(row) {
			return false
		}
	}
	return true
}
