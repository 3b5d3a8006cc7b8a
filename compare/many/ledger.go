package many

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"iamctl/compare"
	"iamctl/extract"
	"iamctl/extract/ledger"
	"iamctl/inventory"
)

// Ledgers looks into the ledgers beside snapshot folders. It gives the sides what they say
// of the accounts, and returns a gap for each account that is missing or older than the
// others because it could not be read: of the sides, and of what the patterns among the
// arguments match. An account that takes refuses is nobody's gap.
func Ledgers(ctx context.Context, args []string, sides []compare.Side, takes func(*inventory.Member) bool) ([]inventory.Gap, error) {
	l := &ledgers{ctx: ctx, takes: takes, read: map[string]map[string]*ledger.Entry{}, seen: map[string]bool{}}
	for i := range sides {
		if err := l.side(&sides[i]); err != nil {
			return nil, err
		}
	}
	for _, arg := range args {
		if err := l.pattern(arg); err != nil {
			return nil, err
		}
	}
	return l.gaps, nil
}

type ledgers struct {
	ctx   context.Context
	takes func(*inventory.Member) bool
	// read are the entries of each ledger by tag in lower case, by folder; nil for none.
	read map[string]map[string]*ledger.Entry
	seen map[string]bool // folders of accounts
	gaps []inventory.Gap
}

// of returns the entries of the ledger in a folder, nil for none. A file of that name that is something
// else is nobody's business here.
func (l *ledgers) of(dir string) (map[string]*ledger.Entry, error) {
	if entries, known := l.read[dir]; known {
		return entries, nil
	}
	f, err := ledger.Read(l.ctx, dir)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, ledger.ErrNoLedger) {
		l.read[dir] = nil
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l.read[dir] = make(map[string]*ledger.Entry, len(f.Entries))
	for i := range f.Entries {
		l.read[dir][strings.ToLower(f.Entries[i].Tag)] = &f.Entries[i]
	}
	return l.read[dir], nil
}

func (l *ledgers) side(s *compare.Side) error {
	if s.Spec.Kind != extract.Folder {
		return nil
	}
	path := filepath.Clean(s.Spec.Name)
	l.seen[path] = true
	entries, err := l.of(filepath.Dir(path))
	e := entries[strings.ToLower(filepath.Base(path))]
	if e == nil || err != nil {
		return err
	}
	if s.Member == nil && e.ID != "" {
		s.Member = memberOf(e)
	}
	switch e.Status {
	case ledger.Failed:
		l.gap(s.Tag, e, "could not be read again"+since(e.When)+": "+e.Reason+"; in its place is what it was"+since(e.Read))
	case ledger.Pending:
		l.gap(s.Tag, e, "was to be read again, and the run was cut short before it; in its place is what it was"+since(e.Read))
	}
	return nil
}

// pattern finds the accounts of ledgers whose folders a pattern would match if they were
// there.
func (l *ledgers) pattern(arg string) error {
	if !isPattern(arg) {
		return nil
	}
	dirs, err := filepath.Glob(filepath.Dir(arg))
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		entries, err := l.of(filepath.Clean(dir))
		if err != nil {
			return err
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Tag)
			if ok, _ := filepath.Match(filepath.Base(arg), e.Tag); ok && !l.seen[path] {
				l.seen[path] = true
				l.missing(e)
			}
		}
	}
	return nil
}

// missing notes an account of a ledger that has no snapshot.
func (l *ledgers) missing(e *ledger.Entry) {
	switch e.Status {
	case ledger.Failed:
		l.gap(e.Tag, e, "could not be read"+since(e.When)+": "+e.Reason)
	case ledger.Pending:
		l.gap(e.Tag, e, "was not read: the run was cut short before it")
	case ledger.OK, ledger.Partial:
		l.gap(e.Tag, e, "was read"+since(e.Read)+", and its snapshot is not there")
	}
}

func (l *ledgers) gap(tag string, e *ledger.Entry, reason string) {
	if l.takes == nil || l.takes(memberOf(e)) {
		reason = fmt.Sprintf("%s %s (%s)", e.Title(), reason, ledger.FileName)
		l.gaps = append(l.gaps, inventory.Gap{Account: tag, Kind: inventory.GapRead, Entity: inventory.EntityAccount, Blind: true, Reason: reason})
	}
}

func memberOf(e *ledger.Entry) *inventory.Member {
	return &inventory.Member{ID: e.ID, Name: e.Name, Path: e.Path}
}

// since returns a time as the end of a phrase, "" for none.
func since(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return ", " + t.Format(time.RFC3339)
}

// isPattern reports whether a source is a pattern of paths.
func isPattern(source string) bool {
	return strings.ContainsAny(source, "*?[") && (strings.ContainsRune(source, filepath.Separator) || strings.HasSuffix(source, ".json"))
}

// ours reports whether a path is a part of a fleet that is no account: its ledger, its
// organisation, or what a run left behind.
func ours(path string) bool {
	switch name := filepath.Base(path); {
	case strings.HasPrefix(name, "."):
		return true
	case name == ledger.FileName:
		_, err := ledger.Read(context.Background(), filepath.Dir(path))
		return !errors.Is(err, ledger.ErrNoLedger)
	case name == compare.OrganizationFolder:
		return exists(filepath.Join(path, compare.OrganizationFolder+".json"))
	}
	return false
}
