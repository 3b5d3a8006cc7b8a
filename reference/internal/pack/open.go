package pack

import (
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

// Table is an opened packed form. It is safe for concurrent use.
type Table struct {
	// Head is as given to Write, Names are those of the entries, in order.
	Head, Names []string

	texts      []packed
	dictionary []byte
}

// packed is a compressed text.
type packed struct {
	size int // of the text, in bytes
	data string
}

// Open reads the index.
func Open(data string) (*Table, error) {
	rest, ok := strings.CutPrefix(data, magic)
	if !ok {
		return nil, errors.New("not a packed reference")
	}
	r := reader{rest: rest}
	index, err := r.packed(r.number(), r.number()).text(nil)
	if err != nil {
		return nil, err
	}
	texts := reader{rest: r.rest, failed: r.failed}
	r = reader{rest: index}
	t := &Table{}
	for range r.number() {
		t.Head = append(t.Head, r.string())
	}
	t.dictionary = []byte(r.string())
	for range r.number() {
		t.Names = append(t.Names, r.string())
		t.texts = append(t.texts, texts.packed(r.number(), r.number()))
		if r.failed || texts.failed {
			break
		}
	}
	if r.failed || texts.failed || r.rest != "" || texts.rest != "" {
		return nil, errors.New("the packed reference is damaged")
	}
	return t, nil
}

// Text unpacks the text of entry i.
func (t *Table) Text(i int) (string, error) {
	text, err := t.texts[i].text(t.dictionary)
	if err != nil {
		return "", fmt.Errorf("packed text of %s: %w", t.Names[i], err)
	}
	return text, nil
}

// inflaters are kept, because making one takes as long as the work.
var inflaters = sync.Pool{New: func() any { return flate.NewReader(strings.NewReader("")) }}

func (p packed) text(dictionary []byte) (string, error) {
	r := inflaters.Get().(io.ReadCloser)
	defer inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(strings.NewReader(p.data), dictionary); err != nil {
		return "", err
	}
	text := make([]byte, p.size)
	if _, err := io.ReadFull(r, text); err != nil {
		return "", err
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		return "", errors.New("it does not end where it should")
	}
	return string(text), nil
}

// reader takes strings and numbers off an index; failed stays set.
type reader struct {
	rest   string
	failed bool
}

func (r *reader) number() int {
	n, size := binary.Uvarint([]byte(r.rest[:min(len(r.rest), binary.MaxVarintLen64)]))
	if size <= 0 || n > maxText || r.failed {
		r.failed = true
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *reader) string() string {
	n := r.number()
	return r.bytes(n)
}

func (r *reader) bytes(n int) string {
	if n > len(r.rest) {
		r.failed = true
	}
	if r.failed {
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// packed takes a compressed text of that size and compressed length.
func (r *reader) packed(size, length int) packed { return packed{size, r.bytes(length)} }
