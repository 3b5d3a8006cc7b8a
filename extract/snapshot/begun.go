package snapshot

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path"
	"strings"

	"iamctl/internal/inputfile"
)

// Is reports whether a folder is meant for a snapshot, whole or not: Read says what is
// wrong with it. It has an account.json or a write that is pending, or a file of a snapshot
// where such files are, or it cannot be looked into. What merely has a folder of a name
// such as roles is none.
func Is(dir string) bool {
	info, err := os.Stat(dir)
	if err != nil {
		return !isNotExist(err)
	}
	return info.IsDir() && begun(os.DirFS(dir))
}

func begun(fsys fs.FS) bool {
	for _, name := range []string{accountName, pendingName} {
		if _, err := fs.Lstat(fsys, name); !isNotExist(err) {
			return true
		}
	}
	return holding(fsys) != ""
}

// holding returns the first folder that has a file of a snapshot, "" for none.
func holding(fsys fs.FS) string {
	for _, folder := range folders {
		entries, err := fs.ReadDir(fsys, folder)
		if err != nil && !isNotExist(err) && isFolder(fsys, folder) {
			return folder // the reading says why it cannot be read
		}
		looks := 0
		for _, e := range entries {
			if !isEntity(e.Name()) || looks == entityLooks {
				continue
			}
			looks++
			if ofAWS(fsys, path.Join(folder, e.Name())) {
				return folder
			}
		}
	}
	return ""
}

// entityLooks is how many files of a folder are looked into.
const entityLooks = 10

func isFolder(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

// ofAWS reports whether a file names something of AWS, as each file of a snapshot does.
func ofAWS(fsys fs.FS, name string) bool {
	data, err := inputfile.ReadFS(context.Background(), fsys, name, name, inputfile.Entity)
	return err == nil && bytes.Contains(data, []byte(`"arn:`)) && strings.HasPrefix(strings.TrimLeft(string(data[:min(len(data), 64)]), " \t\r\n\ufeff"), "{")
}
