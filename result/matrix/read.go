package matrix

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
	"iamctl/internal/visible"
	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Format is what the file says that it is.
const Format = fileFormat

// Read reads a matrix.json. It takes nothing on trust: another format or version, a file that
// is cut off, and what contradicts itself are errors. Members that it does not know it leaves
// out, and those that versions before did not write may be missing.
func Read(r io.Reader) (*Matrix, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("the file is empty: %s", again)
	}
	var head struct {
		Format  string         `json:"format"`
		Version jsontext.Value `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, readError(data, err)
	}
	switch {
	case head.Format != fileFormat:
		return nil, fmt.Errorf("the file is no %s: its format is %q, not %q", FileName, visible.Escape(head.Format), fileFormat)
	case string(head.Version) != fmt.Sprint(fileVersion):
		return nil, fmt.Errorf("the file has version %.100q of its format, and this iamctl reads version %d: read it with the iamctl that wrote it, or %s", string(head.Version), fileVersion, again)
	}
	m := &Matrix{}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, readError(data, err)
	}
	m.complete()
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%w; the file was changed after it was written: %s", err, again)
	}
	return m, nil
}

// again is what to do about a file that cannot be read.
const again = "make it again with 'iamctl matrix'"

// readError says where and why reading failed.
func readError(data []byte, err error) error {
	line := func(offset int64) int { return bytes.Count(data[:min(int(offset), len(data))], []byte("\n")) + 1 }
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("line %d: the file is cut off: %s", line(int64(len(data))), again)
	case errors.As(err, &syntactic):
		return fmt.Errorf("line %d: not valid JSON: %w: %s", line(syntactic.ByteOffset), jsonplace.SyntaxReason(syntactic.Err), again)
	case errors.As(err, &semantic):
		return fmt.Errorf("line %d: %s: a value of another kind belongs there: %s", line(semantic.ByteOffset), visible.Escape(cmp.Or(jsonplace.Pointer(semantic.JSONPointer), "the file")), again)
	}
	return err
}

// complete adds what versions before did not write.
func (m *Matrix) complete() {
	for i := range m.Roles {
		for k := range m.Roles[i].Forms {
			if f := &m.Roles[i].Forms[k]; f.Difference != nil && f.Outliers == nil {
				f.Outliers = make([]Outlier, len(f.Accounts))
			}
		}
	}
	if m.Counts == (Counts{}) {
		for i := range m.Roles {
			n := 0
			for k := range m.Roles[i].Forms {
				n += len(m.Roles[i].Forms[k].Outliers)
			}
			if m.Counts.Outliers += n; n > 0 {
				m.Counts.Roles++
			}
		}
	}
}

// check returns what contradicts what in a matrix that was read.
func (m *Matrix) check() error {
	if _, bad := result.ParseFailOn(m.Meta.FailOn); bad != "" {
		return fmt.Errorf("meta.fail_on has %q", visible.Escape(bad))
	}
	if len(m.Accounts) == 0 {
		return errors.New("there is no account")
	}
	// Versions before called a run complete whose gaps were none that hide something.
	if blind := slices.ContainsFunc(m.Gaps, func(g result.Gap) bool { return g.Blind }); m.Incomplete != (len(m.Gaps) > 0) && m.Incomplete != blind {
		return fmt.Errorf("incomplete is %v, and the gaps say otherwise", m.Incomplete)
	}
	for i := range m.Roles {
		if err := m.checkRole(&m.Roles[i]); err != nil {
			return fmt.Errorf("roles[%d]: %w", i, err)
		}
	}
	for i := range m.AWSChanges {
		c := &m.AWSChanges[i]
		if err := errors.Join(m.checkAccounts(c.Accounts, nil), m.checkOutlier(&c.Outlier)); err != nil {
			return fmt.Errorf("aws_changes[%d]: %w", i, err)
		}
	}
	return nil
}

func (m *Matrix) checkRole(r *Role) error {
	if len(r.Forms) == 0 {
		return errors.New("it has no form")
	}
	seen := make([]bool, len(m.Accounts))
	for k := range r.Forms {
		f := &r.Forms[k]
		if err := m.checkAccounts(f.Accounts, seen); err != nil {
			return err
		}
		d := f.Difference
		switch {
		case (d == nil) != (k == 0):
			return errors.New("one form, the first, is the reference")
		case d == nil && len(f.Outliers) == 0:
			continue
		case d == nil || len(f.Outliers) != len(f.Accounts):
			return fmt.Errorf("%d accounts are %d outliers", len(f.Accounts), len(f.Outliers))
		case !slices.Contains(Kinds(), d.Kind):
			return fmt.Errorf("there is no kind %q", visible.Escape(d.Kind))
		case !slices.Contains(severity.Levels(), d.Severity):
			return fmt.Errorf("there is no severity %q", visible.Escape(string(d.Severity)))
		case !slices.Contains([]verdict.Verdict{verdict.Equal, verdict.More, verdict.Less, verdict.Different, verdict.Unknown}, d.Verdict):
			return fmt.Errorf("there is no verdict %q", visible.Escape(string(d.Verdict)))
		}
		if b := d.Between; b != nil && !(slices.Contains(r.Forms[0].Accounts, b[0]) && slices.Contains(f.Accounts, b[1])) {
			return fmt.Errorf("it is between accounts %d and %d, of which the forms are not", b[0], b[1])
		}
		for i := range d.Names {
			if err := m.checkAccounts(d.Names[i].Accounts, nil); err != nil {
				return fmt.Errorf("names[%d]: %w", i, err)
			}
		}
		for i := range f.Outliers {
			if err := m.checkOutlier(&f.Outliers[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkAccounts checks places of accounts, of which none may be in seen already.
func (m *Matrix) checkAccounts(list []int, seen []bool) error {
	if len(list) == 0 {
		return errors.New("it is of no account")
	}
	for i, a := range list {
		switch {
		case a < 0 || a >= len(m.Accounts):
			return fmt.Errorf("there is no account %d", a)
		case i > 0 && a <= list[i-1]:
			return fmt.Errorf("account %d is out of order", a)
		case seen != nil && seen[a]:
			return fmt.Errorf("account %d has two forms", a)
		case seen != nil:
			seen[a] = true
		}
	}
	return nil
}

func (m *Matrix) checkOutlier(o *Outlier) error {
	switch {
	case o.Fingerprint != "" && (len(o.Fingerprint) != 32 || strings.Trim(o.Fingerprint, "0123456789abcdef") != ""):
		return fmt.Errorf("%q is no fingerprint", visible.Escape(o.Fingerprint))
	case o.Waiver != nil && (*o.Waiver < 0 || *o.Waiver >= len(m.Waivers)):
		return fmt.Errorf("there is no waiver %d", *o.Waiver)
	case !slices.Contains([]string{"", result.AgeNew, result.AgeKnown}, o.Age):
		return fmt.Errorf("there is no age %q", visible.Escape(o.Age))
	}
	return nil
}
