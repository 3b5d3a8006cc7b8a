package snapshot

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"iamctl/inventory"
)

// FS is a snapshot whose files are known by what is in them, such as a folder
// in git.
type FS interface {
	fs.FS
	// ID is the same for files of the same bytes, and for no others. It is
	// "" where there is no file.
	ID(name string) string
}

// Reader reads states of a snapshot, one after the other, and parses of each
// only the files that the one before did not have. The zero value is ready.
// It is for one goroutine.
//
// The accounts share what they have in common: they may not be changed.
type Reader struct {
	// last holds what was in the files that were read last.
	last map[content]any
	// head is the id of their account.json.
	head string
}

// content is what is in a file: the folder says what it means.
type content struct{ folder, id string }

// Delta is what two accounts do not have in common. Lists are sorted; what is
// in neither differs in nothing.
type Delta struct {
	// All is true if the accounts themselves differ (their ids, gaps, notes),
	// or that there was no account before: everything may differ.
	All bool
	// Roles, Users and Groups are names, Policies are ARNs, of those that
	// differ or that one account has.
	Roles, Policies, Users, Groups []string
}

// Empty reports whether nothing differs.
func (d Delta) Empty() bool {
	return !d.All && len(d.Roles)+len(d.Policies)+len(d.Users)+len(d.Groups) == 0
}

// Knows reports whether the next Read needs the content of a file of that id.
func (r *Reader) Knows(name, id string) bool {
	_, ok := r.last[contentOf(name, id)]
	return ok
}

func contentOf(name, id string) content { return content{path.Dir(name), id} }

// Read reads the snapshot that is the root of fsys, as ReadFS does, and says
// what differs from the one that was read last without an error. Errors call
// the snapshot label and separate names from it by a slash.
func (r *Reader) Read(ctx context.Context, fsys FS, label string) (*inventory.Account, Delta, error) {
	if err := ctx.Err(); err != nil {
		return nil, Delta{}, err
	}
	in := &reader{
		fsys: fsys, label: strings.TrimRight(label, "/"),
		join:  func(label, name string) string { return label + "/" + name },
		known: func(file string) any { return r.last[contentOf(file, fsys.ID(file))] },
	}
	a, err := in.all(ctx)
	if err != nil {
		return nil, Delta{}, err
	}
	now := make(map[content]any, len(in.files))
	for i, f := range in.files {
		now[contentOf(f, fsys.ID(f))] = in.read[i]
	}
	head := fsys.ID(accountName)
	d := Delta{All: r.last == nil || head != r.head}
	d.add(r.last, now)
	d.add(now, r.last)
	d.sort()
	r.last, r.head = now, head
	return a, d, nil
}

// add takes what is in one account and not in the other.
func (d *Delta) add(in, notIn map[content]any) {
	for c, v := range in {
		if _, both := notIn[c]; both {
			continue
		}
		switch v := v.(type) {
		case *inventory.Role:
			d.Roles = append(d.Roles, v.Name)
		case *inventory.Policy:
			d.Policies = append(d.Policies, v.ARN)
		case *version:
			d.Policies = append(d.Policies, v.policy)
		case *inventory.User:
			d.Users = append(d.Users, v.Name)
		case *inventory.Group:
			d.Groups = append(d.Groups, v.Name)
		}
	}
}

func (d *Delta) sort() {
	for _, list := range []*[]string{&d.Roles, &d.Policies, &d.Users, &d.Groups} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}
