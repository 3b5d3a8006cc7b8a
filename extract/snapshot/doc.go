// Package snapshot keeps an account as a folder of JSON files, made to be
// committed to git: one file per role, policy, user and group, so that the
// history shows who changed what.
//
//	account.json                 format, version, account, gaps and notes
//	roles/NAME.json
//	policies/customer/NAME.json
//	policies/aws/NAME.json       AWS-managed policies
//	policies/versions/NAME@ID.json
//	                             versions of customers' policies that are not in force
//	users/NAME.json
//	groups/NAME.json
//	last-used.json               when roles were last used, where that was asked for
//
// The same account makes the same bytes: keys are sorted, lists have the
// order of inventory.Account.Sort, and nothing in the files changes by
// itself: dates are those of creation, and there are no usage counts. When roles were last
// used, which changes every day, has a file of its own. Fields that the source does not have
// are absent; empty lists are too. Instance profiles that the source does not have
// are null. NAME is the entity's name, with every
// character percent-encoded that some system does not allow in file names;
// the name that counts is the one in the file.
//
// # Versions of policies
//
// The file of a policy has what is in force, and in otherVersions the ids of its other
// versions, unless it is not known which there are. Each of those has a file that never
// changes, so that git shows it come and go. They are no part of a comparison. A version
// without a file, and a file without a policy that lists it, are errors.
//
// # Policy documents
//
// A document is written as a JSON object with sorted keys. Its lists keep
// their order, except those that the policy language treats as sets and that
// IAM returns in any order: actions, resources, principals and condition
// values are sorted. Numbers are written as they came. Read returns the
// document as compact JSON text: the same to the policy language, not
// always the same letters.
//
// A document that could not be kept exactly that way is written as a string,
// as IAM's API has it: the JSON text itself if it begins with a brace,
// percent-encoded otherwise. Such are documents that are not a JSON object, that
// hold a key twice, or that are not valid UTF-8. In files edited by hand
// either form is fine everywhere.
//
// # Interrupted writes
//
// Write never leaves a mixture of two snapshots. It first writes the files
// that differ to the hidden folder .iamctl-staging, with the list of files to
// remove. Renaming that to .iamctl-pending is the moment at which the new
// snapshot is valid; then the files are moved to their places. If the process
// ends before that, the next Write completes it. Until then Read is an error: what
// lies in a hidden folder is in nobody's sight, and what is in its place may be of
// two snapshots. Nothing else in the folder is touched:
// a README, .gitkeep or .git stays where it is.
package snapshot
