package many

import (
	"context"

	"iamctl/compare"
	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/normalize/unused"
)

// bind binds the dictionary to the accounts, as far as they are known before they are read.
func (m *run) bind(ctx context.Context, sides []compare.Side) error {
	known := make([]equivalency.Identity, len(sides))
	for i, s := range sides {
		known[i] = s.Known(ctx)
	}
	var err error
	m.Dictionary, err = m.Dictionary.Among(known)
	return err
}

// noteMatched notes the entries of the dictionary of which a value was rewritten.
func (m *run) noteMatched(c *diff.Changes) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.Dictionary.Entries {
		m.matched[i] = m.matched[i] || c.A.Matched(i) || c.B.Matched(i)
	}
}

// warnOfDictionary says what of the dictionary has no effect, once all accounts were read.
func (m *run) warnOfDictionary() {
	if m.Warn == nil {
		return
	}
	ids := make([]equivalency.Identity, len(m.members))
	for i, a := range m.members {
		ids[i] = a.identity
	}
	for _, w := range unused.Among(m.Dictionary.Fleet(), ids, func(entry int) bool { return m.matched[entry] }) {
		m.Warn(w.String())
	}
}
