package result

import (
	"iamctl/diff"
)

// Entry is an entry of the dictionary with what is equal only because of it.
type Entry struct {
	// Number is the entry's place in the file, from 1; 0 stands for the accounts'
	// own ids, which need no entry.
	Number      int    `json:"entry"`
	Placeholder string `json:"placeholder"`
	// Items are those of roles and policies that both accounts have, Names the
	// names of roles and policies.
	Items      int `json:"items"`
	Attributes int `json:"attributes"`
	Names      int `json:"names"`
}

// Total returns how much is equal only because of the entry.
func (e *Entry) Total() int { return e.Items + e.Attributes + e.Names }

func entriesOf(c *diff.Changes) []Entry {
	var out []Entry
	for _, w := range c.Weights {
		out = append(out, Entry{w.Entry + 1, w.Placeholder, w.Items, w.Attributes, w.Names})
	}
	return out
}
