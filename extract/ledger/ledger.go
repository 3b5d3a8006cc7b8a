// Package ledger keeps the record of a fleet: a folder that holds the snapshots of many
// accounts, a folder each, and beside them accounts.json, which says of every account
// whether its snapshot is whole, and if not, why.
//
// While a run is at work its results are lines of a hidden journal beside accounts.json,
// which takes them over now and then and at the end. A process that is killed loses
// nothing that was put down: Read and Open count the journal in.
package ledger

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"time"
)

// FileName is the name of the ledger in the folder of a fleet.
const FileName = "accounts.json"

// journalName is the name of the journal: hidden, and not one that package atomicfile
// takes for a leftover.
const journalName = ".iamctl-accounts.jsonl"

const (
	format  = "iamctl-fleet"
	version = 1
)

//go:embed ledger.schema.json
var schema []byte

// Schema returns the JSON Schema of accounts.json.
func Schema() []byte { return slices.Clone(schema) }

// Status is what became of an account.
type Status string

// The statuses.
const (
	// Pending is an account that is to be read and was not yet.
	Pending Status = "pending"
	// OK is an account whose snapshot is whole, and Partial one of which a part could not
	// be read.
	OK      Status = "ok"
	Partial Status = "partial"
	// Failed is an account that could not be read or written. An older snapshot of it
	// may be there.
	Failed Status = "failed"
	// Suspended is an account that the organisation has suspended, which nobody reads.
	Suspended Status = "suspended"
	// Gone is an account that its source does not name any more. Its snapshot stays.
	Gone Status = "gone"
)

// Statuses returns all statuses.
func Statuses() []Status { return []Status{Pending, OK, Partial, Failed, Suspended, Gone} }

// Entry is what is known of an account.
type Entry struct {
	// ID is the account's twelve digits, "" while nothing said them.
	ID string `json:"id,omitempty"`
	// Tag is the name of the account's folder, beside accounts.json.
	Tag string `json:"tag"`
	// Name and Path are the account's name and the path of its unit in the organisation,
	// "" where no source says them.
	Name string `json:"name,omitempty"`
	Path string `json:"path,omitempty"`
	// Source is what the account is read from.
	Source string `json:"source,omitempty"`
	Status Status `json:"status"`
	// Reason says why the status is not OK.
	Reason string `json:"reason,omitempty"`
	// When is when the account got its status, and Read when the snapshot that is there
	// was read, in UTC and seconds; zero for never.
	When time.Time `json:"when,omitzero"`
	Read time.Time `json:"read,omitzero"`
	// Calls is how many calls of AWS the last reading took, repeated ones included.
	Calls int `json:"calls,omitzero"`
}

// Hole reports whether the account is missing, in part or whole, or older than the
// others because it could not be read again.
func (e *Entry) Hole() bool {
	return e.Status == Pending || e.Status == Partial || e.Status == Failed
}

// Title returns the account's id and name, as far as they are known, and its tag where
// that is neither.
func (e *Entry) Title() string {
	words := []string{e.ID, e.Name}
	if e.Tag != e.ID && e.Tag != e.Name {
		words = append(words, "("+e.Tag+")")
		if e.ID == "" && e.Name == "" {
			return e.Tag
		}
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// File is the ledger of a fleet.
type File struct {
	// Begun is when the last run that reads all accounts began, and Ended when it, or
	// one that went on with it, came to its end; zero while it has not.
	Begun, Ended time.Time
	// Entries are sorted by id, then tag. No two have one tag, in any letter case.
	Entries []Entry
}

// Entry returns the entry with a tag, nil if there is none.
func (f *File) Entry(tag string) *Entry {
	i := slices.IndexFunc(f.Entries, func(e Entry) bool { return strings.EqualFold(e.Tag, tag) })
	if i < 0 {
		return nil
	}
	return &f.Entries[i]
}

func order(a, b Entry) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Tag, b.Tag)) }
