package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// explain adds to an error its file and what to do about it. The temporary name
// tmp means nothing to the user and is left out.
func explain(verb, path, tmp string, err error) error {
	err = without(tmp, err)
	if hint := hintFor(err); hint != "" {
		return fmt.Errorf("%s %s: %w; %s", verb, path, err, hint)
	}
	return fmt.Errorf("%s %s: %w", verb, path, err)
}

// without drops the temporary name from an error of the system. An error of
// the caller's own stays whole.
func without(tmp string, err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		rest, ok := strings.CutPrefix(e.Path, tmp)
		if rest = strings.TrimLeft(rest, `/\`); tmp == "" || ok && rest == "" {
			return e.Err
		} else if ok {
			return &fs.PathError{Op: e.Op, Path: rest, Err: e.Err}
		}
	case *os.LinkError:
		if name := filepath.Base(e.New); !strings.HasPrefix(name, TempPrefix) {
			return &fs.PathError{Op: e.Op, Path: name, Err: e.Err}
		}
		return e.Err
	}
	return err
}

func hintFor(err error) string {
	var link *LinkError
	switch {
	case errors.As(err, &link):
		return "name the place itself, or give --follow-links"
	case errors.Is(err, ErrLocked):
		return "wait for it to end, or choose another place"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "free some space or choose another folder"
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return "choose a folder that you may write to"
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "choose a shorter name"
	case errors.Is(err, fs.ErrNotExist):
		return "look whether its folder is there"
	}
	return ""
}
