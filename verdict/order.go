package verdict

import (
	"fmt"
	"slices"
	"strings"
)

// sort numbers resources and bodies by what they say, so that it does not matter
// which side is which when a search is given up.
func (c *comparison) sort() {
	c.known.sort(c.bodies)
	said := make([]string, len(c.bodies))
	for i, b := range c.bodies {
		said[i] = c.said(b)
	}
	order := make([]int, len(c.bodies))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(said[a], said[b]) })
	bodies, now := make([]*body, len(order)), make([]int, len(order))
	for i, old := range order {
		bodies[i], now[old] = c.bodies[old], i
	}
	c.bodies = bodies
	for i := range c.slots {
		c.slots[i].body = now[c.slots[i].body]
	}
	c.bodyIndex, c.slotIndex = nil, nil
}

// said returns a text that is the same for the same body alone.
func (c *comparison) said(b *body) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%t\x00%s\x00%v\x00", b.not, b.doubt, b.principals)
	for _, r := range b.resources {
		out.WriteString(c.known.list[r].Text + "\x00")
	}
	for _, n := range b.conditions {
		out.WriteString("\x01" + n.ID)
	}
	return out.String()
}
