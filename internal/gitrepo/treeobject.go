package gitrepo

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
)

// entry is one line of a tree object.
type entry struct {
	name, id string
	kind     entryKind
}

type entryKind int

const (
	regular entryKind = iota
	folder
	symlink
	submodule
)

// modes are those of git's documentation of "ls-tree" and "fast-import";
// old versions wrote 100664.
var modes = map[string]entryKind{
	"100644": regular, "100755": regular, "100664": regular,
	"40000": folder, "040000": folder, "120000": symlink, "160000": submodule,
}

// mode returns the type of the entry as a file's.
func (k entryKind) mode() fs.FileMode {
	switch k {
	case folder:
		return fs.ModeDir | 0o555
	case symlink:
		return fs.ModeSymlink | 0o444
	case submodule:
		return fs.ModeIrregular | 0o444
	}
	return 0o444
}

func (k entryKind) String() string {
	return [...]string{"file", "folder", "symbolic link", "submodule"}[k]
}

// parseTree reads a tree object: "MODE NAME\0" and an id of idSize bytes, over
// and over. The caller checks that no name is there twice.
func parseTree(data []byte, idSize int) ([]entry, error) {
	entries := make([]entry, 0, len(data)/(idSize+16))
	for len(data) > 0 {
		head, rest, ok := bytes.Cut(data, []byte{0})
		if !ok || len(rest) < idSize {
			return nil, errors.New("an entry is cut off")
		}
		mode, name, _ := bytes.Cut(head, []byte{' '})
		kind, known := modes[string(mode)]
		e := entry{name: string(name), kind: kind, id: hex.EncodeToString(rest[:idSize])}
		switch {
		case !known:
			return nil, fmt.Errorf("%q has the unknown mode %q", e.name, mode)
		case e.name == "", e.name == ".", e.name == "..", bytes.IndexByte(name, '/') >= 0:
			return nil, fmt.Errorf("%q is no name of a file", e.name)
		}
		entries = append(entries, e)
		data = rest[idSize:]
	}
	return entries, nil
}
