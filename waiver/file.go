// Package waiver is waivers.json: drifts that somebody accepted, each by its
// fingerprint, and rules for roles whose drift is of no interest. It reads,
// checks and writes the file, and judges drifts by it.
package waiver

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/internal/jsontree"
	"iamctl/policy"
)

// Position is a place in waivers.json. The zero Position is that of an entry
// that is in no file.
type Position = jsontree.Position

// Error is one thing that is wrong with the file, Errors all of them in the
// order of the file.
type (
	Error  = jsontree.Error
	Errors = jsontree.Errors
)

// File is what waivers.json says. The zero value is a file without entries,
// and so is a nil one.
type File struct {
	// Schema is the file's "$schema", Comment its "$comment" line by line.
	Schema  string
	Comment []string
	// Waivers and Ignore are in the order of the file.
	Waivers []Waiver
	Ignore  []Rule
}

// Waiver accepts one drift.
type Waiver struct {
	// Fingerprint names the drift: 32 hex digits, as in diff.json.
	Fingerprint string
	// Role and Drift tell people what was accepted. They decide nothing.
	Role, Drift string
	// Rule is the id of the rule of a finding of audits, "" where the waiver is for
	// drift. Entity and Finding tell people what was accepted.
	Rule, Entity, Finding string
	// Account is the id of the account that the finding is of, its tag where that is not
	// known; "" for any. Without a Rule it is the account of an outlier of many accounts.
	Account string
	// Owner is who answers for it, Reason why it was accepted.
	Owner, Reason string
	Ticket        string
	// Expires is the last day on which the waiver counts.
	Expires Date
	// Comparison is the comparison that the waiver is for.
	Comparison Comparison
	// Meaning is what the waiver is bound to, nil for the drift as it is. The
	// fingerprint then names the scope of the role.
	Meaning *Meaning
	Comment []string
	At      Position
}

// Rule accepts every drift of the roles that it matches, or of some kinds alone; or
// findings of audits.
type Rule struct {
	// Rules are the ids of the rules of audits whose findings are meant, all if there are
	// none; Entity is a pattern of the names of the entities, "" for any; and Account the
	// account's id, "" for any. A rule for drift has none of them but for the Account, which
	// makes it one for that of many accounts.
	Rules           []string
	Entity, Account string
	// Kinds are the kinds of drift that it is for (package driftkind), all if there
	// are none.
	Kinds []string
	// Role is a pattern of role names and Path one of paths, "" for any; one
	// of them is set, or Kinds is. In a pattern * matches any text and ? any one
	// character. Names match without regard to case, as IAM compares them,
	// paths with.
	Role, Path    string
	Reason, Owner string
	Ticket        string
	// Expires is the last day on which the rule counts, the zero Date for
	// ever.
	Expires Date
	// Comparison is the comparison that the rule is for.
	Comparison Comparison
	Comment    []string
	At         Position
}

// Selects returns in words what the rule is for, such as "app* path /x/ kind tag".
func (r *Rule) Selects() string {
	if r.OfAudit() {
		return r.selectsFindings()
	}
	out := r.Role
	if r.Path != "" {
		out += " path " + r.Path
	}
	if len(r.Kinds) > 0 {
		out += " kind " + strings.Join(r.Kinds, ", ")
	}
	if r.Account != "" {
		out += " account " + r.Account
	}
	return strings.TrimPrefix(out, " ")
}

// selectsFindings returns in words which findings the rule is for.
func (r *Rule) selectsFindings() string {
	var parts []string
	if len(r.Rules) > 0 {
		parts = append(parts, "rule "+strings.Join(r.Rules, ", "))
	}
	if r.Entity != "" {
		parts = append(parts, "entity "+r.Entity)
	}
	if r.Account != "" {
		parts = append(parts, "account "+r.Account)
	}
	return strings.Join(parts, " ")
}

// For reports whether the rule is for drift of a kind.
func (r *Rule) For(kind string) bool { return len(r.Kinds) == 0 || slices.Contains(r.Kinds, kind) }

// Add returns a file that has the waivers too, in the order of Marshal. A waiver
// replaces the one of the same fingerprint, of which the comment stays; the
// file itself stays as it is. The error, an Errors, is about what Check finds
// in the result.
func (f *File) Add(waivers []Waiver) (*File, error) {
	out := File{}
	if f != nil {
		out = *f
	}
	out.Waivers = slices.Clone(out.Waivers)
	at := make(map[string]int, len(out.Waivers)+len(waivers))
	for i, w := range out.Waivers {
		at[w.Fingerprint] = i
	}
	for _, w := range waivers {
		i, ok := at[w.Fingerprint]
		if !ok {
			at[w.Fingerprint] = len(out.Waivers)
			out.Waivers = append(out.Waivers, w)
			continue
		}
		if w.Comment == nil {
			w.Comment = out.Waivers[i].Comment
		}
		out.Waivers[i] = w
	}
	sortWaivers(out.Waivers)
	if err := out.Check(); err != nil {
		return nil, err
	}
	return &out, nil
}

// Standing returns the fingerprints of the waivers that count today.
func (f *File) Standing(today Date) map[string]bool {
	out := map[string]bool{}
	if f != nil {
		for i := range f.Waivers {
			if w := &f.Waivers[i]; w.Expires.Compare(today) >= 0 {
				out[w.Fingerprint] = true
			}
		}
	}
	return out
}

// sortWaivers puts waivers of one role together, and those of audits behind the others.
func sortWaivers(waivers []Waiver) {
	slices.SortStableFunc(waivers, func(a, b Waiver) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(policy.Fold(a.Entity), policy.Fold(b.Entity)),
			strings.Compare(policy.Fold(a.Role), policy.Fold(b.Role)), strings.Compare(a.Fingerprint, b.Fingerprint))
	})
}
