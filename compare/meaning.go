package compare

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"iamctl/diff"
	"iamctl/meaning"
	"iamctl/normalize"
)

// means sets what the differences mean.
func (c *comparison) means(ctx context.Context, changes *diff.Changes) error {
	j := c.meanings
	var work batch
	pairs := make(map[*diff.Pair]**meaning.Meaning)
	for i := range changes.Common {
		if p := &changes.Common[i]; j.Differs(p) {
			pairs[p] = work.add(func() *meaning.Meaning { return j.Pair(p) })
		}
	}
	alone := make(map[*normalize.Role]**meaning.Meaning)
	for side := range 2 {
		for _, r := range changes.Only(side) {
			alone[r] = work.add(func() *meaning.Meaning { return j.Alone(side, r) })
		}
	}
	aws := make(map[*diff.AWSChange]**meaning.Meaning)
	for i := range changes.AWSChanges {
		x := &changes.AWSChanges[i]
		aws[x] = work.add(func() *meaning.Meaning { return j.AWS(x) })
	}
	if err := work.do(ctx); err != nil {
		return err
	}
	c.result.SetMeanings(lookup(pairs), func(_ int, r *normalize.Role) *meaning.Meaning { return lookup(alone)(r) }, lookup(aws))
	return nil
}

// batch is work on single differences, none of which depends on another.
type batch []struct {
	judge func() *meaning.Meaning
	into  **meaning.Meaning
}

// add adds work, and returns where its outcome will be.
func (b *batch) add(judge func() *meaning.Meaning) **meaning.Meaning {
	into := new(*meaning.Meaning)
	*b = append(*b, struct {
		judge func() *meaning.Meaning
		into  **meaning.Meaning
	}{judge, into})
	return into
}

// do does the work, as much at once as there are processors.
func (b batch) do(ctx context.Context) error {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, w := range b {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error {
			*w.into = w.judge()
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// lookup returns a function that finds an outcome, nil where there is none.
func lookup[K comparable](of map[K]**meaning.Meaning) func(K) *meaning.Meaning {
	return func(k K) *meaning.Meaning {
		if into := of[k]; into != nil {
			return *into
		}
		return nil
	}
}
