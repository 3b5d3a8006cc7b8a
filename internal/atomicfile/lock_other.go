//go:build !windows && (!unix || solaris || aix || illumos)

package atomicfile

import (
	"errors"
	"os"
)

const (
	removesOpen = true
	noFollow    = 0
)

func openToLock(path string) (f *os.File, made string, err error) {
	f, err = os.Open(path)
	return f, "", err
}

func lockFile(*os.File, bool) error { return errors.ErrUnsupported }
