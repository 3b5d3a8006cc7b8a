package atomicfile

import (
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
func tempName(folder string) string {
	return filepath.Join(folder, TempPrefix+strconv.FormatUint(rand.Uint64(), 36))
}

// sweep removes what killed runs left in the folder. It is a courtesy: what
// cannot be removed stays, and what a living run holds is left alone.
func sweep(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), TempPrefix) || !(e.IsDir() || e.Type().IsRegular()) {
			continue
		}
		path := filepath.Join(folder, e.Name())
		lock, err := TryLock(path, true)
		if err != nil || !lock.held() {
			continue
		}
		os.RemoveAll(path)
		lock.Release()
	}
}

// hold locks what this run has just made, so that no other run sweeps it
// away. It returns false if one was quicker.
func hold(path string) (*Lock, bool) {
	lock, err := TryLock(path, true)
	if err != nil {
		return nil, false
	}
	if !lock.held() {
		return lock, true // no locks here, so nothing sweeps either
	}
	mine, err1 := lock.f.Stat()
	there, err2 := os.Lstat(path)
	if err1 != nil || err2 != nil || !os.SameFile(mine, there) {
		lock.Release()
		return nil, false
	}
	return lock, true
}
