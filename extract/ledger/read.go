package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract"
	"iamctl/internal/hint"
	"iamctl/internal/inputfile"
	"iamctl/policy"
)

// ErrNoLedger is wrapped by the error for a file of the ledger's name that is something
// else.
var ErrNoLedger = errors.New("not the ledger of a fleet")

// Read reads the ledger of a fleet with what a run has put down that is still at work or
// was killed. The error is an fs.ErrNotExist where there is no ledger; others name file
// and line.
func Read(ctx context.Context, dir string) (*File, error) {
	// The journal first: what a run takes over meanwhile is then in both.
	news, err := readJournal(ctx, dir)
	if err != nil {
		return nil, err
	}
	f, err := readFile(ctx, filepath.Join(dir, FileName))
	if err != nil {
		return nil, err
	}
	t := tableOf(f)
	for _, e := range news {
		if old := t.entries[key(e.Tag)]; old == nil || !e.When.Before(old.When) {
			t.set(e)
		}
	}
	f.Entries = t.sorted()
	return f, nil
}

// onDisk is accounts.json.
type onDisk struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Begun   moment `json:"begun"`
	Ended   moment `json:"ended"`
	Rows    []row  `json:"accounts"`
}

func readFile(ctx context.Context, path string) (*File, error) {
	data, err := inputfile.Read(ctx, path, inputfile.Ledger)
	if err != nil {
		return nil, err
	}
	return parse(path, data)
}

// parse reads accounts.json. Errors call it path.
func parse(path string, data []byte) (*File, error) {
	if err := checkHead(path, data); err != nil {
		return nil, err
	}
	var d onDisk
	if err := json.Unmarshal(data, &d, json.RejectUnknownMembers(true)); err != nil {
		return nil, fault(path, data, err)
	}
	f := &File{Begun: d.Begun.at, Ended: d.Ended.at, Entries: make([]Entry, len(d.Rows))}
	seen := map[string]bool{}
	for i, r := range d.Rows {
		err := r.check()
		if err == nil && seen[key(r.Tag)] {
			err = fmt.Errorf("the tag %q is here twice", r.Tag)
		}
		if err != nil {
			return nil, at(path, data, r.offset, err)
		}
		seen[key(r.Tag)] = true
		f.Entries[i] = r.Entry
	}
	slices.SortFunc(f.Entries, order)
	return f, nil
}

// checkHead returns an error unless the file is a ledger of a version that is known.
func checkHead(path string, data []byte) error {
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if broken(data) {
		return hint.With(fmt.Errorf("%s: not the ledger of a fleet, nor any other file of JSON: it is empty or broken", path), "restore the file, or move it away")
	}
	if err := json.Unmarshal(data, &head); err != nil {
		if bytes.Contains(data, []byte(format)) {
			return fault(path, data, err)
		}
		return hint.With(fmt.Errorf("%w: %w", fault(path, data, err), ErrNoLedger), "choose another folder, or move the file away")
	}
	switch {
	case head.Format != format:
		return hint.With(fmt.Errorf("%s: %w: its format is not %s", path, ErrNoLedger, format), "choose another folder, or move the file away")
	case head.Version > version:
		return hint.With(fmt.Errorf("%s: version %d is of a newer iamctl", path, head.Version), "use that one")
	case head.Version != version:
		return fmt.Errorf("%s: there is no version %d of it", path, head.Version)
	}
	return nil
}

// broken reports whether a file is not even somebody's own: empty, null, or no JSON, and
// without the words that tell a ledger of which the place of the fault can be said. Nobody
// knows which accounts a ledger had that was overwritten, so that it is not passed over.
func broken(data []byte) bool {
	if bytes.Contains(data, []byte(format)) {
		return false
	}
	v := jsontext.Value(bytes.TrimSpace(data))
	return v.Kind() == 'n' || !v.IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// readJournal reads the lines of the journal, none where there is no journal. A last one
// that was not finished is left out.
func readJournal(ctx context.Context, dir string) ([]Entry, error) {
	path := filepath.Join(dir, journalName)
	data, err := inputfile.Read(ctx, path, inputfile.Ledger)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseJournal(path, data)
}

func parseJournal(path string, data []byte) ([]Entry, error) {
	var entries []Entry
	for from := 0; ; {
		end := bytes.IndexByte(data[from:], '\n')
		if end < 0 {
			return entries, nil
		}
		line := data[from : from+end]
		var r row
		err := json.Unmarshal(line, &r, json.RejectUnknownMembers(true))
		offset, plain := extract.JSONFault(err)
		if err == nil {
			offset, plain = 0, r.check()
		}
		if plain != nil {
			return nil, hint.With(at(path, data, int64(from)+max(offset, 0), plain), "remove the file: the accounts in it are read again")
		}
		entries = append(entries, r.Entry)
		from += end + 1
	}
}

// row is an entry and where in the file it is.
type row struct {
	Entry
	offset int64
}

// UnmarshalJSONFrom reads an entry.
func (r *row) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	r.offset = d.InputOffset()
	var e struct {
		Entry
		When moment `json:"when"`
		Read moment `json:"read"`
	}
	if err := json.UnmarshalDecode(d, &e); err != nil {
		return err
	}
	r.Entry = e.Entry
	r.When, r.Entry.Read = e.When.at, e.Read.at
	return nil
}

// check returns what is wrong with an entry. Its tag is the name of a folder, and must
// not lead elsewhere.
func (e *Entry) check() error {
	if err := extract.ValidTag(e.Tag); err != nil {
		return err
	}
	if !slices.Contains(Statuses(), e.Status) {
		return fmt.Errorf("there is no status %q", e.Status)
	}
	if e.ID != "" && !policy.IsAccountID(e.ID) {
		return fmt.Errorf("%q is no id of an account, which has twelve digits", e.ID)
	}
	if e.Calls < 0 {
		return fmt.Errorf("calls are %d, below zero", e.Calls)
	}
	return nil
}

func fault(path string, data []byte, err error) error {
	offset, plain := extract.JSONFault(err)
	if offset < 0 {
		return plain
	}
	return at(path, data, offset, plain)
}

func at(path string, data []byte, offset int64, err error) error {
	line, column := extract.Position(data, offset)
	return &extract.FileError{File: path, Line: line, Column: column, Err: err}
}
