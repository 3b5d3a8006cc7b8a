package many

import (
	"slices"
	"strings"

	"iamctl/fleet"
	"iamctl/pairing"
)

// Roles that the reference lacks have the name that each account has for them, and some have
// another in every account: a tool made a part of it up, and the name alone does not show it.
// Once all accounts are read, those that would pair in a comparison of two accounts are one.

// lefts returns the roles of the second account that a tool may have named and that the first
// one lacks, by their names.
func (c *couple) lefts() map[string]*pairing.Left {
	list := c.Left(1)
	out := make(map[string]*pairing.Left, len(list))
	for i := range list {
		out[list[i].Name] = &list[i]
	}
	return out
}

// left notes the name that an account has for a role that the reference lacks.
func (c *catalogue) left(o *outcome, l *pairing.Left) {
	if l == nil || !o.seen {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !isOther(c.keys[o.cell.key]) {
		return
	}
	row := c.rows[o.cell.key]
	if row == nil {
		row = &pairing.Row{}
		c.rows[o.cell.key] = row
	}
	row.Add(*l)
}

// join puts the roles into one row that are one by their names without what a tool made up.
func (m *run) join() {
	m.joined = map[string]string{}
	var keys []string
	for n := range m.known.rows {
		if key := m.known.keys[n]; m.forms[key] != nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
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
	}
	m.joined[key] = into
	delete(m.forms, key)
	delete(m.names, key)
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
