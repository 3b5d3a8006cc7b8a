package compare

import (
	"path/filepath"
	"strconv"
	"strings"

	"iamctl/extract"
)

// DistinctTags changes the tags of two sources that would have the same one by
// default to longer ones, so that "diff baseline/dev dev" needs no thought: a git
// revision goes before the name, or the folder above. Sources that are the
// same thing keep their tag, for the user to decide.
func DistinctTags(sides *[2]Side) {
	if !extract.SameTag(sides[0].Tag, sides[1].Tag) || sides[0].Spec == sides[1].Spec {
		return
	}
	for i := range sides {
		sides[i].Tag = longTag(sides[i].Spec)
	}
	if extract.SameTag(sides[0].Tag, sides[1].Tag) {
		for i := range sides {
			sides[i].Tag = shorten(sides[i].Tag, extract.MaxTag-2) + "-" + strconv.Itoa(i+1)
		}
	}
}

// longTag returns a tag with more of a source than its last name.
func longTag(s extract.Spec) string {
	short := s.DefaultTag()
	switch s.Kind {
	case extract.Git:
		return shorten(tagText(s.Rev), extract.MaxTag-len(short)-1) + "-" + short
	case extract.Folder, extract.File:
		above := filepath.Base(filepath.Dir(filepath.Clean(s.Name)))
		if above != "." && above != "/" && above != ".." {
			return shorten(tagText(above), extract.MaxTag-len(short)-1) + "-" + short
		}
	}
	return short
}

// tagText returns s with what a tag may not have replaced or cut off.
func tagText(s string) string {
	s = strings.Map(func(r rune) rune {
		if extract.ValidTag("x"+string(r)) == nil {
			return r
		}
		return '-'
	}, s)
	return strings.TrimLeft(s, "-.")
}

func shorten(s string, n int) string {
	if n < 1 {
		n = 1
	}
	if len(s) > n {
		return s[:n]
	}
	return s
}
