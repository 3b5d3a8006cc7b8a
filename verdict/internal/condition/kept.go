package condition

import (
	"slices"
	"strconv"
	"strings"

	"iamctl/verdict/internal/glob"
	"iamctl/verdict/internal/memo"
)

// Kept has keys with their cells, within a limit: much the same conditions on a key
// come again and again. It is safe for concurrent use.
type Kept struct{ keys *memo.Table[keptKey] }

// keptKey is a key, which does not change any more, with the steps that it took.
type keptKey struct {
	*key
	steps int
}

// NewKept returns a table that keeps about as many bytes as the limit says.
func NewKept(limit int) *Kept { return &Kept{memo.New[keptKey](limit)} }

// get returns the key with the same conditions, if there is one. The steps that it took
// are taken from the budget.
func (t *Kept) get(k *key, budget *int) (*key, bool, error) {
	have, ok := t.keys.Get(k.id())
	if !ok {
		return k, false, nil
	}
	if *budget -= have.steps; *budget < 0 {
		return k, false, glob.ErrBudget
	}
	return have.key, true, nil
}

func (t *Kept) put(k *key, steps int) { t.keys.Put(k.id(), keptKey{k, steps}, k.size()) }

// alone reports whether the cells of a key rest on its conditions alone: nothing is
// compared with the value of another key, nor told apart for another one.
func (k *key) alone() bool { return k.extras == 0 && !k.variable() }

// variable reports whether values of the key are compared with variables.
func (k *key) variable() bool {
	return slices.ContainsFunc(k.conditions, func(c *Condition) bool { return c.Variable })
}

// detach copies the conditions: their texts are parts of documents.
func (k *key) detach() {
	k.name = strings.Clone(k.name)
	for i, w := range k.written {
		k.written[i] = strings.Clone(w)
	}
	for i, c := range k.conditions {
		d := *c
		d.Key, d.Written, d.Values = k.name, strings.Clone(c.Written), slices.Clone(c.Values)
		for n, v := range d.Values {
			d.Values[n] = strings.Clone(v)
		}
		d.Operator.Name = strings.Clone(c.Operator.Name)
		k.conditions[i] = &d
	}
}

// id is the same for keys of which the same is asked in the same order.
func (k *key) id() string {
	b := make([]byte, 0, 256)
	b = append(append(b, k.name...), 0)
	if k.missing {
		b = append(b, 2)
	}
	for _, w := range k.written {
		b = append(append(b, w...), 0)
	}
	for _, c := range k.conditions {
		b = append(strconv.AppendInt(append(b, 1), int64(len(c.ID)), 10), c.ID...)
	}
	return string(b)
}

// size is about how many bytes a key takes.
func (k *key) size() int {
	const (
		perCell, perValue = 96, 48
		perMatcher        = 256
	)
	n := 512 + perCell*len(k.Cells) + perMatcher*len(k.matchers)
	for _, v := range k.values {
		n += perValue + len(v.text) + len(v.truth)
	}
	for _, c := range k.conditions {
		n += 2*len(c.ID) + len(k.Cells)/2
	}
	return n
}
