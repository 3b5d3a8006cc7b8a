package diff

import (
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/weigh"
)

// Changes is what differs between account A and account B. Everything in it
// is sorted: the same two accounts have the same Changes.
type Changes struct {
	A, B *normalize.Account
	// Common are the roles of both accounts, OnlyA and OnlyB those of one
	// alone, all sorted by name.
	Common []Pair
	OnlyA  []*normalize.Role
	OnlyB  []*normalize.Role
	// PairsAlone are the pairs of an action as written and a resource that the roles
	// of OnlyA and OnlyB have and of which an action has no row, because by the
	// reference it cannot use the resource.
	PairsAlone map[*normalize.Role][]Impossible
	// Weights are what is equal only because of an entry of the dictionary, in
	// the order of its entries.
	Weights []weigh.Weight
	// AWSChanges are the policies of AWS's that AWS changed, by ARN. Their items
	// are in no Pair.
	AWSChanges []AWSChange
	// Gaps are those of both accounts, sorted, each with its account's tag.
	Gaps []inventory.Gap
	// Notes are remarks for the reader that change no result.
	Notes []string
	// Ignored are the kinds of attributes that were not compared.
	Ignored []normalize.Kind
	// Excluded are the roles that were left out, by rule. A and B are without them.
	Excluded []Excluded
}

// Pair is one role on both sides with what differs.
type Pair struct {
	Name string
	// Reason says why the roles pair although their names differ, "" if
	// they do not.
	Reason     string
	A, B       *normalize.Role
	Attributes []AttributeChange
	// OnlyA are the items of A that B does not have, OnlyB the reverse.
	OnlyA, OnlyB []Ref
	// ImpossibleA are the pairs of A that B does not have and no item shows,
	// ImpossibleB the reverse.
	ImpossibleA, ImpossibleB []Impossible
	// Masked are equal items that might hide drift, MaskedTexts the names and
	// attributes of which the same is true, sorted by kind and key.
	Masked      []Masked
	MaskedTexts []MaskedText
	// MaskedPairs are likewise pairs that the reference calls impossible.
	MaskedPairs []MaskedPair
	// Blind are the parts that were not compared, because one side could
	// not be read.
	Blind []inventory.Gap
}

// Differs reports whether anything at all differs between the two roles.
func (p *Pair) Differs() bool {
	return len(p.Attributes) > 0 || len(p.OnlyA) > 0 || len(p.OnlyB) > 0 || len(p.ImpossibleA) > 0 || len(p.ImpossibleB) > 0
}

// Ref is an item of a role: the policy's index and the row in it. It is small,
// because there may be millions; package result spells items out.
type Ref struct {
	Policy uint32
	Row    uint32
}

// AttributeChange is one attribute that differs. A side without the
// attribute has "" and Has false.
type AttributeChange struct {
	Kind normalize.Kind
	Key  string
	A, B AttributeValue
}

// AttributeValue is one side's value, normalised and before.
type AttributeValue struct {
	Has    bool
	Value  string
	RawKey string
	Raw    string
	// Names lists the other account's values that the raw value holds.
	Names []normalize.Named
}

// Masked is a pair of items that are equal after normalisation only because
// a value of the dictionary that belongs to no known account was rewritten
// on both sides, or because one account holds a placeholder literally.
type Masked struct {
	A, B Ref
	// Value is the value or placeholder, Reason a sentence about it.
	Value  string
	Reason string
}

// MaskedText is a name or an attribute that both roles of a pair have after
// rewriting, like the items of Masked.
type MaskedText struct {
	// Kind is normalize.KindName for the role's name. Key is as in
	// AttributeChange, also for the name of a policy.
	Kind normalize.Kind
	Key  string
	// Text is the value after rewriting.
	Text string
	// RawKey and Raw are what they were in either account.
	RawKey, Raw [2]string
	// Value and Reason are as in Masked; of several reasons the value is that
	// of the first.
	Value  string
	Reason string
}
