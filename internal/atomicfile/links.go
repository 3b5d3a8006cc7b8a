package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// LinkError is the error for an output whose path has a symbolic link that leads
// out of the folder that the link is in.
type LinkError struct {
	// Link is the link, and Target where it leads.
	Link, Target string
}

func (e *LinkError) Error() string {
	return fmt.Sprintf("%s is a link out of its folder, to %s", e.Link, e.Target)
}

// Inside returns a *LinkError if writing to path would follow a link out of the
// folder that the link is in: in a checkout of a stranger's that may lead to any
// file of the user's. What is above the working folder is the user's own, as is
// the folder of a path that lies elsewhere. Links that lead nowhere are left to
// whoever writes.
func Inside(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	at, rest := filepath.Split(abs)
	if here, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(here, abs); err == nil && filepath.IsLocal(rel) {
			at, rest = here, rel
		}
	}
	for _, name := range strings.Split(filepath.Clean(rest), string(filepath.Separator)) {
		folder := at
		at = filepath.Join(folder, name)
		if err := insideFolder(folder, at); err != nil {
			return err
		}
	}
	return nil
}

// insideFolder returns a *LinkError if path is a link to what is not below folder.
func insideFolder(folder, path string) error {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return nil
	}
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(real, target); err != nil || !filepath.IsLocal(rel) || rel == "." {
		return &LinkError{Link: path, Target: target}
	}
	return nil
}

// Follow returns the path with the links followed if one of them leads out of its
// folder, so that Write and NewDir take it, or else as it is.
func Follow(path string) (string, error) {
	var link *LinkError
	err := Inside(path)
	if !errors.As(err, &link) {
		return path, err
	}
	if target, err := filepath.EvalSymlinks(path); !errors.Is(err, fs.ErrNotExist) {
		return target, err
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(path) != path {
		folder, err = Follow(filepath.Dir(path)) // folders yet to be made
	}
	return filepath.Join(folder, filepath.Base(path)), err
}
