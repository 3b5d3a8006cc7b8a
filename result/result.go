// Package result is the model of a comparison: what differs between two
// accounts, what is known of each difference, and how the run ends. Everything that
// shows or judges a comparison takes a Result, whether New made it from the
// Changes of this run or Read from the diff.json of an earlier one.
//
// A Result holds roles, attributes, gaps and figures. Items, of which there may
// be millions, are spelled out when they are asked for. The package is pure,
// and after Judge several goroutines may read a Result at once.
package result

import (
	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// Result is the outcome of comparing account A with account B. Its exported
// fields are the members of diff.json, described in diff.schema.json.
type Result struct {
	Format      string                `json:"format"`
	Version     int                   `json:"version"`
	Meta        Meta                  `json:"meta"`
	Accounts    Sides[Account]        `json:"accounts"`
	Drift       bool                  `json:"drift"`
	Incomplete  bool                  `json:"incomplete"`
	ExitCode    ExitCode              `json:"exit_code"`
	Counts      map[string]Sides[int] `json:"counts"`
	Ignored     []string              `json:"ignored"`
	Excluded    []Excluded            `json:"excluded,omitempty"`
	OutOfScope  []string              `json:"out_of_scope"`
	Notes       []string              `json:"notes"`
	Gaps        []Gap                 `json:"gaps"`
	Entries     []Entry               `json:"dictionary_entries,omitempty"`
	Waivers     []Waiver              `json:"waivers,omitempty"`
	Fixed       []Fixed               `json:"fixed,omitempty"`
	CommonRoles []Pair                `json:"common_roles"`
	UniqueRoles Sides[[]Unique]       `json:"unique_roles"`
	Rewrites    Sides[[]Rewrite]      `json:"rewrites"`
	// Documents are the policy documents of roles that differ, each once.
	Documents []Document `json:"documents,omitempty"`
	// AWSChanges are the policies of AWS's that AWS changed between the two
	// accounts' readings.
	AWSChanges []AWSChange `json:"aws_changes,omitempty"`
	// Audit is what the rules of an audit found in one account alone, nil where the
	// accounts were not audited.
	Audit *Audit `json:"audit,omitempty"`

	tally Tally
	// changes is what the Result was made from, nil where it was read.
	changes *diff.Changes
	marks   *Marks
}

// Sides is one value for each account.
type Sides[T any] struct {
	A T `json:"a"`
	B T `json:"b"`
}

// Of returns the value of account A for side 0 and of B for side 1.
func (s *Sides[T]) Of(side int) *T {
	if side == 0 {
		return &s.A
	}
	return &s.B
}

// Meta is what made a result. Only what is given is written: a result has no
// clock of its own.
type Meta struct {
	// Iamctl is iamctl's version.
	Iamctl string `json:"iamctl"`
	// Time is when the accounts were compared, in RFC 3339; "" leaves it out,
	// and the same accounts then make the same bytes.
	Time string `json:"time,omitempty"`
	// Dictionary is the path of the dictionary, "" if there was none, and
	// DictionarySHA256 the digest of the file in hex.
	Dictionary       string `json:"dictionary,omitempty"`
	DictionarySHA256 string `json:"dictionary_sha256,omitempty"`
	// Reference is the version of the table of AWS's actions.
	Reference string `json:"reference,omitempty"`
	// Waivers is the path of waivers.json, and Since what the drift was held
	// against to tell what is new.
	Waivers       string `json:"waivers,omitempty"`
	WaiversSHA256 string `json:"waivers_sha256,omitempty"`
	Since         string `json:"since,omitempty"`
	// By is ByMeaning where drift was counted so, "" for ByItems; FailOn is what drift
	// fails the run, as FailOn writes it.
	By     string `json:"by,omitempty"`
	FailOn string `json:"fail_on,omitempty"`
	// Inputs are all files that had a part in the result; Files has them for
	// results that do not say.
	Inputs []Input `json:"inputs,omitempty"`
}

// Account is one of the two accounts.
type Account struct {
	Tag       string `json:"tag"`
	Source    string `json:"source"`
	ID        string `json:"id,omitempty"`
	Partition string `json:"partition,omitempty"`
	Alias     string `json:"alias,omitempty"`
	// Caller is the ARN of whoever read the account, "" if AWS was not asked.
	Caller string `json:"caller,omitempty"`
	// Commit is the full hash of the commit that it was read at, "" if there is none.
	Commit string `json:"commit,omitempty"`
}

// Excluded is which roles a rule left out, by their names before rewriting.
type Excluded struct {
	Rule string   `json:"rule"`
	A    []string `json:"a"`
	B    []string `json:"b"`
}

// Gap is something that could not be read, parsed or compared.
type Gap struct {
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

// OfRole reports whether the gap is in a role.
func (g *Gap) OfRole() bool { return g.Entity == string(inventory.EntityRole) }

// Rewrite is one value before and after rewriting.
type Rewrite struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Document is a policy document as it is in the account.
type Document struct {
	Text string `json:"text"`
}

// Tags returns the short names of account A and account B.
func (r *Result) Tags() [2]string { return [2]string{r.Accounts.A.Tag, r.Accounts.B.Tag} }

// Tally returns the drift of the result as counted.
func (r *Result) Tally() *Tally { return &r.tally }

// Normalized returns a side's account with all its items, for the item files;
// nil for a Result that was read.
func (r *Result) Normalized(side int) *normalize.Account {
	if r.changes == nil {
		return nil
	}
	return r.changes.Account(side)
}
