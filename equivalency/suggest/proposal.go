package suggest

import (
	"fmt"
	"slices"

	"iamctl/equivalency"
)

// Confidence is how sure a proposal is.
type Confidence string

// A high confidence asks for texts that agree in what has nothing to do with
// each other, or for values that are the accounts' own names; and that nothing
// speaks against it. Proposal.Reason says what it was.
const (
	High Confidence = "high"
	Low  Confidence = "low"
)

// Proposal is an entry that would bring texts of two accounts together.
type Proposal struct {
	// Placeholder is what would replace the values. No text holds it.
	Placeholder string
	// Extends is true if the dictionary has the entry and account A's value,
	// or B's, already: only the other one's is new.
	Extends bool
	A, B    Side

	// Roles, Texts and Items are how many roles would pair by name, how many
	// other texts would become equal, and how many items of either account
	// have those. They are counted on top of the entries of Requires.
	Roles, Texts, Items int
	// Examples are some of what would be brought together, and so taken for
	// the same: at most ten.
	Examples []Example

	Confidence Confidence
	// Reason says in a sentence why the confidence is what it is.
	Reason string

	// Requires are the placeholders of proposals without which this one would
	// bring less together.
	Requires []string
	// Instead is the placeholder of a better proposal that has one of the
	// values, "" for none: only one of the two can be accepted.
	Instead string

	// Broken is how many texts are equal now and would be so no more, because
	// both accounts have one of the values in them: drift that the entry would
	// show, or names of things that they share. BrokenExamples are at most
	// five of them.
	Broken         int
	BrokenExamples []string
	// Collisions are roles of one account that would get one name.
	Collisions []Collision
}

// Side is what a proposal means for one account.
type Side struct {
	Account equivalency.Identity
	Value   string
	// Foreign is how many texts of this account hold the other's value. They
	// are not rewritten and stay drift. ForeignExamples are at most five of
	// them.
	Foreign         int
	ForeignExamples []string
}

// Example is a text of each account that would become one.
type Example struct {
	Field equivalency.Field
	A, B  string
}

// Collision is two roles of the account with the tag Account that would get
// one name.
type Collision struct{ Account, First, Second string }

// Entry returns the proposal as an entry of a dictionary in the scoped form.
func (p Proposal) Entry() equivalency.Entry {
	return equivalency.Entry{Placeholder: p.Placeholder, Values: slices.Concat(p.A.values(), p.B.values())}
}

// values returns the value under the account's tag, which people know it by, and
// under its id, which holds whatever it is tagged.
func (s Side) values() []equivalency.Value {
	out := []equivalency.Value{{Account: s.Account.Tag, Text: s.Value}}
	if id := s.Account.ID; id != "" && id != s.Account.Tag {
		out = append(out, equivalency.Value{Account: id, Text: s.Value})
	}
	return out
}

// Hides says, a sentence each, what the entry would hide as noise, and
// what it would show that does not show now.
func (p Proposal) Hides() []string {
	var out []string
	if n := p.Roles + p.Texts; n > 0 {
		out = append(out, fmt.Sprintf("%s in %s and %s alone, and would count as the same",
			plural(n, "pair of texts differs", "pairs of texts differ"), quote(p.A.Value), quote(p.B.Value)))
	}
	for _, s := range [2][2]Side{{p.A, p.B}, {p.B, p.A}} {
		if n := s[0].Foreign; n > 0 {
			out = append(out, fmt.Sprintf("%s of %s %s %s's value %s and %s drift",
				plural(n, "text", "texts"), s[0].Account.Tag, verb(n, "names", "name"), s[1].Account.Tag, quote(s[1].Value), verb(n, "stays", "stay")))
		}
	}
	if n := p.Broken; n > 0 {
		out = append(out, fmt.Sprintf("%s now and would differ: one account names the other's thing, or both share it and it belongs under \"shared\"",
			plural(n, "text is equal", "texts are equal")))
	}
	for _, c := range p.Collisions {
		out = append(out, fmt.Sprintf("the roles %s and %s of %s would get one name, and could not be compared", quote(c.First), quote(c.Second), c.Account))
	}
	return out
}

// swap changes the sides.
func (p *Proposal) swap() {
	p.A, p.B = p.B, p.A
	for i, e := range p.Examples {
		p.Examples[i] = Example{e.Field, e.B, e.A}
	}
}

func plural(n int, one, many string) string { return fmt.Sprintf("%d %s", n, verb(n, one, many)) }

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// quote returns a text for a sentence: on one line, without control characters.
func quote(s string) string { return fmt.Sprintf("%q", s) }
