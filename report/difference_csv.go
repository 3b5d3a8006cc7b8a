package report

import (
	"io"
	"iter"

	"iamctl/internal/bulk"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
)

// Original are the columns that rewriting may change, as they were before. Where
// several items became one, a cell holds each of their values once, with " | "
// between them. It is exported because gocsv ignores embedded structs that are
// not.
type Original struct {
	RoleName   string `csv:"original_rolename"`
	Path       string `csv:"original_path"`
	PolicyName string `csv:"original_policyname"`
	ARN        string `csv:"original_arn"`
	Principal  string `csv:"original_principal"`
	Condition  string `csv:"original_condition"`
	Statement  string `csv:"original_statement"`
}

// ItemRow is a row of the files of unique items. It is exported for the same
// reason.
type ItemRow struct {
	inventory.Item
	Original
	// Foreign are the other account's values that the item holds, as
	// tag:value.
	Foreign string `csv:"foreign"`
	// Expected are this account's own values in place of those in Foreign, in
	// the same order; one that has no counterpart is empty.
	Expected string `csv:"expected"`
}

// differenceRow is a row of the files of differing items. Unlike these, items of
// a role of one account alone have no fingerprint: their role has one.
type differenceRow struct {
	ItemRow
	Fingerprint string `csv:"fingerprint"` // as in diff.json
}

// writeDifferences writes the items of one side that the other does not have.
func writeDifferences(w io.Writer, r *result.Result, side int) error {
	return writeItems(w, header[differenceRow](), r.Normalized(side), r.Differing(side), r.NewDigests(side))
}

// writeUniqueItems writes all items of the roles that one side alone has.
func writeUniqueItems(w io.Writer, r *result.Result, side int) error {
	return writeItems(w, header[ItemRow](), r.Normalized(side), r.Alone(side), nil)
}

// writeItems writes items of account a with what they were before, and with
// their fingerprints unless digests is nil.
func writeItems(w io.Writer, columns []string, a *normalize.Account, roles iter.Seq[result.RoleRefs], digests *result.Digests) error {
	out := bulk.NewWriter(w)
	writeCells(out, columns)
	cells := newItemAppender(a, roles)
	for r := range roles {
		for ref := range r.Refs {
			cells.begin(r.Role, ref.Policy)
			b := cells.appendNormalised(out.Buf, ref.Row)
			b = cells.appendOriginal(b, ref.Row)
			b = cells.appendNames(b, ref.Row)
			if digests != nil {
				b = digests.Append(append(b, ','), r.Role, ref)
			}
			out.Buf = append(b, '\n')
			if !out.Flush() {
				return out.Err()
			}
		}
	}
	return out.Close()
}
