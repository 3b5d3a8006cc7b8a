package report

import (
	"io"
	"slices"
)

// RunJSON writes a run as JSON wrote it, to the byte.
func RunJSON(w io.Writer, r *Run) error {
	j := &jsonWriter{newRowWriter(w)}
	j.head(r)
	j.raw(`"common_roles":`)
	each(j, pointers(r.CommonRoles), j.pair)
	j.raw(",\n\"unique_roles\":{\"a\":")
	each(j, pointers(r.UniqueRoles.A), j.uniqueRole)
	j.raw(",\n\"b\":")
	each(j, pointers(r.UniqueRoles.B), j.uniqueRole)
	j.raw("},\n\"rewrites\":{\"a\":")
	rewrite := func(r *RunRewrite) { j.buf = appendRewrite(j.buf, r) }
	each(j, pointers(r.Rewrites.A), rewrite)
	j.raw(",\n\"b\":")
	each(j, pointers(r.Rewrites.B), rewrite)
	j.raw("}")
	if len(r.Documents) > 0 {
		j.raw(",\n\"documents\":")
		each(j, slices.Values(r.Documents), func(d RunDocument) { j.buf = appendDocument(j.buf, d.Text) })
	}
	j.raw("\n}\n")
	return j.close()
}

func (j *jsonWriter) pair(p *RunPair) {
	j.buf = appendPairMembers(append(j.buf, '{'), p)
	for _, part := range []struct {
		name  string
		items []RunItem
	}{{`"only_a":`, p.OnlyA}, {`,"only_b":`, p.OnlyB}} {
		j.raw(part.name)
		each(j, pointers(part.items), func(it *RunItem) { j.buf = appendItem(j.buf, it) })
	}
	j.raw(`,"masked":`)
	each(j, pointers(p.Masked), func(m *RunMasked) { j.buf = appendMasked(j.buf, m) })
	j.buf = endObject(appendListIf(append(j.buf, ','), "documents", p.Documents, appendPolicyDocuments))
}

func (j *jsonWriter) uniqueRole(u *RunUnique) {
	j.uniqueHead(u)
	each(j, pointers(u.Items), func(it *RunItem) { j.buf = appendItem(j.buf, it) })
	j.uniqueTail(u)
}
