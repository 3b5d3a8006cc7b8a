package compare

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/meaning"
	"iamctl/result"
)

// earlier is the drift of a run that this one is held against; nil for none.
type earlier struct {
	name string
	// input is the run as an input of this one.
	input  result.Input
	drifts map[string]earlierDrift
	// allowed is what the roles allowed that differed, by their names, as far as it is
	// known.
	allowed map[string]*result.Allowed
	// alone are the documents of roles that one account alone had, by its side now and
	// their names.
	alone [2]map[string]meaning.Written
	// audit is what was found by its audit, nil if there was none.
	audit *result.Audit
	// swapped reports whether the accounts were the other way round.
	swapped bool
}

// earlierDrift is a drift of the earlier run.
type earlierDrift struct {
	roleName string
	// text returns what result.Drift.Text does: of most drifts nobody asks.
	text func() string
	side int8
	// rule is the rule of a finding of an audit, "" for other drift.
	rule string
	// waived reports whether a waiver accepted it then.
	waived bool
}

// fixed returns the drift as one that is not there any more.
func (d *earlierDrift) fixed(fingerprint string) result.Fixed {
	return result.Fixed{Fingerprint: fingerprint, RoleName: d.roleName, Text: d.text(), Side: sideName(int(d.side))}
}

// newEarlier returns the drifts of a run, which has a name for messages and is
// the input.
func newEarlier(name string, input result.Input, drifts func(func(result.Drift) bool)) *earlier {
	input.Kind = result.InputSince
	e := &earlier{name: name, input: input, drifts: map[string]earlierDrift{}}
	for d := range drifts {
		had := e.drifts[d.Fingerprint]
		e.drifts[d.Fingerprint] = earlierDrift{d.RoleName, d.Text, int8(d.Side), findingRule(&d), had.waived || d.Mark.Waiver != nil}
	}
	return e
}

func findingRule(d *result.Drift) string {
	if d.Finding == nil {
		return ""
	}
	return d.Finding.Rule
}

// auditNotes say in what the audit of the earlier run is another, nil where nothing is.
func (e *earlier) auditNotes(now *result.Audit) []string {
	if e == nil || now == nil {
		return nil
	}
	if e.audit == nil {
		return []string{"the earlier run was not audited: all findings of the audit count as new"}
	}
	var missing []string
	for i := range now.Rules {
		if id := now.Rules[i].ID; !e.audit.Asked(id) {
			missing = append(missing, id)
		}
	}
	if missing == nil {
		return nil
	}
	return []string{"the earlier run did not ask " + strings.Join(missing, ", ") + ": what is found by that counts as new"}
}

// since returns the name of the earlier run, "" for none.
func (e *earlier) since() string {
	if e == nil {
		return ""
	}
	return e.name
}

// age returns whether a drift is new or known to the earlier run, "" if there is
// no such run.
func (e *earlier) age(fingerprint string) string {
	if e == nil {
		return AgeOf(false, false)
	}
	_, ok := e.drifts[fingerprint]
	return AgeOf(true, ok)
}

// all reports whether the earlier run had every one of the drifts.
func (e *earlier) all(fingerprints []string) bool {
	return e != nil && !slices.ContainsFunc(fingerprints, func(f string) bool { return e.age(f) != result.AgeKnown })
}

// news reports whether a drift that no waiver accepts is new, or as good as new;
// waivedOnce that there is a waiver for it.
func (e *earlier) news(fingerprint string, waivedOnce bool) bool {
	if e == nil {
		return true
	}
	d, had := e.drifts[fingerprint]
	return AsGoodAsNew(had, d.waived, waivedOnce)
}

// fixed returns the drifts that are not there now, sorted by role, text and
// fingerprint, but for those of roles that could not be read whole now. Of findings those
// are not there that the audit looked for, if it could read everything.
func (e *earlier) fixed(now map[string]bool, blind map[string]bool, audit *result.Audit, whole bool) []result.Fixed {
	if e == nil {
		return nil
	}
	var out []result.Fixed
	for fingerprint, d := range e.drifts {
		// What AWS changed is no role's: any that could not be read may have it.
		unread := blind[d.roleName] || d.roleName == "" && len(blind) > 0
		if d.rule != "" {
			unread = !whole || !audit.Asked(d.rule)
		}
		if !now[fingerprint] && !unread {
			out = append(out, d.fixed(fingerprint))
		}
	}
	slices.SortFunc(out, func(x, y result.Fixed) int {
		return cmp.Or(cmp.Compare(x.RoleName, y.RoleName), cmp.Compare(x.Text, y.Text), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	return out
}

// sideName returns the name of a side in diff.json.
func sideName(side int) string {
	switch side {
	case 0:
		return "a"
	case 1:
		return "b"
	}
	return ""
}

// keep keeps what the roles of a run allowed that differed.
func (e *earlier) keep(run *result.Result, swapped bool) *earlier {
	e.allowed, e.swapped, e.audit = map[string]*result.Allowed{}, swapped, run.Audit
	for i := range run.CommonRoles {
		if p := &run.CommonRoles[i]; p.Allowed != nil {
			e.allowed[p.RoleName] = p.Allowed
		}
	}
	for then := range 2 {
		side := then
		if swapped {
			side = 1 - then
		}
		e.alone[side] = map[string]meaning.Written{}
		for _, u := range *run.UniqueRoles.Of(then) {
			if w := writtenOf(run, &u, then); whole(&u, &w) {
				e.alone[side][u.RoleName] = w
			}
		}
	}
	return e
}

// before returns what both sides of a role allowed in a scope, and whether that is known.
func (e *earlier) before(role, scope string) (out [2]meaning.Allowed, ok bool) {
	if e == nil || e.allowed[role].Of(scope) == nil {
		return out, false
	}
	sides := e.allowed[role].Of(scope)
	for side := range out {
		of := sides.Of(side)
		if e.swapped {
			of = sides.Of(1 - side)
		}
		out[side] = meaning.Allowed{Documents: of.Documents, Boundary: of.Boundary}
	}
	return out, true
}
