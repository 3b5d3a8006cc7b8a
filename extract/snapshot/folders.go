package snapshot

import (
	"context"
	"fmt"
	"os"
	"path"

	"iamctl/internal/inputfile"
)

// openFolders are the folders of a snapshot on disk, by their paths in it. A snapshot has
// hundreds of files in each.
type openFolders map[string]*os.Root

// open opens the folders of the files, if they are on disk.
func (r *reader) open() (openFolders, error) {
	if r.root == nil {
		return nil, nil
	}
	out := openFolders{}
	for _, file := range r.files {
		dir := path.Dir(file)
		if out[dir] != nil {
			continue
		}
		root, err := r.root.OpenRoot(dir)
		if err != nil {
			return out, fmt.Errorf("read the snapshot %s: %w", r.label, err)
		}
		out[dir] = root
	}
	return out, nil
}

func (f openFolders) close() {
	for _, root := range f {
		root.Close()
	}
}

// data returns what a file has in it. It may be in buf, which is overwritten.
func (r *reader) data(ctx context.Context, folders openFolders, file string, buf []byte) ([]byte, error) {
	if root := folders[path.Dir(file)]; root != nil {
		return inputfile.AppendIn(ctx, buf[:0], root, path.Base(file), r.name(file), inputfile.Entity)
	}
	return inputfile.ReadFS(ctx, r.fsys, file, r.name(file), inputfile.Entity)
}
