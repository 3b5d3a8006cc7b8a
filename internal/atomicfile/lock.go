package atomicfile

import (
	"errors"
	"os"
)

// ErrLocked is what TryLock returns where somebody else holds the lock.
var ErrLocked = errors.New("in use by another run")

// Lock is a lock on a file or folder. It ends with the process, however that
// ends.
type Lock struct {
	f *os.File
	// made is the file that was made to be locked, "" if it was there for
	// something else.
	made string
}

// TryLock locks a file or folder for this process alone, or together with
// others that do not ask for it alone, and does not wait: ErrLocked where it
// cannot be had. Where the system or the disk has no locks, it returns a Lock
// that locks nothing.
func TryLock(path string, alone bool) (*Lock, error) {
	f, made, err := openToLock(path)
	if errors.Is(err, os.ErrPermission) {
		return &Lock{}, nil // writable but not readable: no lock to be had
	}
	if err != nil {
		return nil, err
	}
	switch err := lockFile(f, alone); {
	case err == nil:
		return &Lock{f: f, made: made}, nil
	case errors.Is(err, ErrLocked):
		f.Close()
		return nil, ErrLocked
	}
	f.Close()
	return &Lock{}, nil
}

// Release releases the lock. It may be called twice, and on nil.
func (l *Lock) Release() {
	if l == nil || l.f == nil {
		return
	}
	if l.made != "" && removesOpen {
		os.Remove(l.made)
	}
	l.f.Close()
	if l.made != "" && !removesOpen {
		os.Remove(l.made) // fails if another run has it by now, as it should
	}
	l.f = nil
}

// held is true for a lock that truly locks.
func (l *Lock) held() bool { return l != nil && l.f != nil }
