package gitsnapshot

import "fmt"

// Reason is why a walk came to an end.
type Reason string

// The reasons. After the first two the history is known as a whole: what the
// last moment shows began with it. After the others it may be older.
const (
	// Beginning: there is no older commit that touched the snapshots.
	Beginning Reason = "beginning"
	// Missing: at End.Commit a snapshot is not there.
	Missing Reason = "missing"
	// Moved: End.Commit moved a snapshot here from the folder End.From.
	Moved Reason = "moved"
	// Limit: older commits were not looked at.
	Limit Reason = "limit"
	// Shallow: the repository lacks what is older.
	Shallow Reason = "shallow"
	// Unreadable: at End.Commit a snapshot cannot be read, for End.Err.
	Unreadable Reason = "unreadable"
	// Stopped: the caller did not ask for more, or an error was given.
	Stopped Reason = "stopped"
)

// End says why a walk came to an end.
type End struct {
	Reason Reason
	// Commit is the last of the walk, or for Missing and Unreadable the one
	// that ended it. It is zero where there is none.
	Commit Commit
	// From is where a snapshot was before it was moved, as a path from the
	// repository's top.
	From string
	// Err is why a snapshot is unreadable.
	Err error
}

// Whole reports whether the history was seen as far back as it goes: a drift that
// the last moment shows began with its commit.
func (e End) Whole() bool { return e.Reason == Beginning || e.Reason == Missing }

// String says it in words for a person. They may hold hostile text.
func (e End) String() string {
	if e.Reason == Missing && e.Commit.Hash == "" {
		return "no commit has the snapshot"
	}
	switch e.Reason {
	case Beginning:
		return fmt.Sprintf("the history begins with commit %s", e.Commit.Short())
	case Missing:
		return fmt.Sprintf("at commit %s there is no snapshot yet", e.Commit.Short())
	case Moved:
		return fmt.Sprintf("commit %s moved the snapshot here from %q, where its history was not looked at", e.Commit.Short(), e.From)
	case Limit:
		return fmt.Sprintf("commits older than %s were not looked at", e.Commit.Short())
	case Shallow:
		return fmt.Sprintf("the clone is shallow and ends with commit %s; fetch the whole history with: git fetch --unshallow", e.Commit.Short())
	case Unreadable:
		return fmt.Sprintf("commits from %s on back were not looked at: %v", e.Commit.Short(), e.Err)
	}
	return "older commits were not looked at"
}
