package diff

import "iamctl/inventory"

// future finds the patterns on a spot that say the same as the other side does today,
// and not once AWS adds actions: sqs:Send* where the other side lists all actions that
// begin so. It looks at what is written. That documents mean the same in another way is
// for package meaning.
type future struct {
	d      *document
	own    *finder
	others []*finder
	spot   spot
	// covered are the patterns of d that a pattern covers which either side has on
	// something wider than the spot, or the other side on the spot, once asked for.
	covered bits
}

// differs reports whether a pattern of the spot is one, of which the other side, or a
// wider pattern of its own, has all actions.
func (f *future) differs(e entry) bool {
	if !wide(f.d.patterns[e.pattern]) {
		return false
	}
	for _, x := range f.d.at(f.spot) {
		if f.d.widerThan(x.pattern, e.pattern) {
			return false
		}
	}
	if f.covered == nil {
		f.covered = newBits(len(f.d.patterns))
		f.own.addPatterns(f.covered, f.spot)
		for _, other := range f.others {
			other.addPatterns(f.covered, f.spot)
		}
	}
	return !f.covered.has(e.pattern)
}

// addPatterns adds the patterns of f.of that one of f.in covers on a spot of f.of, or on
// something that is wider. In one and the same document the spot itself does not count.
func (f *finder) addPatterns(has bits, s spot) {
	f.statements(s, false, func(w *inventory.Written) {
		for _, p := range w.Patterns {
			has.or(f.coveredPatterns(p))
		}
	})
}

// coveredPatterns returns the patterns of f.of that a pattern of f.in covers.
func (f *finder) coveredPatterns(pattern uint32) bits {
	out, ok := f.patterns[pattern]
	if !ok {
		out = newBits(len(f.of.patterns))
		for i, q := range f.of.patterns {
			if coversAction(f.in.patterns[pattern], q) {
				out.set(uint32(i))
			}
		}
		f.patterns[pattern] = out
	}
	return out
}

// beyond returns the document of the statements with NotResource alone, which all have
// rows for what they say today; nil if there are none.
func (d *document) beyond() *document {
	if len(d.Beyond) == 0 {
		return nil
	}
	if d.far == nil {
		items := *d.Items
		items.Written, items.Beyond = d.Beyond, nil
		d.far = newDocument(&items)
	}
	return d.far
}

// later returns what of the statements with NotResource differs in the actions alone
// that AWS may add. One entry stands for all resources of a statement.
func (d *document) later(others []*document) []entry {
	far := d.beyond()
	if far == nil {
		return nil
	}
	var list []*document
	for _, u := range others {
		if u = u.beyond(); u != nil {
			list = append(list, u)
		}
	}
	_, later := far.missingFrom(list)
	seen := map[entry]bool{}
	var out []entry
	for _, e := range later {
		key := e
		key.resource = 0
		if !seen[key] {
			seen[key] = true
			out = append(out, e)
		}
	}
	return out
}
