package report

import (
	"iter"
	"maps"
	"slices"
)

// jsonWriter writes what diff.json is made of, line by line.
type jsonWriter struct{ *rowWriter }

func (j *jsonWriter) raw(s string) { j.buf = append(j.buf, s...) }

// each writes an array, one element a line. It stops once writing failed.
func each[T any](j *jsonWriter, elements iter.Seq[T], write func(T)) {
	j.raw("[")
	first := true
	for e := range elements {
		if !first {
			j.raw(",")
		}
		first = false
		j.raw("\n")
		write(e)
		if !j.flush() {
			return
		}
	}
	j.raw("]")
}

// list writes an array of the outermost object, one element a line.
func list[T any](j *jsonWriter, name string, elements []T, one func([]byte, *T) []byte) {
	j.buf = appendName(j.buf, name)
	each(j, pointers(elements), func(e *T) { j.buf = one(j.buf, e) })
}

// head writes all that comes before the roles, with what separates it from
// them.
func (j *jsonWriter) head(r *Run) {
	j.raw("{\n")
	j.buf = append(appendMember(j.buf, "format", r.Format), '\n')
	j.buf = append(appendInt(j.buf, "version", r.Version), '\n')
	j.buf = append(appendMeta(appendName(j.buf, "meta"), &r.Meta), ",\n"...)
	j.buf = append(appendSides(j.buf, "accounts", &r.Accounts, appendAccount), '\n')
	j.buf = append(appendBool(j.buf, "drift", r.Drift), '\n')
	j.buf = append(appendBool(j.buf, "incomplete", r.Incomplete), '\n')
	j.counts(r.Counts)
	j.buf = append(appendList(j.buf, "ignored", r.Ignored, appendText), '\n')
	j.buf = append(appendList(j.buf, "out_of_scope", r.OutOfScope, appendText), '\n')
	j.buf = append(appendList(j.buf, "notes", r.Notes, appendText), '\n')
	list(j, "gaps", r.Gaps, appendGap)
	j.raw(",\n")
	if len(r.Waivers) > 0 {
		list(j, "waivers", r.Waivers, appendWaiver)
		j.raw(",\n")
	}
	if len(r.Fixed) > 0 {
		list(j, "fixed", r.Fixed, appendFixed)
		j.raw(",\n")
	}
}

// counts writes the figures in their order; those that are not known here,
// sorted by name, after the others.
func (j *jsonWriter) counts(counts map[string]Sides[int]) {
	j.raw(`"counts":{`)
	for i, name := range figures(counts) {
		if i > 0 {
			j.raw(",")
		}
		j.raw("\n")
		v := counts[name]
		j.buf = endObject(appendSidesMembers(append(appendName(j.buf, name), '{'), &v.A, &v.B, appendNumber))
	}
	j.raw("},\n")
}

// figures gives the members of counts in their order.
func figures(counts map[string]Sides[int]) []string {
	var names []string
	known := map[string]bool{}
	for _, f := range allFigures() {
		known[f.member] = true
		if _, ok := counts[f.member]; ok {
			names = append(names, f.member)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if !known[name] {
			names = append(names, name)
		}
	}
	return names
}

// uniqueHead and uniqueTail write a role of one account alone, before and
// after its items.
func (j *jsonWriter) uniqueHead(u *RunUnique) {
	j.buf = appendRoleMembers(append(j.buf, '{'), &u.RunRole)
	j.buf = appendList(j.buf, "attributes", u.Attributes, appendOwnAttribute)
	j.buf = appendName(j.buf, "items")
}

func (j *jsonWriter) uniqueTail(u *RunUnique) {
	j.buf = appendMarkMembers(appendMember(append(j.buf, ','), "fingerprint", u.Fingerprint), &u.RunMark)
	j.buf = endObject(appendListIf(j.buf, "documents", u.Documents, appendPolicyDocuments))
}

// texts writes the documents, if there are any.
func (j *jsonWriter) texts(texts []string) {
	if len(texts) == 0 {
		return
	}
	j.raw(",\n")
	list(j, "documents", texts, func(dst []byte, s *string) []byte { return appendDocument(dst, *s) })
}
