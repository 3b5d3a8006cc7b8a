// Package export writes accounts to a lake: a folder of Parquet files by table, day and
// account.
//
// Each file appears whole or not at all, and replaces the one of an earlier run of the same
// day. Until then it has a hidden name that no engine reads. Accounts are read, written and
// forgotten one by one, as many at a time as there are processors.
package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/compare"
	"iamctl/internal/atomicfile"
	"iamctl/inventory"
	"iamctl/reference"
	"iamctl/report/lake"
	"iamctl/result/found"
)

// Options say what is exported, and where to.
type Options struct {
	Reader    *compare.Reader
	Reference *reference.Reference
	// Dir is the folder of the lake, made if need be.
	Dir string
	// Day is the day of the partitions, on which findings are judged too.
	Day time.Time
	// Tables are those that are written, by their names.
	Tables []string
	// Rules and Config are for the findings.
	Rules  []rule.Rule
	Config *config.Config
	// Drifts are those of comparisons, for the table of them.
	Drifts []lake.Drifted
	// Version is iamctl's.
	Version string
	// Gaps are what is known to be missing before anything is read.
	Gaps []inventory.Gap
}

// Summary is what was written.
type Summary struct {
	// Accounts is how many accounts the lake has the tables of, of this run, and Rows how
	// many rows each table has of them.
	Accounts int
	Rows     map[string]int64
	// Gaps are what could not be read, sorted, each with the tag of its account.
	Gaps []inventory.Gap
}

// Run writes the tables of accounts. An account that cannot be read is a gap; none that
// can be read is an error. No other run can write to the folder meanwhile.
func Run(ctx context.Context, sides []compare.Side, o Options) (*Summary, error) {
	if err := atomicfile.Inside(o.Dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.Dir, folderPerm); err != nil {
		return nil, err
	}
	lock, err := atomicfile.HoldFolder(o.Dir)
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	r := &run{Options: o, sides: sides, claims: newClaims(len(sides)), summary: Summary{Rows: map[string]int64{}, Gaps: slices.Clone(o.Gaps)}}
	for i := range o.Rules {
		r.rules = append(r.rules, found.RuleOf(&o.Rules[i]))
	}
	o.Reader.Begin("", len(sides))
	if err := o.Reader.Each(ctx, sides, runtime.GOMAXPROCS(0), r.account); err != nil {
		return nil, err
	}
	if len(sides) > 0 && r.summary.Accounts == 0 {
		return nil, fmt.Errorf("no account could be exported: %w", errors.Join(r.errs...))
	}
	if err := r.drifts(ctx); err != nil {
		return nil, err
	}
	slices.SortFunc(r.summary.Gaps, inventory.Gap.Compare)
	r.summary.Gaps = slices.Compact(r.summary.Gaps)
	return &r.summary, nil
}

// run is one export.
type run struct {
	Options
	sides  []compare.Side
	rules  []found.Rule
	claims *claims

	mu      sync.Mutex
	summary Summary
	errs    []error
}

// account writes the tables of one account.
func (r *run) account(ctx context.Context, i int, a *inventory.Account, broken error) error {
	s := r.sides[i]
	if broken != nil {
		r.fail(s, broken)
		return r.claims.pass(ctx, i)
	}
	other, err := r.claims.claim(ctx, i, lake.Partition(a.ID, s.Tag))
	if err != nil {
		return err
	}
	if other >= 0 {
		r.fail(s, fmt.Errorf("%s: it is the account %s, as %s is, which was named before it", s.Tag, a.ID, r.sides[other].Tag))
		return nil
	}
	t := r.tablesOf(a, s)
	rows, err := t.write(ctx)
	if err != nil {
		return err
	}
	r.done(s, rows, t.gaps)
	return nil
}

// fail notes that an account could not be exported.
func (r *run) fail(s compare.Side, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errs = append(r.errs, err)
	r.summary.Gaps = append(r.summary.Gaps, s.Unread(err))
}

// done notes that the tables of an account are written.
func (r *run) done(s compare.Side, rows map[string]int64, gaps []inventory.Gap) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.summary.Accounts++
	for table, n := range rows {
		r.summary.Rows[table] += n
	}
	for _, g := range gaps {
		g.Account = s.Tag
		r.summary.Gaps = append(r.summary.Gaps, g)
	}
}
