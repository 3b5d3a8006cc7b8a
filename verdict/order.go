package verdict

import (
	"fmt"
	"slices"
	"strconv"
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
	out.WriteString(strconv.FormatBool(b.not) + "\x00" + b.doubt + "\x00")
	if len(b.principals) > 0 {
		fmt.Fprint(&out, b.principals)
	}
	out.WriteString("\x00")
	for _, r := range b.resources {
		out.WriteString(c.known.list[r].Text + "\x00")
	}
	for _, n := range b.conditions {
		out.WriteString("\x01" + n.ID)
	}
	return out.String()
}
