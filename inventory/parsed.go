package inventory

import (
	"sync"

	"iamctl/policy"
)

// Parsed keeps documents as they were parsed, so that whoever needs one again, of either
// account, need not parse it. It is safe for concurrent use; nil keeps none.
type Parsed struct {
	mu    sync.RWMutex
	known map[parsedKey]*ParsedDocument
	// left is how many more bytes of text are kept.
	left int
}

// ParsedDocument is a document as it was written, and with each of its statements in
// canonical form (policy.CanonicalStatements). Neither may be changed.
type ParsedDocument struct{ Written, Canonical *policy.Document }

// parsedKey is a text as accounts of a partition have it.
type parsedKey struct {
	text      Document
	partition string
}

// NewParsed returns one that keeps documents with up to limit bytes of text together. A
// document takes a few times as many as its text.
func NewParsed(limit int) *Parsed {
	return &Parsed{known: map[parsedKey]*ParsedDocument{}, left: limit}
}

// Keep keeps a document of accounts of a partition, if there is room.
func (p *Parsed) Keep(text Document, partition string, d *ParsedDocument) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	key := parsedKey{text, partition}
	if p.known[key] == nil && len(text) <= p.left {
		p.left -= len(text)
		p.known[key] = d
	}
}

// Get returns the document of a text, nil if it is not kept.
func (p *Parsed) Get(text Document, partition string) *ParsedDocument {
	if p == nil {
		return nil
	}
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.known[parsedKey{text, partition}]
}
