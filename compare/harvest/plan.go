package harvest

import (
	"context"
	"time"

	"iamctl/compare"
	"iamctl/extract/ledger"
	"iamctl/extract/snapshot"
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
	return due, h.Ledger.Begin(begun, news)
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
