package report

import (
	"iter"
	"slices"

	"iamctl/internal/itemtext"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
)

// itemAppender appends the cells of items, fastest policy by policy.
type itemAppender struct {
	after, before *itemtext.Shelf
	names         *result.Namer

	policy         *normalize.Policy
	texts, origins *itemtext.Document
	// prefix and rawPrefix are the cells that all items of the policy share.
	prefix, rawPrefix []byte
}

// originCSV writes the columns of Original that a row of a document has, a comma
// before each cell.
var originCSV = itemtext.Spelling{
	Resource:  appendNextCell,
	Principal: func(dst []byte, p inventory.Principal) []byte { return appendNextCell(dst, p.Value) },
	Terms: func(dst []byte, t inventory.Terms) []byte {
		return appendNextCell(appendNextCell(dst, t.Condition), t.Statement)
	},
}

// newItemAppender returns an appender of an account's items; roles yields their
// roles.
func newItemAppender(account *normalize.Account, roles iter.Seq[result.RoleRefs]) *itemAppender {
	return &itemAppender{
		after:  itemtext.NewShelf(&itemCSV, result.Documents(roles, func(p *normalize.Policy) *inventory.Items { return p.Items })),
		before: itemtext.NewShelf(&originCSV, result.Documents(roles, func(p *normalize.Policy) *inventory.Items { return p.Before })),
		names:  result.NewNamer(account),
	}
}

// begin turns to a policy of a role, unless it is the present one.
func (a *itemAppender) begin(r *normalize.Role, policy uint32) {
	p := &r.Policies[policy]
	if a.policy == p {
		return
	}
	a.policy = p
	a.texts, a.origins = a.after.Document(p.Items), a.before.Document(p.Before)
	a.names.Begin(p)
	a.prefix = appendItemPrefix(a.prefix[:0], r.Name, r.Path, p.Name, p.Type)
	a.rawPrefix = appendNextCell(appendNextCell(a.rawPrefix[:0], r.Raw.Name), r.Raw.Path)
	a.rawPrefix = appendNextCell(a.rawPrefix, p.Raw.Name)
}

// appendNormalised appends the columns of inventory.Item, marked.
func (a *itemAppender) appendNormalised(dst []byte, row uint32) []byte {
	return appendItemColumns(append(dst, a.prefix...), a.texts, a.policy.Items, row)
}

// appendOriginal appends the columns of Original, a comma before each.
func (a *itemAppender) appendOriginal(dst []byte, row uint32) []byte {
	dst = append(dst, a.rawPrefix...)
	origins := a.policy.Origins(row)
	if len(origins) != 1 {
		return a.appendOrigins(dst, origins)
	}
	r := a.policy.Before.Rows[origins[0]]
	dst = a.origins.Resources.Append(dst, r.Resource)
	dst = a.origins.Principals.Append(dst, r.Principal)
	return a.origins.Terms.Append(dst, r.Terms)
}

// appendOrigins appends what appendOriginal does for several rows that became
// one, but for the columns that they share.
func (a *itemAppender) appendOrigins(dst []byte, origins []uint32) []byte {
	for _, column := range []func(*inventory.Item) string{
		func(it *inventory.Item) string { return it.ARN },
		func(it *inventory.Item) string { return it.Principal },
		func(it *inventory.Item) string { return it.Condition },
		func(it *inventory.Item) string { return it.Statement },
	} {
		var values []string
		for _, o := range origins {
			it := a.policy.Before.Item(int(o))
			if v := column(&it); !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		dst = appendNextCell(dst, join(values))
	}
	return dst
}

// appendNames appends the columns foreign and expected, a comma before each.
func (a *itemAppender) appendNames(dst []byte, row uint32) []byte {
	names := a.names.Row(a.policy.Origins(row))
	if len(names) == 0 {
		return append(dst, ',', ',')
	}
	return appendNextCell(appendNextCell(dst, foreign(names)), expected(names))
}
