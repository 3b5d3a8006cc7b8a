package report

import (
	_ "embed"
	"io"
	"iter"
	"slices"

	"iamctl/diff"
	"iamctl/normalize"
)

// JSONName is the name of the file that JSON writes. It is written last: a
// folder that has it is complete.
const JSONName = "diff.json"

const (
	jsonFormat = "iamctl-diff"
	// jsonVersion grows when a reader of the form before would misread a file.
	jsonVersion = 1
)

//go:embed diff.schema.json
var schema []byte

// Schema is the JSON Schema of diff.json.
func Schema() []byte { return slices.Clone(schema) }

// Meta says what made a report. Only what is given is written: a report has
// no clock of its own.
type Meta struct {
	// Version is iamctl's.
	Version string
	// Time is when the accounts were compared, in RFC 3339; "" leaves it
	// out, and the same accounts then give the same bytes.
	Time string
	// Dictionary is the path of the dictionary, "" if there was none, and
	// DictionarySHA256 the digest of the file in hex.
	Dictionary       string
	DictionarySHA256 string
	// Reference is the version of the table of AWS's actions.
	Reference string
}

// JSON writes everything but the harvested items: what differs, with what is
// known of it (marks may be nil), what is masked, gaps, notes, rewrites, counts
// and the documents of what differs. Items are written one by one, a line each,
// so that millions need no memory. The form is that of Schema.
func JSON(w io.Writer, c *diff.Changes, meta Meta, marks *Marks) error {
	return writeJSON(w, c, headOf(c, meta, marks, tallyOf(c, marks)), marks)
}

// writeJSON is JSON with the head made.
func writeJSON(w io.Writer, c *diff.Changes, head *Run, marks *Marks) error {
	j := &changesWriter{jsonWriter: jsonWriter{newRowWriter(w)}, c: c, marks: marks, documents: newDocumentSet(c)}
	j.head(head)
	j.pairs()
	j.raw(",\n\"unique_roles\":{\"a\":")
	j.unique(0)
	j.raw(",\n\"b\":")
	j.unique(1)
	j.raw("},\n")
	j.rewrites(c.A.Rewrites, c.B.Rewrites)
	j.texts(j.documents.texts)
	j.raw("\n}\n")
	return j.close()
}

// changesWriter writes diff.json from Changes.
type changesWriter struct {
	jsonWriter
	c         *diff.Changes
	marks     *Marks
	documents *documentSet
}

// pairs writes all common roles, those in sync too.
func (j *changesWriter) pairs() {
	c := j.c
	items := [2]*jsonItems{
		newJSONItems(c.A, c.B, differingItems(c, 0), j.marks), newJSONItems(c.B, c.A, differingItems(c, 1), j.marks),
	}
	j.raw(`"common_roles":`)
	each(&j.jsonWriter, pointers(c.Common), func(p *diff.Pair) {
		head := runPairHead(c, p, j.marks)
		j.buf = appendPairMembers(append(j.buf, '{'), &head)
		for side, name := range []string{`"only_a":`, `,"only_b":`} {
			j.raw(name)
			each(&j.jsonWriter, slices.Values(p.Only(side)), func(ref diff.Ref) {
				j.buf = items[side].appendDifference(j.buf, p.Role(side), ref)
			})
		}
		j.raw(`,"masked":`)
		each(&j.jsonWriter, slices.Values(p.Masked), func(m diff.Masked) { j.masked(items, p, m) })
		j.buf = endObject(appendListIf(append(j.buf, ','), "documents", j.documents.pair(p), appendPolicyDocuments))
	})
}

func (j *changesWriter) masked(items [2]*jsonItems, p *diff.Pair, m diff.Masked) {
	a, b := items[0], items[1]
	a.begin(p.A, m.A.Policy)
	b.begin(p.B, m.B.Policy)
	dst := a.appendItem(j.buf, m.A.Row)
	dst = appendMember(appendMember(dst, "value", m.Value), "reason", m.Reason)
	dst = a.appendOriginals(dst, "originals_a", m.A.Row)
	j.buf = endObject(b.appendOriginals(dst, "originals_b", m.B.Row))
}

// unique writes the roles that one account alone has, with all their items.
func (j *changesWriter) unique(side int) {
	c := j.c
	items := newJSONItems(c.Account(side), c.Account(1-side), uniqueItems(c, side), nil)
	digests := newRoleDigests(c, side)
	each(&j.jsonWriter, slices.Values(c.Only(side)), func(r *normalize.Role) {
		u := runUniqueHead(r)
		u.Fingerprint = digests.fingerprint(r)
		u.RunMark = j.marks.of(u.Fingerprint)
		u.Documents = j.documents.unique(side, r)
		j.uniqueHead(&u)
		each(&j.jsonWriter, allItems(r), func(ref diff.Ref) { j.buf = items.appendDifference(j.buf, r, ref) })
		j.uniqueTail(&u)
	})
}

func (j *changesWriter) rewrites(a, b []normalize.Rewrite) {
	write := func(r normalize.Rewrite) {
		j.buf = appendRewrite(j.buf, &RunRewrite{string(r.Field), r.Before, r.After})
	}
	j.raw(`"rewrites":{"a":`)
	each(&j.jsonWriter, slices.Values(a), write)
	j.raw(",\n\"b\":")
	each(&j.jsonWriter, slices.Values(b), write)
	j.raw("}")
}

func pointers[T any](s []T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range s {
			if !yield(&s[i]) {
				return
			}
		}
	}
}
