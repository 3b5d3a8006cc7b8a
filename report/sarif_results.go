package report

import "iter"

// findings gives all results in the order of diff.json: role by role, the
// roles of one account alone, gaps, and what is no more.
func (s *sarif) findings() iter.Seq[finding] {
	return func(yield func(finding) bool) {
		for p := range pointers(s.r.CommonRoles) {
			if !s.pairFindings(p, yield) {
				return
			}
		}
		for side := range 2 {
			for u := range pointers(s.r.unique(side)) {
				if s.wanted(&u.RunMark) && !yield(s.uniqueFinding(side, u)) {
					return
				}
			}
		}
		for g := range pointers(s.r.Gaps) {
			if !yield(s.gapFinding(g)) {
				return
			}
		}
		if s.o.OpenOnly || !s.aged {
			return
		}
		for f := range pointers(s.r.Fixed) {
			if !yield(s.fixedFinding(f)) {
				return
			}
		}
	}
}

func (s *sarif) wanted(m *RunMark) bool { return m.Waiver == nil || !s.o.OpenOnly }

func (s *sarif) pairFindings(p *RunPair, yield func(finding) bool) bool {
	for a := range pointers(p.Attributes) {
		if s.wanted(&a.RunMark) && !yield(s.attributeFinding(p, a)) {
			return false
		}
	}
	for side := range 2 {
		for it := range pointers(p.only(side)) {
			if s.wanted(&it.RunMark) && !yield(s.itemFinding(p, side, it)) {
				return false
			}
		}
	}
	list, _ := maskings(func(yield func(value, reason string) bool) {
		for _, m := range p.Masked {
			if !yield(m.Value, m.Reason) {
				return
			}
		}
	})
	for m := range pointers(list) {
		if !yield(s.maskedFinding(p, m)) {
			return false
		}
	}
	return true
}

func pairNames(p *RunPair) [2]string { return [2]string{p.A.OriginalRoleName, p.B.OriginalRoleName} }

func (s *sarif) attributeFinding(p *RunPair, a *RunAttribute) finding {
	id, level := attributeRuleID(a), attributeLevel(a)
	if len(a.A.Names)+len(a.B.Names) > 0 {
		id, level = foreignRule(level)
	}
	return finding{level, func() sarifResult {
		text := s.sentence(attributeText(sarifText, s.tags, a))
		r := s.result(id, level, p.RoleName, text, a.Fingerprint, &a.RunMark)
		r.Locations = s.locations(&p.A, pairNames(p), s.places.attributeLine(a))
		return r
	}}
}

func (s *sarif) itemFinding(p *RunPair, side int, it *RunItem) finding {
	id, level := itemRuleID(&it.RunItemColumns), itemLevel(side, &it.RunItemColumns)
	if len(it.Names) > 0 {
		id, level = foreignRule(level)
	}
	return finding{level, func() sarifResult {
		text := itemText(sarifText, side, &it.RunItemColumns, sarifText(actionText(&it.RunItemColumns), clipLine), it.Names)
		r := s.result(id, level, p.RoleName, s.sentence(text), it.Fingerprint, &it.RunMark)
		r.Locations = s.locations(p.role(side), pairNames(p), s.places.itemLine(it))
		return r
	}}
}

// foreignRule is for drift that names the other account's thing: no less than
// a warning.
func foreignRule(level string) (id, at string) {
	if level == levelNote {
		level = levelWarning
	}
	return ruleForeign, level
}

func (s *sarif) uniqueFinding(side int, u *RunUnique) finding {
	level := levelWarning
	if side == 1 {
		level = levelError
	}
	return finding{level, func() sarifResult {
		text := s.sentence(uniqueText(sarifText, side, s.tags[side], &u.RunRole, len(u.Items)))
		r := s.result(ruleRole, level, u.RoleName, text, u.Fingerprint, &u.RunMark)
		var names [2]string
		names[side] = u.OriginalRoleName
		r.Locations = s.locations(&u.RunRole, names, func(f *roleFile, _ int) int { return f.line("name") })
		return r
	}}
}

func (s *sarif) maskedFinding(p *RunPair, m *masking) finding {
	return finding{levelNote, func() sarifResult {
		text := plural(m.items, "item is", "items are") + " equal after rewriting, but may hide a difference: " +
			sarifText(m.value, clipLine) + ": " + sarifText(m.reason, clipLine)
		digest := appendDigest(nil, "iamctl masked 1", s.tags[0], s.tags[1], fold(p.RoleName), m.value, m.reason)
		r := s.result(ruleMasked, levelNote, p.RoleName, text, string(appendFingerprint(nil, digest)), &RunMark{Age: AgeNew})
		r.Locations = s.locations(&p.A, pairNames(p), func(f *roleFile, _ int) int { return f.line("name") })
		return r
	}}
}

func (s *sarif) gapFinding(g *RunGap) finding {
	level := gapLevel(g)
	return finding{level, func() sarifResult {
		digest := appendDigest(nil, "iamctl gap 1", g.Account, g.Kind, g.Entity, g.Name, g.PolicyType, g.PolicyName)
		r := s.result(ruleGap, level, "", gapText(sarifText, g), string(appendFingerprint(nil, digest)), &RunMark{Age: AgeNew})
		r.Locations = s.gapLocations(g)
		return r
	}}
}

// fixedFinding is of what the run held against has and this one has not.
func (s *sarif) fixedFinding(f *RunFixed) finding {
	return finding{levelNone, func() sarifResult {
		r := s.result(ruleFixed, levelNone, f.RoleName, "no more: "+sarifText(f.Text, clipLine), f.Fingerprint, &RunMark{})
		r.Kind, r.BaselineState = "pass", "absent"
		r.Locations = []sarifLocation{{s.places.place(0, [2]string{}, nil), []sarifLogical{{Name: clip(f.RoleName, clipLine), Kind: "role"}}}}
		return r
	}}
}
