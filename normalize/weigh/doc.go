// Package weigh counts, entry by entry of the dictionary, what two accounts have
// in common only because of it: items, attributes and names that would differ if
// the entry were not there. What is counted is no drift, and mostly nothing but
// what the dictionary is for; but nobody can know it who is not told.
//
// Two texts that are equal after rewriting are equal because of an entry if they
// were not equal before, and the values of the entry that were rewritten in the
// one are not those in the other, in their order. If that is true of no entry,
// the values of some entry changed places: then every entry that rewrote either
// text counts, unless a part that a tool made up was put aside.
//
// An item counts once for an entry, whichever of its columns need it, and an
// attribute once for its key and its value. The names of roles and of policies
// count apart from items and attributes: a policy's items are equal for what they
// say, its name for itself.
//
// A Scale weighs. It looks at each two values of a column that meet once, and at
// documents that several roles share once.
package weigh
