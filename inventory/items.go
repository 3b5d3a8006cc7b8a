package inventory

import (
	"cmp"
	"strings"

	"iamctl/policy"
)

// PolicyType says where in a role a permission is written.
type PolicyType string

// The policy types, as in the policytype column.
const (
	Inline   PolicyType = "inline"
	Managed  PolicyType = "managed"
	Trust    PolicyType = "trust"
	Boundary PolicyType = "boundary"
)

// Item is one flattened permission: a row of the item files. The columns of
// AWS's IAMCTL come first, in its order.
type Item struct {
	RoleName   string `csv:"rolename"`
	Path       string `csv:"path"` // the role's
	PolicyName string `csv:"policyname"`
	PolicyType string `csv:"policytype"`
	Effect     string `csv:"effect"`
	// Service and Action are "*" and "*" for every action. An action that
	// the reference does not know stays as it was written.
	Service string `csv:"service"`
	Action  string `csv:"action"`
	// ARN is the resource, "" in a statement without one (trust policies).
	ARN           string `csv:"arn"`
	Principal     string `csv:"principal"`
	PrincipalType string `csv:"principaltype"`
	// Negated names the Not- elements that the row's values come from,
	// separated by blanks: such a row speaks of everything but its value. In
	// the item files these values have the element's name before them.
	Negated string `csv:"negated"`
	// Condition is canonical JSON, "" without conditions.
	Condition string `csv:"condition"`
	// Statement is canonical JSON of what holds for the row only as a
	// whole: the complete list of each Not- element (the complement of a
	// list is not that of its members) and elements that iamctl does not know.
	Statement string `csv:"statement"`
	// Note marks a row that needs an eye: an unknown action, a resource
	// that no action of its statement can use.
	Note string `csv:"note"`
}

// Marked returns the item with the name of its Not- element and a blank before
// each value that is from one ("NotAction *" for all but the service's
// actions), so that no column reads as what the statement excludes. Column negated
// says which values are marked.
func (it Item) Marked() Item {
	for element := range strings.FieldsSeq(it.Negated) {
		switch element {
		case "NotAction":
			it.Action = element + " " + it.Action
		case "NotResource":
			it.ARN = element + " " + it.ARN
		case "NotPrincipal":
			it.Principal = element + " " + it.Principal
		}
	}
	return it
}

// Action is an action, or a pattern of actions that stays one row. Actions
// are compared without regard to case.
type Action struct {
	Service string
	Name    string
}

// Compare orders actions by service, then name, without regard to case.
func (a Action) Compare(b Action) int {
	if c := policy.CompareFold(a.Service, b.Service); c != 0 {
		return c
	}
	return policy.CompareFold(a.Name, b.Name)
}

// Principal is one principal of a statement: Type is AWS, Service,
// Federated, CanonicalUser or "*" (for the bare "*"), "" for none.
type Principal struct {
	Type  string
	Value string
}

// Compare orders principals by value, then type.
func (p Principal) Compare(q Principal) int {
	if c := strings.Compare(p.Value, q.Value); c != 0 {
		return c
	}
	return strings.Compare(p.Type, q.Type)
}

// Terms are the columns that a statement's rows have in common.
type Terms struct {
	Negated   string
	Condition string
	Statement string
	Note      string
}

// Compare orders terms column by column.
func (t Terms) Compare(u Terms) int {
	if c := strings.Compare(t.Negated, u.Negated); c != 0 {
		return c
	}
	if c := strings.Compare(t.Condition, u.Condition); c != 0 {
		return c
	}
	if c := strings.Compare(t.Statement, u.Statement); c != 0 {
		return c
	}
	return strings.Compare(t.Note, u.Note)
}

// Row is one item of an Items, as indexes into its lists.
type Row struct {
	Effect    uint32
	Action    uint32
	Resource  uint32
	Principal uint32
	Terms     uint32
}

// Compare orders rows by effect, action, resource, principal and terms,
// which is the order of the item columns.
func (r Row) Compare(s Row) int {
	return cmp.Or(
		cmp.Compare(r.Effect, s.Effect),
		cmp.Compare(r.Action, s.Action),
		cmp.Compare(r.Resource, s.Resource),
		cmp.Compare(r.Principal, s.Principal),
		cmp.Compare(r.Terms, s.Terms),
	)
}

// Items are the items of one policy document, each distinct value once.
// A role's 1,000 items are often 100 actions by 10 resources; millions of
// items fit in memory because a row is five numbers.
//
// Every list is sorted and free of duplicates (actions without regard to
// case), and so are the rows. An Items is never changed once built: policies
// with the same document share one.
type Items struct {
	Effects    []string
	Actions    []Action
	Resources  []string
	Principals []Principal
	Terms      []Terms
	Rows       []Row
	// Patterns are the actions as written, and Written the statements. Their
	// order is that of the document.
	Patterns []Pattern
	Written  []Written
	// Beyond are the statements with NotResource in place of Resource, likewise: each of
	// their patterns on everything but their resources.
	Beyond []Written
	// Possible is true if each pattern of a statement has, on each resource of it, an
	// action that by the reference can use the resource.
	Possible bool
}

// Len returns the number of items.
func (t *Items) Len() int { return len(t.Rows) }

// Item returns item i with the columns that come from a document; the role
// and policy columns are empty.
func (t *Items) Item(i int) Item {
	r := t.Rows[i]
	a, p, m := t.Actions[r.Action], t.Principals[r.Principal], t.Terms[r.Terms]
	return Item{
		Effect:        t.Effects[r.Effect],
		Service:       a.Service,
		Action:        a.Name,
		ARN:           t.Resources[r.Resource],
		Principal:     p.Value,
		PrincipalType: p.Type,
		Negated:       m.Negated,
		Condition:     m.Condition,
		Statement:     m.Statement,
		Note:          m.Note,
	}
}
