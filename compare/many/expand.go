package many

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"iamctl/internal/hint"
)

// Expand returns the snapshot folders and the saved files with account details that match a
// pattern of path.Match, and the names of what matches and is neither, but for what a fleet
// has besides its accounts and for hidden names. A source without a
// wildcard is returned as it is.
func Expand(source string) (sources, skipped []string, err error) {
	if !isPattern(source) {
		return []string{source}, nil, nil
	}
	matches, err := filepath.Glob(source)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", source, err)
	}
	for _, m := range matches {
		switch {
		case ours(m):
		case isSnapshot(m), holdsDetails(m):
			sources = append(sources, m)
		default:
			skipped = append(skipped, m)
		}
	}
	if len(sources) == 0 {
		return nil, skipped, hint.With(fmt.Errorf("%s: nothing that matches is a snapshot folder or a file with account details", source),
			"'iamctl snapshot SOURCE --dir DIR' writes snapshot folders")
	}
	return sources, skipped, nil
}

// isSnapshot reports whether a folder has a snapshot, or the first one's writing was
// interrupted: the reading says so.
func isSnapshot(dir string) bool {
	return exists(filepath.Join(dir, "account.json")) || exists(filepath.Join(dir, ".iamctl-pending"))
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// headLength is how much of a file is looked at to see what it is.
const headLength = 1 << 16

// holdsDetails reports whether a file begins as the output of
// aws iam get-account-authorization-details does, whole or not.
func holdsDetails(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || filepath.Ext(path) != ".json" {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return true // the reading says what is wrong with it
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headLength))
	return err != nil || bytes.Contains(head, []byte(`DetailList"`))
}
