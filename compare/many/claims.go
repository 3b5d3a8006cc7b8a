package many

import (
	"sync"

	"iamctl/fleet"
)

// claims say which accounts that were read from AWS must stay in memory: of each form of a
// role the first account that has it, by id and tag, which stands for the others when forms
// are compared. So no more accounts are kept than there are forms, and none is asked twice.
type claims struct {
	mu    sync.Mutex
	first map[claim]*member
	// held counts what each account has claim to.
	held map[*member]int
}

// claim is a form of a role by the role's number, bound by the same, or that a role of the
// reference is absent.
type claim struct {
	key     uint32
	form    fleet.Form
	control uint32
}

// take lets an account that was looked at claim its forms, and forgets those that nothing
// needs any more: another that it stands before now, or itself.
func (c *claims) take(i, reference *member) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.first == nil {
		c.first, c.held = map[claim]*member{}, map[*member]int{}
	}
	absent := make(map[uint32]bool, len(reference.cells))
	for _, cell := range reference.cells {
		absent[cell.key] = true
	}
	for _, cell := range i.cells {
		delete(absent, cell.key)
		c.one(claim(cell), i)
	}
	for key := range absent {
		c.one(claim{key: key, form: fleet.Absent}, i)
	}
	if c.held[i] == 0 {
		i.account = nil
	}
}

func (c *claims) one(of claim, i *member) {
	before := c.first[of]
	if before == i || before != nil && compareMembers(before, i) < 0 {
		return
	}
	c.first[of] = i
	c.held[i]++
	if before == nil {
		return
	}
	if c.held[before]--; c.held[before] == 0 {
		before.account = nil
		delete(c.held, before)
	}
}
