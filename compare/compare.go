// Package compare makes a judged result of two sources: it reads both accounts,
// flattens and normalises them, compares them, and holds the drift against
// waivers, an earlier run and the history of the snapshots. It knows no flags
// and prints nothing.
package compare

import (
	"context"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/normalize/unused"
	"iamctl/reference"
	"iamctl/result"
	"iamctl/waiver"
)

// Options say how two accounts are compared and judged.
type Options struct {
	Inputs
	Reader *Reader
	// Audit are the rules that are asked about both accounts, nil for none.
	Audit *Audited
	// Effective asks what is left within control policies, nil for not.
	Effective *Effective
	// Ignore are kinds of attributes that are left out.
	Ignore []normalize.Kind
	// Exclude are the rules by which roles are left out.
	Exclude []diff.Exclusion
	// Since names what the drift is held against, "" for nothing: the output
	// folder of a run, or git:REV.
	Since string
	// FailOn is which drift fails the run; new is what Since does not have.
	FailOn result.FailOn
	// By is what drift is counted by, result.ByItems (or "") or result.ByMeaning.
	By string
	// Time is when the comparison is made, in RFC 3339, for the result's Meta; "" for
	// none.
	Time string
	// Today is the day on which waivers are judged.
	Today waiver.Date
	// Version is iamctl's, for the result's Meta.
	Version string
	// Warn and Note hear remarks for the person at the terminal; nil is nobody.
	Warn, Note func(string)
}

// complete returns the options with what may be left out.
func (o Options) complete() Options {
	complete(&o.Waivers, &o.Warn, &o.Note)
	return o
}

// complete puts no waivers, and somebody who hears nothing, where there are none.
func complete(waivers **Waivers, hear ...*func(string)) {
	if *waivers == nil {
		*waivers = &Waivers{}
	}
	for _, h := range hear {
		if *h == nil {
			*h = func(string) {}
		}
	}
}

// Outcome is what a comparison comes to.
type Outcome struct {
	Result *result.Result
	// News reports whether there is drift that counts and that Since does not have, or
	// that a waiver accepted before.
	News bool
}

// Run compares two accounts and judges what differs.
func Run(ctx context.Context, sides [2]Side, o Options) (*Outcome, error) {
	c, err := newComparison(ctx, sides, o)
	if err != nil {
		return nil, err
	}
	before, err := c.readEarlier(ctx)
	if err != nil {
		return nil, err
	}
	changes, err := c.compare(ctx, c.sides)
	if err != nil {
		return nil, err
	}
	changes.Gaps = append(changes.Gaps, c.outdated...)
	for _, n := range c.Reference.Notes() {
		changes.Notes = append(changes.Notes, n.String())
	}
	for _, w := range unused.Warnings(o.Dictionary.Dictionary, changes.A, changes.B) {
		c.Warn(w.String())
	}
	for _, w := range unused.Left(o.Dictionary.Dictionary, c.sides[0].Identity(changes.A.Flat.Account), c.sides[1].Identity(changes.B.Flat.Account)) {
		c.Warn(w.String())
	}
	if c.meanings, err = c.within(ctx, changes); err != nil {
		return nil, err
	}
	c.result = result.New(changes, c.meta(before))
	if c.Effective != nil {
		c.result.WithinControlPolicies()
	}
	if err := c.means(ctx, changes); err != nil {
		return nil, err
	}
	found, gaps, err := c.audits(ctx, changes)
	if err != nil {
		return nil, err
	}
	c.result.SetAudit(found, gaps)
	c.result.Notes = append(c.result.Notes, before.auditNotes(found)...)
	seen, err := c.lookBack(ctx, changes)
	if err != nil {
		return nil, err
	}
	news := c.judge(changes, before, seen)
	return &Outcome{c.result, news}, ctx.Err()
}

// comparison is one run of two accounts.
type comparison struct {
	Options
	sides [2]Side
	// outdated are the gaps of accounts that the ledger of their fleet has an older snapshot of.
	outdated []inventory.Gap
	result   *result.Result
	// meanings says what the differences mean.
	meanings *meaning.Judge
	// organizations are those that have a part in the result.
	organizations []result.Input
}

func newComparison(ctx context.Context, sides [2]Side, o Options) (c *comparison, err error) {
	c = &comparison{Options: o.complete(), sides: sides}
	c.outdated, err = ofFleet(ctx, &c.sides)
	return c, err
}

// compare reads and compares two accounts.
func (c *comparison) compare(ctx context.Context, sides [2]Side) (*diff.Changes, error) {
	flats, err := c.Reader.Flat(ctx, sides[:], c.Reference)
	if err != nil {
		return nil, err
	}
	return Changes(ctx, identities(sides, flats), [2]*inventory.Flat(flats), c.Reference, c.Dictionary, c.Ignore, c.Exclude...)
}

// identities returns what the dictionary knows two accounts by.
func identities(sides [2]Side, flats []*inventory.Flat) [2]equivalency.Identity {
	return [2]equivalency.Identity{sides[0].Identity(flats[0].Account), sides[1].Identity(flats[1].Account)}
}

// meta returns what made the result, which is held against an earlier run; nil
// for none.
func (c *comparison) meta(before *earlier) result.Meta {
	m := result.Meta{Iamctl: c.Version, Time: c.Time, Reference: c.Reference.Version(), FailOn: c.FailOn.String()}
	if c.By == result.ByMeaning {
		m.By = c.By
	}
	if c.Dictionary.SHA256 != "" {
		m.Dictionary, m.DictionarySHA256 = c.Dictionary.Name, c.Dictionary.SHA256
		m.Inputs = append(m.Inputs, result.Input{Kind: result.InputDictionary, Path: m.Dictionary, SHA256: m.DictionarySHA256})
	}
	if c.Audit != nil && c.Audit.Config.Name != "" {
		m.Inputs = append(m.Inputs, result.Input{Kind: result.InputConfig, Path: c.Audit.Config.Name, SHA256: c.Audit.Config.SHA256})
	}
	path, sum := c.Reference.File()
	m.Inputs = append(m.Inputs, result.Input{Kind: result.InputReference, Path: path, SHA256: sum, Version: m.Reference})
	if c.Waivers.Path != "" {
		m.Inputs = append(m.Inputs, result.Input{Kind: result.InputWaivers, Path: c.Waivers.Path, SHA256: c.Waivers.SHA256})
	}
	m.Inputs = append(m.Inputs, c.organizations...)
	if before != nil {
		m.Inputs = append(m.Inputs, before.input)
	}
	return m
}

// Changes normalises two accounts by a dictionary and compares them; ignore are
// kinds of attributes and exclude the rules of roles that are left out. The reference is
// that by which they were flattened, nil for the embedded one.
func Changes(ctx context.Context, ids [2]equivalency.Identity, flats [2]*inventory.Flat, ref *reference.Reference, d Dictionary, ignore []normalize.Kind, exclude ...diff.Exclusion) (*diff.Changes, error) {
	bound, err := bind(ids, [2]*inventory.Account{flats[0].Account, flats[1].Account}, d)
	if err != nil {
		return nil, err
	}
	return bound.changes(ctx, flats, ref, diff.Options{Ignore: ignore, Exclude: exclude})
}
