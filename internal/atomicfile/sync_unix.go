//go:build unix

package atomicfile

import (
	"os"
	"syscall"
)

// syncFile hands a file to the disk. That the disk's own cache is flushed is
// left to the sync of the folder: on macOS one such flush costs as much as
// writing hundreds of files.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for {
		if err := syscall.Fsync(int(f.Fd())); err != syscall.EINTR {
			return os.NewSyscallError("fsync", err)
		}
	}
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err == nil {
		defer f.Close()
		err = f.Sync()
	}
	if err != nil && !ignorable(err) {
		return err
	}
	return nil
}

// replaceFolder moves the folder from to the place to, where nothing or an
// empty folder may be. os.Rename would refuse the empty one, and removing it
// first would let another run take its name.
func replaceFolder(from, to string) error {
	for {
		err := syscall.Rename(from, to)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
		}
		return nil
	}
}

// ownedByUs reports whether what this process makes has the owner of info.
func ownedByUs(info os.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Geteuid()
}
