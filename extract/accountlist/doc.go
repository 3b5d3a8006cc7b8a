// Package accountlist reads files with a list of accounts: CSV with the columns id, name,
// role_arn, profile and tags, in any order, of which only id must be there.
//
//	id,name,role_arn,profile,tags
//	111111111111,dev,arn:aws:iam::111111111111:role/iamctl-reader,,env=dev;team=core
//	222222222222,qa,,qa-profile,
//
// A role_arn is a role of the account, which is assumed by the row's profile where it has
// one; a profile alone leads to the account itself.
package accountlist
