package export

import (
	"context"
	"sync"
)

// claims say which source has which partition. Where two have one, it is that of the
// source that was named first, however long each takes to read.
type claims struct {
	mu sync.Mutex
	of map[string]int
	// settled are closed once a source, and all before it, have claimed or passed.
	settled []chan struct{}
}

func newClaims(n int) *claims {
	c := &claims{of: map[string]int{}, settled: make([]chan struct{}, n)}
	for i := range c.settled {
		c.settled[i] = make(chan struct{})
	}
	return c
}

// claim claims a partition for source i. It waits until those before it have claimed
// theirs, and returns the source that has the partition already, -1 if none has. The error is
// that of ctx.
func (c *claims) claim(ctx context.Context, i int, partition string) (int, error) {
	if err := c.wait(ctx, i); err != nil {
		return -1, err
	}
	defer close(c.settled[i])
	c.mu.Lock()
	defer c.mu.Unlock()
	if other, ok := c.of[partition]; ok {
		return other, nil
	}
	c.of[partition] = i
	return -1, nil
}

// pass is claim for a source that has no partition.
func (c *claims) pass(ctx context.Context, i int) error {
	err := c.wait(ctx, i)
	if err == nil {
		close(c.settled[i])
	}
	return err
}

func (c *claims) wait(ctx context.Context, i int) error {
	if i == 0 {
		return ctx.Err()
	}
	select {
	case <-c.settled[i-1]:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
