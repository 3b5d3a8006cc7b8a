package inventory

// Pattern is an action as a document has it, with the actions that it stands for
// among those of its Items: itself where it was not expanded.
type Pattern struct {
	Action
	Actions []uint32
}

// Written is a statement as it is written, or a part of one: each of its patterns
// on each of its resources for each of its principals, whether or not the action
// can use the resource. The numbers are indexes into the lists of its Items, those
// of Terms without a note. Statements with Not- elements for actions or resources
// are not among Items.Written: all their pairs are rows.
type Written struct {
	Effect     uint32
	Terms      uint32
	Patterns   []uint32
	Resources  []uint32
	Principals []uint32
}

// Notes of rows that are in place of pairs of an action and a resource which the
// reference calls impossible. What such rows stand for is in Items.Written.
const (
	NoteMisfit     = "the action cannot use this resource"
	NoteNoAction   = "no action of the statement can use this resource"
	NoteNoResource = "the action can use no resource of the statement"
)
