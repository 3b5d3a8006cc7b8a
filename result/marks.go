package result

// The states of a waiver.
const (
	// WaiverUsed accepts drift of this run.
	WaiverUsed = "used"
	// WaiverExpired is past its last day and accepts nothing.
	WaiverExpired = "expired"
	// WaiverUnmatched fits no drift of this run.
	WaiverUnmatched = "unmatched"
	// WaiverOutgrown is bound to a meaning that is, or may be, more than was accepted;
	// it accepts nothing.
	WaiverOutgrown = "outgrown"
)

// The ages of a drift in a run that was held against another.
const (
	// AgeNew is the age of drift that the other run does not have.
	AgeNew = "new"
	// AgeKnown is the age of drift that both runs have.
	AgeKnown = "known"
)

// Mark is what is known of a drift besides what it is.
type Mark struct {
	// Waiver is the index in Result.Waivers of what accepts the drift. A
	// waiver that has expired accepts nothing: the drift has none then.
	Waiver *int `json:"waiver,omitempty"`
	// Age is AgeNew or AgeKnown where the run was held against another.
	Age string `json:"age,omitempty"`
	// FirstSeen is the first commit that shows the drift.
	FirstSeen *Commit `json:"first_seen,omitempty"`
}

// Commit is a commit of the repository that holds a snapshot.
type Commit struct {
	Hash    string `json:"hash"`
	Time    string `json:"time"` // RFC 3339, the committer's
	Author  string `json:"author"`
	Subject string `json:"subject"`
	// AtLeast reports whether the drift may be older than the commits looked at.
	AtLeast bool `json:"at_least,omitzero"`
}

// Waiver is a waiver or an ignore rule with what it did in this run.
type Waiver struct {
	// Fingerprint is the waived drift's, or that of Result.MeaningFingerprint; "" for a
	// rule by role name.
	Fingerprint string `json:"fingerprint,omitempty"`
	// Role is the pattern of a rule by role name.
	Role    string `json:"role,omitempty"`
	Owner   string `json:"owner,omitempty"`
	Reason  string `json:"reason"`
	Ticket  string `json:"ticket,omitempty"`
	Expires string `json:"expires,omitempty"` // YYYY-MM-DD, the last day
	// State is WaiverUsed, WaiverExpired, WaiverUnmatched or WaiverOutgrown.
	State string `json:"state"`
	// Count is how many drifts it accepts, or would if it had not expired.
	Count int `json:"count"`
	// Roles is how many roles those are of, for a rule, and Wide what is wrong
	// with a rule that leaves little to report.
	Roles int    `json:"roles,omitzero"`
	Wide  string `json:"wide,omitempty"`
	// Successor is the fingerprint under which the drift of a waiver that fits
	// nothing seems to be in this run.
	Successor string `json:"successor,omitempty"`
	// Meaning is the scope of a waiver that is bound to a meaning, "" for others, and
	// Of the name of the role.
	Meaning string `json:"meaning,omitempty"`
	Of      string `json:"of,omitempty"`
	// Outgrown says in what the meaning is, or may be, more than was accepted.
	Outgrown string `json:"outgrown,omitempty"`
}

// IsRule reports whether w is an ignore rule.
func (w *Waiver) IsRule() bool { return w.Fingerprint == "" }

// Void reports whether w accepts nothing, whatever it fits.
func (w *Waiver) Void() bool { return w.State == WaiverExpired || w.State == WaiverOutgrown }

// Fixed is a drift of the earlier run that this one does not have.
type Fixed struct {
	Fingerprint string `json:"fingerprint"`
	RoleName    string `json:"rolename"`
	Text        string `json:"text"`
	// Side is "a" or "b", the account that had it; "" for an attribute of
	// both.
	Side string `json:"side,omitempty"`
}

// Marks is what is known of the drift besides what it is: who accepted it,
// and since when it is there. A nil *Marks knows nothing.
type Marks struct {
	// Waivers are the waivers and ignore rules, each with what it did.
	Waivers []Waiver
	// File is the path of the file of waivers, "" if there was none, and
	// SHA256 the digest of the file in hex.
	File   string
	SHA256 string
	// Of returns what is known of the drift with a fingerprint; nil for
	// nothing. It must always return the same, and several goroutines may ask
	// at once. A mark with an expired waiver counts as one without.
	Of func(fingerprint string) Mark
	// Since names the run that this one was held against, "" for none. Fixed is
	// the drift of that run which this one does not have.
	Since string
	Fixed []Fixed
	// Tolerated reports whether drift that no waiver accepts does not fail the
	// run: only new drift is to, and none of it is new and bad enough.
	Tolerated bool
}

// of returns the mark of a drift.
func (m *Marks) of(fingerprint string) Mark {
	if m == nil || m.Of == nil {
		return Mark{}
	}
	mark := m.Of(fingerprint)
	if mark.Waiver != nil && m.Waivers[*mark.Waiver].Void() {
		mark.Waiver = nil
	}
	return mark
}

// waives reports whether there can be waived drift at all.
func (m *Marks) waives() bool { return m != nil && (m.File != "" || len(m.Waivers) > 0) }

// heldAgainst reports whether the drift has ages.
func (m *Marks) heldAgainst() bool { return m != nil && (m.Since != "" || len(m.Fixed) > 0) }

// Judge sets the marks of the drift, the counts and the exit code, in place of
// what was set before. It is for a Result that New made; m may be nil.
func (r *Result) Judge(m *Marks) {
	r.marks = m
	if m != nil {
		r.Meta.Waivers, r.Meta.WaiversSHA256, r.Meta.Since = m.File, m.SHA256, m.Since
		r.Waivers, r.Fixed = m.Waivers, m.Fixed
	}
	for i := range r.CommonRoles {
		for j := range r.CommonRoles[i].Attributes {
			a := &r.CommonRoles[i].Attributes[j]
			a.Mark = m.of(a.Fingerprint)
		}
	}
	for i := range r.AWSChanges {
		r.AWSChanges[i].Mark = m.of(r.AWSChanges[i].Fingerprint)
	}
	if r.Audit != nil {
		for o := range pointers(r.Audit.Findings) {
			o.Mark = m.of(o.Fingerprint)
		}
	}
	for side := range 2 {
		list := *r.UniqueRoles.Of(side)
		for i := range list {
			list[i].Mark = m.of(list[i].Fingerprint)
		}
	}
	r.count()
	r.Drift = r.tally.Drift()
	r.Counts = countsOf(r.changes, m, &r.tally)
	r.ExitCode = exitCode(r.Incomplete, r.fails() && (m == nil || !m.Tolerated))
}

// fails reports whether there is drift that fails the run, unless it is to be new.
func (r *Result) fails() bool {
	on, _ := ParseFailOn(r.Meta.FailOn)
	return r.Drift && on.Reaches(r.tally.Worst)
}
