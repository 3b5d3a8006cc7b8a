package inventory

import "cmp"

// Gap is something that could not be read or parsed. It travels with the data
// to every report.
type Gap struct {
	// Account is the tag of the account, filled in where accounts meet.
	Account string
	Kind    GapKind
	// Entity is the kind of entity that the gap is in, and Name which one (a
	// policy's ARN, otherwise the name; "" for every entity of the kind, and
	// for an account that has no name beside its tag).
	Entity Entity
	Name   string
	// Part is the part of the entity that is missing, "" for all of it.
	Part Part
	// PolicyName is the policy that is missing, "" for every one of Part.
	PolicyName string
	// Blind is true if nothing may be concluded about the part: neither
	// side's items of it are compared. A gap that is not blind is a
	// warning on something that was kept and compared all the same.
	Blind bool
	// Reason says what happened, in words for a person.
	Reason string
	// Raw is the text that could not be understood, if there is one.
	Raw string
}

// GapKind is what was being done when a gap was met.
type GapKind string

// The kinds of gaps.
const (
	GapRead  GapKind = "read"
	GapParse GapKind = "parse"
	// GapCompare is for what was read, but cannot be told from something else.
	GapCompare GapKind = "compare"
	// GapLimit is for what would take more than its share of time, memory or disk.
	GapLimit GapKind = "limit"
)

// Entity is a kind of entity that a gap can be in.
type Entity string

// The kinds of entities.
const (
	EntityAccount Entity = "account"
	EntityRole    Entity = "role"
	EntityPolicy  Entity = "policy" // a managed policy
	EntityUser    Entity = "user"
	EntityGroup   Entity = "group"
	// The parts of an organisation. Of a gap in one of them, or in an account as a part of
	// an organisation, Name is an id and Part ServiceControl or ResourceControl where it is
	// about policies of that type alone.
	EntityOrganization  Entity = "organization"
	EntityUnit          Entity = "unit"
	EntityControlPolicy Entity = "control policy"
)

// Part is a part of an entity: its policies of a type, or an attribute by the
// name that the attribute has in reports.
type Part string

// The parts that a source may be unable to read.
const (
	PartInline             = Part(Inline)
	PartManaged            = Part(Managed)
	PartTrust              = Part(Trust)
	PartBoundary           = Part(Boundary)
	PartDescription        = Part("description")
	PartMaxSessionDuration = Part("maxsessionduration")
	PartTag                = Part("tag")
	PartInstanceProfile    = Part("instanceprofile")
	PartGroup              = Part("group") // the groups of a user
)

// Compare orders gaps by what they are about. It is 0 for equal gaps alone.
func (g Gap) Compare(h Gap) int {
	return cmp.Or(
		cmp.Compare(g.Account, h.Account),
		cmp.Compare(g.Entity, h.Entity),
		cmp.Compare(g.Name, h.Name),
		cmp.Compare(g.Part, h.Part),
		cmp.Compare(g.PolicyName, h.PolicyName),
		cmp.Compare(g.Kind, h.Kind),
		cmp.Compare(g.Reason, h.Reason),
		cmp.Compare(g.Raw, h.Raw),
		compareBool(g.Blind, h.Blind),
	)
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
