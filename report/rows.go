package report

import (
	"io"
	"reflect"
)

// flushAt is how many bytes of rows are gathered before they are written.
const flushAt = 256 << 10

// rowWriter gathers the bytes of rows and hands them on in large pieces.
// Rows are appended to buf, and flushed now and then; the first error stays.
type rowWriter struct {
	w   io.Writer
	buf []byte
	err error
}

func newRowWriter(w io.Writer) *rowWriter {
	return &rowWriter{w: w, buf: make([]byte, 0, flushAt+flushAt/4)}
}

// flush writes what is gathered once it is enough. False means that writing
// failed and nothing more need be made.
func (w *rowWriter) flush() bool {
	if len(w.buf) >= flushAt {
		w.write()
	}
	return w.err == nil
}

func (w *rowWriter) write() {
	if w.err == nil && len(w.buf) > 0 {
		_, w.err = w.w.Write(w.buf)
	}
	w.buf = w.buf[:0]
}

// close writes the rest and gives the first error.
func (w *rowWriter) close() error {
	w.write()
	return w.err
}

// cells appends a CSV row.
func (w *rowWriter) cells(columns []string) {
	for i, c := range columns {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = appendCell(w.buf, c)
	}
	w.buf = append(w.buf, '\n')
}

// header gives the columns of a row type: its csv tags, those of embedded
// structs in their place. It is what gocsv writes for the type.
func header[T any]() []string { return columnsOf(reflect.TypeFor[T]()) }

func columnsOf(t reflect.Type) []string {
	var columns []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			columns = append(columns, columnsOf(f.Type)...)
			continue
		}
		columns = append(columns, f.Tag.Get("csv"))
	}
	return columns
}
