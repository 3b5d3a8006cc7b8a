package audited

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
	"iamctl/verdict/severity"
)

// Read reads the JSON of an audit. It takes nothing on trust: another format or version, a
// file that is cut off, a member that is missing and figures that contradict what is listed
// are errors. Members that it does not know it leaves out.
func Read(r io.Reader) (*Audit, error) {
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
	case head.Format != format:
		return nil, fmt.Errorf("the file is no output of 'iamctl audit --json': its format is %q, not %q", visible.Escape(head.Format), format)
	case string(head.Version) != fmt.Sprint(version):
		return nil, fmt.Errorf("the file has version %.100q of its format, and this iamctl reads version %d: read it with the iamctl that wrote it, or %s", string(head.Version), version, again)
	}
	a := &Audit{}
	if err := json.Unmarshal(data, a); err != nil {
		return nil, readError(data, err)
	}
	if err := a.check(); err != nil {
		return nil, fmt.Errorf("%w; the file was changed after it was written: %s", err, again)
	}
	return a, nil
}

// again is what to do about a file that cannot be read.
const again = "make it again with 'iamctl audit --json'"

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

// check returns what contradicts what in an audit that was read.
func (a *Audit) check() error {
	if _, bad := result.ParseFailOn(a.Meta.FailOn); bad != "" {
		return fmt.Errorf("meta.fail_on has %q", visible.Escape(bad))
	}
	if len(a.Accounts) == 0 || len(a.Rules) == 0 {
		return errors.New("no account was audited, or no rule asked")
	}
	if a.Incomplete != (len(a.Gaps) > 0) {
		return fmt.Errorf("incomplete is %v, and there are %d gaps", a.Incomplete, len(a.Gaps))
	}
	counts, waived := map[string]int{}, 0
	for i := range a.Findings {
		f := &a.Findings[i]
		if err := a.checkFinding(f); err != nil {
			return fmt.Errorf("findings[%d]: %w", i, err)
		}
		if f.Waiver != nil {
			waived++
		} else {
			counts[string(f.Severity)]++
		}
	}
	for _, l := range severity.Levels() {
		if n := a.Counts[string(l)]; n != counts[string(l)] {
			return fmt.Errorf("counts has %d findings of severity %s, and %d are listed", n, l, counts[string(l)])
		}
	}
	if waived != a.Waived {
		return fmt.Errorf("waived is %d, and %d waived findings are listed", a.Waived, waived)
	}
	return nil
}

func (a *Audit) checkFinding(f *Finding) error {
	switch {
	case len(f.Fingerprint) != 32 || strings.Trim(f.Fingerprint, "0123456789abcdef") != "":
		return fmt.Errorf("%q is no fingerprint", visible.Escape(f.Fingerprint))
	case !slices.Contains(severity.Levels(), f.Severity):
		return fmt.Errorf("there is no severity %q", visible.Escape(string(f.Severity)))
	case !a.Asked(f.Rule):
		return fmt.Errorf("the rule %q was not asked", visible.Escape(f.Rule))
	case a.AccountOf(f.Account) == nil:
		return fmt.Errorf("the account %q was not audited", visible.Escape(f.Account))
	case f.Waiver != nil && (*f.Waiver < 0 || *f.Waiver >= len(a.Waivers)):
		return fmt.Errorf("there is no waiver %d", *f.Waiver)
	case f.Entity == "" || f.EntityType == "":
		return errors.New("it is about nothing")
	}
	return nil
}
