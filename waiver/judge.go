package waiver

import (
	"fmt"
	"slices"

	"iamctl/policy"
)

// Role is the role of a drift as it is in one account, normalised and before.
type Role struct{ Name, OriginalName, Path, OriginalPath string }

// State is what became of an entry.
type State string

// The states. An entry that has expired is StateExpired whether or not there
// is still a drift for it.
const (
	StateUsed      State = "used"
	StateExpired   State = "expired"
	StateUnmatched State = "unmatched"
)

// Status is what an entry did.
type Status struct {
	State State
	// Count is how many drifts the entry is for, or would be had it not
	// expired. A drift that two entries are for counts for both.
	Count int
	// Roles is how many roles those drifts are of, for a rule.
	Roles int
	// Wide says what is wrong with a rule that leaves little to report, "" for
	// nothing.
	Wide string
}

// Judge finds the entry that accepts a drift, and keeps count. It is not for
// several goroutines at once.
type Judge struct {
	file  *File
	today Date
	// byFingerprint are the indexes of the waivers, byMeaning of those that are bound
	// to a meaning.
	byFingerprint, byMeaning map[string][]int
	rolePatterns             []string // of the rules, folded
	counts                   []int
	// drifted and matched are how many roles with drift, and how many of all,
	// each rule matches; drifts and all are how many there are.
	drifted, matched []int
	drifts, all      int
	// roles are the last ones asked about, and rules those that match them:
	// drifts come role by role. counted are the rules that accept one of theirs.
	roles   []Role
	rules   []int
	counted []int
}

// Judge begins to judge drifts as of today. Where today is the zero Date, what
// can expire counts as expired.
func (f *File) Judge(today Date) *Judge {
	if f == nil {
		f = &File{}
	}
	j := &Judge{
		file: f, today: today,
		byFingerprint: make(map[string][]int, len(f.Waivers)),
		byMeaning:     map[string][]int{},
		counts:        make([]int, len(f.Waivers)+len(f.Ignore)),
		drifted:       make([]int, len(f.Ignore)),
		matched:       make([]int, len(f.Ignore)),
	}
	for i, w := range f.Waivers {
		of := j.byFingerprint
		if w.Meaning != nil {
			of = j.byMeaning
		}
		of[w.Fingerprint] = append(of[w.Fingerprint], i)
	}
	for _, r := range f.Ignore {
		j.rolePatterns = append(j.rolePatterns, policy.Fold(r.Role))
	}
	return j
}

// Drift returns the entry that accepts a drift of a kind (package driftkind) of a
// role, as an index in States; ok is false if none does. roles is the role in each
// account that has it; there are none where the drift is of no role. The drift's own
// waiver comes first, then the rules in their order.
//
// A rule matches a role if its pattern of names matches any of the role's
// names, normalised or original, in either account, and its pattern of paths
// matches a path of the role in every account that has it: that a role left
// the path that is ignored is drift. It is for drift of its kinds alone, if it names
// some.
func (j *Judge) Drift(fingerprint, kind string, roles ...Role) (index int, ok bool) {
	a := j.accept(fingerprint)
	if !slices.Equal(roles, j.roles) || len(roles) == 0 {
		j.roles = append(j.roles[:0], roles...)
		j.rules, j.counted = j.match(j.rules[:0]), j.counted[:0]
	}
	for _, i := range j.rules {
		if !j.file.Ignore[i].For(kind) {
			continue
		}
		if len(roles) > 0 && !slices.Contains(j.counted, i) {
			j.counted = append(j.counted, i)
			j.drifted[i]++
		}
		a.by(len(j.file.Waivers)+i, j.file.Ignore[i].Expires)
	}
	return a.index, a.index >= 0
}

// acceptance is the first entry that accepts a drift or a finding, -1 for none.
type acceptance struct {
	*Judge
	index int
}

// accept counts a drift or a finding, and finds its own waiver.
func (j *Judge) accept(fingerprint string) *acceptance {
	a := &acceptance{j, -1}
	j.drifts++
	for _, i := range j.byFingerprint[fingerprint] {
		a.by(i, j.file.Waivers[i].Expires)
	}
	return a
}

// by counts an entry that is for it.
func (a *acceptance) by(i int, expires Date) {
	a.counts[i]++
	if a.index < 0 && !a.expired(expires) {
		a.index = i
	}
}

