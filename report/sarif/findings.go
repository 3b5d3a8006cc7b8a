package sarif

import (
	"iter"

	"iamctl/policy"
	"iamctl/report"
	"iamctl/result"
)

// finding is a result that is made only if there is room for it.
type finding struct {
	level string
	// rule is the id of the rule, and severe what its severity makes of it.
	rule   string
	severe severe
	// of is the role, or what else the finding is about: see share.
	of   any
	make func() logResult
}

// findings yields all results: what differs, the worst first, what is equal and may
// hide a difference, gaps, and what is fixed.
func (s *writer) findings() iter.Seq[finding] {
	return func(yield func(finding) bool) {
		for f := range s.r.Ranked() {
			if !s.differing(&f, yield) {
				return
			}
		}
		for i := range s.r.CommonRoles {
			if p := &s.r.CommonRoles[i]; !p.Differs && !s.maskings(p, yield) {
				return
			}
		}
		for i := range s.r.Gaps {
			if !yield(s.gapFinding(&s.r.Gaps[i])) {
				return
			}
		}
		if s.o.OpenOnly || !s.aged {
			return
		}
		for i := range s.r.Fixed {
			if !yield(s.fixedFinding(&s.r.Fixed[i])) {
				return
			}
		}
	}
}

// included reports whether a drift is a result: one that does not count is none, since
// code scanning would open an alert for it.
func (s *writer) included(d *result.Drift) bool {
	return s.r.Matters(d) && (d.Mark.Waiver == nil || !s.o.OpenOnly)
}

// differing yields those on what differs, and reports whether to go on.
func (s *writer) differing(f *result.Finding, yield func(finding) bool) bool {
	switch {
	case f.Pair != nil:
		return s.pairFindings(f.Pair, yield)
	case f.Unique != nil:
		d := s.r.UniqueDrift(f.Side, f.Unique)
		return !s.included(&d) || yield(s.uniqueFinding(&d))
	}
	if f.Audited != nil {
		d := f.Audited.Drift()
		return !s.included(&d) || yield(s.auditFinding(&d))
	}
	d := s.r.AWSDrift(f.AWS)
	return !s.included(&d) || yield(s.awsFinding(&d))
}

// pairFindings yields those on a common role, likewise.
func (s *writer) pairFindings(p *result.Pair, yield func(finding) bool) bool {
	for d := range s.r.BuiltDrifts(p) {
		if s.included(&d) && !yield(s.driftFinding(&d)) {
			return false
		}
	}
	return s.maskings(p, yield)
}

// maskings yields those on what is equal in a common role and may hide a difference.
func (s *writer) maskings(p *result.Pair, yield func(finding) bool) bool {
	list, _, _ := report.Maskings(*p)
	for i := range list {
		if !yield(s.maskedFinding(p, &list[i])) {
			return false
		}
	}
	return true
}

func (s *writer) driftFinding(d *result.Drift) finding {
	if d.Item != nil {
		return s.ranked(s.itemFinding(d), d)
	}
	return s.ranked(s.attributeFinding(d.Pair, d.Attribute), d)
}

func (s *writer) attributeFinding(p *result.Pair, a *result.Attribute) finding {
	id, level := attributeRuleID(a), attributeLevel(a)
	if len(a.A.Names)+len(a.B.Names) > 0 {
		id, level = foreignRule(level)
	}
	return finding{level: level, rule: id, of: p, make: func() logResult {
		text := s.sentence(a.Line(escape, s.tags))
		r := s.result(id, level, p.RoleName, text, a.Fingerprint, &a.Mark)
		r.Locations = s.locations(&p.A, p.OriginalNames(), s.locator.attributeLine(a))
		return r
	}}
}

func (s *writer) itemFinding(d *result.Drift) finding {
	p, side, it := d.Pair, d.Side, d.Item
	id, level := itemRuleID(&it.Columns), itemLevel(side, &it.Columns)
	if d.Kind == result.DriftImpossible {
		id, level = ruleImpossible, levelWarning
	}
	if len(it.Names) > 0 {
		id, level = foreignRule(level)
	}
	return finding{level: level, rule: id, of: p, make: func() logResult {
		r := s.result(id, level, p.RoleName, s.sentence(it.Line(escape, side)), it.Fingerprint, &it.Mark)
		r.Locations = s.locations(p.Role(side), p.OriginalNames(), s.locator.itemLine(it))
		return r
	}}
}

