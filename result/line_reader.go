package result

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
)

// headLength is how many bytes of a file are looked at for its format, which is at
// its beginning.
const headLength = 64 << 10

// lineReader reads a file whose format is known, and keeps where its lines end, for
// errors.
type lineReader struct {
	r io.Reader
	// ends are the offsets of the line feeds.
	ends   []int64
	offset int64
	// err is the error of reading, nil at the end of the file.
	err error
}

// newLineReader returns a reader of a file of this format and version; the error
// says what is wrong with another.
func newLineReader(r io.Reader) (*lineReader, error) {
	b := bufio.NewReaderSize(r, headLength)
	head, err := b.Peek(headLength)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err == nil {
		if _, _, cut := readFormat(head); cut != nil {
			// None of ours: its format is behind much else.
			data, err := io.ReadAll(b)
			if err != nil {
				return nil, err
			}
			b, head = bufio.NewReader(bytes.NewReader(data)), data
		}
	}
	if err := checkFormat(head); err != nil {
		return nil, err
	}
	return &lineReader{r: b}, nil
}

func (l *lineReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.count(p[:n])
	if err != nil && !errors.Is(err, io.EOF) {
		l.err = err
	}
	return n, err
}

func (l *lineReader) count(data []byte) {
	for i, c := range data {
		if c == '\n' {
			l.ends = append(l.ends, l.offset+int64(i))
		}
	}
	l.offset += int64(len(data))
}

// line returns the line of an offset, from 1; of one behind the end, the last.
func (l *lineReader) line(offset int64) int {
	n, _ := slices.BinarySearch(l.ends, offset)
	return n + 1
}
