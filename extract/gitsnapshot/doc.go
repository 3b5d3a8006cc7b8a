// Package gitsnapshot reads snapshots as they were at a git revision, and
// their history.
//
// The path of a source git:REV:PATH is relative to the current folder, as in
// "git show REV:./PATH"; in a bare repository it is relative to the top. What
// is read are the files of the commit, byte by byte, never those of the work
// tree. A symbolic link or submodule in the place of a snapshot's file or
// folder is an error.
package gitsnapshot
