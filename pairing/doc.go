// Package pairing finds the names that two accounts have for one entity although they
// differ, because AWS or a deployment tool made a part of each up, and what an account
// itself says of its unique ids. It tells the rules of both accounts, so that the
// entity has one name wherever it is named: in its own name, in a trust policy, in a
// resource, in a condition.
//
// The rules, in their order:
//
//  1. Names that are equal by the dictionary are one, and are left alone.
//  2. Names that package randomname recognises pair if they are equal without the
//     made-up parts, on one name of either account, and if both together look random
//     enough. Then by names without all that may be made up, then by names that were
//     cut because they grew too long.
//  3. A name that fits several of the other account's, or of its own, pairs none. It is
//     noted: guessing wrong would hide drift.
//  4. A policy that many roles have one of, such as each Lambda function's
//     AWSLambdaBasicExecutionRole, pairs within the pair of its roles.
//  5. A name of one account alone is known by its stem all the same, so that a waiver
//     survives the next deployment.
//  6. A unique id of an entity that the account has is that entity's ARN as a principal,
//     and in a condition a text of its own: the id of that ARN. One that no entity has
//     stays as it is: the entity was deleted.
//  7. Where both sides are one account, regions and SAML providers tell apart what is
//     there together, and pair nothing.
//  8. Roles of many accounts that do not pair with one of the account that all are compared
//     with are one by their stems, and one with a role of its that others pair with, as those
//     of two accounts are: each is held against the name that speaks most for a tool. An
//     account with two of a stem has no part in it: see Join.
//
// Only whole names count, in ARNs of the account itself. The package is pure.
package pairing
