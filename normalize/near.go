package normalize

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
)

// seeker looks for near matches of one entry's values.
type seeker struct {
	entry, warning int
	values         []sought
	near           []Near
}

// sought is a value with the tags of the accounts that it is rewritten on.
type sought struct {
	equivalency.Rule
	folded string
	owners []string
}

const (
	// mostNear are the near matches given for an entry, mostAlike those of
	// them that are left alone for one reason.
	mostNear  = 3
	mostAlike = 2
)

func newSeeker(entry, warning int, accounts []*Account) *seeker {
	s := &seeker{entry: entry, warning: warning}
	for _, a := range accounts {
		for _, r := range a.Rewriter.rules.Rewrites {
			if r.Entry != entry {
				continue
			}
			i := slices.IndexFunc(s.values, func(v sought) bool { return v.Value == r.Value })
			if i < 0 {
				i = len(s.values)
				s.values = append(s.values, sought{Rule: r, folded: strings.ToLower(r.Value)})
			}
			s.values[i].owners = append(s.values[i].owners, a.Tag)
		}
	}
	return s
}

// seek goes once through the texts of the accounts, until every seeker has
// enough.
func seek(seekers []*seeker, accounts []*Account) {
	open := slices.Clone(seekers)
	for _, a := range accounts {
		if len(open) == 0 {
			return
		}
		a.texts(func(f Field, text string) bool {
			folded := strings.ToLower(text)
			open = slices.DeleteFunc(open, func(s *seeker) bool {
				s.look(a, f, text, folded)
				return len(s.near) >= mostNear
			})
			return len(open) > 0
		})
	}
}

func (s *seeker) look(a *Account, f Field, text, folded string) {
	for _, v := range s.values {
		if !strings.Contains(folded, v.folded) {
			continue
		}
		n := Near{Account: a.Tag, Field: f, Text: text, Why: v.why(a, f, text)}
		alike := 0
		for _, have := range s.near {
			if have.Text == n.Text {
				return
			}
			if have.Why == n.Why {
				alike++
			}
		}
		if alike < mostAlike {
			s.near = append(s.near, n)
			return
		}
	}
}

// why says why a text that holds the value was left alone.
func (v *sought) why(a *Account, f Field, text string) string {
	token, loose := false, false
	fixed := equivalency.FixedIn(f, text)
	resource := equivalency.NamesResource(v.Value)
	for i := 0; i+len(v.Value) <= len(text); i++ {
		if strings.HasPrefix(text[i:], v.Value) && (v.Substring || equivalency.Token(text, i, i+len(v.Value))) {
			token, loose = true, loose || !fixed.Blocks(i, i+len(v.Value), resource)
		}
	}
	switch {
	case !strings.Contains(text, v.Value):
		return fmt.Sprintf("%q is in other letter case", v.Value)
	case !slices.Contains(v.owners, a.Tag):
		return fmt.Sprintf("%q belongs to %s", v.Value, strings.Join(v.owners, ", "))
	case v.Fields != nil && !slices.Contains(v.Fields, f):
		return fmt.Sprintf("the entry is not for the field %s", f)
	case !token:
		return fmt.Sprintf("%q is inside a longer word", v.Value)
	case !loose:
		return fmt.Sprintf("%q is where nothing is rewritten: in an ARN's partition or service, a policy variable or a service's name", v.Value)
	}
	return fmt.Sprintf("%q is inside a shared literal or a longer value", v.Value)
}

// texts gives every text of the account that may be rewritten, as it was
// before, until yield says no. A text may come more than once.
func (a *Account) texts(yield func(Field, string) bool) {
	seen := map[*inventory.Items]bool{}
	for i := range a.Roles {
		r := &a.Roles[i]
		if !yield(FieldRoleName, r.Raw.Name) || !attributeTexts(r, yield) {
			return
		}
		for _, p := range r.Policies {
			if !yield(FieldPolicyName, p.Raw.Name) || !yield(FieldARN, p.Raw.ARN) {
				return
			}
			if !seen[p.Before] {
				seen[p.Before] = true
				if !itemTexts(p.Before, yield) {
					return
				}
			}
		}
	}
}

func attributeTexts(r *Role, yield func(Field, string) bool) bool {
	for _, at := range r.Attributes {
		if f, ok := at.Kind.field(); ok {
			if !yield(f, at.RawKey) || !yield(f, at.RawValue) {
				return false
			}
		}
	}
	return true
}

func itemTexts(t *inventory.Items, yield func(Field, string) bool) bool {
	for _, s := range t.Resources {
		if !yield(FieldARN, s) {
			return false
		}
	}
	for _, p := range t.Principals {
		if !yield(FieldPrincipal, p.Value) {
			return false
		}
	}
	more := true
	each := func(f Field, s jsonString) edited {
		more = more && yield(f, s.text)
		return edited{raw: s.replace(nil)}
	}
	for _, m := range t.Terms {
		editJSON(FieldCondition, m.Condition, each)
		editJSON(FieldStatement, m.Statement, each)
	}
	return more
}
