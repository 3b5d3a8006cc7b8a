package report

// Run is a diff.json as Go values: what every renderer works from, at once
// or long after the comparison. ReadRun reads one. Members are described in
// diff.schema.json.
type Run struct {
	Format      string                `json:"format"`
	Version     int                   `json:"version"`
	Meta        RunMeta               `json:"meta"`
	Accounts    Sides[RunAccount]     `json:"accounts"`
	Drift       bool                  `json:"drift"`
	Incomplete  bool                  `json:"incomplete"`
	Counts      map[string]Sides[int] `json:"counts"`
	Ignored     []string              `json:"ignored"`
	OutOfScope  []string              `json:"out_of_scope"`
	Notes       []string              `json:"notes"`
	Gaps        []RunGap              `json:"gaps"`
	Waivers     []RunWaiver           `json:"waivers,omitempty"`
	Fixed       []RunFixed            `json:"fixed,omitempty"`
	CommonRoles []RunPair             `json:"common_roles"`
	UniqueRoles Sides[[]RunUnique]    `json:"unique_roles"`
	Rewrites    Sides[[]RunRewrite]   `json:"rewrites"`
	// Documents are the policy documents of roles that differ, each once.
	Documents []RunDocument `json:"documents,omitempty"`
}

// Sides is one value for each account.
type Sides[T any] struct {
	A T `json:"a"`
	B T `json:"b"`
}

// RunMeta says what made the file.
type RunMeta struct {
	Iamctl           string `json:"iamctl"`
	Time             string `json:"time,omitempty"`
	Dictionary       string `json:"dictionary,omitempty"`
	DictionarySHA256 string `json:"dictionary_sha256,omitempty"`
	Reference        string `json:"reference,omitempty"`
	// Waivers is the path of waivers.json, and Since what the drift was held
	// against to tell what is new.
	Waivers       string `json:"waivers,omitempty"`
	WaiversSHA256 string `json:"waivers_sha256,omitempty"`
	Since         string `json:"since,omitempty"`
}

// RunAccount is one of the two accounts.
type RunAccount struct {
	Tag       string `json:"tag"`
	Source    string `json:"source"`
	ID        string `json:"id,omitempty"`
	Partition string `json:"partition,omitempty"`
	Alias     string `json:"alias,omitempty"`
}

// RunRole is a role in one account, normalised and before.
type RunRole struct {
	RoleName         string `json:"rolename"`
	Path             string `json:"path"`
	OriginalRoleName string `json:"original_rolename"`
	OriginalPath     string `json:"original_path"`
	ARN              string `json:"arn"`
	RoleID           string `json:"role_id,omitempty"`
	ServiceLinked    bool   `json:"service_linked"`
}

// RunPair is a role of both accounts.
type RunPair struct {
	RoleName string `json:"rolename"`
	// Reason says why the two pair although their names differ.
	Reason     string         `json:"reason,omitempty"`
	Differs    bool           `json:"differs"`
	A          RunRole        `json:"a"`
	B          RunRole        `json:"b"`
	Attributes []RunAttribute `json:"attributes"`
	Blind      []RunGap       `json:"blind"`
	OnlyA      []RunItem      `json:"only_a"`
	OnlyB      []RunItem      `json:"only_b"`
	Masked     []RunMasked    `json:"masked"`
	// Documents are the documents of the policies of a role that differs.
	Documents []RunPolicyDocuments `json:"documents,omitempty"`
}

// RunMark is what is known of a drift besides what it is.
type RunMark struct {
	// Waiver is the index in Run.Waivers of what accepts the drift. A waiver
	// that has expired accepts nothing: the drift has none then.
	Waiver *int `json:"waiver,omitempty"`
	// Age is AgeNew or AgeKnown where the run was held against another.
	Age string `json:"age,omitempty"`
	// FirstSeen is the first commit that shows the drift.
	FirstSeen *RunCommit `json:"first_seen,omitempty"`
}

// RunCommit is a commit of the repository that holds a snapshot.
type RunCommit struct {
	Hash    string `json:"hash"`
	Time    string `json:"time"` // RFC 3339, the committer's
	Author  string `json:"author"`
	Subject string `json:"subject"`
	// AtLeast tells that the drift may be older than the commits looked at.
	AtLeast bool `json:"at_least,omitempty"`
}

// RunAttribute is an attribute that differs.
type RunAttribute struct {
	Kind        string   `json:"kind"`
	Key         string   `json:"key,omitempty"`
	A           RunValue `json:"a"`
	B           RunValue `json:"b"`
	Fingerprint string   `json:"fingerprint"`
	RunMark
}

