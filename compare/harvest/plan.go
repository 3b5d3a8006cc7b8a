package harvest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"iamctl/compare"
	"iamctl/extract"
	"iamctl/extract/ledger"
	"iamctl/extract/snapshot"
	"iamctl/result"
)

// plan returns which accounts are to be read, and tells the ledger of all that are.
func (h *run) plan(ctx context.Context) ([]int, error) {
	var due []int
	if h.Ledger == nil {
		for i := range h.sides {
			due = append(due, i)
		}
		return due, nil
	}
	begun, since := h.Now(), time.Time{}
	if h.Resume {
		if before := h.Ledger.Unfinished(); !before.IsZero() {
			begun, since = before, before
		}
		if h.MaxAge > 0 {
			since = h.Now().Add(-h.MaxAge)
		}
	}
	var news []ledger.Entry
	for i, s := range h.sides {
		e, known := h.Ledger.Entry(s.Tag)
		if h.Resume && known && h.has(ctx, e, s, since) {
			h.outcomes[i] = Outcome{Side: s, ID: e.ID, Status: e.Status, Reason: e.Reason, Skipped: true}
		} else {
			due = append(due, i)
		}
		if !known || e.Status == ledger.Gone || e.Status == ledger.Suspended {
			e.Status, e.Reason, e.When = ledger.Pending, "", time.Time{}
		}
		news = append(news, about(e, s))
	}
	return due, h.Ledger.Begin(begun, append(news, h.unread()...))
}

// unread returns the entries of accounts that are suspended, and of those that are gone and
// whose folders stay.
func (h *run) unread() []ledger.Entry {
	var all []ledger.Entry
	for _, s := range h.Suspended {
		e, _ := h.Ledger.Entry(s.Tag)
		all = append(all, h.now(about(e, s), ledger.Suspended, "the account is "+strings.ToLower(strings.ReplaceAll(s.Member.Status, "_", " "))))
	}
	if h.Gone == nil {
		return all
	}
	var gone []string
	for _, e := range h.Ledger.Entries() {
		spec, err := extract.ParseSpec(e.Source)
		if err == nil && h.calls[e.Tag] == nil && h.Gone(spec) {
			all = append(all, h.now(e, ledger.Gone, "its source does not name it any more"))
			gone = append(gone, e.Title())
		}
	}
	if len(gone) > 0 && h.Reader.Note != nil {
		h.Reader.Note(fmt.Sprintf("no source names %s any more; what the fleet has of them stays: %s", result.Count(len(gone), "account", "accounts"), strings.Join(gone, ", ")))
	}
	return all
}

// now returns an entry with a status, which it has from now on unless it had it before.
func (h *run) now(e ledger.Entry, status ledger.Status, reason string) ledger.Entry {
	if e.Status != status {
		e.Status, e.Reason, e.When = status, reason, h.Now()
	}
	return e
}

// has reports whether the fleet has a snapshot of the account that is new enough. What the
// ledger says is not believed where the folder says otherwise.
func (h *run) has(ctx context.Context, e ledger.Entry, s compare.Side, since time.Time) bool {
	if e.Status != ledger.OK && e.Status != ledger.Partial || e.Read.Before(since.Truncate(time.Second)) {
		return false
	}
	if s.Member != nil && s.Member.ID != "" && s.Member.ID != e.ID {
		return false
	}
	id, err := snapshot.ID(ctx, h.Folder(s.Tag))
	return err == nil && id == e.ID
}

// about returns an entry with what the source says of the account.
func about(e ledger.Entry, s compare.Side) ledger.Entry {
	e.Tag, e.Source = s.Tag, s.Spec.String()
	if m := s.Member; m != nil {
		e.Name, e.Path = m.Name, m.Path
		if m.ID != "" {
			e.ID = m.ID
		}
	}
	return e
}

// entry returns what the ledger is to say of an account.
func (h *run) entry(out Outcome) ledger.Entry {
	e, _ := h.Ledger.Entry(out.Side.Tag)
	e = about(e, out.Side)
	if out.ID != "" {
		e.ID = out.ID
	}
	e.Status, e.Reason = out.Status, out.Reason
	e.When, e.Calls = h.Now(), int(h.calls[out.Side.Tag].Load())
	if out.Err == nil {
		e.Read = e.When
	}
	return e
}
