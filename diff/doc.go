// Package diff compares two normalised accounts: two values of
// normalize.Account go in, Changes come out.
//
// The rules, in their order:
//
//  1. Roles pair by normalised name, without regard to case. Parts of names that
//     a tool made up are normalised too (package pairing).
//  2. The attributes of a pair are compared kind by kind. One that a source does
//     not carry is noted and not compared.
//  3. Policies pair by type and name. The items of both are compared as sets, on
//     the columns from effect to note.
//  4. An item that another item of the same policy covers is no difference: it
//     says nothing new.
//  5. Of texts and items that are equal by rewriting alone, those with a literal
//     placeholder in one account differ; those that merely might hide drift are
//     equal, and are listed as masked, all of them.
//  6. What one side could not read is compared on neither. It is a gap.
//
// Compare(x, x) is empty, and Compare(b, a) is Compare(a, b) with the sides
// swapped. The same two accounts have the same Changes, in the same order.
//
// The package never rewrites a text, and never guesses: a name that fits several
// roles pairs none of them. It judges nothing; what is accepted or new is for
// package result. It is pure.
//
// Compare is where to begin. It pairs roles in pairs.go, and compares a pair in
// attributes.go and policies.go.
package diff
