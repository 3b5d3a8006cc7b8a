// Package sourcetest is the contract of every source of accounts: what went
// in comes out, complete, in order, twice the same, and a cancelled reading
// ends at once.
package sourcetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
)

// Source reads an account.
type Source func(ctx context.Context) (*inventory.Account, error)

// Field is something that not every source can tell.
type Field int

// The fields that a source may lack.
const (
	// RoleAttributes are a role's description and session length.
	RoleAttributes Field = iota
	// Alias is the account's.
	Alias
	// PolicyTags are the tags of managed policies.
	PolicyTags
	// Gaps and Notes are those of the account that went in: only a source
	// that stores accounts has them.
	Gaps
	// Unknown is the difference between a field that is not known and an
	// empty one.
	Unknown
	// EmptyAccountID is the id and partition of an account without anything
	// in it.
	EmptyAccountID
	// LastUsed is when a role was last used.
	LastUsed
	// Versions are those of managed policies that are not in force.
	Versions
	// Pages are those of IAM's API at their full size.
	Pages
)

// Option changes what the contract asks for.
type Option func(*contract)

// Without leaves out what the source cannot tell.
func Without(fields ...Field) Option {
	return func(c *contract) { c.without = append(c.without, fields...) }
}

// DocumentsByMeaning compares policy documents as JSON values, lists of
// strings in any order, for a source that does not keep their letters.
func DocumentsByMeaning() Option {
	return func(c *contract) { c.byMeaning = true }
}

type contract struct {
	without   []Field
	byMeaning bool
}

// patience is how long a cancelled source may take to notice.
const patience = time.Second

// Run holds a source to the contract. open prepares a source for an account,
// the lists of which are in no particular order.
func Run(t *testing.T, open func(t *testing.T, a *inventory.Account) Source, opts ...Option) {
	var c contract
	for _, o := range opts {
		o(&c)
	}
	for _, f := range c.fixtures() {
		if slices.ContainsFunc(f.needs, c.lacks) {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			want := f.account()
			c.strip(want)
			want.Sort()
			source := open(t, backwards(f.account()))
			c.comeBack(t, source, want)
			cancelled(t, source)
		})
	}
}

// comeBack reads twice.
func (c *contract) comeBack(t *testing.T, source Source, want *inventory.Account) {
	t.Helper()
	first, err := source(context.Background())
	if err != nil {
		t.Fatalf("reading: %v", err)
	}
	second, err := source(context.Background())
	if err != nil {
		t.Fatalf("reading again: %v", err)
	}
	if d := cmp.Diff(first, second); d != "" {
		t.Errorf("the second reading differs from the first: -first +second\n%s", d)
	}
	if c.lacks(Gaps) {
		if len(first.Gaps) > 0 {
			t.Errorf("everything could be read, but there are gaps: %v", first.Gaps)
		}
		first.Notes = nil
	}
	for i := range first.Roles {
		if r := &first.Roles[i]; i < len(want.Roles) && (r.InstanceProfiles == nil) != (want.Roles[i].InstanceProfiles == nil) {
			t.Errorf("role %s: instance profiles known: %v, want %v", r.Name, r.InstanceProfiles != nil, want.Roles[i].InstanceProfiles != nil)
		}
	}
	for i := range first.Policies {
		if p := &first.Policies[i]; i < len(want.Policies) && (p.Others == nil) != (want.Policies[i].Others == nil) {
			t.Errorf("policy %s: other versions known: %v, want %v", p.Name, p.Others != nil, want.Policies[i].Others != nil)
		}
	}
	if d := cmp.Diff(want, first, c.compare()...); d != "" {
		t.Errorf("what went in does not come out: -want +got\n%s", d)
	}
}

// cancelled reads with a context that is cancelled before, and one that is
// cancelled on the way.
func cancelled(t *testing.T, source Source) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := source(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled reading gave %v, want %v", err, context.Canceled)
	}
	ctx, cancel = context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		_, err := source(ctx)
		done <- err
	}()
	time.Sleep(time.Millisecond)
	cancel()
	select {
	case err := <-done: // it may have been quicker than the cancelling
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("a reading that was cancelled on the way gave %v, want %v or none", err, context.Canceled)
		}
	case <-time.After(patience):
		t.Errorf("a cancelled reading was still at work after %v", patience)
	}
}

func (c *contract) lacks(f Field) bool { return slices.Contains(c.without, f) }
