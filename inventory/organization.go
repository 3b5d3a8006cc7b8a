package inventory

import (
	"cmp"
	"slices"
	"strings"
)

// Organization is an AWS organisation as a source read it: its tree, its accounts, and the
// policies that bound what these may do (AWS Organizations User Guide, "Managing
// organization policies"). Sort puts it in its order.
type Organization struct {
	// ID begins with o-.
	ID string
	// Management is the id of the management account, which no policy bounds.
	Management string
	// Units are the root and the organisational units, sorted by Path, then ID.
	Units []Unit
	// Members are the accounts, the management account and suspended ones included, sorted
	// by ID.
	Members []Member
	// Policies are the service and resource control policies, sorted by Type, then ID.
	Policies []ControlPolicy
	// Gaps is what could not be read.
	Gaps []Gap
}

// Unit is the root of an organisation or one of its organisational units.
type Unit struct {
	ID   string
	Name string
	// Parent is the ID of the unit above, "" for the root.
	Parent string
	// Path has the names from the root on, such as Root/Workloads/Prod. It is for people and
	// their patterns: a name may contain a slash.
	Path string
	// Policies are the IDs of the policies attached to the unit itself, sorted.
	Policies []string
}

// Member is an account of an organisation, or of a list of accounts.
type Member struct {
	// ID is the account's twelve digits.
	ID   string
	Name string
	// Unit is the ID of the unit that the account is in, and Path that unit's; both are ""
	// where no organisation was read.
	Unit string
	Path string
	// Status is AWS's word, such as ACTIVE or SUSPENDED, "" where it is not known.
	Status string
	// Management reports that the account is the management account.
	Management bool
	Tags       []Tag
	// Policies are the IDs of the policies attached to the account itself, sorted.
	Policies []string
}

// The types of control policies, as AWS Organizations names them.
const (
	ServiceControl  = "SERVICE_CONTROL_POLICY"
	ResourceControl = "RESOURCE_CONTROL_POLICY"
)

// ControlPolicy is a service or resource control policy.
type ControlPolicy struct {
	ID   string
	ARN  string
	Name string
	// Type is ServiceControl or ResourceControl.
	Type       string
	AWSManaged bool
	Document   Document
}

// Sort puts the parts of the organisation in the order that Organization documents.
func (o *Organization) Sort() {
	slices.SortFunc(o.Units, func(a, b Unit) int { return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.ID, b.ID)) })
	slices.SortFunc(o.Members, func(a, b Member) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(o.Policies, func(a, b ControlPolicy) int {
		return cmp.Or(strings.Compare(a.Type, b.Type), strings.Compare(a.ID, b.ID))
	})
	for i := range o.Units {
		slices.Sort(o.Units[i].Policies)
	}
	for i := range o.Members {
		slices.Sort(o.Members[i].Policies)
	}
	slices.SortFunc(o.Gaps, Gap.Compare)
}

// Member returns the account with an id, nil if the organisation has none.
func (o *Organization) Member(id string) *Member {
	i, ok := slices.BinarySearchFunc(o.Members, id, func(m Member, id string) int { return strings.Compare(m.ID, id) })
	if !ok {
		return nil
	}
	return &o.Members[i]
}
