package compare

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"iamctl/equivalency"
	"iamctl/extract"
	"iamctl/extract/authdetails"
	"iamctl/extract/connect"
	"iamctl/extract/flatten"
	"iamctl/extract/gitsnapshot"
	"iamctl/extract/live"
	"iamctl/extract/snapshot"
	"iamctl/inventory"
	"iamctl/reference"
)

// sideBySide is how many accounts are read at once.
const sideBySide = 8

// Progress shows how far the reading of one account is. Its methods may be
// called from several goroutines.
type Progress interface {
	// Stage shows what is being read and how far it is; total 0 is not known.
	Stage(what string, done, total int)
	// Waiting shows why nothing moves for a while.
	Waiting(reason string, wait time.Duration)
	// Done ends the progress with the number of what was read, such as 12 and role, and of
	// the gaps in it; Failed ends it with why nothing was.
	Done(n int, noun string, gaps int)
	Failed(err error)
}

// Reader reads accounts from their sources.
type Reader struct {
	// Region is the AWS region to sign for, "" for the profile's.
	Region string
	// Files are the AWS CLI's configuration files.
	Files connect.Files
	// Day is the day of the reading.
	Day time.Time
	// MFAToken asks a person for the code of an MFA device.
	MFAToken func(serial string) (string, error)
	// Progress begins the progress of the account with a tag; nil for none.
	Progress func(tag string) Progress
	// Reading hears how many accounts are read next, and of what moment, "" for now; nil is
	// nobody.
	Reading func(moment string, accounts int)
	// Called is called for each attempt of a call of AWS for the account with a tag; nil
	// is nobody.
	Called func(tag string)
	// Connections are shared by the accounts; nil for connections of their own.
	Connections *connect.Connections
	// SameAccount allows two profiles to reach one account.
	SameAccount bool
	// Note hears remarks for the person at the terminal; nil is nobody.
	Note func(string)

	// Into says how the accounts of an organisation, or of a list, are reached.
	Into Into

	profiles profiles

	mu sync.Mutex
	// accounts are the sides that reached an account, by its id.
	accounts map[string]Side
}

