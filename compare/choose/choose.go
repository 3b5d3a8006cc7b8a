// Package choose chooses among the accounts of an organisation, or of a list of accounts, by
// patterns.
//
// A pattern matches an account by its id, its name, the path of the unit it is in, or that
// path with a slash and the name; one that begins with tag:KEY= matches by the value of a
// tag. In a pattern * is any text, with slashes too, and ? is any one character; names and
// values match without regard to case, keys of tags with.
//
//	111111111111          one account
//	*-prod                by name
//	Root/Workloads        the accounts right in a unit
//	Root/Workloads/*      those and all below
//	tag:env=prod*         by a tag
package choose

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/policy"
)

// Pattern is one pattern.
type Pattern struct {
	text string
	// key is that of the tag whose value must match, "" to match by name.
	key, glob string
}

const tagPrefix = "tag:"

// Parse reads a pattern.
func Parse(text string) (Pattern, error) {
	rest, ok := strings.CutPrefix(text, tagPrefix)
	if !ok {
		if strings.TrimSpace(text) == "" {
			return Pattern{}, fmt.Errorf("the pattern is empty")
		}
		return Pattern{text: text, glob: text}, nil
	}
	key, glob, ok := strings.Cut(rest, "=")
	if !ok || key == "" {
		return Pattern{}, fmt.Errorf("the pattern %q has no key or no value: write tag:KEY=PATTERN", text)
	}
	return Pattern{text, key, glob}, nil
}

func (p Pattern) String() string { return p.text }

// ByTag reports whether the pattern matches by a tag.
func (p Pattern) ByTag() bool { return p.key != "" }

// Match reports whether an account matches.
func (p Pattern) Match(m *inventory.Member) bool {
	if p.ByTag() {
		return slices.ContainsFunc(m.Tags, func(t inventory.Tag) bool { return t.Key == p.key && policy.MatchFold(p.glob, t.Value) })
	}
	names := []string{m.ID, m.Name}
	if m.Path != "" {
		names = append(names, m.Path, m.Path+"/"+m.Name)
	}
	return slices.ContainsFunc(names, func(name string) bool { return name != "" && policy.MatchFold(p.glob, name) })
}

// Choice is which accounts are chosen: those that a pattern of Include matches, all where
// there is none, but for those that a pattern of Exclude matches.
type Choice struct{ Include, Exclude []Pattern }

// ByTag reports whether tags decide.
func (c Choice) ByTag() bool {
	return slices.ContainsFunc(c.Include, Pattern.ByTag) || slices.ContainsFunc(c.Exclude, Pattern.ByTag)
}

// Takes reports whether an account is chosen.
func (c Choice) Takes(m *inventory.Member) bool {
	match := func(p Pattern) bool { return p.Match(m) }
	return (len(c.Include) == 0 || slices.ContainsFunc(c.Include, match)) && !slices.ContainsFunc(c.Exclude, match)
}
