package result

// Role is a role in one account, normalised and before.
type Role struct {
	RoleName         string `json:"rolename"`
	Path             string `json:"path"`
	OriginalRoleName string `json:"original_rolename"`
	OriginalPath     string `json:"original_path"`
	ARN              string `json:"arn"`
	RoleID           string `json:"role_id,omitempty"`
	ServiceLinked    bool   `json:"service_linked"`
}

// Pair is a role of both accounts.
type Pair struct {
	RoleName string `json:"rolename"`
	// Reason says why the two pair although their names differ.
	Reason     string      `json:"reason,omitempty"`
	Differs    bool        `json:"differs"`
	A          Role        `json:"a"`
	B          Role        `json:"b"`
	Attributes []Attribute `json:"attributes"`
	Blind      []Gap       `json:"blind"`
	OnlyA      Items       `json:"only_a"`
	OnlyB      Items       `json:"only_b"`
	// ImpossibleA and ImpossibleB are the pairs of an action as written and a
	// resource that one account alone has, of which no item says so because by
	// the reference the action cannot use the resource.
	ImpossibleA Items       `json:"impossible_a,omitzero"`
	ImpossibleB Items       `json:"impossible_b,omitzero"`
	Masked      MaskedItems `json:"masked"`
	// MaskedAttributes are equal names and attributes that might hide drift.
	MaskedAttributes []MaskedAttribute `json:"masked_attributes,omitempty"`
	// Documents are the documents of the policies of a role that differs.
	Documents []PolicyDocuments `json:"documents,omitempty"`
	// Meaning is what the differences mean, nil where there are none.
	Meaning *Meaning `json:"meaning,omitempty"`
	// Allowed is what both roles allow, for a waiver of what the differences mean.
	Allowed *Allowed `json:"allowed,omitempty"`

	// open is how many differences no waiver accepts, newOpen how many of them
	// are new.
	open, newOpen int
	// counted is how many of the open ones count, and parts counts by part.
	counted int
	parts   [3]part
	// unlisted reports whether they count for a change of which none is listed.
	unlisted bool
}

// part is how many differences a part of a role has, and how many of them are open.
type part struct{ all, open int }

// Role returns the pair's role in account A for side 0 and in B for side 1.
func (p *Pair) Role(side int) *Role {
	if side == 0 {
		return &p.A
	}
	return &p.B
}

// Only returns the items of a side's role that the other's lacks.
func (p *Pair) Only(side int) Items {
	if side == 0 {
		return p.OnlyA
	}
	return p.OnlyB
}

// Impossible returns the impossible pairs of a side's role that the other's lacks.
func (p *Pair) Impossible(side int) Items {
	if side == 0 {
		return p.ImpossibleA
	}
	return p.ImpossibleB
}

// OriginalNames returns the names of the two roles before rewriting.
func (p *Pair) OriginalNames() [2]string {
	return [2]string{p.A.OriginalRoleName, p.B.OriginalRoleName}
}

// Differences returns how many attributes, items and impossible pairs differ.
func (p *Pair) Differences() int {
	return len(p.Attributes) + p.OnlyA.Len() + p.OnlyB.Len() + p.ImpossibleA.Len() + p.ImpossibleB.Len()
}

// Open returns how many differences no waiver accepts.
func (p *Pair) Open() int { return p.open }

// Counted returns how many of the open differences count (Result.Matters).
func (p *Pair) Counted() int { return p.counted }

// New returns how many of the open differences are new.
func (p *Pair) New() int { return p.newOpen }

// Unique is a role of one account alone.
type Unique struct {
	Role
	Attributes []OwnAttribute `json:"attributes"`
	Items      Items          `json:"items"`
	// Impossible are the pairs of an action as written and a resource of which no item
	// says so because by the reference the action cannot use the resource. Like the
	// items they are a part of the role's drift.
	Impossible  Items  `json:"impossible,omitzero"`
	Fingerprint string `json:"fingerprint"`
	Mark
	Documents []PolicyDocuments `json:"documents,omitempty"`
	// Meaning is what would be lost with a role of account A, or gained with one of B.
	Meaning *Meaning `json:"meaning,omitempty"`
}

// OwnAttribute is an attribute of a role of one account alone.
type OwnAttribute struct {
	Kind          string `json:"kind"`
	Key           string `json:"key,omitempty"`
	Value         string `json:"value"`
	OriginalKey   string `json:"original_key,omitempty"`
	OriginalValue string `json:"original_value"`
	Unknown       bool   `json:"unknown,omitzero"`
}

// Attribute is an attribute that differs.
type Attribute struct {
	Kind        string `json:"kind"`
	Key         string `json:"key,omitempty"`
	A           Value  `json:"a"`
	B           Value  `json:"b"`
	Fingerprint string `json:"fingerprint"`
	Mark
}

// Side returns the account that has the attribute, 0 or 1, or Both.
func (a *Attribute) Side() int {
	switch {
	case !a.B.Has:
		return 0
	case !a.A.Has:
		return 1
	}
	return Both
}

// Value is one side of an attribute.
type Value struct {
	Has           bool   `json:"has"`
	Value         string `json:"value"`
	OriginalKey   string `json:"original_key,omitempty"`
	OriginalValue string `json:"original_value"`
	Names         []Name `json:"names,omitempty"`
}

// Name is the other account's value found in this one.
type Name struct {
	Value    string `json:"value"`
	Owner    string `json:"owner"`
	Expected string `json:"expected,omitempty"`
}

// PolicyDocuments are the documents of one policy of a role, as indexes in
// Result.Documents; nil where the account does not have it.
type PolicyDocuments struct {
	PolicyType string `json:"policytype"`
	PolicyName string `json:"policyname,omitempty"`
	A          *int   `json:"a,omitempty"`
	B          *int   `json:"b,omitempty"`
}
