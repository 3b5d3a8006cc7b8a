package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"iamctl/result"
)

// Names are what the accounts are called in the names of files; index 0 is
// account A. Make them with NewNames.
type Names struct {
	Tags, Sources [2]string
	// WithoutItems leaves out the two files of all items, which may be larger than
	// all others together.
	WithoutItems bool
	// tags are the Tags made safe for a file name.
	tags [2]string
}

// NewNames makes the names of files from the tags and the sources' short names
// (a profile's name, a path's last element). Tags by which two files would have
// one name are an error, also on a file system that ignores case.
func NewNames(tags, sources [2]string) (Names, error) {
	n := Names{Tags: tags, Sources: sources}
	for i, t := range tags {
		if t == "" {
			return n, fmt.Errorf("account %d has no tag; give it one that names its files", i+1)
		}
		n.tags[i] = FileSafe(t)
	}
	if strings.EqualFold(n.tags[0], n.tags[1]) {
		return n, fmt.Errorf("the tags %q and %q give both accounts' files the same names; give two different tags", tags[0], tags[1])
	}
	seen := map[string]bool{strings.ToLower(result.FileName): true}
	for _, f := range Files(nil, n) {
		name := strings.ToLower(f.Name)
		if seen[name] {
			return n, fmt.Errorf("the tags %q and %q give two files the name %s; give other tags", tags[0], tags[1], f.Name)
		}
		seen[name] = true
	}
	return n, nil
}

// HarvestName returns the name of the file of an account's items, from its tag
// and its source's short name.
func HarvestName(tag, source string) string {
	return FileSafe(tag) + "_" + FileSafe(source) + "_iam_tuples.csv"
}

// nameLength is how many bytes of a tag or source a file name has. Two of them
// and the longest name around them are less than the 255 bytes that file systems
// allow.
const nameLength = 64

// FileSafe makes a text fit to be part of a file name on any system: letters,
// digits and - _ . + @ stay, everything else becomes an underscore, as does
// a first character that would hide the file or look like an option.
func FileSafe(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError, i == 0 && strings.ContainsRune("-.", r):
			r = '_'
		case strings.ContainsRune("-_.+@", r), unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		default:
			r = '_'
		}
		if b.Len()+utf8.RuneLen(r) > nameLength {
			break
		}
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return "_"
	}
	return b.String()
}
