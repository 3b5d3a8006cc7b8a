//go:build unix && !solaris && !aix && !illumos

package atomicfile

import (
	"errors"
	"os"
	"syscall"
)

// removesOpen reports whether a file can be removed while it is open.
const removesOpen = true

// noFollow makes opening a symbolic link fail.
const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// openToLock opens a file or folder to lock it.
func openToLock(path string) (f *os.File, made string, err error) {
	f, err = os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	return f, "", err
}

// lockFile locks an open file or folder: ErrLocked if another process has it.
func lockFile(f *os.File, alone bool) error {
	how := syscall.LOCK_SH
	if alone {
		how = syscall.LOCK_EX
	}
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EWOULDBLOCK):
			return ErrLocked
		case err != syscall.EINTR:
			return os.NewSyscallError("flock", err)
		}
	}
}
