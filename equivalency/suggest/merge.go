package suggest

import (
	"fmt"
	"slices"

	"iamctl/equivalency"
)

// Accepted returns the proposals to merge: those of high confidence, or of any if
// doubtful, but no second one for a value.
func Accepted(list []Proposal, doubtful bool) []Proposal {
	var out []Proposal
	for _, p := range list {
		if p.Instead == "" && (p.Confidence == High || doubtful) {
			out = append(out, p)
		}
	}
	return out
}

// Merge returns the dictionary with the accepted proposals, in the scoped form
// and with all that was in it; d itself stays as it is, and nil is an empty
// one. A proposal that the dictionary has already, under whatever placeholder,
// adds nothing; without proposals the dictionary keeps its form. An error is an
// equivalency.Errors.
//
// A dictionary in the form of AWS's IAMCTL becomes one in the scoped form,
// each value listed under the account that it is the name of, so under itself, and
// under that account's id.
// For the accounts of the proposals that means the same as before, and the
// rules of a comparison of the two are the same. It would not for a value that
// is not a name of theirs: the IAMCTL form rewrites such a value in every
// account, and lists what became equal by it as masked, while the scoped form
// rewrites a value where it is listed and nowhere else. So such a value is an
// error that names it. In a comparison with a third account, of which the
// IAMCTL form would have rewritten names of these two as well, the scoped form
// leaves them as they are.
func Merge(d *equivalency.Dictionary, accepted []Proposal) (*equivalency.Dictionary, error) {
	out, err := scoped(d, accepted)
	if err != nil {
		return nil, err
	}
	for i := range accepted {
		if err := accept(out, &accepted[i]); err != nil {
			return nil, err
		}
	}
	if err := out.Check(); err != nil {
		return nil, err
	}
	for _, p := range accepted {
		if _, _, err := bothRules(out, p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// bothRules returns the rules of the proposal's accounts.
func bothRules(d *equivalency.Dictionary, p Proposal) (a, b *equivalency.Rules, err error) {
	if a, err = d.Rules(p.A.Account, p.B.Account); err != nil {
		return nil, nil, err
	}
	b, err = d.Rules(p.B.Account, p.A.Account)
	return a, b, err
}

// accept adds a proposal to an entry or as one.
func accept(d *equivalency.Dictionary, p *Proposal) error {
	a, b, err := bothRules(d, *p)
	if err != nil {
		return err
	}
	has := func(r *equivalency.Rules, entry int, value string) bool {
		return slices.ContainsFunc(r.Rewrites, func(r equivalency.Rule) bool { return r.Entry == entry && r.Value == value })
	}
	for i := range d.Entries {
		e := &d.Entries[i]
		hasA, hasB := has(a, i, p.A.Value), has(b, i, p.B.Value)
		if hasA && hasB && e.Fields == nil && !e.Substring {
			return nil
		}
		if !p.Extends || e.Placeholder != p.Placeholder || hasA == hasB {
			continue
		}
		missing := p.A
		if hasA {
			missing = p.B
		}
		e.Values = append(slices.Clone(e.Values), missing.values()...)
		return nil
	}
	d.Entries = append(d.Entries, p.Entry())
	return nil
}

// scoped returns a copy of the dictionary in the scoped form.
func scoped(d *equivalency.Dictionary, accepted []Proposal) (*equivalency.Dictionary, error) {
	if d == nil {
		return equivalency.Empty(), nil
	}
	out := *d
	out.Entries, out.Shared = slices.Clone(d.Entries), slices.Clone(d.Shared)
	if d.Form == equivalency.FormScoped || len(accepted) == 0 {
		return &out, nil
	}
	out.Form = equivalency.FormScoped
	var errs equivalency.Errors
	for i := range out.Entries {
		e := &out.Entries[i]
		values := e.Values
		e.Values = nil
		for _, v := range values {
			if err := ownerless(e.Placeholder, v, accepted); err != nil {
				errs = append(errs, err)
			}
			v.Account = v.Text
			e.Values = append(e.Values, v)
			if id := owner(v.Text, accepted).ID; id != "" && id != v.Text {
				e.Values = append(e.Values, equivalency.Value{Account: id, Text: v.Text, At: v.At})
			}
		}
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return &out, nil
}

// owner returns the account of the proposals that a name in the dictionary means.
func owner(name string, accepted []Proposal) equivalency.Identity {
	for _, p := range accepted {
		for _, id := range []equivalency.Identity{p.A.Account, p.B.Account} {
			if id.AnswersTo(name) {
				return id
			}
		}
	}
	return equivalency.Identity{}
}

// ownerless returns an error for a value that is the name of no account of a
// proposal.
func ownerless(placeholder string, v equivalency.Value, accepted []Proposal) *equivalency.Error {
	for _, p := range accepted {
		if p.A.Account.AnswersTo(v.Text) || p.B.Account.AnswersTo(v.Text) {
			continue
		}
		return &equivalency.Error{At: v.At, Message: fmt.Sprintf(
			"the value %q of %q is no name of %s or %s, and only the form of AWS's IAMCTL can say that it is to be rewritten in every account: "+
				"write the dictionary in the scoped form, with the account that %q belongs to, as {\"version\": 2, \"equivalencies\": [{\"placeholder\": %q, \"values\": {\"ACCOUNT\": %q}}]}, and try again",
			v.Text, placeholder, p.A.Account.Tag, p.B.Account.Tag, v.Text, placeholder, v.Text)}
	}
	return nil
}
