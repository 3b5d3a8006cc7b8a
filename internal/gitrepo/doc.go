// Package gitrepo reads folders at a git revision, and who changed them, with
// the git program. It reads only, and it reads what is in the repository: the
// bytes of the blobs, without line ends turned, filters, keywords or archives'
// substitutions.
//
// # A repository is foreign data
//
// Its configuration may name programs. Only commands that start none of them
// are run: rev-parse, rev-list, cat-file and diff-tree for names, which
// use no pager, no external diff, no textconv, no filter, no hook and no
// signature check. Some of these are switched off by options as well. Missing
// objects of a partial clone are not fetched, since that would run a transport
// of the repository's choice. Replacement objects are passed over: a commit's id
// names its own content.
//
// GIT_* variables are not handed on, so that a run from within a hook reads
// the repository that it was asked to read; those that say where the user's
// own configuration lies are (GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM,
// GIT_CONFIG_NOSYSTEM), for safe.directory is there. Whose repositories
// may be read is git's decision.
//
// git 2.30 or later is needed: the first whose rev-parse knows
// --end-of-options.
package gitrepo
