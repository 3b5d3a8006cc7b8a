package resulttest

import "errors"

// FailingWriter fails with ErrFull after so many bytes.
type FailingWriter struct{ Left int }

// ErrFull is what a full disk says.
var ErrFull = errors.New("no space left on device")

func (f *FailingWriter) Write(b []byte) (int, error) {
	if len(b) > f.Left {
		return f.Left, ErrFull
	}
	f.Left -= len(b)
	return len(b), nil
}

// CountWriter counts what it throws away.
type CountWriter struct{ N int64 }

func (c *CountWriter) Write(b []byte) (int, error) { c.N += int64(len(b)); return len(b), nil }
