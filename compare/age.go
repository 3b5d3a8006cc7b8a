package compare

import "iamctl/result"

// What is new is decided here, of drift and of findings of audits alike.

// AgeOf returns whether something is new or known to an earlier run, "" if there is none.
func AgeOf(held, known bool) string {
	switch {
	case !held:
		return ""
	case known:
		return result.AgeKnown
	}
	return result.AgeNew
}

// AsGoodAsNew reports whether what no waiver accepts now is new: the earlier run did not
// have it, or had it as waived, or a waiver is there for it that accepts it no longer.
func AsGoodAsNew(known, waivedThen, waivedOnce bool) bool {
	return !known || waivedThen || waivedOnce
}
