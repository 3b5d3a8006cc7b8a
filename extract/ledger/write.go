package ledger

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/atomicfile"
	"iamctl/internal/visible"
)

// filePerm is for the owner alone: names and ids of accounts are nobody else's.
const filePerm = 0o600

// Ledger is the ledger of a fleet that a run writes. Its methods may be called from
// several goroutines.
type Ledger struct {
	dir  string
	hold *atomicfile.Lock

	mu           sync.Mutex
	begun, ended time.Time
	table        table
	journal      *os.File
	// since counts the entries that are in the journal alone.
	since int
}

// Open opens the ledger of the folder for writing, or begins one. No other run can until
// Close.
func Open(ctx context.Context, dir string) (*Ledger, error) {
	hold, err := atomicfile.HoldFolder(dir)
	if err != nil {
		return nil, err
	}
	l := &Ledger{dir: dir, hold: hold, table: tableOf(&File{})}
	f, err := Read(ctx, dir)
	switch {
	case err == nil:
		l.begun, l.ended, l.table = f.Begun, f.Ended, tableOf(f)
	case !errors.Is(err, fs.ErrNotExist):
		hold.Release()
		return nil, err
	}
	return l, nil
}

// Unfinished returns when the last run began that did not come to its end, zero if it did
// or there was none.
func (l *Ledger) Unfinished() time.Time {
	if !l.ended.IsZero() {
		return time.Time{}
	}
	return l.begun
}

// Entry returns what is known of the account with a tag.
func (l *Ledger) Entry(tag string) (Entry, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.table.entries[key(tag)]; e != nil {
		return *e, true
	}
	return Entry{}, false
}

// Entries returns all entries, sorted by id, then tag.
func (l *Ledger) Entries() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.table.sorted()
}

// Begin notes the beginning of a run with entries that are new or have changed, and
// writes accounts.json.
func (l *Ledger) Begin(begun time.Time, entries []Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range entries {
		l.table.set(clean(e))
	}
	l.begun, l.ended = seconds(begun), time.Time{}
	return l.save()
}

// share is which part of the entries the journal may hold: accounts.json is written anew
// after each sixteenth of them, so that a run writes it some twenty times, however many
// accounts there are.
const share = 16

// Put puts an entry down. It is on disk when Put returns.
func (l *Ledger) Put(e Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	e = clean(e)
	l.table.set(e)
	if err := l.append(e); err != nil {
		return err
	}
	if l.since++; l.since*share < len(l.table.entries) {
		return nil
	}
	return l.save()
}

// append adds a line to the journal, by one call, so that only the last one can be cut
// short.
func (l *Ledger) append(e Entry) error {
	line, err := encode(e)
	if err != nil {
		return err
	}
	if l.journal == nil {
		if l.journal, err = os.OpenFile(filepath.Join(l.dir, journalName), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, filePerm); err != nil {
			return err
		}
	}
	_, err = l.journal.Write(append(line, '\n'))
	return err
}

// save writes accounts.json, and takes the journal away.
func (l *Ledger) save() error {
	if err := atomicfile.Write(filepath.Join(l.dir, FileName), filePerm, l.write); err != nil {
		return err
	}
	l.since = 0
	return l.endJournal()
}

func (l *Ledger) endJournal() error {
	if l.journal != nil {
		l.journal.Close()
		l.journal = nil
	}
	err := os.Remove(filepath.Join(l.dir, journalName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// End notes the end of the run, and writes accounts.json.
func (l *Ledger) End(ended time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = seconds(ended)
	return l.save()
}

// Close writes what is in the journal alone and lets others write. It may be called
// twice.
func (l *Ledger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var err error
	if l.since > 0 {
		err = l.save()
	}
	if l.journal != nil {
		l.journal.Close()
		l.journal = nil
	}
	l.hold.Release()
	return err
}

// write writes the file: a line for each account, so that git shows which have changed.
func (l *Ledger) write(w io.Writer) error {
	head := `{"format": "` + format + `", "version": 1`
	for _, m := range []struct {
		name string
		at   time.Time
	}{{"begun", l.begun}, {"ended", l.ended}} {
		if !m.at.IsZero() {
			head += `, "` + m.name + `": "` + m.at.Format(time.RFC3339) + `"`
		}
	}
	if _, err := io.WriteString(w, head+`, "accounts": [`); err != nil {
		return err
	}
	for i, e := range l.table.sorted() {
		line, err := encode(e)
		if err != nil {
			return err
		}
		before := ",\n"
		if i == 0 {
			before = "\n"
		}
		if _, err := w.Write(append([]byte(before), line...)); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "\n]}\n")
	return err
}

// encode returns an entry as a line of JSON that a terminal can show.
func encode(e Entry) ([]byte, error) {
	line, err := json.Marshal(e, jsontext.SpaceAfterColon(true), jsontext.SpaceAfterComma(true))
	return visible.EscapeJSON(nil, line), err
}

// clean returns an entry as the file has it.
func clean(e Entry) Entry {
	for _, text := range []*string{&e.ID, &e.Name, &e.Path, &e.Source, &e.Reason} {
		*text = strings.ToValidUTF8(*text, "\uFFFD")
	}
	e.When, e.Read = seconds(e.When), seconds(e.Read)
	return e
}
