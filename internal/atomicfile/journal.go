package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// JournalName is the name of the file that lists what a commit moves while it is
// at it. Where it is found, the process was killed.
const JournalName = ".iamctl-journal"

// journalLimit is how many bytes of a journal are read: thousands of names.
const journalLimit = 1 << 20

// journal is the list of the names that a commit moves, a line each.
type journal struct {
	path string
	// names are those of a commit that was killed.
	names []string
}

// openJournal reads the journal that a killed commit left, if there is one. What it
// says is taken as a hint: anybody may have written it.
func openJournal(folder string) (*journal, error) {
	j := &journal{path: filepath.Join(folder, JournalName)}
	info, err := os.Lstat(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		return j, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		return j, os.Remove(j.path)
	}
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(j.path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, journalLimit))
	j.names = strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	return j, err
}

// begin adds names to those of the commit before.
func (j *journal) begin(names []string) error {
	return j.write(slices.Concat(j.names, names))
}

func (j *journal) write(names []string) error {
	slices.Sort(names)
	return Write(j.path, 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(slices.Compact(names), "\n")+"\n")
		return err
	})
}

// back leaves the journal as it was found.
func (j *journal) back() {
	if len(j.names) == 0 {
		os.Remove(j.path)
		return
	}
	_ = j.write(j.names) // the one with more names does no harm
}

// end removes the journal. One that stays does no harm.
func (j *journal) end() {
	os.Remove(j.path)
	_ = SyncFolder(filepath.Dir(j.path))
}
