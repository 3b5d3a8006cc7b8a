package bulk

import "io"

// behind writes one buffer while another one is filled.
type behind struct {
	full    chan []byte
	written chan outcome
}

// outcome is a buffer that was written, to be filled again, and the first error so far.
type outcome struct {
	buf []byte
	err error
}

// NewWriterBehind returns a Writer that writes to w while more is gathered. Close must be called,
// also after an error.
func NewWriterBehind(w io.Writer) *Writer {
	out := NewWriter(w)
	b := &behind{full: make(chan []byte), written: make(chan outcome, 1)}
	b.written <- outcome{buf: make([]byte, 0, cap(out.Buf))}
	out.behind = b
	go b.run(w)
	return out
}

func (b *behind) run(w io.Writer) {
	defer close(b.written)
	var err error
	for buf := range b.full {
		if err == nil {
			_, err = w.Write(buf)
		}
		b.written <- outcome{buf, err}
	}
}

// write hands a buffer over and returns another one. The error is of a buffer before.
func (b *behind) write(buf []byte) ([]byte, error) {
	b.full <- buf
	next := <-b.written
	return next.buf, next.err
}

// close waits until all is written, and returns the error of the last buffer.
func (b *behind) close() error {
	close(b.full)
	var last outcome
	for o := range b.written {
		last = o
	}
	return last.err
}
