package result

import (
	_ "embed"
	"fmt"
	"io"
	"slices"

	"iamctl/internal/bulk"
	"iamctl/internal/visible"
)

// FileName is the name of the file that a Result is written to. It is written
// last: a folder that has it is complete.
const FileName = "diff.json"

const (
	fileFormat = "iamctl-diff"
	// fileVersion grows when a reader of the form before would misread a file.
	fileVersion = 2
	// oldestVersion is the oldest version of the form that is still read: it has no
	// meanings.
	oldestVersion = 1
)

//go:embed diff.schema.json
var schema []byte

// Schema returns the JSON Schema of diff.json.
func Schema() []byte { return slices.Clone(schema) }

// Write writes the result as diff.json: everything but the harvested items.
// Items are written one by one, a line each, so that millions need no memory.
// The same Result makes the same bytes; one that was read makes those of its
// file.
func (r *Result) Write(w io.Writer) error {
	f := &fileWriter{Writer: bulk.NewWriter(w), r: r}
	f.head()
	f.awsChanges()
	f.Raw(`"common_roles":`)
	bulk.Each(f.Writer, pointers(r.CommonRoles), f.pairs())
	f.Raw(",\n\"unique_roles\":")
	f.sides(func(side int) {
		bulk.Each(f.Writer, pointers(*r.UniqueRoles.Of(side)), f.uniques(side))
	})
	f.Raw(",\n\"rewrites\":")
	f.sides(func(side int) { eachValue(f, *r.Rewrites.Of(side)) })
	if len(r.Documents) > 0 {
		f.Raw(",\n\"documents\":")
		eachValue(f, r.Documents)
	}
	f.Raw("\n}\n")
	return f.Close()
}

// fileWriter writes a diff.json: items by appenders, all else by the JSON
// library.
type fileWriter struct {
	*bulk.Writer
	r *Result
}

// head writes the members before the roles, a line each.
func (f *fileWriter) head() {
	r := f.r
	f.Raw("{\n")
	f.member("format", r.Format)
	f.member("version", r.Version)
	f.member("meta", r.Meta)
	f.member("accounts", r.Accounts)
	f.member("drift", r.Drift)
	f.member("incomplete", r.Incomplete)
	f.member("exit_code", r.ExitCode)
	f.counts()
	f.member("ignored", r.Ignored)
	if len(r.Excluded) > 0 {
		f.member("excluded", r.Excluded)
	}
	f.member("out_of_scope", r.OutOfScope)
	f.member("notes", r.Notes)
	f.list("gaps", func() { eachValue(f, r.Gaps) })
	if len(r.Entries) > 0 {
		f.list("dictionary_entries", func() { eachValue(f, r.Entries) })
	}
	if len(r.Waivers) > 0 {
		f.list("waivers", func() { eachValue(f, r.Waivers) })
	}
	if len(r.Fixed) > 0 {
		f.list("fixed", func() { eachValue(f, r.Fixed) })
	}
	if r.Audit != nil {
		f.member("audit", r.Audit)
	}
}

func (f *fileWriter) member(name string, v any) {
	f.list(name, func() { f.value(v) })
}

func (f *fileWriter) list(name string, write func()) {
	f.Buf = appendName(f.Buf, name)
	write()
	f.Raw(",\n")
}

// value writes a value on one line.
func (f *fileWriter) value(v any) {
	b, err := marshal(v)
	if err != nil {
		f.Fail(fmt.Errorf("write %s: %w", FileName, err))
	}
	f.Buf = append(f.Buf, b...)
}

func eachValue[T any](f *fileWriter, list []T) {
	bulk.Each(f.Writer, slices.Values(list), func(v T) { f.value(v) })
}

// sides writes an object with a value for each account.
func (f *fileWriter) sides(write func(side int)) {
	f.Raw(`{"a":`)
	write(0)
	f.Raw(",\n\"b\":")
	write(1)
	f.Raw("}")
}

// counts writes the figures in their order, a line each.
func (f *fileWriter) counts() {
	f.Raw(`"counts":{`)
	for i, figure := range f.r.Figures() {
		if i > 0 {
			f.Raw(",")
		}
		f.Raw("\n")
		// The name of a figure that this version does not know is a text like any.
		f.Buf = append(visible.AppendJSON(f.Buf, figure.Member), ':')
		f.value(figure.Sides)
	}
	f.Raw("},\n")
}
