package gitrepo

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// Tree is a folder as it was at a commit, in memory: a read-only fs.FS. It
// may be read by several goroutines.
type Tree struct {
	nodes map[string]*node
	// wanted are the files whose content is to be read.
	wanted []*node
}

// node is a file or folder.
type node struct {
	name, id string
	kind     entryKind
	data     []byte
	children []fs.DirEntry
	// read is true if data or children are there.
	read bool
}

// errNotRead is the error for a file or folder that was not wanted, or whose
// content was known.
var errNotRead = errors.New("its content was not asked for")

// ID returns the id of a file's content, "" if there is no such file. Files of
// one id have the same bytes.
func (t *Tree) ID(name string) string {
	if n := t.nodes[name]; n != nil {
		return n.id
	}
	return ""
}

func (t *Tree) lookup(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	n := t.nodes[name]
	if n == nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

// Open opens a file or folder.
func (t *Tree) Open(name string) (fs.File, error) {
	n, err := t.readable("open", name)
	if err != nil {
		return nil, err
	}
	if n.kind == folder {
		return &openFolder{node: n, left: n.sorted()}, nil
	}
	return &openFile{bytes.NewReader(n.data), n}, nil
}

// ReadFile returns a file's content, for the caller to keep.
func (t *Tree) ReadFile(name string) ([]byte, error) {
	n, err := t.readable("read", name)
	if err != nil {
		return nil, err
	}
	if n.kind == folder {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is a folder")}
	}
	return bytes.Clone(n.data), nil
}

// ReadDir lists a folder, sorted by name.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := t.readable("readdir", name)
	if err != nil {
		return nil, err
	}
	if n.kind != folder {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("it is no folder")}
	}
	return n.sorted(), nil
}

// Stat describes a file or folder. Links are not followed.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	n, err := t.lookup("stat", name)
	if err != nil {
		return nil, err
	}
	return info{n}, nil
}

func (t *Tree) readable(op, name string) (*node, error) {
	n, err := t.lookup(op, name)
	if err == nil && !n.read {
		err = &fs.PathError{Op: op, Path: name, Err: errNotRead}
	}
	return n, err
}

// sorted returns the entries of a folder by name; git's own order counts a slash
// at the end of folders.
func (n *node) sorted() []fs.DirEntry {
	out := slices.Clone(n.children)
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out
}

// info is a node as a file's description, and as an entry of a folder. git
// keeps no times.
type info struct{ *node }

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return int64(len(i.data)) }
func (i info) Mode() fs.FileMode  { return i.kind.mode() }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.kind == folder }
func (i info) Sys() any           { return nil }

func (i info) Type() fs.FileMode          { return i.kind.mode().Type() }
func (i info) Info() (fs.FileInfo, error) { return i, nil }

type openFile struct {
	*bytes.Reader
	node *node
}

func (f *openFile) Stat() (fs.FileInfo, error) { return info{f.node}, nil }
func (f *openFile) Close() error               { return nil }

type openFolder struct {
	node *node
	left []fs.DirEntry
}

func (f *openFolder) Stat() (fs.FileInfo, error) { return info{f.node}, nil }
func (f *openFolder) Close() error               { return nil }

func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.node.name, Err: errors.New("it is a folder")}
}

// ReadDir returns the next n entries, all for n below 1.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n < 1 {
		n = len(f.left)
	} else if len(f.left) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.left))
	out := f.left[:n]
	f.left = f.left[n:]
	return out, nil
}
