// Package meaning says what the differences of two normalised accounts mean: what the
// role of one account allows that the other account's does not, proved by a request,
// and how bad that is.
//
// Documents are compared as the dictionary rewrites them, so that names that are meant
// to differ are no difference, and a name of the other account is one. In place of each
// placeholder they have a token, a text that nothing else can hold. A request that
// proves something is translated back: it counts if the role of one account allows it
// in the names of that account, and the other role refuses it in those of the other.
//
// What a text with a token matches may be something else than what it matched before:
// a pattern that begins like a name of the account. Where that could hide something,
// the verdict is UNKNOWN.
//
// What AWS changed in its own policies is a part of what a pair of roles may do, and a
// difference for itself: where it alone accounts for a meaning, that says so. It is pure.
package meaning
