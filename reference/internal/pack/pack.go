// Package pack is the form in which the reference table is embedded: many
// texts, each compressed on its own so that one can be had without the others,
// with a dictionary in common, without which they would take a third more.
//
// The form: a magic word; the lengths of the index, unpacked and packed; the index, compressed; the
// compressed texts, one after another. The index holds, as strings and numbers
// with variable-length sizes: the head, the dictionary, and per text its name
// and its lengths, unpacked and packed.
package pack

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

const (
	magic = "iamctl reference 1\n"
	// maxDictionary is how far back a DEFLATE stream can refer.
	maxDictionary = 32 << 10
	// maxText bounds, in bytes, what a damaged text can unpack to.
	maxText = 64 << 20
)

// Entry is a named text.
type Entry struct {
	Name, Text string
}

// Write writes the packed form. The same input makes the same bytes.
func Write(w io.Writer, head []string, entries []Entry) error {
	dictionary := sample(entries)
	index := appendStrings(nil, head)
	index = appendString(index, dictionary)
	index = binary.AppendUvarint(index, uint64(len(entries)))
	var texts []byte
	for _, e := range entries {
		packed, err := deflate([]byte(e.Text), dictionary)
		if err != nil {
			return err
		}
		index = binary.AppendUvarint(appendString(index, e.Name), uint64(len(e.Text)))
		index = binary.AppendUvarint(index, uint64(len(packed)))
		texts = append(texts, packed...)
	}
	packed, err := deflate(index, "")
	if err != nil {
		return err
	}
	out := binary.AppendUvarint([]byte(magic), uint64(len(index)))
	out = binary.AppendUvarint(out, uint64(len(packed)))
	_, err = w.Write(append(append(out, packed...), texts...))
	return err
}

// sample takes a dictionary from texts all over the list.
func sample(entries []Entry) string {
	const parts = 16
	var out strings.Builder
	for i := range parts {
		if len(entries) > 0 {
			text := entries[i*len(entries)/parts].Text
			out.WriteString(text[:min(len(text), maxDictionary/parts)])
		}
	}
	return out.String()
}

func deflate(text []byte, dictionary string) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriterDict(&out, flate.BestCompression, []byte(dictionary))
	if err == nil {
		_, err = w.Write(text)
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

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
