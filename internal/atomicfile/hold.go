package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// LockName is the name of the file that a run locks in a folder that it holds.
// It goes with the hold, or with the next one if the process was killed.
const LockName = TempPrefix + "lock"

// HeldError is the error for what another run holds. It is an ErrLocked.
type HeldError struct {
	// By names the process, "" if it is not known.
	By string
}

func (e *HeldError) Error() string {
	if e.By == "" {
		return "another run is writing to it"
	}
	return "another run is writing to it (" + e.By + ")"
}

func (e *HeldError) Unwrap() error { return ErrLocked }

// HoldFolder holds a folder that exists, so that no other run writes to it. It
// does not wait: a *HeldError where another run holds it. The caller releases it.
func HoldFolder(dir string) (*Lock, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	lock, err := hold(filepath.Join(real, LockName))
	if err != nil {
		return nil, explain("hold the folder", dir, "", err)
	}
	return lock, nil
}

// HoldFile holds a file, whether it exists or not, from before it is read until
// after Write has replaced it. It waits as long as ctx lets it.
func HoldFile(ctx context.Context, path string) (*Lock, error) {
	target, err := fileAt(path)
	if err != nil {
		return nil, explain("write", path, "", err)
	}
	for {
		lock, err := hold(lockBeside(target))
		if err == nil {
			return lock, nil
		}
		if !errors.Is(err, ErrLocked) || ctx.Err() != nil {
			return nil, explain("write", path, "", err)
		}
	}
}

// lockBeside returns the name of the lock of something that may not exist yet.
func lockBeside(path string) string {
	return filepath.Join(filepath.Dir(path), LockName+"-"+nameHash(path))
}

// nameHash returns a short name for the last element of a path, the same in any
// letter case, because some disks do not distinguish it.
func nameHash(path string) string {
	h := fnv.New64a()
	io.WriteString(h, strings.ToLower(filepath.Base(path)))
	return strconv.FormatUint(h.Sum64(), 36)
}

// Whoever sweeps a folder holds the locks of the dead for a moment, and whoever
// ends takes the file away: neither is a run that is writing.
const (
	holdTries = 10
	holdPoll  = 10 * time.Millisecond
)

// hold makes the file at path and locks it.
func hold(path string) (*Lock, error) {
	var err error
	for range holdTries {
		var lock *Lock
		if lock, err = tryHold(path); !errors.Is(err, ErrLocked) {
			return lock, err
		}
		time.Sleep(holdPoll)
	}
	return nil, &HeldError{By: holder(path)}
}

func tryHold(path string) (*Lock, error) {
	err := clearWay(path)
	if err != nil {
		return nil, bare(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollow, 0o600)
	if err != nil {
		return nil, bare(err)
	}
	err = lockFile(f, true)
	if errors.Is(err, ErrLocked) || err == nil && !isAt(f, path) {
		f.Close()
		return nil, ErrLocked
	}
	// Without locks on this system or disk, nothing is held.
	if err == nil {
		host, _ := os.Hostname()
		f.Truncate(0)
		fmt.Fprintf(f, "process %d on %s\n", os.Getpid(), host)
	}
	return &Lock{f: f, made: path}, nil
}

// bare leaves the name of the lock out of an error: it means nothing to the user.
func bare(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// clearWay removes what has the name of a lock and is none.
func clearWay(path string) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode()&fs.ModeType != 0 {
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// isAt reports whether f is still the file at path: the run before takes it away
// when it ends.
func isAt(f *os.File, path string) bool {
	mine, err1 := f.Stat()
	there, err2 := os.Lstat(path)
	return err1 == nil && err2 == nil && os.SameFile(mine, there)
}

// holderLength is how many bytes of a lock are read.
const holderLength = 100

// holder returns what the holder of a lock wrote into it, "" for what no holder
// wrote.
func holder(path string) string {
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, holderLength))
	line, _, whole := strings.Cut(string(data), "\n")
	var pid int
	if _, scan := fmt.Sscanf(line, "process %d on ", &pid); err != nil || scan != nil || !whole {
		return ""
	}
	return line
}
