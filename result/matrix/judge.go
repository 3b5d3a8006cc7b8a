package matrix

import (
	"iamctl/result"
	"iamctl/verdict/severity"
)

// Judgement is what is known of the outliers besides what they are: who accepted them, and
// whether an earlier run has them.
type Judgement struct {
	// Of returns what is known of an outlier with a fingerprint, and whether it is new or as
	// good as new; nil knows nothing, and all are new.
	Of func(fingerprint string) (mark result.Mark, news bool)
	// File is the path of the file of waivers, "" if there was none, and SHA256 its digest.
	File, SHA256 string
	// Waivers are the waivers and ignore rules, each with what it did.
	Waivers []result.Waiver
	// Since names the earlier run, "" for none, Gone are its outliers that are not there now,
	// and Notes say in what it is another.
	Since string
	Gone  []Gone
	Notes []string
}

// Gone is an outlier of the earlier run that this one does not have.
type Gone struct {
	Account     string         `json:"account"` // as Matrix.Keys has it
	Role        string         `json:"role"`
	Kind        string         `json:"kind"`
	Severity    severity.Level `json:"severity"`
	What        string         `json:"what"`
	Fingerprint string         `json:"fingerprint"`
}

// Judge sets what is known of the outliers, the counts and the exit code, in place of what
// was set before.
func (m *Matrix) Judge(j *Judgement) {
	m.Meta.Waivers, m.Meta.WaiversSHA256, m.Meta.Since = j.File, j.SHA256, j.Since
	m.Waivers, m.Gone, m.Notes, m.Counts = j.Waivers, j.Gone, j.Notes, Counts{}
	if j.Since != "" {
		m.Counts.New = new(int)
	}
	t := tally{m: m, j: j}
	t.on, _ = result.ParseFailOn(m.Meta.FailOn)
	for i := range m.Roles {
		t.role(&m.Roles[i])
	}
	m.Drift = m.Counts.Outliers > 0
	for i := range m.AWSChanges {
		c := &m.AWSChanges[i]
		if t.mark(&c.Outlier); c.Waiver == nil {
			// What it means nobody asked.
			t.count(&c.Outlier, "")
			m.Drift = true
		}
	}
	m.ExitCode = result.ExitInSync
	switch {
	case m.Incomplete:
		m.ExitCode = result.ExitIncomplete
	case t.fails:
		m.ExitCode = result.ExitDrift
	}
}

type tally struct {
	m     *Matrix
	j     *Judgement
	on    result.FailOn
	news  bool // of the outlier that was marked last
	fails bool
}

func (t *tally) role(r *Role) {
	before := t.m.Counts.Outliers
	for k := range r.Forms {
		f := &r.Forms[k]
		for i := range f.Outliers {
			o := &f.Outliers[i]
			switch t.mark(o); {
			case o.Waiver != nil:
				t.m.Counts.Waived++
			case !t.m.Matters(f.Difference):
				t.m.Counts.Uncounted++
			default:
				t.m.Counts.Outliers++
				t.count(o, f.Difference.Severity)
			}
		}
	}
	if t.m.Counts.Outliers > before {
		t.m.Counts.Roles++
	}
}

func (t *tally) mark(o *Outlier) {
	o.Mark, t.news = result.Mark{}, true
	if t.j.Of != nil {
		o.Mark, t.news = t.j.Of(o.Fingerprint)
	}
	o.Again = t.news && o.Age == result.AgeKnown
}

// count counts what no waiver accepts and was marked last.
func (t *tally) count(o *Outlier, l severity.Level) {
	if o.Age == result.AgeNew && t.m.Counts.New != nil {
		*t.m.Counts.New++
	}
	t.fails = t.fails || t.on.Reaches(l) && (!t.on.New || t.news)
}
