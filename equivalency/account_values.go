package equivalency

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/policy"
)

// Left is a value that follows from an account's name and is not rewritten.
type Left struct {
	Entry int
	Value string
	Why   string
}

// fromName returns the values of an entry that follow from an account's name, and those
// that must not be rewritten: what follows from a name is to stop no comparison, and what is
// not rewritten hides nothing.
func (f *Fleet) fromName(entry int, id Identity) (values []share, left []Left) {
	e, name := &f.d.Entries[entry], id.accountName()
	listed := f.listedFor(id)
	for _, part := range f.partsOf(name, e.Placeholder) {
		said := false
		for _, text := range part.spellings(name) {
			if slices.ContainsFunc(values, func(s share) bool { return s.Text == text }) || isListed(listed, text, e) {
				continue
			}
			if why := f.unfit(text, part); why != "" {
				if !said {
					left, said = append(left, Left{entry, text, why}), true
				}
				continue
			}
			values = append(values, share{Value{Account: name, Text: text, At: e.At}, part.placeholder})
		}
	}
	return f.apart(entry, values, listed, left)
}

// listedFor returns what the dictionary lists for an account.
func (f *Fleet) listedFor(id Identity) []rewrite {
	var out []rewrite
	for i := range f.d.Entries {
		e := &f.d.Entries[i]
		given, _ := f.given(i, id)
		for _, s := range given {
			out = append(out, rewrite{s.Text, s.placeholder, e.Substring, e.Fields, s.At, e.At})
		}
	}
	return out
}

// isListed reports whether the dictionary itself says what a value of the account's is.
func isListed(listed []rewrite, text string, e *Entry) bool {
	return slices.ContainsFunc(listed, func(r rewrite) bool { return r.value == text && meet(r.fields, e.Fields) })
}

// unfit says why a text that follows from a name is no value, "" if it may be one.
func (f *Fleet) unfit(text string, p namePart) string {
	switch {
	case strings.ContainsAny(text, "*?"):
		return "it holds a wildcard"
	case !hasLetter(text):
		return "it has no letter"
	case len(text) < minWord && !p.environment:
		return fmt.Sprintf("it has less than %d characters, and would be found in names that have nothing to do with the account", minWord)
	}
	for _, s := range f.d.Shared {
		if holdsToken(text, s) {
			return fmt.Sprintf("it holds %q, which is listed as shared", cut(s))
		}
	}
	return ""
}

// apart leaves out the values that would be found in what was rewritten.
func (f *Fleet) apart(entry int, values []share, listed []rewrite, left []Left) ([]share, []Left) {
	e := &f.d.Entries[entry]
	for len(values) > 0 {
		all := slices.Clone(listed)
		for _, s := range values {
			all = append(all, rewrite{s.Text, s.placeholder, false, e.Fields, s.At, e.At})
		}
		c := conflicts(all)
		if len(c) == 0 {
			break
		}
		culprit := func(s share) bool { return s.Text == c[0].found.value }
		if !slices.ContainsFunc(values, culprit) {
			culprit = func(s share) bool { return s.placeholder == c[0].placed.placeholder }
		}
		kept := slices.DeleteFunc(slices.Clone(values), culprit)
		if len(kept) == len(values) {
			break // it is among what is listed, and an error of the rules
		}
		for _, s := range values {
			if culprit(s) {
				left = append(left, Left{entry, s.Text, fmt.Sprintf("with the placeholder %q a text would be rewritten twice", cut(c[0].placed.placeholder))})
			}
		}
		values = kept
	}
	return values, left
}

// Left returns what follows from an account's name and is not rewritten.
func (f *Fleet) Left(id Identity) []Left {
	var out []Left
	for i := range f.d.Entries {
		if given, err := f.given(i, id); f.d.Entries[i].From == FromAccountName && given == nil && err == nil {
			_, left := f.fromName(i, id)
			out = append(out, left...)
		}
	}
	return out
}

// named checks an entry whose values follow from names of accounts.
func (c *checker) named(i int) {
	e := &c.d.Entries[i]
	if e.From == "" {
		return
	}
	if policy.IsAccountID(e.Placeholder) {
		c.fail(e.At, "the placeholder %q of names looks like an account's id: choose a word", e.Placeholder)
	}
	parts := []string{partPlaceholder(e.Placeholder, wordPart), partPlaceholder(e.Placeholder, environmentPart)}
	for k, other := range c.d.Entries {
		switch {
		case k == i || !meet(other.Fields, e.Fields):
		case other.From != "" && k < i:
			c.fail(e.At, "the entry %q takes the names of accounts, as %q does already%s: keep one of the two", cut(e.Placeholder), cut(other.Placeholder), inFile(other.At))
		case slices.Contains(parts, other.Placeholder):
			c.fail(other.At, "the placeholder %q is taken: it stands for a part of an account's name, by the entry %q%s: choose another", cut(other.Placeholder), cut(e.Placeholder), inFile(e.At))
		}
	}
}