// RunValue is one side of an attribute.
type RunValue struct {
	Has           bool      `json:"has"`
	Value         string    `json:"value"`
	OriginalKey   string    `json:"original_key,omitempty"`
	OriginalValue string    `json:"original_value"`
	Names         []RunName `json:"names,omitempty"`
}

// RunName is the other account's value found in this one.
type RunName struct {
	Value    string `json:"value"`
	Owner    string `json:"owner"`
	Expected string `json:"expected,omitempty"`
}

// RunItemColumns are the columns of an item; an absent one is empty.
type RunItemColumns struct {
	PolicyName    string `json:"policyname,omitempty"`
	PolicyType    string `json:"policytype,omitempty"`
	Effect        string `json:"effect,omitempty"`
	Service       string `json:"service,omitempty"`
	Action        string `json:"action,omitempty"`
	ARN           string `json:"arn,omitempty"`
	Principal     string `json:"principal,omitempty"`
	PrincipalType string `json:"principaltype,omitempty"`
	Negated       string `json:"negated,omitempty"`
	Condition     string `json:"condition,omitempty"`
	Statement     string `json:"statement,omitempty"`
	Note          string `json:"note,omitempty"`
}

// RunItem is an item that one account's role has and the other's has not.
type RunItem struct {
	RunItemColumns
	// Originals are the items before rewriting, changed columns only.
	Originals   []RunItemColumns `json:"originals,omitempty"`
	Names       []RunName        `json:"names,omitempty"`
	Fingerprint string           `json:"fingerprint"`
	RunMark
}

// RunMasked is a pair of equal items that might hide drift.
type RunMasked struct {
	RunItemColumns
	Value      string           `json:"value"`
	Reason     string           `json:"reason"`
	OriginalsA []RunItemColumns `json:"originals_a,omitempty"`
	OriginalsB []RunItemColumns `json:"originals_b,omitempty"`
}

// RunUnique is a role of one account alone.
type RunUnique struct {
	RunRole
	Attributes  []RunOwnAttribute `json:"attributes"`
	Items       []RunItem         `json:"items"`
	Fingerprint string            `json:"fingerprint"`
	RunMark
	Documents []RunPolicyDocuments `json:"documents,omitempty"`
}

// RunOwnAttribute is an attribute of a role of one account alone.
type RunOwnAttribute struct {
	Kind          string `json:"kind"`
	Key           string `json:"key,omitempty"`
	Value         string `json:"value"`
	OriginalKey   string `json:"original_key,omitempty"`
	OriginalValue string `json:"original_value"`
	Unknown       bool   `json:"unknown,omitempty"`
}

// RunGap is something that could not be read, parsed or compared.
type RunGap struct {
	Account    string `json:"account"`
	Kind       string `json:"kind"`
	Entity     string `json:"entity"`
	Name       string `json:"name,omitempty"`
	PolicyType string `json:"policytype,omitempty"`
	PolicyName string `json:"policyname,omitempty"`
	Blind      bool   `json:"blind"`
	Reason     string `json:"reason"`
	Raw        string `json:"raw,omitempty"`
}

// RunRewrite is one value before and after rewriting.
type RunRewrite struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// RunWaiver is a waiver or an ignore rule with what it did in this run.
type RunWaiver struct {
	// Fingerprint is the waived drift's, "" for a rule by role name.
	Fingerprint string `json:"fingerprint,omitempty"`
	// Role is the pattern of a rule by role name.
	Role    string `json:"role,omitempty"`
	Owner   string `json:"owner,omitempty"`
	Reason  string `json:"reason"`
	Ticket  string `json:"ticket,omitempty"`
	Expires string `json:"expires,omitempty"` // YYYY-MM-DD, the last day
	// State is WaiverUsed, WaiverExpired or WaiverUnmatched.
	State string `json:"state"`
	// Count is how many drifts it accepts, or would if it had not expired.
	Count int `json:"count"`
}

// RunFixed is a drift of the run held against that is no more.
type RunFixed struct {
	Fingerprint string `json:"fingerprint"`
	RoleName    string `json:"rolename"`
	Text        string `json:"text"`
	// Side is "a" or "b", the account that had it; "" for an attribute, which
	// is of both.
	Side string `json:"side,omitempty"`
}

// RunPolicyDocuments are the documents of one policy of a role, as indexes in
// Run.Documents; nil where the account does not have it.
type RunPolicyDocuments struct {
	PolicyType string `json:"policytype"`
	PolicyName string `json:"policyname,omitempty"`
	A          *int   `json:"a,omitempty"`
	B          *int   `json:"b,omitempty"`
}

// RunDocument is a policy document as it is in the account.
type RunDocument struct {
	Text string `json:"text"`
}
