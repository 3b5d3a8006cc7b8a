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

// itemWriter writes the items of one account. Items that are built as they are
// asked for are not built for it: their columns go from the documents into the
// file.
type itemWriter struct {
	*bulk.Writer
	builder *itemBuilder
	shelf   *itemtext.Shelf

	policy *normalize.Policy
	texts  *itemtext.Document
	prefix []byte
}

// itemWriter returns a writer of the items of a side; roles yields their roles.
func (f *fileWriter) itemWriter(side int, roles func(side int) iter.Seq[RoleRefs]) *itemWriter {
	w := &itemWriter{Writer: f.Writer}
	if f.r.changes != nil {
		w.builder = newItemBuilder(f.r.changes, side, documentsOf(roles(side)))
		w.shelf = itemtext.NewShelf(&itemJSON, documentsOf(roles(side)))
	}
	return w
}

// items writes a list of items.
func (w *itemWriter) items(l Items) {
	lazy, ok := l.source.(*lazyItems)
	if !ok {
		bulk.Each(w.Writer, values(l.All()), func(it Item) { w.Buf = appendItem(w.Buf, &it) })
		return
	}
	bulk.Each(w.Writer, lazy.each(), func(ref Ref) {
		w.begin(lazy.role, ref.Policy)
		w.Buf = w.appendTail(w.appendColumns(w.Buf, ref.Row), lazy, ref)
	})
}

// appendTail is appendItemTail for an item that is not built.
func (w *itemWriter) appendTail(dst []byte, l *lazyItems, ref Ref) []byte {
	dst = appendListIf(dst, "originals", originalsOf(w.policy, ref.Row), appendOriginal)
	dst = appendListIf(dst, "names", w.builder.namesIn(w.policy, ref.Row), appendNameOf)
	dst = append(appendName(dst, "fingerprint"), '"')
	at := len(dst)
	dst = w.builder.digests.Append(dst, l.role, ref)
	if l.unmarked() {
		return append(dst, '"', '}')
	}
	mark := l.mark(string(dst[at:]), 0)
	return endObject(appendMark(append(dst, '"', ','), &mark))
}

// begin turns to a policy of a role, unless it is the present one.
func (w *itemWriter) begin(r *normalize.Role, policy uint32) {
	p := &r.Policies[policy]
	if w.policy == p {
		return
	}
	w.policy, w.texts = p, w.shelf.Document(p.Items)
	w.prefix = appendMember(append(w.prefix[:0], '{'), "policyname", p.Name)
	w.prefix = appendMember(w.prefix, "policytype", string(p.Type))
}

// appendColumns appends the columns of an item and leaves the object open.
func (w *itemWriter) appendColumns(dst []byte, row uint32) []byte {
	return w.texts.Append(append(dst, w.prefix...), w.policy.Items.Rows[row])
}

// values yields the values of a sequence of pairs.
func values[K, V any](seq iter.Seq2[K, V]) iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, v := range seq {
			if !yield(v) {
				return
			}
		}
	}
}
