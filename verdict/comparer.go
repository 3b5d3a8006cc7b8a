package verdict

import (
	"cmp"
	"sync"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/reference"
	"iamctl/verdict/internal/actions"
)

// Comparer compares by one reference. It is for many comparisons, and safe for
// concurrent use.
type Comparer struct {
	table              *actions.Table
	kept               kept
	date               string // of the reference
	partition, account string
	steps              int
	formats            *formatTable
	left               *int // of the steps of a limited comparer
	brief              bool // leaves out the witnesses
	anyHolder          bool // takes users for holders of identity policies too
}

var embeddedTable = sync.OnceValue(func() *actions.Table { return actions.NewTable(reference.Embedded()) })

// NewComparer returns a comparer with the options.
func NewComparer(o Options) *Comparer {
	c := &Comparer{
		kept:      newKept(),
		partition: cmp.Or(o.Partition, "aws"),
		account:   cmp.Or(o.Account, "123456789012"),
		steps:     cmp.Or(max(o.Steps, 0), DefaultSteps),
	}
	c.formats = &formatTable{partition: c.partition, account: c.account}
	if o.Reference == nil {
		c.table, c.date = embeddedTable(), reference.Embedded().Version()
	} else {
		c.table, c.date = actions.NewTable(o.Reference), o.Reference.Version()
	}
	return c
}

// Partition returns the partition of the ARNs in examples where a policy leaves it open.
func (c *Comparer) Partition() string { return c.partition }

// Identity compares the permissions of two roles.
func (c *Comparer) Identity(old, new *Permissions) *Result {
	n := comparison{Comparer: c, question: &identityQuestion{sides: [2]*Permissions{old, new}}, budget: c.allowance()}
	defer func(allowed int) { c.spend(allowed, n.budget) }(n.budget)
	levels := commonLevels(old.Control, new.Control)
	for side, p := range []*Permissions{old, new} {
		n.documents(side, p.Identity, identityAllow)
		if p.Boundary != nil {
			n.limits[side] = append(n.limits[side], boundaryAllow)
			n.documents(side, p.Boundary, boundaryAllow)
		}
		n.levels(side, levels[side])
	}
	return n.result()
}

// Trust compares two trust policies of roles. A nil document lets in nobody.
func (c *Comparer) Trust(old, new *policy.Document) *Result {
	return c.Admission(&eval.Admission{Trust: old}, &eval.Admission{Trust: new})
}

// Admission compares who may assume two roles.
func (c *Comparer) Admission(old, new *eval.Admission) *Result {
	n := comparison{Comparer: c, question: trustQuestion{[2]*eval.Admission{old, new}}, budget: c.allowance(), trust: true}
	defer func(allowed int) { c.spend(allowed, n.budget) }(n.budget)
	levels := commonLevels(c.aboutRole(old), c.aboutRole(new))
	for side, a := range []*eval.Admission{old, new} {
		n.documents(side, []*policy.Document{a.Trust}, identityAllow)
		n.levels(side, levels[side])
	}
	return n.result()
}

// layer is what a statement is for. Each from boundaryAllow on bounds what is allowed: one
// of its statements must allow that too. Those from controlAllow on are levels of control
// policies.
type layer int

const (
	identityAllow layer = iota
	deny
	boundaryAllow
	controlAllow
)

// comparison is the work on one pair.
type comparison struct {
	*Comparer
	question
	budget int
	limits [2][]layer // that bound what a side allows, sorted
	trust  bool
	// variable says that there are policy variables.
	variable bool

	clauses    []clause
	bodies     []*body
	bodyIndex  map[string]int
	slots      []slot
	slotIndex  map[slot]int
	statements []statement
	known      patternTable
	variables  map[int]*resourceText // resources by their number, nil for none
	universe   *actions.Universe
	outcome    outcome
}

// slot is a body with what it is for.
type slot struct {
	layer layer
	body  int
}

// statement is a statement of a side: for some actions, a slot.
type statement struct {
	side, slot int
	patterns   []string
	not        bool
	twin       int // the statement of the other side before it that is the same, or unpaired
}

var everyAction = []string{"*"}

const variablesVersion = "2012-10-17"
