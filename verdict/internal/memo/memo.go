// Package memo keeps what takes long to make and is asked for again and again,
// within a limit.
package memo

import (
	"hash/maphash"
	"strings"
	"sync"
)

// Table has values by text. It is safe for concurrent use; its values are shared
// and must not be changed.
type Table[V any] struct {
	limit  int // of a shard
	seed   maphash.Seed
	shards [shards]shard[V]
}

const shards = 16

type shard[V any] struct {
	sync.RWMutex
	values map[string]V
	size   int
}

// New returns a table that keeps about as many bytes as the limit says. Once it
// has that many it starts anew, a part at a time.
func New[V any](limit int) *Table[V] {
	return &Table[V]{limit: limit / shards, seed: maphash.MakeSeed()}
}

func (t *Table[V]) shard(text string) *shard[V] {
	return &t.shards[maphash.String(t.seed, text)%shards]
}

// Get returns the value of a text, if the table has it.
func (t *Table[V]) Get(text string) (V, bool) {
	s := t.shard(text)
	s.RLock()
	v, ok := s.values[text]
	s.RUnlock()
	return v, ok
}

// overhead is about what an entry takes besides its text and value.
const overhead = 64

// Put keeps the value of a text, which takes about size bytes, unless it alone
// would take a great part of the limit.
func (t *Table[V]) Put(text string, v V, size int) { t.put(text, v, size, false) }

// Replace is Put, also for a text that the table has a value of.
func (t *Table[V]) Replace(text string, v V, size int) { t.put(text, v, size, true) }

func (t *Table[V]) put(text string, v V, size int, replace bool) {
	size += len(text) + overhead
	if size > t.limit/16 {
		return
	}
	s := t.shard(text)
	s.Lock()
	defer s.Unlock()
	if _, ok := s.values[text]; ok {
		if replace {
			s.values[text] = v
		}
		return
	}
	if s.values == nil || s.size+size > t.limit {
		s.values, s.size = map[string]V{}, 0
	}
	s.values[strings.Clone(text)] = v // text may be part of a document
	s.size += size
}

// Size returns about how many bytes are kept.
func (t *Table[V]) Size() int {
	n := 0
	for i := range t.shards {
		t.shards[i].RLock()
		n += t.shards[i].size
		t.shards[i].RUnlock()
	}
	return n
}
