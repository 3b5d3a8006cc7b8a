//go:build !unix

package atomicfile

import "os"

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// syncFolder does nothing: the system has no such call.
func syncFolder(string) error { return nil }

// replaceFolder moves the folder from to the place to, where nothing or an
// empty folder may be.
func replaceFolder(from, to string) error {
	os.Remove(to) // only an empty folder goes; the rename fails on any other
	return os.Rename(from, to)
}

func ownedByUs(os.FileInfo) bool { return true }
