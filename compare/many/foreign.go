package many

import (
	"sync"

	"iamctl/meaning"
	"iamctl/normalize"
)

// foreign returns what two accounts name of any other's: by the longest name of an account that
// is in a text, and where that is the name of one account alone.
func (m *run) foreign(of two) meaning.Whose {
	sides := [2]*beside{{run: m, account: of.reference, own: of.own[0]}, {run: m, account: of.other}}
	return func(side int, field normalize.Field, text string) []normalize.Named {
		return sides[side].named(field, text)
	}
}

// nobody is no account.
const nobody = -1

// beside is an account beside others.
type beside struct {
	run     *run
	account int
	// own reports that what it says of itself is what others say of it.
	own   bool
	rules sync.Map // of *normalize.Rewriter, by the index of the other account
}

// named returns the names of other accounts in a text, and what would be expected in its place if
// the account named its own thing.
func (b *beside) named(field normalize.Field, text string) (out []normalize.Named) {
	but := b.account
	if b.own {
		but = nobody
	}
	b.run.owned.in(but, field, text, func(o *ownedName) {
		if len(o.accounts) != 1 {
			return
		}
		named := normalize.Named{Value: o.text, Owner: b.run.members[o.accounts[0]].side.Tag}
		if r := b.rewriter(o.accounts[0]); r != nil {
			for _, n := range r.NamedValue(field, text) {
				if n.Value == o.text {
					named.Expected = n.Expected
				}
			}
		}
		out = append(out, named)
	})
	return out
}

// rewriter returns the rules of the account beside another, nil if there are none: what is wrong
// with them was said when these were compared.
func (b *beside) rewriter(other int) *normalize.Rewriter {
	if r, ok := b.rules.Load(other); ok {
		return r.(*normalize.Rewriter)
	}
	var r *normalize.Rewriter
	if rules, err := b.run.Dictionary.Rules(b.run.members[b.account].identity, b.run.members[other].identity); err == nil {
		r = normalize.NewRewriter(rules)
	}
	b.rules.Store(other, r)
	return r
}
