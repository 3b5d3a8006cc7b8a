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
	"io"
	"strings"
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
