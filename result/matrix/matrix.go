// Package matrix is the model of a comparison of many accounts: role by account.
package matrix

import (
	"cmp"
	"slices"

	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Matrix is the outcome of comparing the roles of many accounts. Its exported fields are
// the members of matrix.json.
type Matrix struct {
	Format     string          `json:"format"`
	Version    int             `json:"version"`
	Meta       result.Meta     `json:"meta"`
	Accounts   []Account       `json:"accounts"`
	Drift      bool            `json:"drift"`
	Incomplete bool            `json:"incomplete"`
	ExitCode   result.ExitCode `json:"exit_code"`
	// Asked is what was compared, and against what.
	Asked
	Counts Counts       `json:"counts"`
	Gaps   []result.Gap `json:"gaps"`
	// Roles are sorted by name.
	Roles []Role `json:"roles"`
	// AWSChanges are policies of AWS's that accounts have in several versions, sorted. What
	// differs by these alone is of no role.
	AWSChanges []AWSChange `json:"aws_changes,omitempty"`
	// Waivers are the waivers and ignore rules for these accounts, each with what it did.
	Waivers []result.Waiver `json:"waivers,omitempty"`
	// Gone are the outliers of the earlier run that are not there now.
	Gone []Gone `json:"gone,omitempty"`
	// Unpaired say of which roles, policies and the like of several accounts it is not known
	// whether they are one under several names.
	Unpaired []string `json:"unpaired,omitempty"`
	// Notes say in what the earlier run is not like this one.
	Notes []string `json:"notes,omitempty"`

	keys, labels []string
}

// Asked is what was compared, and against what. What is held against an earlier run must
// have been asked likewise.
type Asked struct {
	// Against is the tag of the account that all are held against, "" for the majority.
	Against string `json:"against,omitempty"`
	// Pattern is of the names of the roles that were compared, "" for all.
	Pattern string `json:"role_pattern,omitempty"`
	// Ignored are the kinds of drift, and Excluded the rules for roles, that were left out,
	// sorted.
	Ignored  []string `json:"ignored,omitempty"`
	Excluded []string `json:"excluded,omitempty"`
	// Effective reports that control policies were counted.
	Effective bool `json:"effective,omitzero"`
}

// Counts are figures of a matrix.
type Counts struct {
	// Roles is how many roles have outliers that count and that no waiver accepts, and
	// Outliers how many there are.
	Roles    int `json:"roles"`
	Outliers int `json:"outliers"`
	// Uncounted is how many no waiver accepts and do not count (Matrix.Matters).
	Uncounted int `json:"uncounted,omitzero"`
	// Waived is how many a waiver accepts.
	Waived int `json:"waived,omitzero"`
	// New is how many of Outliers are new, nil where the run is held against no other.
	New *int `json:"new,omitempty"`
}

// AWSChange is a policy of AWS's of which accounts have another version than one of them,
// because they were read at different times.
type AWSChange struct {
	Policy string `json:"policy"` // the ARN
	// Versions are the one of the account that all were compared with, and the other.
	Versions [2]string `json:"versions"`
	// Accounts have the other one; indexes, ascending.
	Accounts []int `json:"accounts"`
	Outlier
}

// Account is one of the accounts. Those that could not be read are in Gaps alone.
type Account struct {
	ID     string `json:"id,omitempty"`
	Tag    string `json:"tag"`
	Source string `json:"source"`
	// Name is what the organisation, or the list of accounts, calls the account, and Path
	// the names of the units above it, such as Root/Workloads/Prod; "" where none said.
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Roles int    `json:"roles"`
}

// Role is a role of at least one account, by its normalised name.
type Role struct {
	Name string `json:"role"`
	// Forms are what the role says, the reference first, then the worst.
	Forms []Form `json:"forms"`
}

// Form is one thing that a role says, and the accounts in which it does.
type Form struct {
	// Accounts are indexes of the matrix's accounts, ascending.
	Accounts []int `json:"accounts"`
	// Absent says that the accounts have no such role.
	Absent bool `json:"absent,omitempty"`
	// Difference is what is different from the reference, nil for the reference.
	Difference *Difference `json:"difference,omitempty"`
	// Outliers are the accounts as outliers, by place; none for the reference.
	Outliers []Outlier `json:"outliers,omitempty"`
}

// Outlier is what is known of an account in which a role is not as in the reference.
type Outlier struct {
	// Fingerprint names the outlier: the role, the account and what is different. It does
	// not change with the other accounts, nor do those of a missing role with what the
	// reference says. "" in a file of a version that had none.
	Fingerprint string `json:"fingerprint,omitempty"`
	result.Mark
	// Again reports that the earlier run has it too, and that a waiver accepted it that does
	// so no longer: it is as good as new.
	Again bool `json:"again,omitzero"`
}

// The kinds of differences.
const (
	// Missing is a role of the reference that an account does not have.
	Missing = "missing"
	// Extra is a role that the reference does not have.
	Extra = "extra"
	// Differs is a role of both.
	Differs = "differs"
	// Effective is a role that is as in the reference, and that control policies leave other
	// permissions.
	Effective = "effective"
)

// Kinds returns the kinds of differences.
func Kinds() []string { return []string{Differs, Missing, Extra, Effective} }

// Difference is how a form differs from the reference.
type Difference struct {
	Kind     string          `json:"kind"`
	Severity severity.Level  `json:"severity"`
	Verdict  verdict.Verdict `json:"verdict"`
	// What says it in words.
	What string `json:"what"`
	// Kinds are the kinds of what differs (package driftkind), sorted.
	Kinds []string `json:"kinds,omitempty"`
	// SameMeaning reports that what differs changes no permission, so that it does not count
	// by meaning.
	SameMeaning bool `json:"same_meaning,omitzero"`
	// Names are ids and names of other accounts that the form has and the reference has not.
	Names []Name `json:"names,omitempty"`
	// Digest is of what is different, "" for a missing role.
	Digest string `json:"digest,omitempty"`
	// Roles are the role in the accounts of Between, nil where it is not; they are in no file.
	Roles [2]*result.Role `json:"-"`
	// Between are the accounts, as indexes, one of the reference and one of the form, that were
	// held against each other: witnesses and words have their names. It is nil in a file of a
	// version that did not say so.
	Between *[2]int `json:"between,omitempty"`
	// Identity and Trust have the witnesses. Their sides are the accounts of Between.
	Identity *result.Scope `json:"identity,omitempty"`
	Trust    *result.Scope `json:"trust,omitempty"`
	// Policies are what one side alone says: the reference, or the form.
	Policies []Policy `json:"policies,omitempty"`
	// Attributes are those that differ.
	Attributes []Attribute `json:"attributes,omitempty"`
	// Effective and EffectiveTrust are what control policies leave of both, where that was
	// asked. Verdict is then that of these.
	Effective      *result.Scope `json:"effective,omitempty"`
	EffectiveTrust *result.Scope `json:"effective_trust,omitempty"`
}

// Policy is what of a role's policy one side alone says. Statements are JSON in canonical
// form and without Sid, in which <NAME> stands for the placeholder NAME of the dictionary:
// those of a role of all accounts with a form are the same.
type Policy struct {
	Type string   `json:"policytype"`
	Name string   `json:"policyname,omitempty"`
	A    []string `json:"a,omitempty"` // the reference's
	B    []string `json:"b,omitempty"` // the form's
	// Left is how many more there are, for which there was no room.
	Left int `json:"left_out,omitempty"`
}

// Attribute is an attribute of a role that differs, as the dictionary rewrites it.
type Attribute struct {
	Kind string `json:"kind"`
	Key  string `json:"key,omitempty"`
	// A and B are the values of the reference and of the form, nil for none.
	A *string `json:"a,omitempty"`
	B *string `json:"b,omitempty"`
}

// MaxOwners is how many accounts a Name has.
const MaxOwners = 8

// Name is what other accounts are called.
type Name struct {
	Value string `json:"value"`
	// Accounts are those that are called so, as indexes, ascending, the first MaxOwners; More
	// is how many more there are.
	Accounts []int `json:"accounts"`
	More     int   `json:"more,omitzero"`
}

// OfBoth reports whether the reference and the account both have the role.
func (d *Difference) OfBoth() bool { return d.Kind == Differs || d.Kind == Effective }

// Scope returns the scope with a name (result.Scopes), nil if there is none.
func (d *Difference) Scope(name string) *result.Scope {
	switch name {
	case result.ScopeTrust:
		return d.Trust
	case result.ScopeEffective:
		return d.Effective
	case result.ScopeEffectiveTrust:
		return d.EffectiveTrust
	}
	return d.Identity
}

// FileName is the name of the file in an output folder.
const FileName = "matrix.json"

const (
	fileFormat  = "iamctl-matrix"
	fileVersion = 1
)

// New returns the matrix of accounts, with nothing known of the outliers but what they are.
func New(meta result.Meta, accounts []Account, roles []Role, aws []AWSChange, gaps []result.Gap) *Matrix {
	m := &Matrix{Format: fileFormat, Version: fileVersion, Meta: meta, Accounts: accounts, Roles: roles, AWSChanges: aws, Gaps: gaps}
	for i := range roles {
		slices.SortStableFunc(roles[i].Forms, compareForms)
	}
	m.Incomplete = len(gaps) > 0 // as of two accounts: what was kept that is not understood too
	m.name()
	m.Judge(&Judgement{})
	return m
}

func compareForms(a, b Form) int {
	switch {
	case a.Difference == nil:
		return -1
	case b.Difference == nil:
		return 1
	}
	return cmp.Or(cmp.Compare(result.Rank(a.Difference.Severity), result.Rank(b.Difference.Severity)), cmp.Compare(len(b.Accounts), len(a.Accounts)))
}
