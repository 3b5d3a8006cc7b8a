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
	// of is the role, or what else the finding is about: see share.
	of   any
	make func() logResult
}

// findings yields all results in the order of diff.json: the common roles one by
// one, the roles of one account alone, the policies that AWS changed, gaps, and what
// is fixed.
func (s *writer) findings() iter.Seq[finding] {
	return func(yield func(finding) bool) {
		for i := range s.r.CommonRoles {
			if !s.pairFindings(&s.r.CommonRoles[i], yield) {
				return
			}
		}
		for side := range 2 {
			list := *s.r.UniqueRoles.Of(side)
			for i := range list {
				u := &list[i]
				if s.included(&u.Mark) && !yield(s.uniqueFinding(side, u)) {
					return
				}
			}
		}
		for i := range s.r.AWSChanges {
			if c := &s.r.AWSChanges[i]; s.included(&c.Mark) && !yield(s.awsFinding(c)) {
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

// included reports whether drift with a mark is a result.
func (s *writer) included(m *result.Mark) bool { return m.Waiver == nil || !s.o.OpenOnly }

// pairFindings yields those on a common role, and reports whether to go on.
func (s *writer) pairFindings(p *result.Pair, yield func(finding) bool) bool {
	for d := range s.r.BuiltDrifts(p) {
		if s.included(&d.Mark) && !yield(s.driftFinding(&d)) {
			return false
		}
	}
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
		return s.itemFinding(d)
	}
	return s.attributeFinding(d.Pair, d.Attribute)
}

func (s *writer) attributeFinding(p *result.Pair, a *result.Attribute) finding {
	id, level := attributeRuleID(a), attributeLevel(a)
	if len(a.A.Names)+len(a.B.Names) > 0 {
		id, level = foreignRule(level)
	}
	return finding{level, p, func() logResult {
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
	return finding{level, p, func() logResult {
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

func (s *writer) uniqueFinding(side int, u *result.Unique) finding {
	level := levelWarning
	if side == 1 {
		level = levelError
	}
	return finding{level, u, func() logResult {
		text := s.sentence(u.Line(escape, side, s.tags[side]))
		r := s.result(ruleRole, level, u.RoleName, text, u.Fingerprint, &u.Mark)
		var names [2]string
		names[side] = u.OriginalRoleName
		r.Locations = s.locations(&u.Role, names, func(f *roleFile, _ int) int { return f.line("name") })
		return r
	}}
}

// awsFinding returns the finding on a policy that AWS changed, which no file of a
// role is to blame for.
func (s *writer) awsFinding(c *result.AWSChange) finding {
	return finding{levelWarning, c, func() logResult {
		r := s.result(ruleAWS, levelWarning, "", s.sentence(c.Line(escape, s.tags)), c.Fingerprint, &c.Mark)
		name := logical{report.Clip(c.PolicyName, result.LineLimit), report.Clip(c.ARN, result.LineLimit), "policy"}
		r.Locations = []location{{s.locator.place(1, [2]string{}, nil), []logical{name}}}
		return r
	}}
}

func (s *writer) maskedFinding(p *result.Pair, m *report.Masking) finding {
	return finding{levelNote, p, func() logResult {
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
	return finding{level, g, func() logResult {
		fingerprint := result.Fingerprint("iamctl gap 1", g.Account, g.Kind, g.Entity, g.Name, g.PolicyType, g.PolicyName)
		r := s.result(ruleGap, level, "", report.GapText(escape, g), fingerprint, &result.Mark{Age: result.AgeNew})
		r.Locations = s.gapLocations(g)
		return r
	}}
}

// fixedFinding returns the finding on a drift that this run does not have.
func (s *writer) fixedFinding(f *result.Fixed) finding {
	return finding{levelNone, f, func() logResult {
		r := s.result(ruleFixed, levelNone, f.RoleName, "no more: "+escape(f.Text, result.LineLimit), f.Fingerprint, &result.Mark{})
		r.Kind, r.BaselineState = "pass", "absent"
		r.Locations = []location{{s.locator.place(0, [2]string{}, nil), []logical{{Name: report.Clip(f.RoleName, result.LineLimit), Kind: "role"}}}}
		return r
	}}
}
