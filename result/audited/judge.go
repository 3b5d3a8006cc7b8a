package audited

import (
	"slices"

	"iamctl/result"
	"iamctl/verdict/severity"
)

// Judgement is what is known of findings besides what they are: who accepted them, and
// whether an earlier audit has them.
type Judgement struct {
	// Marks are those of the findings, by place, and Was the severities that they had in
	// the earlier audit. News are those that are new or as good as new; nil for all.
	Marks []result.Mark
	Was   []severity.Level
	News  []bool
	// Waivers are the waivers and ignore rules, each with what it did.
	Waivers []result.Waiver
	// Since names the earlier audit, "" for none, Gone are its findings that are not
	// there now, and Notes say in what it is another.
	Since string
	Gone  []Gone
	Notes []string
}

// Gone is a finding of the earlier audit that this one does not have.
type Gone struct {
	Rule        string         `json:"rule"`
	Severity    severity.Level `json:"severity"`
	Account     string         `json:"account"`
	Tag         string         `json:"tag,omitempty"`
	Entity      string         `json:"entity"`
	EntityType  string         `json:"entity_type"`
	Message     string         `json:"message"`
	Fingerprint string         `json:"fingerprint"`
}

// GoneOf is a finding that is not there any more.
func GoneOf(f *Finding) Gone {
	return Gone{f.Rule, f.Severity, f.Account, f.Tag, f.Entity, f.EntityType, f.Message, f.Fingerprint}
}

// Judge sets the marks of the findings, the counts and the exit code, in place of what
// was set before.
func (a *Audit) Judge(j *Judgement) {
	a.Meta.Since, a.Gone, a.Waivers, a.Notes = j.Since, j.Gone, j.Waivers, j.Notes
	a.Counts, a.Waived, a.New = map[string]int{}, 0, nil
	if j.Since != "" {
		a.New = new(int)
	}
	on, _ := result.ParseFailOn(a.Meta.FailOn)
	fails := false
	for i := range a.Findings {
		f := &a.Findings[i]
		if j.Marks != nil {
			f.Mark, f.Was = j.Marks[i], j.Was[i]
		}
		f.fails = f.Waiver == nil && f.Severity != severity.None && on.Reaches(f.Severity) && (!on.New || j.News == nil || j.News[i])
		fails = fails || f.fails
		if f.Waiver != nil {
			a.Waived++
			continue
		}
		a.Counts[string(f.Severity)]++
		if f.Age == result.AgeNew {
			*a.New++
		}
	}
	a.ExitCode = result.ExitInSync
	switch {
	case a.Incomplete:
		a.ExitCode = result.ExitIncomplete
	case fails:
		a.ExitCode = result.ExitDrift
	}
}

// Open returns the findings that no waiver accepts, the worst first.
func (a *Audit) Open() []*Finding { return a.with(func(f *Finding) bool { return f.Waiver == nil }) }

// Accepted returns those that a waiver accepts.
func (a *Audit) Accepted() []*Finding {
	return a.with(func(f *Finding) bool { return f.Waiver != nil })
}

func (a *Audit) with(keep func(*Finding) bool) []*Finding {
	var out []*Finding
	for i := range a.Findings {
		if f := &a.Findings[i]; keep(f) {
			out = append(out, f)
		}
	}
	return out
}

// Waives reports whether there were waivers at all.
func (a *Audit) Waives() bool {
	return len(a.Waivers) > 0 || slices.ContainsFunc(a.Meta.Inputs, func(in result.Input) bool { return in.Kind == result.InputWaivers })
}
