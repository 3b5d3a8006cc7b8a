// Package actions is the universe of actions: those of the reference, those that
// only policies mention, and for actions that AWS may add one that stands for
// all that the same patterns match.
package actions

import (
	"sync/atomic"

	"iamctl/policy"
	"iamctl/reference"
	"iamctl/verdict/internal/memo"
)

// Position is the place of an action in the universe. The actions of a service
// are neighbours, and in it those whose names begin alike.
type Position uint32

const (
	serviceShift = 16
	// firstSymbol is the number in its service of the first action that stands
	// for future ones.
	firstSymbol = 0x8000
	// end is behind all positions.
	end = Position(1) << 31
)

// Range is the positions from From until before To.
type Range struct{ From, To Position }

// Table is the actions of a reference. It is safe for concurrent use.
type Table struct {
	reference *reference.Reference
	prefixes  []string
	folded    []string       // the prefixes in lower case
	index     map[string]int // by folded prefix
	services  []atomic.Pointer[reference.Service]
	names     []atomic.Pointer[[]name] // of actions
	patterns  *memo.Table[*Pattern]
}

// maxPatterns is about how many bytes the patterns take that a table keeps.
const maxPatterns = 8 << 20

// NewTable returns the table of a reference.
func NewTable(r *reference.Reference) *Table {
	t := &Table{reference: r, prefixes: r.Services(), patterns: memo.New[*Pattern](maxPatterns)}
	t.index = make(map[string]int, len(t.prefixes))
	for i, p := range t.prefixes {
		t.folded = append(t.folded, policy.Fold(p))
		t.index[t.folded[i]] = i
	}
	t.services = make([]atomic.Pointer[reference.Service], len(t.prefixes))
	t.names = make([]atomic.Pointer[[]name], len(t.prefixes))
	return t
}

// service returns a service of the reference by its number.
func (t *Table) service(i int) *reference.Service {
	if s := t.services[i].Load(); s != nil {
		return s
	}
	s, _ := t.reference.Service(t.prefixes[i])
	t.services[i].Store(s)
	return s
}

// name is that of an action in lower case, with its letters.
type name struct {
	text    string
	letters letters
}

// letters are the characters of a text, a bit for each modulo 64.
type letters uint64

func lettersOf(text string) letters {
	var out letters
	for i := range len(text) {
		out |= 1 << (text[i] & 63)
	}
	return out
}

// lower returns the names of a service's actions.
func (t *Table) lower(i int) []name {
	if names := t.names[i].Load(); names != nil {
		return *names
	}
	list := t.service(i).Actions
	names := make([]name, len(list))
	for k := range list {
		text := policy.Fold(list[k].Name)
		names[k] = name{text, lettersOf(text)}
	}
	t.names[i].Store(&names)
	return names
}

func position(service, action int) Position {
	return Position(service)<<serviceShift | Position(action)
}

func single(s, i int) Range { return Range{position(s, i), position(s, i) + 1} }

// KeyType reports whether the service has the condition key, in lower case, and
// its type is as asked.
func (t *Table) KeyType(prefix, key string, is func(string) bool) bool {
	i, ok := t.index[prefix]
	if !ok {
		return false
	}
	for _, k := range t.service(i).ConditionKeys {
		if policy.MatchFold(k.Pattern(), key) {
			return k.Type != "" && is(k.Type)
		}
	}
	return false
}

// Prefixes returns the prefixes of the reference's services, sorted.
func (t *Table) Prefixes() []string { return t.prefixes }
