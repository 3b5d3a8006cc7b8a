package many

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"iamctl/compare"
	"iamctl/extract"
	"iamctl/extract/gitsnapshot"
	"iamctl/internal/hint"
	"iamctl/internal/inputfile"
	"iamctl/result"
	"iamctl/result/matrix"
)

// ReadMatrix reads the matrix.json of a run's folder; the file itself will do too.
func ReadMatrix(ctx context.Context, path string) (*matrix.Matrix, error) {
	m, _, err := savedMatrix.Read(ctx, path)
	return m, err
}

// savedMatrix is what matrix leaves.
var savedMatrix = compare.Saved[*matrix.Matrix]{Command: "matrix", FileName: matrix.FileName, Kind: inputfile.Matrix, Decode: matrix.Read}

// earlier is the run that this one is held against; nil for none.
type earlier struct {
	*matrix.Matrix
	name  string
	input result.Input
	// waived says of the outliers, by their fingerprints, whether a waiver accepted them.
	waived map[string]bool
}

// readEarlier reads what Since names.
func readEarlier(ctx context.Context, sides []compare.Side, o Options) (*earlier, error) {
	if o.Since == "" {
		return nil, nil
	}
	m, in, err := sinceMatrix(ctx, sides, o)
	if err != nil {
		return nil, fmt.Errorf("--since: %w", err)
	}
	if err := alike(o, m.Asked); err != nil {
		return nil, err
	}
	in.Kind = result.InputSince
	e := &earlier{m, o.Since, in, map[string]bool{}}
	for _, c := range m.AWSChanges {
		e.see(&c.Outlier)
	}
	for i := range m.Roles {
		for k := range m.Roles[i].Forms {
			f := &m.Roles[i].Forms[k]
			for n := range f.Outliers {
				if f.Outliers[n].Fingerprint == "" {
					return nil, hint.With(fmt.Errorf("--since %s: a version before wrote it, without fingerprints", o.Since), "make it again with 'iamctl matrix'")
				}
				e.see(&f.Outliers[n])
			}
		}
	}
	return e, nil
}

func (e *earlier) see(o *matrix.Outlier) {
	e.waived[o.Fingerprint] = e.waived[o.Fingerprint] || o.Waiver != nil
}

func sinceMatrix(ctx context.Context, sides []compare.Side, o Options) (*matrix.Matrix, result.Input, error) {
	rest, ok := strings.CutPrefix(o.Since, "git:")
	if !ok {
		return savedMatrix.Read(ctx, o.Since)
	}
	if spec, err := extract.ParseSpec(o.Since); err == nil {
		if filepath.Ext(spec.Name) != ".json" {
			spec.Name = strings.TrimRight(spec.Name, "/") + "/" + matrix.FileName
		}
		data, err := gitsnapshot.ReadFile(ctx, spec, ".", inputfile.Matrix)
		if err != nil {
			return nil, result.Input{}, err
		}
		return savedMatrix.From(ctx, spec.String(), bytes.NewReader(data))
	}
	m, err := revision(ctx, sides, o, rest)
	return m, result.Input{Path: o.Since}, err
}

// revision compares the snapshots as they were at a revision.
func revision(ctx context.Context, sides []compare.Side, o Options, rev string) (*matrix.Matrix, error) {
	then := slices.Clone(sides)
	for i, s := range then {
		switch s.Spec.Kind {
		case extract.Folder:
			then[i].Spec = extract.Spec{Kind: extract.Git, Rev: rev, Name: s.Spec.Name}
		case extract.Git: // one that is a revision already stays the one it is
		default:
			return nil, hint.With(fmt.Errorf("%s: %s is no snapshot folder, so git does not know what it was", o.Since, s.Tag),
				"name the output folder of an earlier 'iamctl matrix', or git:REV:PATH of one")
		}
	}
	o.moment = o.Since
	o.Since, o.Waivers, o.Warn = "", nil, nil // what is wrong with the dictionary is told once
	m, err := Run(ctx, then, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Since, err)
	}
	return m, nil
}

// asked returns what a run is asked, as the matrix says it.
func asked(o Options) matrix.Asked {
	a := matrix.Asked{Against: o.Against, Pattern: o.Roles, Effective: o.Effective != nil}
	for _, k := range o.Ignore {
		a.Ignored = append(a.Ignored, string(k))
	}
	for _, x := range o.Exclude {
		a.Excluded = append(a.Excluded, string(x))
	}
	slices.Sort(a.Ignored)
	slices.Sort(a.Excluded)
	a.Ignored, a.Excluded = slices.Compact(a.Ignored), slices.Compact(a.Excluded)
	return a
}

// controlPolicies says which policies are counted, by whether those of organisations are.
var controlPolicies = map[bool]string{true: "control policies (--effective)", false: "no control policies"}

// alike returns an error where the earlier run compared otherwise: what one of the two left
// out would look new or gone.
func alike(o Options, then matrix.Asked) error {
	now := asked(o)
	differ := func(what, then, now, none string) error {
		if then == now {
			return nil
		}
		or := func(s string) string {
			if s == "" {
				return none
			}
			return s
		}
		return hint.With(fmt.Errorf("--since %s: that run %s %s, this one %s: hold like against like", o.Since, what, or(then), or(now)), "see 'iamctl matrix --help'")
	}
	for _, err := range []error{
		differ("held all against", then.Against, now.Against, "the majority"),
		differ("compared the roles", then.Pattern, now.Pattern, "*"),
		differ("left out", strings.Join(then.Ignored, ", "), strings.Join(now.Ignored, ", "), "nothing"),
		differ("counted", controlPolicies[then.Effective], controlPolicies[now.Effective], ""),
		differ("excluded", strings.Join(then.Excluded, ", "), strings.Join(now.Excluded, ", "), "no roles"),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}
