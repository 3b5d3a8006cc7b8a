// Package bulk writes files of millions of rows: rows are appended to a buffer
// and handed on in large pieces.
package bulk

import (
	"io"
	"iter"
)

// flushAt is how many bytes of rows are gathered before they are written.
const flushAt = 256 << 10

// Writer gathers the bytes of rows. Append rows to Buf, and Flush now and
// then; the first error stays.
type Writer struct {
	Buf []byte
	w   io.Writer
	err error
	// behind writes while more is gathered, nil if nothing does.
	behind *behind
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{w: w, Buf: make([]byte, 0, flushAt+flushAt/4)}
}

// Flush writes what is gathered once it is enough. False means that writing
// failed and nothing more need be made.
func (w *Writer) Flush() bool {
	if len(w.Buf) >= flushAt {
		w.write()
	}
	return w.err == nil
}

func (w *Writer) write() {
	switch {
	case w.err != nil || len(w.Buf) == 0:
	case w.behind != nil:
		w.Buf, w.err = w.behind.write(w.Buf)
	default:
		_, w.err = w.w.Write(w.Buf)
	}
	w.Buf = w.Buf[:0]
}

// Close writes the rest and returns the first error.
func (w *Writer) Close() error {
	w.write()
	if w.behind != nil {
		w.Fail(w.behind.close())
		w.behind = nil
	}
	return w.err
}

// Err returns the first error.
func (w *Writer) Err() error { return w.err }

// Fail keeps an error as the first one, unless there is one.
func (w *Writer) Fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// Raw appends s as it is.
func (w *Writer) Raw(s string) { w.Buf = append(w.Buf, s...) }

// Each writes a JSON array, one element a line. It stops once writing failed.
func Each[T any](w *Writer, elements iter.Seq[T], write func(T)) {
	w.Raw("[")
	first := true
	for e := range elements {
		if !first {
			w.Raw(",")
		}
		first = false
		w.Raw("\n")
		write(e)
		if !w.Flush() {
			return
		}
	}
	w.Raw("]")
}
