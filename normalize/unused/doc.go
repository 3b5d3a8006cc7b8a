// Package unused warns of entries of a dictionary that do less than their
// author is likely to have meant, or more.
//
// It warns of
//
//   - an entry that rewrote nothing in any of the accounts, with texts that
//     nearly matched and why they were left alone;
//   - an entry that has no value for one of the accounts, but values for
//     accounts that are not in the comparison: a name may be misspelt;
//   - an entry that rewrote something in one of the accounts alone, though it has
//     values for the other;
//   - an entry that rewrites the id of a third account;
//   - a dictionary of which no entry is for any of the accounts, once for all
//     entries.
//
// It does not warn of an entry for other accounts only, unless all are: one
// dictionary may serve many comparisons. Nor does it warn of an entry of the
// accounts' own ids, which is right and has no effect.
//
// A near match is a text that has a value of the entry in any letter case. The
// texts are those that package normalize rewrites, as they were before.
package unused
