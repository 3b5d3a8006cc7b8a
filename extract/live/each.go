package live

import (
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"iamctl/extract/connect"
	"iamctl/inventory"
	"iamctl/policy"
)

// each reads the entities of the names, some at a time, in their order. One
// that turns out to be gone is left out with a note.
func each[T any](ctx context.Context, s *session, g *gathered, stage string, kind inventory.Entity, names []string, into map[string]entry[T],
	read func(context.Context, string) (*entry[T], error),
) error {
	slices.Sort(names)
	return s.concurrently(ctx, stage, names, func(ctx context.Context, name string) (func(), error) {
		e, err := read(ctx, name)
		return func() {
			if e == nil {
				g.notes = append(g.notes, deletedNote(kind, name))
				return
			}
			into[policy.Fold(name)] = *e
		}, err
	})
}

// concurrently calls read for every name, some at a time, and then the function
// that read returned, one at a time. It ends with the first error.
func (s *session) concurrently(ctx context.Context, stage string, names []string, read func(context.Context, string) (keep func(), err error)) error {
	var mu sync.Mutex
	done := 0
	s.o.Progress(stage, 0, len(names))
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(s.o.Concurrency)
	for _, name := range names {
		group.Go(func() error {
			if within.Err() != nil {
				return s.Fail(within, stage, 0, within.Err())
			}
			keep, err := read(within, name)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			keep()
			done++
			s.o.Progress(stage, done, len(names))
			return nil
		})
	}
	return group.Wait()
}

// kindListed is a kind of entity that one of IAM's calls lists.
type kindListed[T any] struct {
	entity inventory.Entity
	stage  string
	call   string
	page   func(ctx context.Context, marker *string) ([]T, connect.Cursor, error)
	name   func(T) string
	// read reads an entity by itself, from what the list has of it.
	read func(context.Context, T) (*entry[T], error)
}

// eachListed reads all entities of a kind, one by one. If the list is denied,
// that is a gap.
func eachListed[T any](ctx context.Context, s *session, g *gathered, into map[string]entry[T], k kindListed[T]) error {
	known := map[string]T{}
	err := s.Pages(ctx, k.call, func(marker *string) (connect.Cursor, error) {
		page, c, err := k.page(ctx, marker)
		for _, e := range page {
			known[policy.Fold(k.name(e))] = e
		}
		return c, err
	})
	if err != nil && connect.Denied(err) {
		g.gaps = append(g.gaps, gap(inventory.Gap{Entity: k.entity}, err))
		return nil
	}
	if err != nil {
		return err
	}
	var names []string
	for _, e := range known {
		names = append(names, k.name(e))
	}
	return each(ctx, s, g, k.stage, k.entity, names, into, func(ctx context.Context, name string) (*entry[T], error) {
		e := known[policy.Fold(name)]
		return reread(func() (*entry[T], error) { return k.read(ctx, e) }, func() *entry[T] {
			return &entry[T]{value: e, gaps: []inventory.Gap{unsettled(k.entity, name)}}
		})
	})
}
