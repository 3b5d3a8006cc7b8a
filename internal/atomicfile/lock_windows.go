package atomicfile

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// removesOpen reports whether a file can be removed while it is open.
const removesOpen = false

// noFollow has no counterpart here; Hold looks at the file first.
const noFollow = 0

// openToLock opens a file to lock it. In place of a folder, which cannot be locked
// here, it opens a file within it, which goes with the lock.
func openToLock(path string) (f *os.File, made string, err error) {
	info, err := os.Lstat(path)
	if err == nil && info.IsDir() {
		made = filepath.Join(path, LockName)
		f, err = os.OpenFile(made, os.O_RDWR|os.O_CREATE, 0o600)
		return f, made, err
	}
	f, err = os.Open(path)
	return f, "", err
}

// lockFile locks an open file: ErrLocked if another process has it. The byte that
// is locked lies far behind the content, which others may read.
func lockFile(f *os.File, alone bool) error {
	flags := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if alone {
		flags |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrLocked
	}
	return err
}
