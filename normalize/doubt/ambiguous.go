package doubt

import "iamctl/normalize"

// ambiguous looks for rewritten values of which it is not known that they are
// the account's own.
func (m *Masker) ambiguous(a, b *originals) (Mask, bool) {
	if v, ok := a.ambiguousInBoth(b); ok {
		return m.mask(reason{kind: onBothSides, value: v})
	}
	for _, o := range [...]*originals{a, b} {
		if v, ok := o.ambiguousElsewhere(m.accounts[1-o.side]); ok {
			return m.mask(reason{kind: elsewhere, value: v, side: 1 - o.side})
		}
	}
	for _, o := range [...]*originals{a, b} {
		if v, ok := o.thirdParty(); ok {
			return m.mask(reason{kind: thirdParty, value: v})
		}
	}
	return Mask{}, false
}

// ambiguousInBoth returns the first ambiguous value of o that p has too.
func (o *originals) ambiguousInBoth(p *originals) (string, bool) {
	for _, t := range o.traces {
		if len(t.Ambiguous) == 0 {
			continue
		}
		for _, u := range p.traces {
			if v, ok := firstCommon(t.Ambiguous, u.Ambiguous); ok {
				return v, true
			}
		}
	}
	return "", false
}

// ambiguousElsewhere returns the first ambiguous value of o that the other
// account has anywhere.
func (o *originals) ambiguousElsewhere(other *normalize.Account) (string, bool) {
	for _, t := range o.traces {
		if v, ok := firstAmbiguous(t.Ambiguous, other); ok {
			return v, true
		}
	}
	return "", false
}

// thirdParty returns the first value that may be a third account's.
func (o *originals) thirdParty() (string, bool) {
	for _, t := range o.traces {
		if len(t.ThirdParty) > 0 {
			return t.ThirdParty[0], true
		}
	}
	return "", false
}

func firstAmbiguous(values []string, in *normalize.Account) (string, bool) {
	for _, v := range values {
		if in.Ambiguous(v) {
			return v, true
		}
	}
	return "", false
}
