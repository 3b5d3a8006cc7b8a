package equivalency

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// accountPattern is a pattern under which an entry lists values, with these as indexes. In a
// pattern * is any text and ? any one character, without regard to case.
type accountPattern struct {
	text   string
	at     Position
	values []int
}

// IsAccountPattern reports whether what values are listed under may mean accounts that are
// not called so: it has a wildcard, or names an organisational unit by its path.
func IsAccountPattern(key string) bool { return strings.ContainsAny(key, "*?/") }

// ofUnit reports whether the pattern is of paths of units, and not of names of accounts.
func (p *accountPattern) ofUnit() bool { return strings.ContainsRune(p.text, '/') }

// match reports whether the pattern means an account: by its id, its name, its tag or its
// alias; or, if it has a slash, by the path of the unit that the account is in, or that path
// with a slash and the account's name. A path that begins with a slash begins below the
// root, whatever that is called.
func (p *accountPattern) match(id Identity) bool {
	if p.ofUnit() {
		return id.Path != "" && (policy.MatchFold(p.below(id), id.Path) || policy.MatchFold(p.below(id), id.Path+"/"+id.accountName()))
	}
	return slices.ContainsFunc([]string{id.ID, id.accountName(), id.Name, id.Tag, id.Alias}, func(name string) bool {
		return name != "" && policy.MatchFold(p.text, name)
	})
}

// below returns the pattern with the name of the root of an account's organisation.
func (p *accountPattern) below(id Identity) string {
	if !strings.HasPrefix(p.text, "/") {
		return p.text
	}
	root, _, _ := strings.Cut(id.Path, "/")
	return root + p.text
}

// narrower reports whether the pattern says more of an account than another one: a name is
// more than a unit, and what another pattern covers is more than that.
func (p *accountPattern) narrower(o *accountPattern, id Identity) bool {
	if p.ofUnit() != o.ofUnit() {
		return o.ofUnit()
	}
	a, b := policy.Fold(p.below(id)), policy.Fold(o.below(id))
	return policy.Covers(b, a) && !policy.Covers(a, b)
}

// narrowest returns the pattern of an entry that says most of an account, nil if none
// matches. Two of which neither says more than the other, with other values, are an error.
func narrowest(e *Entry, patterns []*accountPattern, id Identity) (*accountPattern, *Error) {
	var best []*accountPattern
	for _, p := range patterns {
		if !p.match(id) || slices.ContainsFunc(best, func(b *accountPattern) bool { return b.narrower(p, id) }) {
			continue
		}
		best = slices.DeleteFunc(best, func(b *accountPattern) bool { return p.narrower(b, id) })
		best = append(best, p)
	}
	if len(best) == 0 {
		return nil, nil
	}
	for _, other := range best[1:] {
		if !sameTexts(e.shares(slices.Clone(best[0].values)), e.shares(slices.Clone(other.values))) {
			return nil, wrong(other.at, "of the entry %q both %q%s and %q match the account %s, and neither is narrower: list its values under its id, or under a pattern that only one of them covers",
				cut(e.Placeholder), cut(best[0].text), inFile(best[0].at), cut(other.text), id.title())
		}
	}
	return best[0], nil
}

func sameTexts(a, b []share) bool {
	has := func(list []share, text string) bool {
		return slices.ContainsFunc(list, func(s share) bool { return s.Text == text })
	}
	for _, x := range [][2][]share{{a, b}, {b, a}} {
		if slices.ContainsFunc(x[0], func(s share) bool { return !has(x[1], s.Text) }) {
			return false
		}
	}
	return true
}
