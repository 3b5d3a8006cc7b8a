package reference

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// DefaultURL is where AWS publishes its service reference. It needs no
// credentials.
const DefaultURL = "https://servicereference.us-east-1.amazonaws.com/"

const (
	updateSource = "AWS service reference"
	// fetchesAtOnce bounds how many pages are fetched side by side.
	fetchesAtOnce = 8
	// Bounds of a list and of a page in bytes, unpacked; the largest page,
	// that of EC2, is below 5 MB.
	maxList = 8 << 20
	maxPage = 32 << 20
)

// Update fetches AWS's service reference: the list of services and then the
// page of every one. It returns all of them or an error, and never a part.
//
// client may be nil. baseURL is DefaultURL or a mirror of it, in which the
// addresses of the list may still be AWS's own. progress may be nil; it is
// called with 0 and the number of pages, and then after every page, never
// twice at a time.
func Update(ctx context.Context, client *http.Client, baseURL string, progress func(done, total int, service string)) (*Reference, error) {
	if progress == nil {
		progress = func(int, int, string) {}
	}
	u := updater{fetcher: newFetcher(client), progress: progress}
	return u.run(ctx, baseURL)
}

type updater struct {
	*fetcher
	progress func(done, total int, service string)

	mu       sync.Mutex // guards what follows and calls of progress
	done     int
	modified time.Time
	unused   map[string]int
	notes    []Note
}

func (u *updater) run(ctx context.Context, baseURL string) (*Reference, error) {
	base, err := parseBase(baseURL)
	if err != nil {
		return nil, err
	}
	u.unused = map[string]int{}
	list, from, err := u.list(ctx, base)
	if err != nil {
		return nil, fmt.Errorf("the list of services: %w", err)
	}
	list, err = u.resolve(base, from, list)
	if err != nil {
		return nil, err
	}
	pages, err := u.pages(ctx, list)
	if err != nil {
		return nil, err
	}
	for i, p := range pages {
		if p.Prefix != list[i].service {
			u.notes = append(u.notes, Note{Kind: Duplicate, Service: p.Prefix, Text: fmt.Sprintf("the list of services calls it %q", list[i].service)})
		}
	}
	r, err := Build("unknown", updateSource, pages)
	if err != nil {
		return nil, err
	}
	for _, what := range slices.Sorted(maps.Keys(u.unused)) {
		u.notes = append(u.notes, Note{Kind: Unused, Text: fmt.Sprintf("%s is not used (%d times)", what, u.unused[what])})
	}
	r.notes = append(u.notes, r.notes...)
	return r, u.setVersion(r)
}

// setVersion takes the day of the newest file and, where the server has no
// times, a digest of the content.
func (u *updater) setVersion(r *Reference) error {
	if !u.modified.IsZero() {
		r.version = u.modified.UTC().Format(time.DateOnly)
		return nil
	}
	var all bytes.Buffer
	err := r.Write(&all)
	r.version = fmt.Sprintf("sha256:%.8x", sha256.Sum256(all.Bytes()))
	return err
}

func (u *updater) pages(ctx context.Context, list []listed) ([]Page, error) {
	u.progress(0, len(list), "")
	pages := make([]Page, len(list))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(fetchesAtOnce)
	for i, e := range list {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			var err error
			if pages[i], err = u.page(ctx, e.url); err != nil {
				return fmt.Errorf("service %s: %w", e.service, err)
			}
			u.mu.Lock()
			defer u.mu.Unlock()
			u.done++
			u.progress(u.done, len(list), e.service)
			return nil
		})
	}
	return pages, group.Wait()
}

func (u *updater) page(ctx context.Context, address string) (Page, error) {
	got, err := u.get(ctx, address, maxPage)
	if err != nil {
		return Page{}, err
	}
	page, unused, err := readPage(address, got.body, (*pageReader).page)
	if err != nil {
		return Page{}, err
	}
	if err := checkPage(page); err != nil {
		return Page{}, fmt.Errorf("%s: %w", address, err)
	}
	u.record(got, unused)
	return page, nil
}

func (u *updater) record(got answer, unused map[string]int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if got.modified.After(u.modified) {
		u.modified = got.modified
	}
	for what, n := range unused {
		u.unused[what] += n
	}
}
