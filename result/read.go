package result

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
	"iamctl/internal/visible"
)

// Read reads a diff.json. It takes nothing on trust: another format or version, a
// file that is cut off, a member that is missing or not known, a text for a number,
// an index that leads nowhere and figures that contradict what is listed are errors
// that say where. Items are kept with each distinct text once, and the file itself
// is not kept.
// A file of a version without an exit code has that of its gaps and drift.
func Read(r io.Reader) (*Result, error) {
	in, err := newLineReader(r)
	if err != nil {
		return nil, err
	}
	run := &Result{ExitCode: noExitCode}
	if err := json.UnmarshalRead(in, run, json.RejectUnknownMembers(true)); err != nil {
		if in.err != nil {
			return nil, in.err
		}
		return nil, readError(in, run, err)
	}
	if run.ExitCode == noExitCode {
		run.ExitCode = exitCode(run.Incomplete, run.Drift)
	}
	if err := run.check(); err != nil {
		return nil, fmt.Errorf("%w; the file was changed after it was written: make it again with 'iamctl diff'", err)
	}
	return run, nil
}

// noExitCode is the exit code of a file that has none.
const noExitCode ExitCode = -1

// checkFormat returns an error if data is not of this format and version. It
// reads no further than it must.
func checkFormat(data []byte) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return errors.New("the file is empty: make it again with 'iamctl diff'")
	}
	format, version, err := readFormat(data)
	switch {
	case err != nil:
		return err
	case format != `"`+fileFormat+`"`:
		return fmt.Errorf("the file is no %s of iamctl: its format is %.100q, not %q; name the output folder of 'iamctl diff'",
			FileName, format, `"`+fileFormat+`"`)
	case !readable(version):
		return fmt.Errorf("the file has version %.100q of its format, and this iamctl reads version %d and before: read it with the iamctl that wrote it, or make it again with 'iamctl diff'",
			version, fileVersion)
	}
	return nil
}

// readable reports whether this iamctl reads a version of the form.
func readable(version string) bool {
	n, err := strconv.Atoi(version)
	return err == nil && oldestVersion <= n && n <= fileVersion
}

// readFormat returns the format and the version of a file in JSON, "" for one that
// it does not have.
func readFormat(data []byte) (format, version string, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(data))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return "", "", notResult(data, err)
	}
	for format == "" || version == "" {
		name, err := d.ReadToken()
		if err != nil {
			return "", "", notResult(data, err)
		}
		if name.Kind() == '}' {
			break
		}
		key := name.String()
		value, err := d.ReadValue()
		if err != nil {
			return "", "", notResult(data, err)
		}
		switch key {
		case "format":
			format = string(value)
		case "version":
			version = string(value)
		}
	}
	return format, version, nil
}

// notResult returns the error for a file that is not even an object.
func notResult(data []byte, err error) error {
	if err == nil {
		return fmt.Errorf("the file is no %s of iamctl: it does not begin with {; name the output folder of 'iamctl diff'", FileName)
	}
	in := &lineReader{}
	in.count(data)
	return readError(in, &Result{}, err)
}

// readError returns an error that says where and why reading failed, and what to
// do.
func readError(in *lineReader, run *Result, err error) error {
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return fmt.Errorf("line %d: the file is cut off: make it again with 'iamctl diff'", in.line(math.MaxInt64))
	case errors.As(err, &syntactic):
		return fmt.Errorf("line %d: %s: %w: make it again with 'iamctl diff'",
			in.line(syntactic.ByteOffset), at(syntactic.JSONPointer), jsonplace.SyntaxReason(syntactic.Err))
	case errors.As(err, &semantic) && errors.Is(err, json.ErrUnknownName):
		return fmt.Errorf("line %d: %s is not known to this iamctl: read the file with the iamctl that wrote it (%s)",
			in.line(semantic.ByteOffset), at(semantic.JSONPointer), visible.Escape(run.Meta.Iamctl))
	case errors.As(err, &semantic):
		return fmt.Errorf("line %d: %s: %s where a value of another kind belongs: make it again with 'iamctl diff'",
			in.line(semantic.ByteOffset), at(semantic.JSONPointer), kindName(semantic.JSONKind))
	}
	return err
}

func at(p jsontext.Pointer) string {
	if p == "" {
		return "the file"
	}
	return visible.Escape(jsonplace.Pointer(p))
}

// kindName returns what a value is called. Messages on diff.json keep their own
// words for arrays and strings, because scripts may look for them.
func kindName(k jsontext.Kind) string {
	switch k {
	case '[':
		return "an array"
	case '"':
		return "a text"
	}
	return cmp.Or(jsonplace.KindName(k), "something")
}
