package equivalency

import (
	"net/netip"
	"slices"
	"strings"

	"iamctl/internal/jsontree"
)

// Check returns what is wrong with a dictionary that no file format can rule
// out. Parse has checked what it returns. An error is an Errors.
func (d *Dictionary) Check() error { return jsontree.Sorted("", d.check(nil)) }

// check finds what is wrong with the meaning; shared are the places of the
// shared literals, if they have any.
func (d *Dictionary) check(shared []Position) []*Error {
	c := &checker{d: d}
	c.placeholders()
	c.values()
	for i, s := range d.Shared {
		at := Position{}
		if i < len(shared) {
			at = shared[i]
		}
		c.shared(s, at)
	}
	for _, m := range conflicts(d.rewrites()) {
		c.fail(m.at, "%s", m)
	}
	return c.errs
}

type checker struct {
	d    *Dictionary
	errs []*Error
}

func (c *checker) fail(at Position, format string, args ...any) {
	c.errs = append(c.errs, wrong(at, format, args...))
}

func (c *checker) placeholders() {
	for i, e := range c.d.Entries {
		c.named(i)
		if e.Placeholder == "" {
			c.fail(e.At, "a placeholder is empty: name what stands for the values")
		}
		if strings.ContainsAny(e.Placeholder, "*?") {
			c.fail(e.At, "the placeholder %q holds a wildcard, and a resource with it would read as a pattern: choose one without * and ?", cut(e.Placeholder))
		}
		for _, other := range c.d.Entries[:i] {
			if other.Placeholder == e.Placeholder && meet(other.Fields, e.Fields) {
				c.fail(e.At, "the placeholder %q is taken by another entry%s, so that the values of both would be one: choose another, or merge the entries",
					cut(e.Placeholder), inFile(other.At))
				break
			}
		}
	}
}

// values checks that no value has two meanings. In the scoped form a value
// may mean one thing for one account and another for the next.
func (c *checker) values() {
	type place struct {
		entry int
		value Value
	}
	seen := map[Value][]place{}
	for i, e := range c.d.Entries {
		if len(e.Values) == 0 && e.From == "" {
			c.fail(e.At, "the entry %q has no values: list them, or remove the entry", cut(e.Placeholder))
		}
		for _, v := range e.Values {
			c.value(v)
			key := Value{Account: v.Account, Text: v.Text}
			for _, other := range seen[key] {
				if other.entry != i && meet(c.d.Entries[other.entry].Fields, e.Fields) {
					c.fail(v.At, "the value %q stands for %q already%s: keep one of the two",
						cut(v.Text), cut(c.d.Entries[other.entry].Placeholder), inFile(other.value.At))
					break
				}
			}
			seen[key] = append(seen[key], place{i, v})
		}
	}
}

func (c *checker) value(v Value) {
	switch {
	case v.Text == "":
		c.fail(v.At, "a value is empty and would match everywhere: remove it")
	case strings.ContainsAny(v.Text, "*?"):
		c.fail(v.At, "the value %q holds a wildcard, and rewriting it would hide that one side allows more: values are plain text, list the text before or after * and ?", cut(v.Text))
	case everyAddress(v.Text):
		c.fail(v.At, "the value %q is every address, and rewriting it would hide that one side allows all: list blocks of your own", cut(v.Text))
	}
}

// everyAddress reports whether a value is the block of all addresses.
func everyAddress(value string) bool {
	p, err := netip.ParsePrefix(value)
	return err == nil && p.Bits() == 0
}

// shared checks a shared literal: a value that holds it could never be
// rewritten.
func (c *checker) shared(s string, at Position) {
	if s == "" {
		c.fail(at, `a string of "shared" is empty: remove it`)
		return
	}
	for _, e := range c.d.Entries {
		for _, v := range e.Values {
			if holdsToken(v.Text, s) {
				c.fail(at, `%q is listed as shared and never rewritten, but the value %q of %q%s holds it: remove one of the two`,
					cut(s), cut(v.Text), cut(e.Placeholder), inFile(v.At))
			}
		}
	}
}

// holdsToken reports whether part is a whole token somewhere in s.
func holdsToken(s, part string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], part)
		if i < 0 {
			return false
		}
		from += i
		if Token(s, from, from+len(part)) {
			return true
		}
		from++
	}
}

// meet reports whether two limits have a field in common; nil is every field.
func meet(a, b []Field) bool {
	if a == nil || b == nil {
		return true
	}
	return slices.ContainsFunc(a, func(f Field) bool { return slices.Contains(b, f) })
}
