package many

import (
	"context"
	"slices"
	"strings"

	"iamctl/fleet"
	"iamctl/pairing"
)

// An account may have another name than all others for a role, of which a tool made a part up,
// and not always does the name show it beside that of the reference, or by itself if that lacks
// the role. Once all accounts are read, those that would pair in a comparison of two of them are
// one.

// made returns the roles of the second account that a tool may have named, by their names.
func (c *couple) made() map[string]*pairing.Made {
	list := c.Made(1)
	out := make(map[string]*pairing.Made, len(list))
	for i := range list {
		out[list[i].Name] = &list[i]
	}
	return out
}

// made notes the name that an account has for a role of which an outcome is known.
func (c *catalogue) made(o *outcome, m *pairing.Made) {
	if m == nil || !o.seen {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	row := c.rows[o.cell.key]
	if row == nil {
		row = &pairing.Row{}
		c.rows[o.cell.key] = row
	}
	row.Add(*m)
}

// join puts the roles into one row that are one by their names without what a tool made up.
func (m *run) join() {
	m.joined, m.unheld = map[string]string{}, map[two][]string{}
	var keys []string
	for n := range m.known.rows {
		if key := m.known.keys[n]; m.forms[key] != nil {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int { return strings.Compare(b, a) }) // the reference's first
	rows := make([]pairing.Row, len(keys))
	for i, key := range keys {
		rows[i] = *m.known.rows[m.known.numbers[key]]
		for a, f := range m.forms[key] {
			if f != fleet.Absent {
				rows[i].Accounts = append(rows[i].Accounts, a)
			}
		}
	}
	for _, j := range pairing.Join(rows) {
		into := keys[j.Rows[0]]
		m.joined[into] = into
		for _, i := range j.Rows[1:] {
			m.merged(into, keys[i], rows[i].Accounts)
		}
		m.names[into] = j.Name
	}
	m.known.rows = nil
}

// merged puts the forms of a row into those of another.
func (m *run) merged(into, key string, accounts []int) {
	for _, a := range accounts {
		m.forms[into][a] = m.forms[key][a]
		if m.organizations != nil {
			m.bounds[into][a] = m.bounds[key][a]
		}
		if !isOther(into) {
			of := two{reference: m.against, other: a}
			m.unheld[of] = append(m.unheld[of], into)
		}
	}
	delete(m.bounds, key)
	m.joined[key] = into
	delete(m.forms, key)
	delete(m.names, key)
}

// holdJoined finds the forms of roles that the reference has under another name, which was not
// known when they were compared.
func (m *run) holdJoined(ctx context.Context) error {
	return m.each(ctx, m.unheld, func(accounts two, h *held) {
		for _, s := range formsOf(h.changes) {
			if key, ok := h.keyOf[1][s.raw]; ok {
				m.forms[key][accounts.other] = s.form
			}
		}
	})
}

// row returns the key of the row in which a role is.
func (m *run) row(key string) string {
	if into, ok := m.joined[key]; ok {
		return into
	}
	return key
}

// told returns the names of the roles of two accounts that are in one row.
func (h *held) told() (out [][2]string) {
	for key, name := range h.joined[1] {
		if first, ok := h.joined[0][key]; ok && first != name {
			out = append(out, [2]string{first, name})
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return out
}
