package many

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/policy"
)

// template makes the prints of an account's roles: digests of all that has a part in
// comparing a role with that of the reference, with one mark wherever the account's own id
// is. Two roles of one print differ in nothing but in which account has which id, so that
// what became of one became of the other.
//
// Where a text has one of the account's own values in the dictionary, all of these are a part
// of the print.
//
// What does not hold for certain has no print, and is compared: an account in another
// partition than the reference's, with gaps, or with values of the dictionary that have to
// do with its id; a role with the id inside a longer word, or whose texts have a name that
// differs by what a tool made up. A print is not kept, besides, of texts with unique ids,
// escapes or placeholders, and of what could not be read.
type template struct {
	couple *couple
	id     string
	// context is what all roles of the account have in common.
	context print
	// made are names with a part that a tool made up, and held the roles whose policies
	// have one.
	made map[string]bool
	held map[string]bool
	// policies are the managed policies, by ARN.
	policies map[string]*managedPolicy
	// values has what the dictionary says of the account's own values besides its id, and
	// needles what a text has, folded, if it has one of them: a text without is rewritten as
	// in any other account.
	values  string
	needles []string
	// placeholders are those that a text may not have.
	placeholders []string
	buf          []byte
}

// managedPolicy is one that roles refer to.
type managedPolicy struct {
	of    *inventory.Policy
	print *print
}

// newTemplate returns the template of the second account, nil if nothing is certain of it.
func newTemplate(c *couple) *template {
	a, id := c.accounts[1], c.members[1].identity.ID
	t := &template{couple: c, id: id, made: map[string]bool{}, held: map[string]bool{}, policies: map[string]*managedPolicy{}}
	if c.run.whole || !c.plain() || !t.setContext() {
		return nil
	}
	known := c.Rules(1).Known
	for _, names := range known.Names {
		for name := range names {
			t.made[name] = true
		}
	}
	for role := range known.Attached {
		t.held[role] = true
	}
	for i := range a.Policies {
		t.policies[a.Policies[i].ARN] = &managedPolicy{of: &a.Policies[i]}
	}
	for arn, p := range t.policies {
		t.begin()
		if t.text(arn) && t.text(p.of.DefaultVersion) && t.text(string(p.of.Document)) {
			p.print = t.sum()
		}
	}
	return t
}

// plain reports whether the accounts are two of one partition whose roles have names that
// tell them apart, and whether the second one was read whole.
func (c *couple) plain() bool {
	a, b := c.members[0].identity, c.members[1].identity
	return equivalency.IsAccountID(a.ID) && equivalency.IsAccountID(b.ID) && a.ID != b.ID &&
		c.Rules(0).Partition == nil && c.Rules(1).Partition == nil &&
		len(c.accounts[1].Gaps) == 0 && len(c.accounts[1].Roles) > 0 &&
		distinct(c.keys[0]) && distinct(c.keys[1])
}

func distinct(keys []string) bool {
	seen := make(map[string]bool, len(keys))
	for _, k := range keys {
		if seen[k] {
			return false
		}
		seen[k] = true
	}
	return true
}

// setContext sets what all roles have in common: the rules of both accounts, and what is
// known of the reference's names. It reports false where a value has to do with the id.
func (t *template) setContext() bool {
	t.begin()
	for side := range 2 {
		r := t.couple.Rules(side)
		for _, x := range r.Rewrites {
			if side == 1 && x.Owned && x.Value != t.id && !t.overlaps(x.Value) && !t.overlaps(x.Placeholder) {
				t.ownValue(x)
				continue
			}
			if !t.value(x.Value) || !t.value(x.Own) || !t.value(x.Placeholder) {
				return false
			}
			t.add(fmt.Sprint("rule", x.Substring, x.Fields, x.Owned, x.Entry))
		}
		// What is foreign is told, and has no part in what differs.
		for _, list := range [][]string{r.Shared, r.Placeholders} {
			for _, v := range list {
				if v == t.id || !t.value(v) {
					return false
				}
			}
			t.add("end")
		}
		t.placeholders = append(t.placeholders, r.Placeholders...)
	}
	known := t.couple.Rules(0).Known
	t.add(fmt.Sprint(known.Names, known.Attached)) // fmt sorts the keys of maps
	for _, name := range slices.Sorted(maps.Keys(known.Reasons)) {
		t.add(name + " " + known.Reasons[name])
	}
	t.context = *t.sum()
	return true
}

// value adds a value of the dictionary, which is the id or has nothing to do with it.
func (t *template) value(v string) bool {
	switch {
	case v == t.id:
		t.add(own)
	case t.overlaps(v):
		return false
	default:
		t.add(v)
	}
	return true
}

// overlaps reports whether a value is a part of the id, or has it as a part.
func (t *template) overlaps(v string) bool {
	return strings.Contains(t.id, v) && v != "" || strings.Contains(v, t.id)
}

// ownValue adds a value that has a part in the texts alone that have it.
func (t *template) ownValue(x equivalency.Rule) {
	t.values += fmt.Sprintf("%q %q %v %v %d\n", x.Value, x.Placeholder, x.Substring, x.Fields, x.Entry)
	needle := policy.Fold(x.Value)
	if slices.ContainsFunc(t.needles, func(n string) bool { return strings.Contains(needle, n) }) {
		return
	}
	t.needles = append(slices.DeleteFunc(t.needles, func(n string) bool { return strings.Contains(n, needle) }), needle)
}

// hasOwn reports whether a text may have one of the account's own values.
func (t *template) hasOwn(s string) bool {
	if t.needles == nil {
		return false
	}
	s = policy.Fold(s)
	return slices.ContainsFunc(t.needles, func(n string) bool { return strings.Contains(s, n) })
}

// own is what is in place of the account's id. No text of IAM's has it.
const own = "\x00own\x00"

func (t *template) begin()       { t.buf = append(t.buf[:0], t.context[:]...) }
func (t *template) add(s string) { t.buf = append(binary.AppendUvarint(t.buf, uint64(len(s))), s...) }

func (t *template) sum() *print {
	var p print
	sum := sha256.Sum256(t.buf)
	copy(p[:], sum[:])
	return &p
}

// text adds a text. It reports false where the id is in a longer word, or a made-up name is
// in the text.
func (t *template) text(s string) bool {
	t.buf = binary.AppendUvarint(t.buf, uint64(len(s)))
	if t.namesMade(s) {
		return false
	}
	if t.hasOwn(s) {
		t.add(t.values)
	}
	for {
		i := strings.Index(s, t.id)
		if i < 0 {
			t.buf = append(t.buf, s...)
			return true
		}
		end := i + len(t.id)
		if i > 0 && wordly(s[i-1]) || end < len(s) && wordly(s[end]) {
			return false
		}
		t.buf = append(append(t.buf, s[:i]...), own...)
		s = s[end:]
		if strings.HasPrefix(s, t.id) {
			return false
		}
	}
}

// wordly reports whether a character may be part of a word, whatever a word is.
func wordly(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// namesMade reports whether a text has one of the names with a part that a tool made up.
func (t *template) namesMade(s string) bool {
	if len(t.made) == 0 {
		return false
	}
	for from := 0; from < len(s); {
		to := from
		for to < len(s) && (wordly(s[to]) || strings.IndexByte("+=,.@_-", s[to]) >= 0) {
			to++
		}
		if t.made[s[from:to]] {
			return true
		}
		from = to + 1
	}
	return false
}
