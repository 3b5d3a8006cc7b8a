package compare

import (
	"errors"
	"fmt"

	"iamctl/internal/hint"
)

// ErrOneAccount is wrapped by the error for two profiles that reach one account.
var ErrOneAccount = errors.New("one account")

// reached notes the account that a profile reaches. That two of them reach one
// account is most often a mistake in one profile, and the comparison would find
// everything in sync.
func (r *Reader) reached(id string, s Side) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	other, ok := r.accounts[id]
	if ok && other.Spec != s.Spec && s.Spec.Account != "" && !r.SameAccount {
		return hint.With(fmt.Errorf("%w, %s, is what two sources name: %s and %s", ErrOneAccount, id, min(other.Spec.String(), s.Spec.String()), max(other.Spec.String(), s.Spec.String())),
			"leave one out, or say --same-account if it is meant")
	}
	if ok && other != s && !r.SameAccount {
		a, b := min(other.Spec.Name, s.Spec.Name), max(other.Spec.Name, s.Spec.Name)
		return hint.With(fmt.Errorf("%w, %s, is what both profiles reach: %q and %q", ErrOneAccount, id, a, b),
			"correct the credentials of one, or say --same-account if it is meant")
	}
	if r.accounts == nil {
		r.accounts = map[string]Side{}
	}
	r.accounts[id] = s
	return nil
}
