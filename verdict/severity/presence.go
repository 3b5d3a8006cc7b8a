package severity

import (
	"strings"

	"iamctl/policy/eval"
)

// guards reports whether a request is allowed with some values of the key alone. Where
// it is about who somebody is, an absent key must not do.
func guards(key string, r *eval.Request, decide func(*eval.Request) eval.Decision) bool {
	_, present := r.Context[key]
	if who := key == externalID || strings.HasPrefix(key, multiFactor); who && !present {
		return false
	}
	return !allWith(key, addresses, false, r, decide) && !allWith(key, probeValues, true, r, decide)
}

const (
	externalID  = "sts:externalid"
	multiFactor = "aws:multifactorauth"
	// multiFactorAge is there only where MFA was.
	multiFactorAge = multiFactor + "age"
)

// allWith reports whether a request is allowed with each of the values of a key, or is
// so with one and undecided with others.
func allWith(key string, values []string, undecided bool, r *eval.Request, decide func(*eval.Request) eval.Decision) bool {
	some := false
	for _, value := range values {
		switch o := decide(withKey(r, key, value)).Outcome; {
		case o == eval.Allowed:
			some = true
		case o != eval.Undecided || !undecided:
			return false
		}
	}
	return some
}
