package unused

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

const (
	// maxNear is the number of near matches that are found for an entry,
	// maxSameWhy how many of them were left alone for the same reason.
	maxNear    = 3
	maxSameWhy = 2
)

// nearFinder finds near matches of one entry's values.
type nearFinder struct {
	warning int // index of the entry's warning
	values  []nearValue
	near    []Near
}

// nearValue is a value with the tags of the accounts that it is rewritten in.
type nearValue struct {
	equivalency.Rule
	folded string
	owners []string
}

func newNearFinder(entry, warning int, accounts []binding) *nearFinder {
	f := &nearFinder{warning: warning}
	for _, a := range accounts {
		for _, r := range a.rules[entry] {
			i := slices.IndexFunc(f.values, func(v nearValue) bool { return v.Value == r.Value })
			if i < 0 {
				i = len(f.values)
				f.values = append(f.values, nearValue{Rule: r, folded: strings.ToLower(r.Value)})
			}
			f.values[i].owners = append(f.values[i].owners, a.Tag)
		}
	}
	return f
}

// findNear goes through the texts of the accounts once, until every finder has
// enough.
func findNear(finders []*nearFinder, accounts []*normalize.Account) {
	open := slices.Clone(finders)
	for _, a := range accounts {
		if len(open) == 0 {
			return
		}
		for field, text := range texts(a) {
			folded := strings.ToLower(text)
			open = slices.DeleteFunc(open, func(f *nearFinder) bool {
				f.look(a, field, text, folded)
				return len(f.near) >= maxNear
			})
			if len(open) == 0 {
				return
			}
		}
	}
}

// look adds the text if it has a value and there is room for its reason.
func (f *nearFinder) look(a *normalize.Account, field normalize.Field, text, folded string) {
	for i := range f.values {
		v := &f.values[i]
		if !strings.Contains(folded, v.folded) {
			continue
		}
		n := Near{Account: a.Tag, Field: field.Listed(), Text: text, Why: v.why(a, field, text)}
		sameWhy := 0
		for _, have := range f.near {
			if have.Text == n.Text {
				return
			}
			if have.Why == n.Why {
				sameWhy++
			}
		}
		if sameWhy < maxSameWhy {
			f.near = append(f.near, n)
			return
		}
	}
}

// why says why a text that has the value in some letter case was left alone.
func (v *nearValue) why(a *normalize.Account, field normalize.Field, text string) string {
	token, free := v.occurrences(field, text)
	switch {
	case !strings.Contains(text, v.Value) && field != equivalency.ConditionKey:
		return fmt.Sprintf("%q is in other letter case", v.Value)
	case !slices.Contains(v.owners, a.Tag):
		return fmt.Sprintf("%q belongs to %s", v.Value, strings.Join(v.owners, ", "))
	case v.Fields != nil && !slices.Contains(v.Fields, field.Listed()):
		return fmt.Sprintf("the entry is not for the field %s", field.Listed())
	case !token:
		return fmt.Sprintf("%q is inside a longer word", v.Value)
	case !free:
		return fmt.Sprintf("%q is where nothing is rewritten: in an ARN's partition, service or type of resource, a policy variable, a condition key, a part of a region or of an address, or a name that AWS gave", v.Value)
	}
	return fmt.Sprintf("%q is inside a shared literal or a longer value", v.Value)
}

// occurrences reports whether the value is in the text as a whole token, and
// whether one of these is outside of the fixed parts. In a condition key letter
// case does not count.
func (v *nearValue) occurrences(field normalize.Field, text string) (token, free bool) {
	fixed := rewrite.FixedIn(field, text)
	value := v.Value
	if field == equivalency.ConditionKey {
		value, text = policy.Fold(value), policy.Fold(text)
	}
	resource := equivalency.NamesResource(value)
	for i := 0; i+len(value) <= len(text); i++ {
		end := i + len(value)
		if strings.HasPrefix(text[i:], value) && (v.Substring || equivalency.Token(text, i, end)) {
			token, free = true, free || !fixed.Blocks(i, end, resource)
		}
	}
	return token, free
}
