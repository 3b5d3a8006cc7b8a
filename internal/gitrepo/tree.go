package gitrepo

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// maxTree is how much one folder may hold, in bytes, and maxEntries how many
// files and folders.
const (
	maxTree    = 1 << 30
	maxEntries = 250_000
)

// Selection says what of a folder is wanted. The zero value wants all.
type Selection struct {
	// Want reports whether a file is to be read, or a folder to be entered.
	// What is not wanted is listed without its size, but cannot be opened. A symbolic link
	// or submodule that is wanted is an error; they come as files.
	Want func(name string, dir bool) bool
	// Known reports whether the content of a file is known to the caller by
	// its id. Such a file is not read and cannot be opened.
	Known func(name, id string) bool
}

// Tree reads the folder at a path, from the repository's top, as it was at a
// commit.
func (r *Repo) Tree(ctx context.Context, commit, folder string, s Selection) (*Tree, error) {
	o, err := r.Objects(ctx)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	id, err := o.Folder(commit, folder)
	if err != nil {
		return nil, err
	}
	return o.Tree(id, s)
}

// Folder returns the id of the tree of the folder at a path at a commit.
// Folders of one id have the same content. Where there is none the error is
// ErrNotThere.
func (o *Objects) Folder(commit, folder string) (string, error) {
	root, err := o.one("tree", commit+"^{tree}")
	if err != nil {
		return "", err
	}
	if folder == "" {
		return root.id, nil
	}
	at, id, data := "", root.id, root.data
	for name := range strings.SplitSeq(folder, "/") {
		entries, err := o.parse(id, data)
		if err != nil {
			return "", err
		}
		e, err := o.find(entries, at, name)
		if err != nil {
			return "", err
		}
		got, err := o.one("tree", e.id)
		if err != nil {
			return "", err
		}
		at, id, data = path.Join(at, name), e.id, got.data
	}
	return id, nil
}

// find looks for a folder in the folder at.
func (o *Objects) find(entries []entry, at, name string) (entry, error) {
	full := path.Join(at, name)
	for _, e := range entries {
		if e.name != name {
			continue
		}
		switch e.kind {
		case folder:
			return e, nil
		case regular:
			return e, fmt.Errorf("%q is a file at that commit; give the folder of the snapshot", full)
		case submodule:
			return e, fmt.Errorf("%q is a submodule at that commit, a repository of its own; change into it and give the path there", full)
		}
		target, err := o.one("blob", e.id)
		if err != nil {
			return e, err
		}
		return e, fmt.Errorf("%q is a symbolic link to %q at that commit, and links are not followed; give the folder itself", full, target.data)
	}
	return entry{}, fmt.Errorf("%q: %w", full, ErrNotThere)
}

func (o *Objects) parse(id string, data []byte) ([]entry, error) {
	entries, err := parseTree(data, len(id)/2)
	if err != nil {
		return nil, fmt.Errorf("the tree %s: %w; the repository is damaged (see: git fsck)", id, err)
	}
	return entries, nil
}

// Tree reads the folder whose tree has that id.
func (o *Objects) Tree(id string, s Selection) (*Tree, error) {
	t := &Tree{nodes: map[string]*node{}}
	t.nodes["."] = &node{name: ".", kind: folder, id: id}
	for level := []string{"."}; len(level) > 0; {
		var err error
		if level, err = o.level(t, level, s); err != nil {
			return nil, err
		}
	}
	return t, o.contents(t)
}

// level reads folders and returns those in them.
func (o *Objects) level(t *Tree, level []string, s Selection) (below []string, err error) {
	ids := make([]string, len(level))
	for i, name := range level {
		ids[i] = t.nodes[name].id
	}
	err = o.each("tree", ids, func(i int, got object) error {
		entries, err := o.parse(got.id, got.data)
		if err != nil {
			return err
		}
		parent := t.nodes[level[i]]
		parent.read = true
		parent.children = make([]fs.DirEntry, 0, len(entries))
		for _, e := range entries {
			name := e.name
			if level[i] != "." {
				name = level[i] + "/" + name
			}
			wanted, err := t.add(parent, name, e, s)
			if err != nil {
				return err
			}
			if wanted && e.kind == folder {
				below = append(below, name)
			}
		}
		return nil
	})
	return below, err
}

// contents reads the files that are wanted.
func (o *Objects) contents(t *Tree) error {
	ids := make([]string, len(t.wanted))
	for i, n := range t.wanted {
		ids[i] = n.id
	}
	total := 0
	return o.each("blob", ids, func(i int, got object) error {
		if total += len(got.data); total > maxTree {
			return fmt.Errorf("it holds more than %d MB; a snapshot is smaller", maxTree>>20)
		}
		t.wanted[i].data, t.wanted[i].read = got.data, true
		return nil
	})
}

// add takes an entry into the tree and reports whether it is wanted.
func (t *Tree) add(parent *node, name string, e entry, s Selection) (wanted bool, err error) {
	if len(t.nodes) >= maxEntries {
		return false, fmt.Errorf("it holds more than %d files; a snapshot is smaller", maxEntries)
	}
	if _, twice := t.nodes[name]; twice {
		return false, fmt.Errorf("%s is there twice; the repository is damaged (see: git fsck)", name)
	}
	n := &node{name: e.name, kind: e.kind, id: e.id}
	t.nodes[name] = n
	parent.children = append(parent.children, info{n})
	if s.Want != nil && !s.Want(name, e.kind == folder) {
		return false, nil
	}
	switch e.kind {
	case symlink, submodule:
		return false, fmt.Errorf("%s: it is a %s; put the file or folder itself there", name, e.kind)
	case regular:
		if s.Known == nil || !s.Known(name, e.id) {
			t.wanted = append(t.wanted, n)
		}
	}
	return true, nil
}
