// Package extract holds what the sources of accounts have in common: how a
// source is named on the command line (Spec) and how it is tagged, how IAM
// encodes policy documents, and how an error in a file names its place.
//
// Each source is a subpackage and returns an inventory.Account:
//
//   - live reads an AWS account by a profile; it alone uses the AWS SDK;
//   - snapshot reads, and writes, a folder of JSON files made for git;
//   - gitsnapshot reads such a folder at a git revision, and its history;
//   - authdetails reads the saved output of the AWS CLI.
//
// What a source cannot read is a gap of the account, never left out unseen,
// and what it does not carry is nil. Package sourcetest checks that of every
// source. Package flatten turns the documents of an account into items.
package extract

// Progress is called while an account is extracted: with the stage in a few
// words, what is done of it, and the total, 0 while that is not known. It may
// be called from several goroutines at once.
type Progress func(stage string, done, total int)
