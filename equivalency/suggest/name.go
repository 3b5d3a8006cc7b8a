package suggest

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
)

// name assigns every candidate a placeholder, best first.
func (s *search) name(list []*candidate) error {
	for i, c := range list {
		if c.placeholder = s.extended(c); c.placeholder == "" {
			c.placeholder = neutral(i)
		}
	}
	for _, c := range list {
		for n := 0; strings.HasPrefix(c.placeholder, neutral(0)); n++ {
			p, more := s.placeholder(c, n)
			if !more {
				return fmt.Errorf("no placeholder was found for %q and %q that no text holds and no value meets: add an entry for them by hand", c.texts[0], c.texts[1])
			}
			if s.fits(p, c, list) {
				c.placeholder = p
			}
		}
	}
	return nil
}

// extended returns the placeholder of the entry that the candidate adds to, ""
// if it is an entry of its own.
func (s *search) extended(c *candidate) string {
	for _, id := range c.runs {
		if r := &s.runs.list[id]; r.kind == opaque {
			return r.text
		}
	}
	return ""
}

// fits reports whether a placeholder is sound beside the dictionary and the
// other candidates, and cannot be mistaken for anything in the texts.
func (s *search) fits(p string, c *candidate, list []*candidate) bool {
	isTaken := func(taken string) bool { return strings.EqualFold(taken, p) }
	if slices.ContainsFunc(s.taken, isTaken) || s.dictionary != nil &&
		slices.ContainsFunc(s.dictionary.Entries, func(e equivalency.Entry) bool { return isTaken(e.Placeholder) }) {
		return false
	}
	for _, o := range list {
		if o.placeholder == p || isTaken(o.placeholder) && !o.otherLetters(c) {
			return false
		}
	}
	if s.standsIn(0, p) || s.standsIn(1, p) || s.mistaken(p, list) {
		return false
	}
	return s.sound(p, c, list)
}

// otherLetters reports whether two candidates have the same values except for
// letter case.
func (c *candidate) otherLetters(o *candidate) bool {
	return strings.EqualFold(c.texts[0], o.texts[0]) && strings.EqualFold(c.texts[1], o.texts[1])
}

// standsIn reports whether a text of the account holds the placeholder, in
// whatever letters, for names of roles are compared so.
func (s *search) standsIn(k int, p string) bool {
	if s.small[k] == "" {
		var b strings.Builder
		for _, t := range s.sides[k].texts {
			b.WriteString(policy.Fold(t.Value))
			b.WriteByte(0) // in no placeholder
		}
		s.small[k] = b.String()
	}
	return strings.Contains(s.small[k], policy.Fold(p))
}

// mistaken reports whether rewriting by another entry could yield the
// placeholder: by accountname for dev, dev2 becomes accountname2.
func (s *search) mistaken(p string, list []*candidate) bool {
	yields := func(k int, placeholder, value string) bool {
		i := strings.Index(p, placeholder)
		return i >= 0 && s.standsIn(k, p[:i]+value+p[i+len(placeholder):])
	}
	for _, o := range list {
		if yields(0, o.placeholder, o.texts[0]) || yields(1, o.placeholder, o.texts[1]) {
			return true
		}
	}
	if s.dictionary == nil {
		return false
	}
	return slices.ContainsFunc(s.dictionary.Entries, func(e equivalency.Entry) bool {
		return slices.ContainsFunc(e.Values, func(v equivalency.Value) bool {
			return yields(0, e.Placeholder, v.Text) || yields(1, e.Placeholder, v.Text)
		})
	})
}

// sound checks the dictionary with the candidate and with those that can be
// accepted together with it.
func (s *search) sound(p string, c *candidate, list []*candidate) bool {
	old := c.placeholder
	c.placeholder = p
	defer func() { c.placeholder = old }()
	together := []*candidate{c}
	for _, o := range list {
		if s.meets(o, c) {
			continue
		}
		if !slices.ContainsFunc(together, func(x *candidate) bool { return s.meets(o, x) }) {
			together = append(together, o)
		} else if !s.checks([]*candidate{c, o}) {
			return false
		}
	}
	return s.checks(together)
}

// possibleEntry reports whether the dictionary could have an entry with the
// values, whatever its placeholder.
func (s *search) possibleEntry(c *candidate) bool {
	c.placeholder = neutral(0)
	return s.checks([]*candidate{c})
}

func (s *search) checks(list []*candidate) bool {
	d := &equivalency.Dictionary{}
	if s.dictionary != nil {
		d.Entries, d.Shared = slices.Clone(s.dictionary.Entries), s.dictionary.Shared
	}
	for _, c := range list {
		if s.extended(c) == "" {
			d.Entries = append(d.Entries, s.proposal(c).Entry())
		}
	}
	if d.Check() != nil {
		return false
	}
	_, errA := d.Rules(s.sides[0].account, s.sides[1].account)
	_, errB := d.Rules(s.sides[1].account, s.sides[0].account)
	return errA == nil && errB == nil
}
