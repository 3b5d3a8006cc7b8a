package result

import (
	"bytes"
	"iter"

	"iamctl/internal/bulk"
)

// itemMember is a member of a role whose items are written one by one.
type itemMember struct {
	name  string
	write func()
}

// role writes a role on one line and its items on lines of their own: the JSON
// library leaves the lists of items empty, and they are filled in here. AWS's
// text cannot look like a member, because the quotes in it are escaped.
func (f *fileWriter) role(v any, members ...itemMember) {
	b, err := marshal(v)
	if err != nil {
		f.Fail(err)
		return
	}
	for _, m := range members {
		empty := string(appendName(nil, m.name)) + "[]"
		before, after, ok := bytes.Cut(b, []byte(empty))
		if !ok {
			continue // left out
		}
		f.Buf = append(f.Buf, before...)
		f.Buf = appendName(f.Buf, m.name)
		m.write()
		b = after
	}
	f.Buf = append(f.Buf, b...)
}

// pairs returns a function that writes a common role, to be called for one after
// the other.
func (f *fileWriter) pairs() func(*Pair) {
	a, b := f.itemWriter(0, f.r.Differing), f.itemWriter(1, f.r.Differing)
	return func(p *Pair) {
		f.role(p,
			itemMember{"only_a", func() { a.items(p.OnlyA) }},
			itemMember{"only_b", func() { b.items(p.OnlyB) }},
			itemMember{"impossible_a", func() { a.items(p.ImpossibleA) }},
			itemMember{"impossible_b", func() { b.items(p.ImpossibleB) }},
			itemMember{"masked", func() { f.masked(a, b, p.Masked) }},
		)
	}
}

// uniques returns the like for the roles that a side alone has.
func (f *fileWriter) uniques(side int) func(*Unique) {
	w := f.itemWriter(side, f.r.Alone)
	return func(u *Unique) {
		f.role(u,
			itemMember{"items", func() { w.items(u.Items) }},
			itemMember{"impossible", func() { w.items(u.Impossible) }},
		)
	}
}

// awsChanges writes the policies that AWS changed, if there are any.
func (f *fileWriter) awsChanges() {
	if len(f.r.AWSChanges) == 0 {
		return
	}
	a, b := f.itemWriter(0, f.r.ChangedByAWS), f.itemWriter(1, f.r.ChangedByAWS)
	f.list("aws_changes", func() {
		bulk.Each(f.Writer, pointers(f.r.AWSChanges), func(c *AWSChange) {
			f.role(c,
				itemMember{"only_a", func() { a.items(c.OnlyA) }},
				itemMember{"only_b", func() { b.items(c.OnlyB) }},
				itemMember{"impossible_a", func() { a.items(c.ImpossibleA) }},
				itemMember{"impossible_b", func() { b.items(c.ImpossibleB) }},
			)
		})
	})
}

// masked writes the masked items of a common role.
func (f *fileWriter) masked(a, b *itemWriter, list MaskedItems) {
	if list.list != nil {
		bulk.Each(f.Writer, list.All(), func(m MaskedItem) { f.Buf = appendMasked(f.Buf, &m) })
		return
	}
	p := list.pair
	bulk.Each(f.Writer, list.each(), func(m maskedOne) {
		if m.pair != nil {
			f.Buf = appendMasked(f.Buf, m.pair)
			return
		}
		a.begin(p.A, m.A.Policy)
		b.begin(p.B, m.B.Policy)
		dst := a.appendColumns(f.Buf, m.A.Row)
		dst = appendMember(appendMember(dst, "value", m.Value), "reason", m.Reason)
		dst = appendListIf(dst, "originals_a", originalsOf(a.policy, m.A.Row), appendOriginal)
		f.Buf = endObject(appendListIf(dst, "originals_b", originalsOf(b.policy, m.B.Row), appendOriginal))
	})
}

// maskedOne is a masked item that is not built, or a masked pair.
type maskedOne struct {
	*MaskedRef
	pair *MaskedItem
}

// each yields the items of a Result that New made.
func (l MaskedItems) each() iter.Seq[maskedOne] {
	return func(yield func(maskedOne) bool) {
		for i := range l.refs {
			if !yield(maskedOne{MaskedRef: &l.refs[i]}) {
				return
			}
		}
		for m := range l.Pairs() {
			if !yield(maskedOne{pair: &m}) {
				return
			}
		}
	}
}
