package many

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"iamctl/extract"
	"iamctl/extract/authdetails"
	"iamctl/extract/snapshot"
	"iamctl/internal/hint"
)

// Expand returns the snapshot folders and the saved files with account details that match a
// pattern of path.Match, broken ones and links that lead nowhere too, and the names of what matches and is neither, but
// for what a fleet has besides its accounts and for hidden names. A source without a
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
		case snapshot.Is(m), saved(m), dangling(m):
			if !extract.IsThere(m) {
				m = "." + string(filepath.Separator) + m // without a folder it would be a profile
			}
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

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// dangling reports whether a path is a link that leads nowhere: what it is meant to be cannot
// be read.
func dangling(path string) bool {
	_, err := os.Stat(path)
	return err != nil && exists(path)
}

// saved reports whether a path is a file that is meant to have account details.
func saved(path string) bool {
	return filepath.Ext(path) == ".json" && authdetails.Is(context.Background(), path)
}
