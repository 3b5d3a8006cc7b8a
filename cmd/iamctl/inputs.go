package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/urfave/cli/v2"

	"iamctl/equivalency"
	"iamctl/reference"
)

// The names of the files that init writes and the others look for.
const (
	dictionaryFile = "equivalency_list.json"
	referenceFile  = "iam.json"
)

// inputs are the files beside the accounts. They are read and checked before
// the first call to AWS.
type inputs struct {
	dictionary     *equivalency.Dictionary
	dictionaryName string
	// dictionaryBytes are the file's, nil where there is none.
	dictionaryBytes []byte
	reference       *reference.Reference
}

func readInputs(e *env, c *cli.Context) (*inputs, error) {
	in := &inputs{}
	if err := in.readDictionary(c.Path("dictionary")); err != nil {
		return nil, err
	}
	var err error
	in.reference, err = readReference(e, c.Path("reference"))
	return in, err
}

// readDictionary reads the named file, or the one of the usual name if it is
// there, or takes an empty dictionary.
func (in *inputs) readDictionary(path string) error {
	in.dictionaryName = path
	if path == "" {
		in.dictionaryName = dictionaryFile
	}
	data, err := os.ReadFile(in.dictionaryName)
	if path == "" && errors.Is(err, fs.ErrNotExist) {
		in.dictionary = equivalency.Empty()
		return nil
	}
	if err != nil {
		return withHint(fmt.Errorf("the dictionary: %w", err), "'iamctl init' writes a first one")
	}
	in.dictionaryBytes = data
	in.dictionary, err = equivalency.Parse(in.dictionaryName, data)
	return err
}

// readReference reads the named file, or the one of the usual name if it is
// there, or takes the embedded reference.
func readReference(e *env, path string) (*reference.Reference, error) {
	name := path
	if name == "" {
		name = referenceFile
	}
	ref, err := reference.Load(name)
	var foreign *reference.ForeignFormatError
	switch {
	case err == nil:
		return ref, nil
	case path == "" && errors.Is(err, fs.ErrNotExist):
		return reference.Embedded(), nil
	case errors.As(err, &foreign):
		e.warn("%v; it is left alone and the embedded reference serves ('iamctl init --force' replaces it)", err)
		return reference.Embedded(), nil
	}
	return nil, err
}
