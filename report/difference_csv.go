package report

import (
	"io"
	"iter"
	"slices"

	"iamctl/internal/bulk"
	"iamctl/internal/itemtext"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
)

// Original are the columns that rewriting may have changed, as they were
// before. It is exported because gocsv passes over embedded structs that are
// not. Where several items became one, a cell holds each of their values
// once, with " | " between them.
type Original struct {
	RoleName   string `csv:"original_rolename"`
	Path       string `csv:"original_path"`
	PolicyName string `csv:"original_policyname"`
	ARN        string `csv:"original_arn"`
	Principal  string `csv:"original_principal"`
	Condition  string `csv:"original_condition"`
	Statement  string `csv:"original_statement"`
}

// between separates several values in one cell.
const between = " | "

// ItemRow is a row of the files of unique items. It is exported for the same
// reason.
type ItemRow struct {
	inventory.Item
	Original
	// Foreign are the other account's values that the item holds, as
	// tag:value.
	Foreign string `csv:"foreign"`
	// Expected is what would stand there if this account's own counterpart
	// did, in the order of Foreign; empty where there is none.
	Expected string `csv:"expected"`
}

// differenceRow is a row of the files of differing items. Unique items have no
// fingerprint there: what is waived is their role.
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
// their fingerprints if there are digests.
func writeItems(w io.Writer, columns []string, a *normalize.Account, roles iter.Seq[result.RoleItems], digests *result.Digests) error {
	out := bulk.NewWriter(w)
	writeCells(out, columns)
	s := newItemSpeller(a, roles)
	for r := range roles {
		for ref := range r.Refs {
			s.turnTo(r.Role, ref.Policy)
			b := s.appendNormalised(out.Buf, ref.Row)
			b = s.appendOriginal(b, ref.Row)
			b = s.appendNames(b, ref.Row)
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

// itemSpeller spells the items of one policy after the other.
type itemSpeller struct {
	after, before *itemtext.Shelf
	names         *result.Namer

	policy         *normalize.Policy
	texts, origins *itemtext.Document
	// prefix and rawPrefix are the cells that all items of the policy share.
	prefix, rawPrefix []byte
}

// originCSV writes the columns of Original that a row of a document has.
var originCSV = itemtext.Spelling{
	Resource:  appendNextCell,
	Principal: func(dst []byte, p inventory.Principal) []byte { return appendNextCell(dst, p.Value) },
	Terms: func(dst []byte, t inventory.Terms) []byte {
		return appendNextCell(appendNextCell(dst, t.Condition), t.Statement)
	},
}

func newItemSpeller(a *normalize.Account, roles iter.Seq[result.RoleItems]) *itemSpeller {
	return &itemSpeller{
		after:  itemtext.NewShelf(&itemCSV, documents(roles, func(p *normalize.Policy) *inventory.Items { return p.Items })),
		before: itemtext.NewShelf(&originCSV, documents(roles, func(p *normalize.Policy) *inventory.Items { return p.Before })),
		names:  result.NewNamer(a),
	}
}

// documents yields the document of every policy of the roles, one policy
// after the other.
func documents(roles iter.Seq[result.RoleItems], of func(*normalize.Policy) *inventory.Items) iter.Seq[*inventory.Items] {
	return func(yield func(*inventory.Items) bool) {
		for r := range roles {
			for i := range r.Role.Policies {
				if !yield(of(&r.Role.Policies[i])) {
					return
				}
			}
		}
	}
}

// turnTo turns to a policy of a role, if it is not the one at hand.
func (s *itemSpeller) turnTo(r *normalize.Role, policy uint32) {
	if p := &r.Policies[policy]; s.policy != p {
		s.begin(r, p)
	}
}

func (s *itemSpeller) begin(r *normalize.Role, p *normalize.Policy) {
	s.policy = p
	s.texts, s.origins = s.after.Document(p.Items), s.before.Document(p.Before)
	s.names.Begin(p)
	s.prefix = appendItemPrefix(s.prefix[:0], r.Name, r.Path, p.Name, p.Type)
	s.rawPrefix = appendNextCell(appendNextCell(s.rawPrefix[:0], r.Raw.Name), r.Raw.Path)
	s.rawPrefix = appendNextCell(s.rawPrefix, p.Raw.Name)
}

// appendNormalised appends the columns of inventory.Item.
func (s *itemSpeller) appendNormalised(dst []byte, row uint32) []byte {
	return s.texts.Append(append(dst, s.prefix...), s.policy.Items.Rows[row])
}

// appendOriginal appends the columns of Original, a comma before each.
func (s *itemSpeller) appendOriginal(dst []byte, row uint32) []byte {
	dst = append(dst, s.rawPrefix...)
	origins := s.policy.Origins(row)
	if len(origins) != 1 {
		return s.appendOrigins(dst, origins)
	}
	r := s.policy.Before.Rows[origins[0]]
	dst = s.origins.Resources.Append(dst, r.Resource)
	dst = s.origins.Principals.Append(dst, r.Principal)
	return s.origins.Terms.Append(dst, r.Terms)
}

// appendOrigins is appendOriginal for several rows that became one.
func (s *itemSpeller) appendOrigins(dst []byte, origins []uint32) []byte {
	for _, column := range []func(*inventory.Item) string{
		func(it *inventory.Item) string { return it.ARN },
		func(it *inventory.Item) string { return it.Principal },
		func(it *inventory.Item) string { return it.Condition },
		func(it *inventory.Item) string { return it.Statement },
	} {
		var values []string
		for _, o := range origins {
			it := s.policy.Before.Item(int(o))
			if v := column(&it); !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		dst = appendNextCell(dst, join(values))
	}
	return dst
}

// appendNames appends the columns foreign and expected.
func (s *itemSpeller) appendNames(dst []byte, row uint32) []byte {
	names := s.names.Row(s.policy.Origins(row))
	if len(names) == 0 {
		return append(dst, ',', ',')
	}
	return appendNextCell(appendNextCell(dst, foreign(names)), expected(names))
}
