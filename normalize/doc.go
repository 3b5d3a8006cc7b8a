// Package normalize rewrites what is meant to differ between two accounts,
// by the rules of an equivalency dictionary, and keeps the value before next
// to every value after. It is pure: no clock, file, network or logger.
//
// Apply rewrites every text of an account that somebody chose: names, paths,
// tags, descriptions, ARNs, principals, the values of conditions. Effects and
// actions are AWS's own and stay. Package rewrite has the rules for one text.
//
// What Apply returns is in the order that comparing needs: roles by their new
// names, and in every table the distinct values and the rows sorted and
// without duplicates, as flattening promises. A document that several policies
// share is rewritten once and stays shared, and one in which nothing was
// rewritten is the same before and after.
//
// # Nothing is lost
//
// Rows that become equal are one row, and Table.Origins returns all that it
// was before. Two roles that would get one name keep their own, with a gap
// each, because one of them would not be compared.
//
// # What rewriting may hide
//
// What the dictionary makes equal may still be drift. The Trace of each value
// that was rewritten is kept in its Table for package doubt, which compares
// the origins of what is equal. Package unused warns of entries of the
// dictionary without effect.
package normalize
