package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/report"
	"iamctl/waiver"
)

// waiverFile is the name of the file of waivers, beside the dictionary.
const waiverFile = "waivers.json"

func waiversFlag(usage string) cli.Flag {
	return &cli.PathFlag{Name: "waivers", TakesFile: true, Usage: usage + " `FILE` (default: waivers.json beside the dictionary)"}
}

// waivers are the accepted drifts of a run.
type waivers struct {
	file *waiver.File
	// path is "" and data nil if there is no file.
	path string
	data []byte
}

// waiverPath is the named file, or the one beside the dictionary.
func waiverPath(c *cli.Context, dictionary string) string {
	if p := c.Path("waivers"); p != "" {
		return p
	}
	return filepath.Join(filepath.Dir(dictionary), waiverFile)
}

// readWaivers reads a file of waivers. A missing one is an error if it must be
// there.
func readWaivers(path string, must bool) (*waivers, error) {
	data, err := os.ReadFile(path)
	if !must && errors.Is(err, fs.ErrNotExist) {
		return &waivers{}, nil
	}
	if err != nil {
		return nil, withHint(fmt.Errorf("the waivers: %w", err), "'iamctl waive' writes a first one")
	}
	file, err := waiver.Parse(path, data)
	return &waivers{file: file, path: path, data: data}, err
}

// verdict is what a run comes to.
type verdict struct {
	marks *report.Marks
	// drift tells that there is drift that no waiver accepts; fresh, that
	// some of it is new.
	drift, fresh bool
}

// judge holds the drift against the waivers, an earlier run and the history
// of the snapshots.
func judge(ctx context.Context, e *env, changes *diff.Changes, w *waivers, before *earlier, seen *history) (*verdict, error) {
	accepted := w.file.Judge(today(e))
	marks := map[string]report.RunMark{}
	roles := newRoleIndex(changes)
	v := &verdict{marks: &report.Marks{File: w.path, Since: before.name()}}
	if w.data != nil {
		sum := sha256.Sum256(w.data)
		v.marks.SHA256 = hex.EncodeToString(sum[:])
	}
	for d := range report.Drifts(changes) {
		mark := report.RunMark{Age: before.age(d.Fingerprint), FirstSeen: seen.first(d.Fingerprint)}
		if i, ok := accepted.Drift(d.Fingerprint, roles.of(d)...); ok {
			mark.Waiver = &i
		} else {
			v.drift = true
			v.fresh = v.fresh || !before.open(d.Fingerprint) || w.had(d.Fingerprint)
		}
		if mark != (report.RunMark{}) {
			marks[d.Fingerprint] = mark
		}
	}
	v.marks.Of = func(fingerprint string) report.RunMark { return marks[fingerprint] }
	v.marks.Fixed = before.fixed(blindRoles(changes))
	v.marks.Waivers = w.states(accepted)
	return v, ctx.Err()
}

// had tells whether there is a waiver for the drift: one that it is open in
// spite of has expired, and that is news.
func (w *waivers) had(fingerprint string) bool {
	return w.file != nil && slices.ContainsFunc(w.file.Waivers, func(x waiver.Waiver) bool { return x.Fingerprint == fingerprint })
}

// blindRoles are the normalised names of roles of which a part is in the dark.
func blindRoles(c *diff.Changes) map[string]bool {
	blind := map[string]bool{}
	for side := range 2 {
		gaps := map[string]bool{}
		for _, g := range c.Account(side).Flat.Gaps {
			if g.Entity == inventory.EntityRole && g.Blind {
				gaps[g.Name] = true
			}
		}
		roles := c.Account(side).Roles
		for i := range roles {
			dark := slices.ContainsFunc(roles[i].Policies, func(p normalize.Policy) bool { return p.Raw.Blind })
			if dark || gaps[roles[i].Raw.Name] || gaps[""] {
				blind[roles[i].Name] = true
			}
		}
	}
	return blind
}

// states tells what the entries of the file did.
func (w *waivers) states(j *waiver.Judge) []report.RunWaiver {
	var out []report.RunWaiver
	for i, s := range j.States() {
		r := report.RunWaiver{State: string(s.State), Count: s.Count}
		if i < len(w.file.Waivers) {
			v := w.file.Waivers[i]
			r.Fingerprint, r.Owner, r.Reason, r.Ticket, r.Expires = v.Fingerprint, v.Owner, v.Reason, v.Ticket, dateText(v.Expires)
		} else {
			v := w.file.Ignore[i-len(w.file.Waivers)]
			r.Role, r.Owner, r.Reason, r.Ticket, r.Expires = v.Role, v.Owner, v.Reason, v.Ticket, dateText(v.Expires)
			if v.Path != "" {
				r.Role = strings.TrimSpace(v.Role + " path " + v.Path)
			}
		}
		out = append(out, r)
	}
	return out
}

func dateText(d waiver.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// roleIndex finds a drift's role in both accounts.
type roleIndex map[string][2]*normalize.Role

func newRoleIndex(c *diff.Changes) roleIndex {
	x := roleIndex{}
	for i := range c.Common {
		x[c.Common[i].Name] = [2]*normalize.Role{c.Common[i].A, c.Common[i].B}
	}
	for side := range 2 {
		for _, r := range c.Only(side) {
			both := x[r.Name]
			both[side] = r
			x[r.Name] = both
		}
	}
	return x
}

func (x roleIndex) of(d report.Drift) []waiver.Role {
	var out []waiver.Role
	for side, r := range x[d.RoleName] {
		if r != nil && (d.Kind != report.DriftRole || d.Side == side) {
			out = append(out, waiver.Role{Name: r.Name, OriginalName: r.Raw.Name, Path: r.Path, OriginalPath: r.Raw.Path})
		}
	}
	return out
}

// today is the day by the clock, where the user is.
func today(e *env) waiver.Date {
	y, m, d := e.now().Date()
	return waiver.Date{Year: y, Month: int(m), Day: d}
}
