package compare

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/extract"
	"iamctl/internal/hint"
	"iamctl/internal/inputfile"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/audited"
)

// earlierAudit is the audit that this one is held against; nil for none.
type earlierAudit struct {
	*audited.Audit
	name  string
	input result.Input
	// found are the findings by fingerprint.
	found map[string]*audited.Finding
}

// readEarlierAudit reads what Since names: the JSON of an audit, or a git revision at which
// the sources are audited as they were.
func (o *AuditOptions) readEarlierAudit(ctx context.Context, sides []Side) (*earlierAudit, error) {
	if o.Since == "" {
		return nil, nil
	}
	var run *audited.Audit
	var in result.Input
	var err error
	if rest, ok := strings.CutPrefix(o.Since, "git:"); ok {
		run, in, err = o.auditRevision(ctx, sides, rest)
	} else {
		run, in, err = readAudit(ctx, o.Since)
	}
	if err != nil {
		return nil, fmt.Errorf("--since: %w", err)
	}
	in.Kind = result.InputSince
	e := &earlierAudit{Audit: run, name: o.Since, input: in, found: map[string]*audited.Finding{}}
	for i := range run.Findings {
		f := &run.Findings[i]
		// Of two alike the one counts that no waiver accepted.
		if had := e.found[f.Fingerprint]; had == nil || had.Waiver != nil {
			e.found[f.Fingerprint] = f
		}
	}
	return e, nil
}

// auditRevision audits the sources as they were at a revision; rest is REV, or REV:PATH
// for the one source.
func (o *AuditOptions) auditRevision(ctx context.Context, sides []Side, rest string) (*audited.Audit, result.Input, error) {
	then := slices.Clone(sides)
	in := result.Input{Path: o.Since}
	if spec, err := extract.ParseSpec(o.Since); err == nil {
		if len(sides) > 1 {
			return nil, in, hint.With(fmt.Errorf("%s is one account, and %d are audited", o.Since, len(sides)), "write git:REV for all of them as they were")
		}
		then[0].Spec = spec
	} else {
		for i, s := range then {
			if s.Spec.Kind != extract.Folder {
				return nil, in, hint.With(fmt.Errorf("%s: %s is no snapshot folder, so git does not know what it was", o.Since, s.Tag), "name the JSON of an earlier audit, or git:REV:PATH")
			}
			then[i].Spec = extract.Spec{Kind: extract.Git, Rev: rest, Name: s.Spec.Name}
		}
	}
	accounts, err := o.read(ctx, then)
	if err != nil {
		return nil, in, err
	}
	var commits []string
	for _, a := range accounts {
		if !slices.Contains(commits, a.Commit) {
			commits = append(commits, a.Commit)
		}
	}
	in.Version = strings.Join(commits, ", ")
	return o.run(accounts, then, nil), in, nil
}

// readAudit reads the JSON of an audit.
func readAudit(ctx context.Context, path string) (*audited.Audit, result.Input, error) {
	var in result.Input
	f, err := inputfile.Open(ctx, path, inputfile.Findings)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, in, hint.With(err, "name a file with the output of 'iamctl audit --json', or git:REV")
	}
	if err != nil {
		return nil, in, err
	}
	defer f.Close()
	sum := sha256.New()
	a, err := audited.Read(io.TeeReader(f, sum))
	if err != nil {
		return nil, in, fmt.Errorf("%s: %w", path, err)
	}
	return a, result.Input{Path: path, SHA256: hex.EncodeToString(sum.Sum(nil)), Version: a.Meta.Day}, nil
}

// ReadAudit reads the JSON of an audit.
func ReadAudit(ctx context.Context, path string) (*audited.Audit, error) {
	a, _, err := readAudit(ctx, path)
	return a, err
}

// age returns whether a finding is new or known, "" if there is no earlier audit.
func (e *earlierAudit) age(f *audited.Finding) string {
	return AgeOf(e != nil, e.had(f) != nil)
}

// had returns the finding as the earlier audit had it, nil for none.
func (e *earlierAudit) had(f *audited.Finding) *audited.Finding {
	if e == nil {
		return nil
	}
	return e.found[f.Fingerprint]
}

