package reference

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"iamctl/internal/inputfile"
	"iamctl/internal/jsonplace"
)

// maxFile is the size in bytes above which a file cannot be an iam.json; that
// of all services has about 3 MB.
const maxFile = 64 << 20

// FileError says where and why an iam.json cannot be used.
type FileError struct {
	// Name is the file's name as given.
	Name string
	// Line and Column count from 1, columns in characters; 0 where the file
	// as a whole is meant.
	Line, Column int
	Message      string
}

func (e *FileError) Error() string {
	const next = "; mend it, or write a fresh one with `iamctl init --force`"
	if e.Line == 0 {
		return e.Name + ": " + e.Message + next
	}
	return fmt.Sprintf("%s: line %d, column %d: %s%s", e.Name, e.Line, e.Column, e.Message, next)
}

// ForeignFormatError says that a file is an iam.json of AWS's own IAMCTL. The
// caller warns, leaves the file alone and goes on with Embedded.
type ForeignFormatError struct {
	// Name is the file's name as given.
	Name string
}

func (e *ForeignFormatError) Error() string {
	return e.Name + " is in the form of AWS IAMCTL (it has a serviceMap), so it is left alone and not used;" +
		" to pin the reference here, move it away and run `iamctl init`"
}

// Load reads an iam.json. The error is a *FileError, a *ForeignFormatError, an
// *inputfile.Error or what the operating system says.
func Load(path string) (*Reference, error) {
	f, err := inputfile.Open(context.Background(), path, inputfile.Reference)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(path, f)
}

// Read reads an iam.json from r, all of it; name is for the errors, which are
// as those of Load.
func Read(name string, r io.Reader) (*Reference, error) {
	data, err := readAll(r, maxFile+1)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > maxFile {
		return nil, &FileError{Name: name, Message: fmt.Sprintf("it is larger than %d MiB, which no iam.json is", maxFile>>20)}
	}
	p, err := newParser(bytes.TrimPrefix(data, []byte("\ufeff")))
	f := newFileReader(p)
	if err == nil {
		err = f.read()
	}
	if f.foreign() {
		return nil, &ForeignFormatError{Name: name}
	}
	var pos *posError
	if errors.As(err, &pos) {
		at := jsonplace.Of(p.text, pos.offset)
		return nil, &FileError{Name: name, Line: at.Line, Column: at.Column, Message: pos.message}
	}
	if err != nil {
		return nil, &FileError{Name: name, Message: err.Error()}
	}
	ref := newReference(f.version, f.source, f.services)
	sum := sha256.Sum256(data)
	ref.file, ref.sha256 = name, hex.EncodeToString(sum[:])
	return ref, nil
}

// readAll reads up to limit bytes, into a buffer of the right size where r
// knows it: growing one takes longer than the reading.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	var buf bytes.Buffer
	if known, ok := r.(interface{ Len() int }); ok {
		buf.Grow(int(min(int64(known.Len()), limit)) + bytes.MinRead)
	}
	_, err := buf.ReadFrom(io.LimitReader(r, limit))
	return buf.Bytes(), err
}