// Account reads one account. The error names its tag.
func (r *Reader) Account(ctx context.Context, s Side) (*inventory.Account, error) {
	step := r.begin(s.Tag)
	a, err := r.extract(ctx, s, step)
	if err != nil {
		step.Failed(err)
		if errors.Is(err, ErrOneAccount) {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", s.Tag, err)
	}
	step.Done(len(a.Roles), "role", gapsIn(a))
	return a, nil
}

// gapsIn returns how many gaps there are in the roles of an account, as far as it was read.
func gapsIn(a *inventory.Account) int {
	gaps, _ := a.RoleGaps()
	if _, none := a.NoRoles(); none {
		return len(gaps) + 1
	}
	return len(gaps)
}

// Begin says how many accounts are read next, by any of the reader's methods, and of what
// moment, "" for now.
func (r *Reader) Begin(moment string, accounts int) {
	if r.Reading != nil {
		r.Reading(moment, accounts)
	}
}

// step is the reading of an account or of an organisation, for those who look on.
type step struct {
	Progress
	called func() // for each attempt of a call; nil is nobody
}

func (r *Reader) begin(tag string) step {
	s := step{Progress: silent{}}
	if r.Progress != nil {
		s.Progress = r.Progress(tag)
	}
	if r.Called != nil {
		s.called = func() { r.Called(tag) }
	}
	return s
}

func (r *Reader) extract(ctx context.Context, s Side, step step) (*inventory.Account, error) {
	spec := s.Spec
	switch spec.Kind {
	case extract.Folder:
		a, err := snapshot.Read(ctx, spec.Name)
		if err == nil {
			err = ofEntry(s, a.ID)
		}
		return a, err
	case extract.File:
		return authdetails.Read(ctx, spec.Name)
	case extract.Git:
		return gitsnapshot.Read(ctx, spec, ".")
	case extract.Profile, extract.Organization, extract.Accounts:
		o, err := r.live(ctx, spec, step)
		if err != nil {
			return nil, err
		}
		o.Identified = func(id string) error {
			if err := isMember(s, id); err != nil {
				return err
			}
			return r.reached(id, s)
		}
		return live.Extract(ctx, o)
	}
	return nil, fmt.Errorf("source %q is of no known kind", spec)
}

// live returns how an account is read from AWS.
func (r *Reader) live(ctx context.Context, spec extract.Spec, step step) (live.Options, error) {
	o := live.Options{Progress: step.Stage, Day: r.Day}
	if spec.Kind != extract.Profile {
		var err error
		o.Session, err = r.into(ctx, spec, step)
		return o, err
	}
	o.Profile, o.Region, o.Files, o.MFAToken, o.Waiting = spec.Name, r.Region, r.Files, r.MFAToken, step.Waiting
	o.Called, o.Connections = step.called, r.Connections
	return o, nil
}

// Accounts reads accounts, a few side by side. The first failure ends the
// others.
func (r *Reader) Accounts(ctx context.Context, sides []Side) ([]*inventory.Account, error) {
	if err := r.beside(ctx, sides); err != nil {
		return nil, err
	}
	return each(ctx, sides, r.Account)
}

// Flat reads accounts as Accounts does and flattens their policies into items.
func (r *Reader) Flat(ctx context.Context, sides []Side, ref *reference.Reference) ([]*inventory.Flat, error) {
	if err := r.beside(ctx, sides); err != nil {
		return nil, err
	}
	shelf := flatten.NewShelf(ref)
	return each(ctx, sides, func(ctx context.Context, s Side) (*inventory.Flat, error) {
		a, err := r.Account(ctx, s)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		return shelf.Account(a), nil
	})
}

// Readable reads accounts as far as they can be read: errs has what is wrong with the
// others, of which the account is nil. err is that nothing was read.
func (r *Reader) Readable(ctx context.Context, sides []Side) (accounts []*inventory.Account, errs []error, err error) {
	if err := r.beside(ctx, sides); err != nil {
		return nil, nil, err
	}
	accounts, errs = make([]*inventory.Account, len(sides)), make([]error, len(sides))
	var g errgroup.Group
	g.SetLimit(sideBySide)
	for i, s := range sides {
		g.Go(func() error {
			accounts[i], errs[i] = r.Account(ctx, s)
			return ctx.Err()
		})
	}
	return accounts, errs, g.Wait()
}

// Identities asks every account who it is.
func (r *Reader) Identities(ctx context.Context, sides []Side) ([]equivalency.Identity, error) {
	if err := r.beside(ctx, sides); err != nil {
		return nil, err
	}
	return each(ctx, sides, r.identity)
}

func (r *Reader) identity(ctx context.Context, s Side) (equivalency.Identity, error) {
	switch s.Spec.Kind {
	case extract.Folder, extract.File, extract.Git:
		a, err := r.Account(ctx, s)
		if err != nil {
			return equivalency.Identity{}, err
		}
		return s.Identity(a), nil
	}
	o, err := r.live(ctx, s.Spec, step{Progress: silent{}})
	var id, alias string
	if err == nil {
		id, _, alias, err = live.Identity(ctx, o)
	}
	if err != nil {
		return equivalency.Identity{}, fmt.Errorf("%s: %w", s.Tag, err)
	}
	return s.Identity(&inventory.Account{ID: id, Alias: alias}), nil
}

// each returns what one returns for every side, a few at once.
func each[T any](ctx context.Context, sides []Side, one func(context.Context, Side) (T, error)) ([]T, error) {
	out := make([]T, len(sides))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(sideBySide)
	for i, s := range sides {
		g.Go(func() (err error) {
			out[i], err = one(ctx, s)
			return err
		})
	}
	return out, g.Wait()
}

// silent is a Progress that shows nothing.
type silent struct{}

func (silent) Stage(string, int, int)        {}
func (silent) Waiting(string, time.Duration) {}
func (silent) Done(int, string, int)         {}
func (silent) Failed(error)                  {}