// gone returns the findings that are not there now, the worst first, but for those that
// this audit could not have seen: of other accounts, of rules that were not asked, and of
// entities of which a part could not be read.
func (e *earlierAudit) gone(now *audited.Audit, accounts []*account.Account) []audited.Gone {
	if e == nil {
		return nil
	}
	there := map[string]bool{}
	for i := range now.Findings {
		there[now.Findings[i].Fingerprint] = true
	}
	blind := blindEntities(accounts)
	var out []audited.Gone
	for i := range e.Findings {
		f := &e.Findings[i]
		a := now.AccountOf(f.Account)
		if there[f.Fingerprint] || a == nil || !now.Asked(f.Rule) || blind.hides(a.Tag, f) {
			continue
		}
		there[f.Fingerprint] = true // once
		out = append(out, audited.GoneOf(f))
	}
	slices.SortStableFunc(out, func(x, y audited.Gone) int { return result.Rank(x.Severity) - result.Rank(y.Severity) })
	return out
}

// entity is an entity of an account by its tag; no name stands for all of its kind, and
// no kind for all of the account.
type entity struct{ tag, kind, name string }

type blindness map[entity]bool

// blindEntities are those of which a part could not be read.
func blindEntities(accounts []*account.Account) blindness {
	out := blindness{}
	for _, a := range accounts {
		for _, h := range a.Holders {
			if h.Blind() || h.Trust != nil && h.Trust.Document == nil {
				out[entity{a.Tag, string(h.Kind), h.Name}] = true
			}
		}
		for _, g := range a.Gaps {
			// What is found of the account may rest on anything in it.
			out[entity{a.Tag, string(inventory.EntityAccount), "account"}] = true
			if kind := string(g.Entity); kind == string(inventory.EntityAccount) {
				out[entity{a.Tag, "", ""}] = true
			} else if g.Entity != inventory.EntityPolicy || g.Name == "" {
				out[entity{a.Tag, kind, g.Name}] = true
			}
		}
	}
	return out
}

func (b blindness) hides(tag string, f *audited.Finding) bool {
	return b[entity{tag, "", ""}] || b[entity{tag, f.EntityType, ""}] || b[entity{tag, f.EntityType, f.Entity}]
}

// check returns an error if nothing that was audited then is audited now, or the like of
// rules: everything would look new.
func (e *earlierAudit) check(now *audited.Audit) error {
	if e == nil {
		return nil
	}
	if !slices.ContainsFunc(now.Accounts, func(a audited.Account) bool { return e.AccountOf(a.Key()) != nil }) {
		return hint.With(fmt.Errorf("--since %s: that audit was of %s, and this one is of %s: hold like against like", e.name, names(e.Accounts), names(now.Accounts)), "see 'iamctl audit --help'")
	}
	for _, r := range now.Rules {
		if e.Asked(r.ID) {
			return nil
		}
	}
	return hint.With(fmt.Errorf("--since %s: that audit asked none of the rules of this one: hold like against like", e.name), "see 'iamctl audit --help'")
}

func names(list []audited.Account) string {
	var out []string
	for i := range list {
		out = append(out, list[i].Name())
	}
	return listOr(out, "no account")
}

// notes say in what the earlier audit is another.
func (e *earlierAudit) notes(now *audited.Audit) []string {
	if e == nil {
		return nil
	}
	var out []string
	add := func(format string, list []string) {
		if len(list) > 0 {
			out = append(out, fmt.Sprintf(format, strings.Join(list, ", ")))
		}
	}
	add("the earlier audit was not of %s: all that is found there counts as new", accountsMissing(now, e.Audit))
	add("the earlier audit was of %s too: nothing is said of what it found there", accountsMissing(e.Audit, now))
	add("the earlier audit did not ask %s: what is found by that counts as new", rulesMissing(now, e.Audit))
	add("the earlier audit asked %s too: nothing is said of what it found by that", rulesMissing(e.Audit, now))
	if e.input.SHA256 != "" && digestOf(e.Audit, result.InputConfig) != digestOf(now, result.InputConfig) {
		out = append(out, "the earlier audit had another configuration, by which findings may look new or gone")
	}
	if e.Incomplete {
		out = append(out, "the earlier audit was incomplete: what it could not read counts as new")
	}
	return out
}

// accountsMissing returns the accounts of one audit that another does not have.
func accountsMissing(of, in *audited.Audit) []string {
	var out []string
	for i := range of.Accounts {
		if in.AccountOf(of.Accounts[i].Key()) == nil {
			out = append(out, of.Accounts[i].Name())
		}
	}
	return out
}

func rulesMissing(of, in *audited.Audit) []string {
	var out []string
	for _, r := range of.Rules {
		if !in.Asked(r.ID) {
			out = append(out, r.ID)
		}
	}
	return out
}

func digestOf(a *audited.Audit, kind string) string {
	for _, in := range a.Meta.Inputs {
		if in.Kind == kind {
			return cmp.Or(in.SHA256, in.Path)
		}
	}
	return ""
}
