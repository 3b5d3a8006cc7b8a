package verdict

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict/internal/condition"
	"iamctl/verdict/internal/resource"
	"iamctl/verdict/internal/variable"
)

// body is what a statement says besides its effect and actions.
type body struct {
	// resources are numbers in the table of patterns, sorted; not says that
	// they are those of NotResource.
	resources []int
	not       bool
	// principals are those of a trust policy.
	principals []policy.Principal
	conditions []*condition.Condition
	// doubt is not "" if nobody can say to what the statement applies: it is
	// taken to apply to anything or nothing.
	doubt string
}

// patternTable has each resource once.
type patternTable struct {
	list  []*resource.Pattern
	index map[string]int
}

func (t *patternTable) add(text string, parse func(string) *resource.Pattern) int {
	if i, ok := t.index[text]; ok {
		return i
	}
	if t.index == nil {
		t.index = map[string]int{}
	}
	i := len(t.list)
	t.index[text] = i
	t.list = append(t.list, parse(text))
	return i
}

// sort numbers the resources by their text, in the bodies too.
func (t *patternTable) sort(bodies []*body) {
	old := slices.Clone(t.list)
	slices.SortFunc(t.list, func(a, b *resource.Pattern) int { return strings.Compare(a.Text, b.Text) })
	for i, p := range t.list {
		t.index[p.Text] = i
	}
	for _, b := range bodies {
		for i, r := range b.resources {
			b.resources[i] = t.index[old[r].Text]
		}
		slices.Sort(b.resources)
	}
}

// statement adds one statement to a side.
func (c *comparison) statement(side int, s *policy.Statement, variables bool, allow layer) {
	patterns, not := s.Action, false
	if s.NotAction != nil {
		patterns, not = s.NotAction, true
	}
	vague := s.Action != nil && s.NotAction != nil || len(patterns) == 0 || unknownAction(s)
	if vague {
		patterns, not = everyAction, false
	}
	switch {
	case s.Effect != "Allow" && s.Effect != "Deny":
		c.doubt(side, allow, doubtKey(s, variables, vague), patterns, not)
		c.doubt(side, deny, doubtKey(s, variables, vague), patterns, not)
		return
	case s.Effect == "Deny":
		allow = deny
	}
	if vague || c.strange(s) || !harmless(s.Unknown) || repeated(s.Condition) {
		c.doubt(side, allow, doubtKey(s, variables, vague), patterns, not)
		return
	}
	if slices.ContainsFunc(patterns, serviceless) {
		c.doubt(side, allow, doubtKey(s, variables, true), everyAction, false)
	}
	c.add(side, allow, c.body(s, variables), patterns, not)
}

// unknownAction reports whether a part of the actions could not be read.
func unknownAction(s *policy.Statement) bool {
	return slices.ContainsFunc(s.Unknown, func(e policy.Element) bool {
		name := policy.Fold(e.Name)
		return name == "action" || name == "notaction"
	})
}

// serviceless reports whether an action has no service.
func serviceless(action string) bool {
	return !strings.Contains(action, ":") && strings.Trim(action, "*") != ""
}

// doubt adds a statement of which nobody can say to what it applies. key is the
// same for such as apply to the same.
func (c *comparison) doubt(side int, l layer, key string, patterns []string, not bool) {
	i := c.intern([]byte("doubt\x00"+key), func() *body { return &body{doubt: key} })
	c.add(side, l, i, patterns, not)
}

func (c *comparison) add(side int, l layer, body int, patterns []string, not bool) {
	key := slot{l, body}
	i, ok := c.slotIndex[key]
	if !ok {
		if c.slotIndex == nil {
			c.slotIndex = map[slot]int{}
		}
		i = len(c.slots)
		c.slotIndex[key] = i
		c.slots = append(c.slots, key)
	}
	c.statements = append(c.statements, statement{side, i, patterns, not, unpaired})
}

func (c *comparison) intern(key []byte, make func() *body) int {
	if i, ok := c.bodyIndex[string(key)]; ok {
		return i
	}
	if c.bodyIndex == nil {
		c.bodyIndex = map[string]int{}
	}
	i := len(c.bodies)
	c.bodyIndex[string(key)] = i
	c.bodies = append(c.bodies, make())
	return i
}

// body returns the number of the statement's body.
func (c *comparison) body(s *policy.Statement, variables bool) int {
	conditions := make([]*condition.Condition, len(s.Condition))
	for i := range s.Condition {
		conditions[i] = condition.Parse(s.Condition[i], variables)
		c.variable = c.variable || conditions[i].Variable
	}
	slices.SortFunc(conditions, func(a, b *condition.Condition) int { return strings.Compare(a.ID, b.ID) })
	conditions = slices.CompactFunc(conditions, func(a, b *condition.Condition) bool { return a.ID == b.ID })
	scope, key := c.scope(c, s, variables)
	for _, n := range conditions {
		key = append(append(key, 1), n.ID...)
	}
	return c.intern(key, func() *body {
		scope.conditions = conditions
		return &scope
	})
}

// scope returns a body with the resources of a statement, and a text that is the
// same for the same resources.
func (*identityQuestion) scope(c *comparison, s *policy.Statement, variables bool) (body, []byte) {
	list, b := s.Resource, body{}
	if s.NotResource != nil {
		list, b.not = s.NotResource, true
	}
	for _, r := range list {
		if variables {
			r = variable.Normal(r)
			c.variable = c.variable || strings.Contains(r, "${")
		} else {
			r = strings.ReplaceAll(r, "${", "${$}{")
		}
		b.resources = append(b.resources, c.known.add(r, c.pattern))
	}
	slices.Sort(b.resources)
	b.resources = slices.Compact(b.resources)
	key := make([]byte, 0, 1+2*len(b.resources))
	key = append(key, map[bool]byte{false: 'r', true: 'n'}[b.not])
	for _, r := range b.resources {
		key = append(key, byte(r), byte(r>>8), byte(r>>16))
	}
	return b, key
}
