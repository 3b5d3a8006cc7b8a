package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// MakeFolders makes a folder with those above it that are missing, and returns
// the new ones, the outermost first. After an error none of them is left.
func MakeFolders(path string, perm fs.FileMode) ([]string, error) {
	var missing []string
	for p := filepath.Clean(path); ; p = filepath.Dir(p) {
		if _, err := os.Stat(p); !errors.Is(err, fs.ErrNotExist) || p == filepath.Dir(p) {
			break
		}
		missing = append(missing, p)
	}
	slices.Reverse(missing)
	for i, p := range missing {
		if err := os.Mkdir(p, perm); err != nil && !errors.Is(err, fs.ErrExist) {
			RemoveFolders(missing[:i])
			return nil, explain("make the folder", p, "", err)
		}
	}
	return missing, nil
}

// RemoveFolders takes back what MakeFolders made, as far as it is empty.
func RemoveFolders(made []string) {
	for i := len(made) - 1; i >= 0; i-- {
		os.Remove(made[i])
	}
}
