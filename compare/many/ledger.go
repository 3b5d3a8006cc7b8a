package many

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

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
	l := &ledgers{ctx: ctx, takes: takes, seen: map[string]bool{}}
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
	compare.Ledgers
	ctx   context.Context
	takes func(*inventory.Member) bool
	seen  map[string]bool // folders of accounts
	gaps  []inventory.Gap
}

func (l *ledgers) side(s *compare.Side) error {
	if s.Spec.Kind == extract.Folder {
		l.seen[filepath.Clean(s.Spec.Name)] = true
	}
	e, err := l.Of(l.ctx, s)
	if err == nil && e != nil {
		l.gap(e, compare.Outdated(s.Tag, e))
	}
	return err
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
		entries, err := l.In(l.ctx, filepath.Clean(dir))
		if err != nil {
			return err
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Tag)
			if ok, _ := filepath.Match(filepath.Base(arg), e.Tag); ok && !l.seen[path] {
				l.seen[path] = true
				l.gap(e, compare.Absent(e))
			}
		}
	}
	return nil
}

// gap notes a gap, nil for none, of an account that is asked about.
func (l *ledgers) gap(e *ledger.Entry, g *inventory.Gap) {
	if g != nil && (l.takes == nil || l.takes(compare.MemberOf(e))) {
		l.gaps = append(l.gaps, *g)
	}
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
