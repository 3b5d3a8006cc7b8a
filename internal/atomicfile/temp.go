package atomicfile

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// TempPrefix begins the name of everything that is in the making.
const TempPrefix = ".iamctl-tmp-"

// tempName makes up a name in the folder. It is short, since the final name
// may be as long as the system allows.
func tempName(folder string) string { return filepath.Join(folder, TempPrefix+randomName()) }

func randomName() string { return strconv.FormatUint(rand.Uint64(), 36) }

// sweep removes what killed runs left in the folder, known by its lock, which is
// free, or because mine says that no other run can have it. It is a courtesy: what
// cannot be removed stays, and what a living run has is left alone.
func sweep(folder string, mine func(fs.DirEntry) bool) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), TempPrefix) || !(e.IsDir() || e.Type().IsRegular()) {
			continue
		}
		// Without a lock on folders, a living run's looks like any other.
		if e.IsDir() && !removesOpen && !mine(e) {
			continue
		}
		path := filepath.Join(folder, e.Name())
		lock, err := TryLock(path, true)
		if err != nil || !lock.held() && !mine(e) {
			continue
		}
		if !removesOpen {
			lock.Release()
		}
		os.RemoveAll(path)
		lock.Release()
	}
}

// mark locks what this run has just made, so that no other run sweeps it
// away. It returns false if one was quicker.
func mark(path string) (*Lock, bool) {
	if !removesOpen {
		return nil, true // what is open cannot be renamed here either
	}
	lock, err := TryLock(path, true)
	if err != nil {
		return nil, false
	}
	if !lock.held() {
		return lock, true // no locks here, so nothing sweeps either
	}
	if !isAt(lock.f, path) {
		lock.Release()
		return nil, false
	}
	return lock, true
}
