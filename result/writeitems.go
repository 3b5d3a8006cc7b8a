package result

import (
	"iter"

	"iamctl/internal/bulk"
	"iamctl/internal/itemtext"
	"iamctl/inventory"
	"iamctl/normalize"
)

// itemJSON writes the members effect to note, a comma after each. A member
// without a value is left out, but for effect, service and action.
var itemJSON = itemtext.Spelling{
	Effect: func(dst []byte, s string) []byte { return appendMember(dst, "effect", s) },
	Action: func(dst []byte, a inventory.Action) []byte {
		return appendMember(appendMember(dst, "service", a.Service), "action", a.Name)
	},
	Resource: func(dst []byte, s string) []byte { return appendMemberIf(dst, "arn", s) },
	Principal: func(dst []byte, p inventory.Principal) []byte {
		return appendMemberIf(appendMemberIf(dst, "principal", p.Value), "principaltype", p.Type)
	},
	Terms: func(dst []byte, t inventory.Terms) []byte {
		dst = appendMemberIf(appendMemberIf(dst, "negated", t.Negated), "condition", t.Condition)
		return appendMemberIf(appendMemberIf(dst, "statement", t.Statement), "note", t.Note)
	},
}

// itemWriter writes the items of one account, those that New's comparison
// holds without spelling them out one by one.
type itemWriter struct {
	*bulk.Writer
	speller *speller
	shelf   *itemtext.Shelf

	policy *normalize.Policy
	texts  *itemtext.Document
	prefix []byte
}

// itemWriter returns a writer of the items of a side that roles yields.
func (f *fileWriter) itemWriter(side int, roles func(side int) iter.Seq[RoleItems]) *itemWriter {
	w := &itemWriter{Writer: f.Writer}
	if f.r.changes != nil {
		w.speller = newSpeller(f.r.changes, side, documentsOf(roles(side)))
		w.shelf = itemtext.NewShelf(&itemJSON, documentsOf(roles(side)))
	}
	return w
}

// items writes a list of items.
func (w *itemWriter) items(l Items) {
	made, ok := l.source.(*changedItems)
	if !ok {
		bulk.Each(w.Writer, values(l.All()), func(it Item) { w.Buf = appendItem(w.Buf, &it) })
		return
	}
	bulk.Each(w.Writer, made.places(), func(ref Ref) {
		w.begin(made.role, ref.Policy)
		it := w.speller.rest(made.role, ref)
		it.Mark = made.mark(it.Fingerprint, 0)
		w.Buf = appendItemTail(w.appendColumns(w.Buf, ref.Row), &it)
	})
}

// begin turns to a policy of a role, if it is not the one at hand.
func (w *itemWriter) begin(r *normalize.Role, policy uint32) {
	p := &r.Policies[policy]
	if w.policy == p {
		return
	}
	w.policy, w.texts = p, w.shelf.Document(p.Items)
	w.prefix = appendMember(append(w.prefix[:0], '{'), "policyname", p.Name)
	w.prefix = appendMember(w.prefix, "policytype", string(p.Type))
}

// appendColumns appends the columns of an item, its brace still open.
func (w *itemWriter) appendColumns(dst []byte, row uint32) []byte {
	return w.texts.Append(append(dst, w.prefix...), w.policy.Items.Rows[row])
}

func values[K, V any](seq iter.Seq2[K, V]) iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, v := range seq {
			if !yield(v) {
				return
			}
		}
	}
}
