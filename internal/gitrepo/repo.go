package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Repo is a git repository, seen from a folder in it.
type Repo struct {
	dir     string
	prefix  string
	bare    bool
	inTree  bool
	shallow bool
	common  os.FileInfo
}

// Open finds the repository that holds a folder: its own, or that of the
// next folder above. The folder may also be a bare repository.
func Open(ctx context.Context, dir string) (*Repo, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s: it is a file; give the folder that it is in", dir)
	}
	// The prefix may hold line ends: it comes last.
	out, _, err := run(ctx, dir, "rev-parse", "--is-shallow-repository", "--is-bare-repository", "--is-inside-work-tree", "--show-prefix")
	if err != nil {
		return nil, err
	}
	told := strings.SplitN(string(out), "\n", 4)
	if len(told) < 4 {
		// In a folder .git, or a bare repository, git may say nothing.
		told = append(told, "")
	}
	r := &Repo{
		dir: dir, shallow: told[0] == "true", bare: told[1] == "true", inTree: told[2] == "true",
		prefix: strings.TrimSuffix(strings.TrimSuffix(told[3], "\n"), "/"),
	}
	return r, r.findCommon(ctx)
}

// findCommon looks at the folder that all work trees of the repository share.
func (r *Repo) findCommon(ctx context.Context) error {
	out, _, err := run(ctx, r.dir, "rev-parse", "--git-common-dir")
	if err != nil {
		return err
	}
	at := filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))
	if !filepath.IsAbs(at) {
		// Not filepath.Join: where dir is a link, ".." is above what it
		// leads to.
		at = r.dir + string(filepath.Separator) + at
	}
	r.common, err = os.Stat(at)
	return err
}

// Same reports whether two are one repository: work trees of one do.
func (r *Repo) Same(other *Repo) bool { return os.SameFile(r.common, other.common) }

// Shallow reports whether the repository does not have the whole history.
func (r *Repo) Shallow() bool { return r.shallow }

// Prefix returns the folder that was opened as a path from the repository's top,
// with slashes, "" for the top itself. Links were followed. It is false
// where the folder is in no work tree: in a bare repository, or in .git.
func (r *Repo) Prefix() (string, bool) { return r.prefix, r.inTree && !r.bare }

// Path turns a path that is relative to the folder that was opened, as in
// "git show REV:./PATH", into one from the repository's top, "" for the top
// itself. Links are not followed: the path need not exist in the work tree.
func (r *Repo) Path(name string) (string, error) {
	slashed := filepath.ToSlash(name)
	if path.IsAbs(slashed) || filepath.IsAbs(name) || filepath.VolumeName(name) != "" {
		return "", fmt.Errorf("the path %q is absolute; write it relative to the current folder", name)
	}
	if strings.Contains(name, "\x00") {
		return "", errors.New("the path holds a zero byte")
	}
	p := path.Join(r.prefix, slashed)
	switch {
	case p == ".":
		return "", nil
	case p == "..", strings.HasPrefix(p, "../"):
		return "", fmt.Errorf("the path %q leads out of the repository; paths are relative to the current folder, which is %q in it", name, r.prefix+"/")
	}
	return p, nil
}
