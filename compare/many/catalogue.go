package many

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"iamctl/fleet"
	"iamctl/internal/digest"
	"iamctl/inventory"
	"iamctl/pairing"
	"iamctl/policy"
)

// maxKnown is how many roles a catalogue keeps.
const maxKnown = 1 << 20

// print is a digest of all that has a part in comparing a role with that of the reference,
// but for its account's own id.
type print [digest.Length]byte

// catalogue has what became of roles that were compared with those of the reference, and
// numbers the keys of roles. It is safe for concurrent use.
type catalogue struct {
	mu      sync.Mutex
	numbers map[string]uint32
	// keys and names are those of the roles, by their numbers.
	keys, names []string
	// rows are the roles that a tool may have named, by their numbers.
	rows  map[uint32]*pairing.Row
	known map[print]*outcome
	// cells are those of accounts, once each.
	cells map[print][]cell
	// begun are the contexts in which an account was compared whole.
	begun map[print]bool
}

// outcome is what became of a role, the zero outcome where a rule left it out.
type outcome struct {
	seen bool
	cell cell
	aws  []awsVersion
}

func newCatalogue() *catalogue {
	return &catalogue{numbers: map[string]uint32{}, rows: map[uint32]*pairing.Row{}, known: map[print]*outcome{}, cells: map[print][]cell{}, begun: map[print]bool{}}
}

// keyOfReference returns the key of a role that the reference has, and keyOfOther that of
// another by its name after rewriting.
func keyOfReference(r *inventory.Role) string { return policy.Fold(r.Name) }
func keyOfOther(name string) string           { return "\x00" + policy.Fold(name) }

// isOther reports whether a key is of a role that the reference does not have.
func isOther(key string) bool { return strings.HasPrefix(key, "\x00") }

// number returns the number of a key. Of the names of a role the least counts.
func (c *catalogue) number(key, name string) uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok := c.numbers[key]
	if !ok {
		n = uint32(len(c.keys))
		c.numbers[key] = n
		c.keys, c.names = append(c.keys, key), append(c.names, name)
	}
	if name != "" && (c.names[n] == "" || name < c.names[n]) {
		c.names[n] = name
	}
	return n
}

// shared returns cells that are equal to those of another account as these: most accounts have
// the same.
func (c *catalogue) shared(cells []cell) []cell {
	slices.SortFunc(cells, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.key, b.key), bytes.Compare(a.form[:], b.form[:]), cmp.Compare(a.control, b.control))
	})
	buf := make([]byte, 0, len(cells)*(8+len(fleet.Form{})))
	for i := range cells {
		buf = append(binary.LittleEndian.AppendUint32(buf, cells[i].key), cells[i].form[:]...)
		buf = binary.LittleEndian.AppendUint32(buf, cells[i].control)
	}
	sum := print(digest.Append(nil, string(buf)))
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cells[sum] == nil {
		c.cells[sum] = slices.Clone(cells)
	}
	return c.cells[sum]
}

// of returns what became of a role, nil if it is not known.
func (c *catalogue) of(p print) *outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.known[p]
}

func (c *catalogue) keep(p print, o outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) < maxKnown {
		c.known[p] = &o
	}
}

// hasBegun reports whether an account of a context was compared whole.
func (c *catalogue) hasBegun(context print) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.begun[context]
}

func (c *catalogue) begin(context print) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.begun[context] = true
}
