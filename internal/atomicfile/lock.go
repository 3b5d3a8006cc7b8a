package atomicfile

import (
	"errors"
	"os"
)

// ErrLocked is what TryLock returns where somebody else holds the lock.
var ErrLocked = errors.New("in use by another run")

// Lock is a lock on a file or folder. It ends with the process, however that
// ends.
type Lock struct{ f *os.File }

// TryLock locks a file or folder for this process alone, or together with
// others that do not ask for it alone, and does not wait: ErrLocked where it
// cannot be had. Where the system or the disk has no locks, it returns a Lock
// that locks nothing.
func TryLock(path string, alone bool) (*Lock, error) { return tryLock(path, alone) }

// Release releases the lock. It may be called twice, and on nil.
func (l *Lock) Release() {
	if l != nil && l.f != nil {
		l.f.Close()
		l.f = nil
	}
}

// held is true for a lock that truly locks.
func (l *Lock) held() bool { return l != nil && l.f != nil }
