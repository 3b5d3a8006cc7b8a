// Package inputfile opens the files that a run reads. A checkout is a stranger's:
// it may hold a named pipe that nobody writes to, a link to a device without end,
// or a file that fills the memory. Only regular files are read, after following
// links, up to a size that depends on what the file is, and the reading ends with
// its context.
package inputfile

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
)

// Kind is what a file is.
type Kind struct {
	// Name is how errors speak of the kind, such as "a dictionary".
	Name string
	// Max is the largest size in bytes.
	Max int64
}

// The kinds of files.
var (
	Dictionary = Kind{"a dictionary", 16 << 20}
	Waivers    = Kind{"a file of waivers", 64 << 20}
	Audit      = Kind{"the configuration of an audit", 16 << 20}
	Reference  = Kind{"an iam.json", 64 << 20}
	// Account is what the AWS CLI saved. 5,000 roles with all that they may have
	// make less than a gigabyte.
	Account = Kind{"an account's authorization details", 1 << 30}
	// Entity is one file of a snapshot. An IAM role has some 200 kB at most.
	Entity = Kind{"a file of a snapshot", 64 << 20}
	// Run is a diff.json.
	Run = Kind{"a run's diff.json", 4 << 30}
	// Matrix is a matrix.json.
	Matrix = Kind{"a run's matrix.json", 4 << 30}
	// Findings is the JSON of an audit.
	Findings = Kind{"the JSON of an audit", 1 << 30}
	// Organization is what is known of an organisation but its policies. One has 50,000
	// accounts at most.
	Organization = Kind{"an organization.json", 256 << 20}
	// ControlPolicy is a service or resource control policy. AWS takes 10 kB at most.
	ControlPolicy = Kind{"a control policy", 1 << 20}
	// Policy is a policy document, or a list of them. IAM takes 20 kB at most.
	Policy = Kind{"a policy document", 16 << 20}
	// Questions are questions about policies, a line each.
	Questions = Kind{"a file of questions", 64 << 30}
	// Ledger is the list of the accounts of a fleet, a line each.
	Ledger = Kind{"the ledger of a fleet", 256 << 20}
	// Config is a configuration file of the AWS CLI.
	Config = Kind{"an AWS configuration file", 16 << 20}
	// Accounts is a list of accounts. 50,000 of them with their tags make 10 MB.
	Accounts = Kind{"a list of accounts", 64 << 20}
)

// File is an open file. Reading more than its kind allows is an error.
type File struct {
	file  fs.File
	ctx   context.Context
	name  string
	kind  Kind
	size  int64
	taken int64
}

// Open opens a file. The error is an *Error, or what the operating system says.
func Open(ctx context.Context, path string, kind Kind) (*File, error) {
	// A device may do something when it is opened, so it is looked at before.
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := kind.check(path, info); err != nil {
		return nil, err
	}
	// What was replaced by a named pipe since would block without nonblock.
	f, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	return newFile(ctx, f, path, kind)
}

// Read reads a whole file. The error is that of Open, or the context's.
func Read(ctx context.Context, path string, kind Kind) ([]byte, error) {
	f, err := Open(ctx, path, kind)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.all(nil)
}

// ReadFS reads a file of fsys, whatever it is; label is its name in errors.
func ReadFS(ctx context.Context, fsys fs.FS, name, label string, kind Kind) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if err := kind.check(label, info); err != nil {
		return nil, err
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	f, err := newFile(ctx, file, label, kind)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.all(nil)
}

// AppendIn appends a file of a folder to b. The name has no slash, and the folder's list says
// that it is a regular file; label is its name in errors. It is for the many files of snapshots:
// the folder is not looked up for each, nor what the file is before it is open.
func AppendIn(ctx context.Context, b []byte, folder *os.Root, name, label string, kind Kind) ([]byte, error) {
	// What was replaced by a named pipe since would block without nonblock.
	file, err := folder.OpenFile(name, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	f, err := newFile(ctx, file, label, kind)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.all(b)
}

func newFile(ctx context.Context, file fs.File, name string, kind Kind) (*File, error) {
	info, err := file.Stat()
	if err == nil {
		err = kind.check(name, info)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return &File{file: file, ctx: ctx, name: name, kind: kind, size: info.Size()}, nil
}

// Len returns the size that the file had when it was opened.
func (f *File) Len() int { return int(f.size) }

// Read reads the next bytes.
func (f *File) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.file.Read(p)
	if f.taken += int64(n); f.taken > f.kind.Max {
		return 0, f.kind.tooLarge(f.name)
	}
	return n, err
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// step is how much is read between two looks at the context.
const step = 1 << 20

// all appends the rest of the file to b.
func (f *File) all(b []byte) ([]byte, error) {
	b = slices.Grow(b, int(f.size)+bytes.MinRead)
	for {
		if len(b) == cap(b) {
			b = slices.Grow(b, bytes.MinRead)
		}
		n, err := f.Read(b[len(b):min(cap(b), len(b)+step)])
		b = b[:len(b)+n]
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// Error is a file that is not read.
type Error struct {
	// Path is the file as it was named.
	Path string
	// Reason says why, and what to do.
	Reason string
}

func (e *Error) Error() string { return e.Path + ": " + e.Reason }

func (k Kind) check(path string, info fs.FileInfo) error {
	if what := irregular(info.Mode()); what != "" {
		return &Error{path, fmt.Sprintf("it is %s, and %s must be a regular file", what, k.Name)}
	}
	if info.Size() > k.Max {
		return k.tooLarge(path)
	}
	return nil
}

func (k Kind) tooLarge(path string) error {
	return &Error{path, fmt.Sprintf("it is larger than %d MiB, the most that %s may have", k.Max>>20, k.Name)}
}

// irregular returns what is no regular file, "" for one that is.
func irregular(m fs.FileMode) string {
	switch {
	case m.IsRegular():
		return ""
	case m.IsDir():
		return "a folder"
	case m&fs.ModeNamedPipe != 0:
		return "a pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	case m&fs.ModeSymlink != 0:
		return "a link"
	}
	return "something else than a file"
}
