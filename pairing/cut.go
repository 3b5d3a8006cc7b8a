package pairing

import (
	"maps"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/pairing/randomname"
)

// CloudFormation cuts the stack's name and the logical id of a name that would be too
// long. Where an environment's name is longer than the other's, one of the two names
// is cut further on: what is left of each part begins as the other one's does.

// maxCut bounds the work on names that begin alike.
const maxCut = 64

// cutName is a name whose parts may have been cut: the stack's name and the logical id,
// as the dictionary leaves them.
type cutName struct {
	index          int
	entity         *entity
	stack, logical string
}

// begins is how much of both parts must be the same.
const begins = 8

func newCutName(i int, e *entity) (cutName, bool) {
	stem, ok := strings.CutSuffix(e.wide, "-"+equivalency.Random)
	at := strings.LastIndexByte(stem, '-')
	if !ok || at < begins || len(stem)-at-1 < begins/2 {
		return cutName{}, false
	}
	return cutName{i, e, stem[:at], stem[at+1:]}, true
}

func (c *cutName) bucket() string {
	return c.stack[:begins] + "\n" + c.logical[:begins/2]
}

// fits reports whether two names may be cut from one.
func (c *cutName) fits(d *cutName) bool {
	return shorter(c.stack, d.stack, c.entity.form.Cut, d.entity.form.Cut) &&
		shorter(c.logical, d.logical, c.entity.form.Cut, d.entity.form.Cut) && randomname.Same(c.entity.form, d.entity.form)
}

// shorter reports whether one of two texts is the beginning of the other, and the name
// that it is of was cut; or both are equal.
func shorter(a, b string, cutA, cutB bool) bool {
	return a == b || cutA && strings.HasPrefix(b, a) || cutB && strings.HasPrefix(a, b)
}

// matchCut matches what is left by names that were cut.
func (m *matcher) matchCut() {
	buckets := map[string]*[2][]cutName{}
	for side := range m.lists {
		m.rest(side, func(i int, e *entity) {
			c, ok := newCutName(i, e)
			if !ok || m.taken[e.stem] {
				return
			}
			b := buckets[c.bucket()]
			if b == nil {
				b = &[2][]cutName{}
				buckets[c.bucket()] = b
			}
			b[side] = append(b[side], c)
		})
	}
	for _, key := range slices.Sorted(maps.Keys(buckets)) {
		if b := buckets[key]; len(b[0])*len(b[1]) <= maxCut*maxCut {
			m.matchBucket(b)
		}
	}
}

// matchBucket matches the names that begin alike, where one of either side fits one of
// the other.
func (m *matcher) matchBucket(b *[2][]cutName) {
	for i := range b[0] {
		j := onlyFit(&b[0][i], b[1])
		if j < 0 || onlyFit(&b[1][j], b[0]) != i {
			continue
		}
		x, y := &b[0][i], &b[1][j]
		partsX, partsY := x.parts(y), y.parts(x)
		if x.entity.marked(partsX) == y.entity.marked(partsY) {
			m.pair(x.index, y.index, partsX, partsY)
		}
	}
}

// onlyFit returns the index of the only one that fits, -1 if there is none or several.
func onlyFit(c *cutName, others []cutName) int {
	found := -1
	for i := range others {
		if c.fits(&others[i]) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// parts returns the made-up parts with what the other name lacks.
func (c *cutName) parts(other *cutName) []equivalency.Span {
	parts := slices.Clone(c.entity.widest())
	last := &parts[len(parts)-1]
	// The hyphen before the suffix and the end of the logical id before that.
	end := last.From
	last.From -= 1 + max(len(c.logical)-len(other.logical), 0)
	if more := len(c.stack) - len(other.stack); more != 0 {
		at := strings.LastIndexByte(c.entity.name[:end-1], '-')
		stack := equivalency.Span{From: at - max(more, 0), To: at + 1}
		parts = slices.DeleteFunc(parts, func(p equivalency.Span) bool { return p.From < stack.To && stack.From < p.To })
		parts = append(parts, stack)
		slices.SortFunc(parts, func(x, y equivalency.Span) int { return x.From - y.From })
	}
	return parts
}
