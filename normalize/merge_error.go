package normalize

import (
	"errors"
	"fmt"

	"iamctl/policy"
)

// MergeError says that two roles of one account would get one name, so that
// one of them would not be compared.
type MergeError struct {
	// Account is the account's tag.
	Account string
	// First and Second are the roles' names, in byte order.
	First, Second string
	// Name is what they would both be called.
	Name string
}

func (e *MergeError) Error() string {
	if policy.Fold(e.First) == policy.Fold(e.Second) {
		return fmt.Sprintf("account %q has two roles that differ in letter case alone, %q and %q, which IAM does not allow: check where the data comes from",
			e.Account, e.First, e.Second)
	}
	return fmt.Sprintf("by the dictionary the roles %q and %q of account %q would both be called %q, and one of them could not be compared",
		e.First, e.Second, e.Account, e.Name)
}

// checkKeys returns an error for each pair of roles with one key. The roles
// are sorted by it.
func checkKeys(account string, roles []Role) error {
	var errs []error
	for i := 1; i < len(roles); i++ {
		if a, b := &roles[i-1], &roles[i]; a.Key == b.Key {
			errs = append(errs, &MergeError{Account: account, First: a.Raw.Name, Second: b.Raw.Name, Name: b.Name})
		}
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}
