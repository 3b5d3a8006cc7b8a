package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// folderPerm is for folders that lie above private ones.
const folderPerm = 0o700

// maxStamps bounds the search for a free name of one second.
const maxStamps = 10_000

// StampedFolder makes a new folder base/YYYY/MM/DD/HH/MM/SS for the time now
// and returns its path. Runs within one second do not share it: the second one
// gets SS-2, the next SS-3, and so on.
func StampedFolder(base string, now time.Time) (string, error) {
	above := filepath.Join(base, filepath.FromSlash(now.Format("2006/01/02/15/04")))
	second := now.Format("05")
	for n := 1; n <= maxStamps; n++ {
		name := second
		if n > 1 {
			name += "-" + strconv.Itoa(n)
		}
		folder := filepath.Join(above, name)
		err := makeStamped(above, folder)
		if err == nil {
			return folder, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", explain("make the folder", folder, "", err)
		}
	}
	return "", fmt.Errorf("make a folder in %s: %d of this second are there already", above, maxStamps)
}

// makeStamped tries again where RemoveStamped of another run takes the folder
// above away at that moment.
func makeStamped(above, folder string) error {
	var err error
	for range 10 {
		if err = os.MkdirAll(above, folderPerm); err != nil {
			return err
		}
		if err = os.Mkdir(folder, folderPerm); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return err
}

// RemoveStamped takes back a folder of StampedFolder that stayed empty, with
// the folders above it that are empty too. Nothing else is removed.
func RemoveStamped(base, folder string) {
	base = filepath.Clean(base)
	for p := filepath.Clean(folder); p != base && len(p) > len(base); p = filepath.Dir(p) {
		if os.Remove(p) != nil {
			return
		}
	}
}