// Former returns the waiver that accepts a drift, about which Drift was asked, by a
// fingerprint that versions before gave it.
func (j *Judge) Former(fingerprint string) (index int, ok bool) {
	index = -1
	for _, i := range j.byFingerprint[fingerprint] {
		j.counts[i]++
		if index < 0 && !j.expired(j.file.Waivers[i].Expires) {
			index = i
		}
	}
	return index, index >= 0
}

// Meaning returns the waiver that is bound to the meaning with a fingerprint, -1 if there
// is none, and whether it has not expired. It is to be asked for every drift of which the
// meaning is, which counts.
func (j *Judge) Meaning(fingerprint string) (index int, standing bool) {
	index = j.Bound(fingerprint)
	if index >= 0 {
		j.counts[index]++
	}
	return index, index >= 0 && !j.expired(j.file.Waivers[index].Expires)
}

// Bound returns what Meaning returns, and counts nothing.
func (j *Judge) Bound(fingerprint string) int {
	if list := j.byMeaning[fingerprint]; len(list) > 0 {
		return list[0]
	}
	return -1
}

// Binds reports whether there is any waiver that is bound to a meaning.
func (j *Judge) Binds() bool { return len(j.byMeaning) > 0 }

// Role tells the judge of a role, with or without drift, each once. It is for the
// width of rules alone.
func (j *Judge) Role(roles ...Role) {
	j.all++
	j.roles = append(j.roles[:0], roles...)
	for _, i := range j.match(nil) {
		j.matched[i]++
	}
	j.roles = j.roles[:0]
}

// wide says what is wrong with a rule that accepts all drift, or that matches more
// than half of the roles that Role was told of, whatever its pattern looks like. Of a
// rule for some kinds of drift those roles count that have such drift.
func (j *Judge) wide(rule int) string {
	n := j.counts[len(j.file.Waivers)+rule]
	switch r := &j.file.Ignore[rule]; {
	case n > 0 && n == j.drifts && r.OfAudit() && len(r.Rules) == 0:
		return "it accepts all findings of this audit"
	case r.OfAudit():
		return ""
	case n > 0 && n == j.drifts:
		return "it accepts all drift of this comparison"
	case len(j.file.Ignore[rule].Kinds) > 0:
		if 2*j.drifted[rule] > j.all {
			return fmt.Sprintf("it accepts drift of %d of %d roles", j.drifted[rule], j.all)
		}
	case 2*j.matched[rule] > j.all:
		return fmt.Sprintf("it matches %d of %d roles", j.matched[rule], j.all)
	}
	return ""
}

// States returns the states of the waivers and then of the rules, for the
// drifts asked about so far.
func (j *Judge) States() []Status {
	out := make([]Status, len(j.counts))
	for i, n := range j.counts {
		s := StateUsed
		switch {
		case j.expired(j.expires(i)):
			s = StateExpired
		case n == 0:
			s = StateUnmatched
		}
		out[i] = Status{State: s, Count: n}
		if rule := i - len(j.file.Waivers); rule >= 0 {
			out[i].Roles = j.drifted[rule]
			if s != StateExpired {
				out[i].Wide = j.wide(rule)
			}
		}
	}
	return out
}

func (j *Judge) expires(i int) Date {
	if i < len(j.file.Waivers) {
		return j.file.Waivers[i].Expires
	}
	return j.file.Ignore[i-len(j.file.Waivers)].Expires
}

func (j *Judge) expired(last Date) bool {
	return !last.IsZero() && (j.today.IsZero() || last.Compare(j.today) < 0)
}

// match appends the rules that match the roles. What is no role's, a rule by kind alone
// matches.
func (j *Judge) match(rules []int) []int {
	for i := range j.file.Ignore {
		if r := &j.file.Ignore[i]; len(j.roles) == 0 && (len(r.Kinds) == 0 || r.Role+r.Path != "") {
			continue
		}
		if j.matchesName(i) && j.matchesPath(i) {
			rules = append(rules, i)
		}
	}
	return rules
}

func (j *Judge) matchesName(rule int) bool {
	p := j.rolePatterns[rule]
	return p == "" || slices.ContainsFunc(j.roles, func(r Role) bool {
		return policy.Match(p, policy.Fold(r.Name)) || policy.Match(p, policy.Fold(r.OriginalName))
	})
}

func (j *Judge) matchesPath(rule int) bool {
	p := j.file.Ignore[rule].Path
	return p == "" || !slices.ContainsFunc(j.roles, func(r Role) bool {
		return !policy.Match(p, r.Path) && !policy.Match(p, r.OriginalPath)
	})
}