// foreignRule returns the rule and the level of drift that names the other
// account's thing: no less than a warning.
func foreignRule(level string) (id, at string) {
	if level == levelNote {
		level = levelWarning
	}
	return ruleForeign, level
}

func (s *writer) uniqueFinding(d *result.Drift) finding {
	side, u := d.Side, d.Unique
	level := levelWarning
	if side == 1 {
		level = levelError
	}
	f := finding{level: level, rule: ruleRole, of: u, make: func() logResult {
		text := s.sentence(u.Line(escape, side, s.tags[side]))
		r := s.result(ruleRole, level, u.RoleName, text, u.Fingerprint, &u.Mark)
		var names [2]string
		names[side] = u.OriginalRoleName
		r.Locations = s.locations(&u.Role, names, func(f *roleFile, _ int) int { return f.line("name") })
		return r
	}}
	return s.ranked(f, d)
}

// awsFinding returns the finding on a policy that AWS changed, which no file of a
// role is to blame for.
func (s *writer) awsFinding(d *result.Drift) finding {
	c := d.AWS
	f := finding{level: levelWarning, rule: ruleAWS, of: c, make: func() logResult {
		r := s.result(ruleAWS, levelWarning, "", s.sentence(c.Line(escape, s.tags)), c.Fingerprint, &c.Mark)
		name := logical{report.Clip(c.PolicyName, result.LineLimit), report.Clip(c.ARN, result.LineLimit), "policy"}
		r.Locations = []location{{s.locator.place(1, [2]string{}, nil), []logical{name}}}
		return r
	}}
	return s.ranked(f, d)
}

// auditFinding returns the finding on what an audit found in one account alone.
func (s *writer) auditFinding(d *result.Drift) finding {
	o := d.Finding
	level := levelNote
	if d.Side == 1 {
		level = levels[o.Severity]
	}
	f := finding{level: level, rule: ruleAudit, of: o, make: func() logResult {
		r := s.result(ruleAudit, level, "", s.sentence(o.Line(escape)), o.Fingerprint, &o.Mark)
		var names [2]string
		if o.EntityType == "role" {
			names[d.Side] = o.Entity
		}
		where := s.locator.place(d.Side, names, func(f *roleFile, _ int) int { return f.findingLine(&o.Finding) })
		r.Locations = []location{{where, []logical{{report.Clip(o.Entity, result.LineLimit), report.Clip(o.ARN, result.LineLimit), o.EntityType}}}}
		return r
	}}
	return s.ranked(f, d)
}

func (s *writer) maskedFinding(p *result.Pair, m *report.Masking) finding {
	return finding{level: levelNote, of: p, make: func() logResult {
		text := m.IsOrAre() + " equal after rewriting, but may hide a difference: " +
			escape(m.Value, result.LineLimit) + ": " + escape(m.Reason, result.LineLimit)
		fingerprint := result.Fingerprint("iamctl masked 1", s.tags[0], s.tags[1], policy.Fold(p.RoleName), m.Value, m.Reason)
		r := s.result(ruleMasked, levelNote, p.RoleName, text, fingerprint, &result.Mark{Age: result.AgeNew})
		r.Locations = s.locations(&p.A, p.OriginalNames(), func(f *roleFile, _ int) int { return f.line("name") })
		return r
	}}
}

func (s *writer) gapFinding(g *result.Gap) finding {
	level := gapLevel(g)
	return finding{level: level, of: g, make: func() logResult {
		fingerprint := result.Fingerprint("iamctl gap 1", g.Account, g.Kind, g.Entity, g.Name, g.PolicyType, g.PolicyName)
		r := s.result(ruleGap, level, "", report.GapText(escape, g), fingerprint, &result.Mark{Age: result.AgeNew})
		r.Locations = s.gapLocations(g)
		return r
	}}
}

// fixedFinding returns the finding on a drift that this run does not have.
func (s *writer) fixedFinding(f *result.Fixed) finding {
	return finding{level: levelNone, of: f, make: func() logResult {
		r := s.result(ruleFixed, levelNone, f.RoleName, "no more: "+escape(f.Text, result.LineLimit), f.Fingerprint, &result.Mark{})
		r.Kind, r.BaselineState = "pass", "absent"
		r.Locations = []location{{s.locator.place(0, [2]string{}, nil), []logical{{Name: report.Clip(f.RoleName, result.LineLimit), Kind: "role"}}}}
		return r
	}}
}
