package compare

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"iamctl/extract"
	"iamctl/extract/ledger"
	"iamctl/internal/hint"
	"iamctl/inventory"
)

// Ledgers are those of the fleets in which snapshot folders are, each read once.
type Ledgers struct {
	// read are the entries of each ledger by tag in lower case, by folder; nil for none.
	read map[string]map[string]*ledger.Entry
}

// In returns the entries of the ledger in a folder by tag in lower case, nil where there is
// none. A file of that name that is something else is nobody's business here.
func (l *Ledgers) In(ctx context.Context, dir string) (map[string]*ledger.Entry, error) {
	if entries, known := l.read[dir]; known {
		return entries, nil
	}
	if l.read == nil {
		l.read = map[string]map[string]*ledger.Entry{}
	}
	f, err := ledger.Read(ctx, dir)
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

// Of returns what the ledger beside a side's snapshot says of it, nil for nothing, and has the
// side know the account by that, unless it does already. An earlier revision of a snapshot is
// known by what the ledger says now.
func (l *Ledgers) Of(ctx context.Context, s *Side) (*ledger.Entry, error) {
	if s.Spec.Kind != extract.Folder && s.Spec.Kind != extract.Git {
		return nil, nil
	}
	path := filepath.Clean(s.Spec.Name)
	entries, err := l.In(ctx, filepath.Dir(path))
	e := entries[strings.ToLower(filepath.Base(path))]
	if e == nil || err != nil {
		return nil, err
	}
	if s.Member == nil && e.ID != "" {
		s.Member = MemberOf(e)
	}
	if s.Spec.Kind == extract.Git {
		return nil, nil // whether it could be read again is no matter of that revision
	}
	return e, nil
}

// MemberOf returns an account of a ledger as its organisation knows it.
func MemberOf(e *ledger.Entry) *inventory.Member {
	return &inventory.Member{ID: e.ID, Name: e.Name, Path: e.Path}
}

// ofEntry returns an error if a snapshot is of another account than the ledger beside it says.
func ofEntry(s Side, id string) error {
	if s.Member == nil || s.Member.ID == "" || s.Member.ID == id {
		return nil
	}
	return hint.With(fmt.Errorf("%s is a snapshot of account %s, and of account %s by %s", s.Spec.Name, id, s.Member.ID, ledger.FileName),
		"read the account again with iamctl snapshot, or put back the folder that was there")
}

// Outdated returns the gap of an account whose snapshot is older than it was to be, nil for
// any other. It is compared all the same.
func Outdated(tag string, e *ledger.Entry) *inventory.Gap {
	switch e.Status {
	case ledger.Failed:
		return inLedger(tag, e, false, "could not be read again"+since(e.When)+": "+e.Reason+"; in its place is what it was"+since(e.Read))
	case ledger.Pending:
		return inLedger(tag, e, false, "was to be read again, and the run was cut short before it; in its place is what it was"+since(e.Read))
	}
	return nil
}

// Absent returns the gap of an account that has no snapshot, nil for one that nobody expects
// to have any.
func Absent(e *ledger.Entry) *inventory.Gap {
	switch e.Status {
	case ledger.Failed:
		return inLedger(e.Tag, e, true, "could not be read"+since(e.When)+": "+e.Reason)
	case ledger.Pending:
		return inLedger(e.Tag, e, true, "was not read: the run was cut short before it")
	case ledger.OK, ledger.Partial:
		return inLedger(e.Tag, e, true, "was read"+since(e.Read)+", and its snapshot is not there")
	}
	return nil
}

func inLedger(tag string, e *ledger.Entry, blind bool, reason string) *inventory.Gap {
	reason = fmt.Sprintf("%s %s (%s)", e.Title(), reason, ledger.FileName)
	return &inventory.Gap{Account: tag, Kind: inventory.GapRead, Entity: inventory.EntityAccount, Blind: blind, Reason: reason}
}

// since returns a time as the end of a phrase, "" for none.
func since(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return ", " + t.Format(time.RFC3339)
}

// ofFleet has the sides know what the ledgers beside their snapshots say of the accounts, and
// returns the gaps of those that are outdated.
func ofFleet(ctx context.Context, sides *[2]Side) ([]inventory.Gap, error) {
	var l Ledgers
	var gaps []inventory.Gap
	for i := range sides {
		e, err := l.Of(ctx, &sides[i])
		if err != nil {
			return nil, err
		}
		if e == nil {
			continue
		}
		if g := Outdated(sides[i].Tag, e); g != nil {
			gaps = append(gaps, *g)
		}
	}
	return gaps, nil
}
