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
	Gaps       []result.Gap    `json:"gaps"`
	// Roles are sorted by name.
	Roles []Role `json:"roles"`
	// AWSChanges are policies of AWS's that accounts have in several versions, sorted. What
	// differs by these alone is of no role.
	AWSChanges []AWSChange `json:"aws_changes,omitempty"`
}

// AWSChange is a policy of AWS's of which accounts have another version than one of them,
// because they were read at different times.
type AWSChange struct {
	Policy string `json:"policy"` // the ARN
	// Versions are the one of the account that all were compared with, and the other.
	Versions [2]string `json:"versions"`
	// Accounts have the other one; indexes, ascending.
	Accounts []int `json:"accounts"`
}

// Account is one of the accounts. Those that could not be read are in Gaps alone.
type Account struct {
	ID     string `json:"id,omitempty"`
	Tag    string `json:"tag"`
	Source string `json:"source"`
	Roles  int    `json:"roles"`
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
}

// The kinds of differences.
const (
	// Missing is a role of the reference that an account does not have.
	Missing = "missing"
	// Extra is a role that the reference does not have.
	Extra = "extra"
	// Differs is a role of both.
	Differs = "differs"
)

// Difference is how a form differs from the reference.
type Difference struct {
	Kind     string          `json:"kind"`
	Severity severity.Level  `json:"severity"`
	Verdict  verdict.Verdict `json:"verdict"`
	// What says it in words.
	What string `json:"what"`
	// Identity and Trust have the witnesses. Their sides are the reference's account and
	// the first of the form's.
	Identity *result.Scope `json:"identity,omitempty"`
	Trust    *result.Scope `json:"trust,omitempty"`
}

// FileName is the name of the file in an output folder.
const FileName = "matrix.json"

const (
	fileFormat  = "iamctl-matrix"
	fileVersion = 1
)

// New returns the matrix of accounts.
func New(meta result.Meta, accounts []Account, roles []Role, aws []AWSChange, gaps []result.Gap) *Matrix {
	m := &Matrix{
		Format: fileFormat, Version: fileVersion, Meta: meta, Accounts: accounts, Roles: roles, AWSChanges: aws, Gaps: gaps,
		Drift: len(aws) > 0,
	}
	for i := range roles {
		slices.SortStableFunc(roles[i].Forms, compareForms)
		m.Drift = m.Drift || len(roles[i].Forms) > 1
	}
	m.Incomplete = slices.ContainsFunc(gaps, func(g result.Gap) bool { return g.Blind })
	switch {
	case m.Incomplete:
		m.ExitCode = result.ExitIncomplete
	case m.Drift:
		m.ExitCode = result.ExitDrift
	}
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

// Severity returns the worst of the role's differences, "" if there is none.
func (r *Role) Severity() severity.Level {
	if len(r.Forms) < 2 {
		return ""
	}
	return r.Forms[1].Difference.Severity
}

// Ranked returns the roles that differ, the worst first.
func (m *Matrix) Ranked() []*Role {
	var out []*Role
	for i := range m.Roles {
		if len(m.Roles[i].Forms) > 1 {
			out = append(out, &m.Roles[i])
		}
	}
	slices.SortStableFunc(out, func(a, b *Role) int { return cmp.Compare(result.Rank(a.Severity()), result.Rank(b.Severity())) })
	return out
}
