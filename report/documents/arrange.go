package documents

import (
	"slices"
	"strings"
)

// arrange puts a policy document into one form, so that two of the same
// meaning have the same lines: members sorted by name, a list of one for a
// scalar where there may be a list, and lists of strings sorted. In a policy
// the order of neither means anything.
func (n *node) arrange() {
	n.sortMembers()
	for i := range n.items {
		n.items[i].sortMembers()
		if n.kind != '{' || n.names[i] != "Statement" {
			continue
		}
		n.items[i].list()
		for j := range n.items[i].items {
			n.items[i].items[j].arrangeStatement()
		}
	}
}

func (n *node) arrangeStatement() {
	n.sortMembers()
	if n.kind != '{' {
		return
	}
	for i, name := range n.names {
		e := &n.items[i]
		switch name {
		case "Action", "NotAction", "Resource", "NotResource":
			e.list()
		case "Principal", "NotPrincipal":
			e.lists(1)
		case "Condition":
			e.lists(2)
		}
	}
}

// list makes a list of a scalar, and sorts a list of strings.
func (n *node) list() {
	if n.kind != '[' {
		*n = node{kind: '[', items: []node{*n}}
		return
	}
	if !slices.ContainsFunc(n.items, func(e node) bool { return e.kind != '"' }) {
		slices.SortStableFunc(n.items, func(a, b node) int { return strings.Compare(a.text, b.text) })
	}
}

// lists makes lists of what is so many objects deep.
func (n *node) lists(depth int) {
	switch {
	case depth == 0:
		n.list()
	case n.kind == '{':
		n.sortMembers()
		for i := range n.items {
			n.items[i].lists(depth - 1)
		}
	}
}

func (n *node) sortMembers() {
	if n.kind != '{' || slices.IsSorted(n.names) {
		return
	}
	type member struct {
		name string
		item node
	}
	members := make([]member, len(n.names))
	for i := range members {
		members[i] = member{n.names[i], n.items[i]}
	}
	slices.SortStableFunc(members, func(a, b member) int { return strings.Compare(a.name, b.name) })
	for i, m := range members {
		n.names[i], n.items[i] = m.name, m.item
	}
}
