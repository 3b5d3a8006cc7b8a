package report

import (
	_ "embed"
	"encoding/json"
	"io"
	"iter"
	"slices"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// JSONName is the name of the file that JSON writes. It is written last: a
// folder that has it is complete.
const JSONName = "diff.json"

// jsonVersion grows when a reader of the form before would misread a file.
const jsonVersion = 1

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

// JSON writes everything but the harvested items: what differs, what is
// masked, gaps, notes, rewrites and counts. Items are written one by one, a
// line each, so that millions need no memory. The form is that of Schema.
func JSON(w io.Writer, c *diff.Changes, meta Meta) error {
	j := &jsonWriter{rowWriter: newRowWriter(w), c: c}
	j.raw("{\n")
	j.head(meta)
	j.pairs()
	j.raw(",\n\"unique_roles\":{\"a\":")
	j.unique(0)
	j.raw(",\n\"b\":")
	j.unique(1)
	j.raw("},\n\"rewrites\":{\"a\":")
	j.rewrites(c.A)
	j.raw(",\n\"b\":")
	j.rewrites(c.B)
	j.raw("}\n}\n")
	return j.close()
}

type jsonWriter struct {
	*rowWriter
	c *diff.Changes
}

func (j *jsonWriter) raw(s string) { j.buf = append(j.buf, s...) }

// value writes a small value by encoding/json.
func (j *jsonWriter) value(v any) {
	b, err := json.Marshal(v)
	if err != nil && j.err == nil {
		j.err = err
	}
	j.buf = append(j.buf, b...)
}

// member writes a member of the outermost object, and what separates it from
// the next.
func (j *jsonWriter) member(name string, v any) {
	j.raw(`"` + name + `":`)
	j.value(v)
	j.raw(",\n")
}

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

func (j *jsonWriter) head(meta Meta) {
	c := j.c
	j.member("format", "iamctl-diff")
	j.member("version", jsonVersion)
	j.member("meta", jsonMeta{
		jsonText(meta.Version), jsonText(meta.Time), jsonText(meta.Dictionary), jsonText(meta.DictionarySHA256), jsonText(meta.Reference),
	})
	j.member("accounts", sides[jsonAccount]{newJSONAccount(c.A), newJSONAccount(c.B)})
	j.member("drift", c.Drift())
	j.member("incomplete", c.Incomplete())
	j.counts()
	j.member("ignored", texts(c.Ignored))
	j.member("out_of_scope", texts(outOfScope))
	j.member("notes", texts(c.Notes))
	j.raw(`"gaps":`)
	each(j, slices.Values(c.Gaps), func(g inventory.Gap) { j.value(newJSONGap(g)) })
	j.raw(",\n")
}

type jsonMeta struct {
	Version          jsonText `json:"iamctl"`
	Time             jsonText `json:"time,omitempty"`
	Dictionary       jsonText `json:"dictionary,omitempty"`
	DictionarySHA256 jsonText `json:"dictionary_sha256,omitempty"`
	Reference        jsonText `json:"reference,omitempty"`
}

// sides is one value for each account.
type sides[T any] struct {
	A T `json:"a"`
	B T `json:"b"`
}

// texts makes a list that is never null.
func texts[T ~string](values []T) []jsonText {
	out := make([]jsonText, len(values))
	for i, v := range values {
		out[i] = jsonText(v)
	}
	return out
}

func (j *jsonWriter) counts() {
	n := j.c.Counts()
	j.raw(`"counts":{`)
	for i, m := range metrics {
		if i > 0 {
			j.raw(",")
		}
		v := m.of(&n)
		j.raw("\n\"" + m.member + `":`)
		j.value(sides[int]{v[0], v[1]})
	}
	j.raw("},\n")
}

// pairs writes all common roles, those in sync too.
func (j *jsonWriter) pairs() {
	c := j.c
	items := [2]*jsonItems{
		newJSONItems(c.A, c.B, differingItems(c, 0)), newJSONItems(c.B, c.A, differingItems(c, 1)),
	}
	j.raw(`"common_roles":`)
	each(j, pointers(c.Common), func(p *diff.Pair) {
		j.open(newJSONPair(c, p))
		for side, name := range []string{`,"only_a":`, `,"only_b":`} {
			j.raw(name)
			each(j, slices.Values(p.Only(side)), func(ref diff.Ref) {
				j.buf = items[side].appendDifference(j.buf, p.Role(side), ref)
			})
		}
		j.raw(`,"masked":`)
		each(j, slices.Values(p.Masked), func(m diff.Masked) { j.masked(items, p, m) })
		j.raw("}")
	})
}

func (j *jsonWriter) masked(items [2]*jsonItems, p *diff.Pair, m diff.Masked) {
	a, b := items[0], items[1]
	a.begin(p.A, m.A.Policy)
	b.begin(p.B, m.B.Policy)
	dst := a.appendItem(j.buf, m.A.Row)
	dst = appendMember(appendMember(dst, "value", m.Value), "reason", m.Reason)
	dst = a.appendOriginals(dst, "originals_a", m.A.Row)
	j.buf = endObject(b.appendOriginals(dst, "originals_b", m.B.Row))
}

// unique writes the roles that one account alone has, with all their items.
func (j *jsonWriter) unique(side int) {
	holder, other := j.c.Account(side), j.c.Account(1-side)
	items := newJSONItems(holder, other, uniqueItems(j.c, side))
	each(j, slices.Values(j.c.Only(side)), func(r *normalize.Role) {
		j.open(newJSONUnique(holder, other, r))
		j.raw(`,"items":`)
		each(j, allItems(r), func(ref diff.Ref) { j.buf = items.appendDifference(j.buf, r, ref) })
		j.raw("}")
	})
}

// open writes an object without its closing brace.
func (j *jsonWriter) open(v any) {
	j.value(v)
	j.buf = j.buf[:len(j.buf)-1]
}

func (j *jsonWriter) rewrites(a *normalize.Account) {
	each(j, slices.Values(a.Rewrites), func(r normalize.Rewrite) {
		j.value(jsonRewrite{jsonText(r.Field), jsonText(r.Before), jsonText(r.After)})
	})
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
