// Package many compares the roles of many accounts: it reads them, finds the forms of each
// role, and judges each form against the reference once.
//
// Accounts are read one after the other, and few are in memory at a time: those in flight,
// and of those that come from AWS one for each form of a role. Each is compared
// with one of them, but for the roles that are, up to the account's own id, as in an account
// that was compared before: see package comment of template.go.
package many

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"iamctl/compare"
	"iamctl/diff"
	"iamctl/extract/flatten"
	"iamctl/fleet"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/waiver"
)

// Options say how the roles of many accounts are compared.
type Options struct {
	compare.Inputs
	Reader *compare.Reader
	// Effective counts control policies, nil for not.
	Effective *compare.Effective
	Ignore    []normalize.Kind
	Exclude   []diff.Exclusion
	// Against is the tag of the account that the others are held against, "" for the
	// majority of each role.
	Against string
	// Roles is a pattern of the names of the roles that are compared, "" for all.
	Roles string
	// Version is iamctl's, for the matrix's Meta.
	Version string
	// Since names what the outliers are held against, "" for nothing: the output folder of a
	// run or its matrix.json, git:REV:PATH of one, or git:REV for the snapshots as they were.
	Since string
	// FailOn is which outliers fail the run, By what counts (result.ByItems), and Today the
	// day on which waivers are judged.
	FailOn result.FailOn
	By     string
	Today  waiver.Date
	// Gaps are what is known to be missing before anything is read.
	Gaps []inventory.Gap
	// Warn and Note hear remarks for the person at the terminal; nil is nobody.
	Warn, Note func(string)

	// organizations are those of the accounts, nil where control policies are not counted.
	organizations *compare.Organizations
	// moment is that of which the accounts are, "" for now.
	moment string
	// whole compares every role of every account, which takes longer and comes to the same.
	whole bool
}

// Run compares the roles of many accounts. An account that cannot be read is a gap;
// none that can be read is an error.
func Run(ctx context.Context, sides []compare.Side, o Options) (*matrix.Matrix, error) {
	if err := o.findOrganizations(ctx, sides); err != nil {
		return nil, err
	}
	before, err := readEarlier(ctx, sides, o)
	if err != nil {
		return nil, err
	}
	o.Reader.Begin(o.moment, len(sides))
	m := &run{Options: o, gaps: slices.Clone(o.Gaps), known: newCatalogue(), untold: map[string]inventory.Gap{}, members: make([]*member, len(sides)), matched: map[int]bool{}, judgedAsOwn: map[place]bool{}, working: make(chan struct{}, runtime.GOMAXPROCS(0))}
	if err := m.bind(ctx, sides); err != nil {
		return nil, err
	}
	if err := m.choose(ctx, sides); err != nil {
		return nil, err
	}
	if err := m.lookAtAll(ctx, sides); err != nil {
		return nil, err
	}
	if err := m.nobody(); err != nil {
		return nil, err
	}
	if err := m.settle(); err != nil {
		return nil, err
	}
	m.warnOfDictionary()
	m.owned = newNameIndex(m.Dictionary.Fleet(), m.members)
	if err := m.merge(ctx); err != nil {
		return nil, err
	}
	if err := m.settleOwn(ctx); err != nil {
		return nil, err
	}
	if err := m.weigh(ctx); err != nil {
		return nil, err
	}
	roles, err := m.differences(ctx)
	if err != nil {
		return nil, err
	}
	m.gaps = slices.AppendSeq(m.gaps, maps.Values(m.untold))
	slices.SortFunc(m.gaps, inventory.Gap.Compare)
	gaps := make([]result.Gap, len(m.gaps))
	for i, g := range m.gaps {
		gaps[i] = result.GapOf(g)
	}
	out := matrix.New(m.meta(), m.accounts(), roles, m.awsChanges(), gaps)
	out.Asked, out.Unpaired = asked(o), m.unpairedNotes()
	return out, m.accept(out, before)
}

// run is one comparison of many accounts.
type run struct {
	Options
	// members are the accounts that could be read: while they are, by the index of their
	// side, and nil for the others; then sorted by id and tag.
	members []*member
	// sampled are accounts that were read to choose reference, by the index of their side.
	sampled map[int]reading
	// reference is the account that all are compared with first, and against its index.
	reference *member
	against   int
	// shelf has the documents of the reference.
	shelf *flatten.Shelf
	known *catalogue
	// kept counts what is in memory of accounts on disk, and claims has those of AWS.
	kept   budget
	claims claims
	// room is how many bytes of statements a form that differs has.
	room int
	// working has a place for each account that is compared at a time.
	working chan struct{}

	mu   sync.Mutex
	gaps []inventory.Gap
	// untold are the roles of the reference, by name, that cannot be told apart once they are
	// normalised beside another account.
	untold map[string]inventory.Gap
	// judgedAsOwn are the roles, by account and key, whose forms are judged with what is the
	// account's own rewritten on both sides.
	judgedAsOwn map[place]bool
	// owned finds what accounts are called.
	owned *nameIndex
	// unpaired are the names of accounts that were not paired with those of the reference, and
	// unlisted how many others there are.
	unpaired []unpaired
	unlisted int
	// matched are the entries of the dictionary of which a value was rewritten anywhere.
	matched map[int]bool
	// forms are those of each role, by its key, and names its name.
	forms map[string][]fleet.Form
	names map[string]string
	// joined are the keys of roles that are one by the keys of the others.
	joined map[string]string
	// unheld are the keys of roles whose forms are yet to be found, by the accounts.
	unheld map[two][]string
	// controls numbers what bounds roles, bounds has the numbers by key and account, and alike
	// the parts of a role's reference, the one first that others are held against.
	controls controls
	bounds   map[string][]uint32
	alike    map[string][]part
	// aws are the accounts that have another version of a policy of AWS's.
	aws map[awsVersion][]int
}
