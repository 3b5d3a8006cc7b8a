package reference

import (
	_ "embed"
	"errors"
	"io"
	"sync"

	"iamctl/reference/internal/pack"
)

// embeddedData is what the program in the folder generate wrote.
//
//go:embed embedded.bin
var embeddedData string

var embedded = sync.OnceValue(func() *Reference {
	r, err := unpack(embeddedData)
	if err != nil {
		panic("reference: the embedded table is damaged: " + err.Error())
	}
	return r
})

// Embedded returns the reference that is part of the program. Each service is
// decoded when it is first asked for.
func Embedded() *Reference { return embedded() }

// WriteEmbedded writes the reference in the form that the program embeds.
func (r *Reference) WriteEmbedded(w io.Writer) error {
	var entries []pack.Entry
	for _, prefix := range r.prefixes {
		s, _ := r.Service(prefix)
		entries = append(entries, pack.Entry{Name: prefix, Text: string(appendService(nil, s))})
	}
	return pack.Write(w, []string{r.version, r.source}, entries)
}

func unpack(data string) (*Reference, error) {
	table, err := pack.Open(data)
	if err != nil {
		return nil, err
	}
	if len(table.Head) != 2 {
		return nil, errors.New("its head has not two texts")
	}
	r := newReference(table.Head[0], table.Head[1], nil)
	for i, prefix := range table.Names {
		r.add(prefix, &entry{decode: func() *Service {
			s, err := unpackService(table, i)
			if err != nil {
				panic("reference: the embedded table is damaged: " + err.Error())
			}
			return s
		}})
	}
	r.sort()
	return r, nil
}

func unpackService(table *pack.Table, i int) (*Service, error) {
	text, err := table.Text(i)
	if err != nil {
		return nil, err
	}
	d := decoders.Get().(*decoder)
	defer decoders.Put(d)
	d.p.text, d.p.pos = text, 0
	return d.service(table.Names[i])
}

// decoders are kept for their buffers.
var decoders = sync.Pool{New: func() any { return newDecoder(&parser{}) }}
