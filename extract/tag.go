package extract

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
)

// MaxTag is the greatest length of a tag in bytes. Two tags and the words
// around them must fit a file name of 255 bytes.
const MaxTag = 64

// DefaultTag returns the tag of a source for which none was given: the profile's
// name, the id of an account of many, or the path's last element without .json. It need not
// be valid: see ValidTag.
func (s Spec) DefaultTag() string {
	if s.Account != "" {
		return s.Account
	}
	if s.Kind == Organization {
		return cmp.Or(s.Name, "default")
	}
	if s.Kind == Profile {
		return s.Name
	}
	last := filepath.Base(filepath.Clean(filepath.FromSlash(s.Name)))
	if short := strings.TrimSuffix(last, ".json"); short != "" {
		return short
	}
	return last
}

// ValidTag returns an error unless a tag can be part of file names: 1 to 64
// ASCII letters, digits and . _ - + = , @, not beginning with a dash, and
// neither "." nor "..".
func ValidTag(tag string) error {
	what := ""
	bad := strings.IndexFunc(tag, func(r rune) bool { return !tagRune(r) })
	switch {
	case tag == "":
		what = "is empty"
	case len(tag) > MaxTag:
		what = fmt.Sprintf("is longer than %d characters", MaxTag)
	case tag == "." || tag == "..":
		what = "names a folder"
	case bad >= 0:
		what = fmt.Sprintf("holds %q", []rune(tag[bad:])[0])
	case tag[0] == '-':
		what = "begins with a dash"
	default:
		return nil
	}
	return fmt.Errorf("%w: the tag %q %s; give a tag of letters, digits and . _ - + = , @ after the source, such as dev", ErrSource, tag, what)
}

// SameTag reports whether two tags name the same files: on many machines case
// makes no difference.
func SameTag(a, b string) bool { return strings.EqualFold(a, b) }

func tagRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("._-+=,@", r)
}
