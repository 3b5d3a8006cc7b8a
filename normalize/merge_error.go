package normalize

import (
	"errors"
	"fmt"
)

// MergeError says that an account has two roles whose names differ in letter case
// alone, so that one of them would not be compared. IAM does not allow that.
type MergeError struct {
	// Account is the account's tag.
	Account string
	// First and Second are the roles' names, in byte order.
	First, Second string
}

func (e *MergeError) Error() string {
	return fmt.Sprintf("account %q has two roles that differ in letter case alone, %q and %q, which IAM does not allow: check where the data comes from",
		e.Account, e.First, e.Second)
}

// checkKeys returns an error for each pair of roles with one key. The roles
// are sorted by it.
func checkKeys(account string, roles []Role) error {
	var errs []error
	for i := 1; i < len(roles); i++ {
		if a, b := &roles[i-1], &roles[i]; a.Key == b.Key {
			errs = append(errs, &MergeError{Account: account, First: a.Raw.Name, Second: b.Raw.Name})
		}
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}
