// Package doubt finds what equality after rewriting may hide. A dictionary
// must not hide drift: what two accounts have in common only because of it
// is reported, or is a difference after all.
//
// Two rows or texts that are equal after rewriting are masked in these cases,
// of which the first counts:
//
//  1. A placeholder was put in on one side, and the other side has it
//     literally, at the same place. The two differ for certain.
//  2. A value without a known owner was rewritten in one of the two, and the
//     other account has it too, here or anywhere else.
//  3. A value without a known owner was rewritten in an account that has
//     another value of its own in the same entry of the dictionary: it may
//     be a third account's.
//  4. Different texts became one on one side, and fewer did on the other:
//     the one may have more than the other.
//
// # How it works
//
// What is looked at are the originals of a row or text: everything before
// rewriting that became it. Their traces say which placeholders and values
// are involved, and decide nearly every case. Only where a placeholder is
// both inserted and literal, or where several originals became one, their
// layouts are compared; each distinct layout has a number, because a resource
// may be in the rows of thousands of actions.
//
// Masker.May rules out whole tables by what the traces of their values have
// in common. It may be wrong in one direction only.
package doubt
