// Package rewrite replaces an account's own values in a text by placeholders,
// as the rules of an equivalency dictionary say.
//
// The rules, in their order:
//
//  1. A value matches as a whole token (equivalency.Token), or anywhere if
//     its rule says so, in the fields of its rule. Letter case counts.
//  2. At each place of a text, from left to right, the longest value that
//     matches is rewritten. What was put in is not looked at again.
//  3. What says what a text is stays: an ARN's partition and service, policy
//     variables (but not the names in their keys and their default values),
//     condition keys but for the names in them, the name and domain of an AWS service (equivalency.Fixed).
//     A value that is the whole ARN of a resource may replace its own.
//  4. A shared literal that is a whole token stays, and stays a whole token:
//     nothing is rewritten that overlaps it or would grow together with it.
//  5. Of a condition or a statement, which are JSON, only values are
//     rewritten, and the names in a condition's keys: no operators and
//     actions. In a key letter case does not count. What is not replaced keeps
//     its spelling. Where something was replaced, lists that are sets to the
//     policy language are sorted again and have no duplicates.
//
// # Traces
//
// Two texts that are equal after rewriting may hide drift. What the rewriting
// of a text has to say about that is its Trace. There are few different
// traces even in millions of texts, and a Tracer makes one for each.
//
// # Layouts
//
// An account may have a placeholder literally, where the other account's
// value was rewritten to it. Only the places tell such texts apart, so a
// Layout is a text after rewriting with the places of what was put in.
//
// # Names
//
// A text of one account that has a value of the other is drift, or worse.
// Rewriter.Named finds these values, and what would be expected instead.
package rewrite
