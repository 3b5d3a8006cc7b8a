package compare

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"iamctl/equivalency"
	"iamctl/internal/hint"
	"iamctl/internal/inputfile"
	"iamctl/reference"
	"iamctl/result"
	"iamctl/waiver"
)

// The names of the files that the inputs have unless told otherwise.
const (
	DictionaryFile = "equivalency_list.json"
	ReferenceFile  = "iam.json"
	// WaiverFile is beside the dictionary.
	WaiverFile = "waivers.json"
)

// Inputs are the files beside the accounts. They are to be read and checked
// before the first call to AWS.
type Inputs struct {
	Dictionary Dictionary
	Reference  *reference.Reference
	Waivers    *Waivers // nil for none
}

// Dictionary is an equivalency dictionary and the file that it is from.
type Dictionary struct {
	*equivalency.Dictionary
	// Name is the path, also of a file that is not there, and SHA256 the digest
	// of the file in hex, "" if there is none.
	Name   string
	SHA256 string

	// fleet is the dictionary among the accounts that are compared, nil where these are two.
	fleet *equivalency.Fleet
}

// Among returns the dictionary as it applies to many accounts.
func (d Dictionary) Among(accounts []equivalency.Identity) (Dictionary, error) {
	var err error
	if d.fleet, err = d.Dictionary.Among(accounts); err != nil {
		return d, fmt.Errorf("%s: %w", d.Name, err)
	}
	return d, nil
}

// Fleet is the dictionary among the accounts that are compared, nil where these are two.
func (d Dictionary) Fleet() *equivalency.Fleet { return d.fleet }

// Rules returns the dictionary as it applies to one account compared with another.
func (d Dictionary) Rules(self, other equivalency.Identity) (*equivalency.Rules, error) {
	if d.fleet != nil {
		return d.fleet.Rules(self, other)
	}
	return d.Dictionary.Rules(self, other)
}

// ReadDictionary reads the named file. If path is "", it reads the file of the
// usual name if there is one, else it returns an empty dictionary.
func ReadDictionary(path string) (Dictionary, error) {
	d := Dictionary{Dictionary: equivalency.Empty(), Name: path}
	if path == "" {
		d.Name = DictionaryFile
	}
	data, err := inputfile.Read(context.Background(), d.Name, inputfile.Dictionary)
	if path == "" && errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err != nil {
		return d, unreadable("the dictionary", err, "'iamctl init' writes a first one")
	}
	d.SHA256 = digest(data)
	d.Dictionary, err = equivalency.Parse(d.Name, data)
	return d, err
}

// unreadable returns an error in reading a file, with the next step if there is no
// such file.
func unreadable(what string, err error, missing string) error {
	err = fmt.Errorf("%s: %w", what, err)
	if errors.Is(err, fs.ErrNotExist) {
		return hint.With(err, "%s", missing)
	}
	return err
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// ReadReference reads the named file and returns its union with the embedded
// reference. If path is "", it reads the file of the usual name if there is one,
// else it returns the embedded reference, also if that file is something else,
// which it passes to warn.
func ReadReference(path string, warn func(error)) (*reference.Reference, error) {
	name := path
	if name == "" {
		name = ReferenceFile
	}
	ref, err := reference.Load(name)
	var foreign *reference.ForeignFormatError
	switch {
	case err == nil:
		return ref.Over(reference.Embedded()), nil
	case path == "" && errors.Is(err, fs.ErrNotExist):
		return reference.Embedded(), nil
	case errors.As(err, &foreign):
		warn(err)
		return reference.Embedded(), nil
	}
	return nil, err
}

// Waivers are the accepted drifts of a run and the file that they are from.
type Waivers struct {
	// File is nil, Path "" and SHA256 "" if there is no file.
	File   *waiver.File
	Path   string
	SHA256 string
}

// WaiverPath returns the named file, or the one beside a dictionary.
func WaiverPath(path, dictionary string) string {
	if path != "" {
		return path
	}
	return filepath.Join(filepath.Dir(dictionary), WaiverFile)
}

// ReadWaivers reads a file of waivers. A missing one is an error if it must be
// there.
func ReadWaivers(path string, must bool) (*Waivers, error) {
	data, err := inputfile.Read(context.Background(), path, inputfile.Waivers)
	if !must && errors.Is(err, fs.ErrNotExist) {
		return &Waivers{}, nil
	}
	if err != nil {
		return nil, unreadable("the waivers", err, "'iamctl waive' writes a first one")
	}
	file, err := waiver.Parse(path, data, ruleIDs()...)
	return &Waivers{File: file, Path: path, SHA256: digest(data)}, err
}

// ReadRun reads the diff.json of a run's folder; the file itself will do too.
func ReadRun(ctx context.Context, path string) (*result.Result, error) {
	r, _, err := savedDiff.Read(ctx, path)
	return r, err
}

// savedDiff is what diff leaves.
var savedDiff = Saved[*result.Result]{"diff", result.FileName, inputfile.Run, result.Read}
