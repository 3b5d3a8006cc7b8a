// Package reference holds AWS's actions, resource types and condition keys,
// as published in the Service Authorization Reference: an embedded table, and
// the same facts as the file iam.json, which a team can pin in git.
package reference

import (
	"context"
	"errors"
	"io"
	"net/http"
)

// Reference is a set of services. It is safe for concurrent use.
type Reference struct {
	version string
}

// ForeignFormatError says that a file is an iam.json of AWS's own IAMCTL. The
// caller warns, leaves the file alone and goes on with Embedded.
type ForeignFormatError struct {
	// Name is the file's name as given.
	Name string
}

func (e *ForeignFormatError) Error() string {
	return e.Name + " is in the form of AWS IAMCTL (serviceMap)"
}

var errUnfinished = errors.New("not implemented")

// Embedded returns the reference that is part of the program.
func Embedded() *Reference { return &Reference{} }

// Load reads an iam.json.
func Load(path string) (*Reference, error) { return nil, errUnfinished }

// Read reads an iam.json from r; name is for the errors.
func Read(name string, r io.Reader) (*Reference, error) { return nil, errUnfinished }

// Update fetches AWS's service reference, all of it or an error.
func Update(ctx context.Context, client *http.Client, baseURL string, progress func(done, total int, service string)) (*Reference, error) {
	return nil, errUnfinished
}

// Write writes the reference as iam.json.
func (r *Reference) Write(w io.Writer) error { return errUnfinished }

// Version is the date of the data.
func (r *Reference) Version() string { return r.version }

// Services returns the prefixes, sorted.
func (r *Reference) Services() []string { return nil }

// Service returns the service with that prefix, without regard to letter case.
func (r *Reference) Service(prefix string) (*Service, bool) { return nil, false }
