package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"iamctl/extract"
)

// distinctTags gives two sources that would have the same tag by default
// longer ones, so that "diff baseline/dev dev" needs no thought: a git
// revision goes before the name, or the folder above. Sources that are the
// same thing keep their tag, for the user to decide.
func distinctTags(sides *[2]side) {
	if !extract.SameTag(sides[0].tag, sides[1].tag) || sides[0].spec == sides[1].spec {
		return
	}
	for i := range sides {
		sides[i].tag = longTag(sides[i].spec)
	}
	if extract.SameTag(sides[0].tag, sides[1].tag) {
		for i := range sides {
			sides[i].tag = shorten(sides[i].tag, extract.MaxTag-2) + "-" + strconv.Itoa(i+1)
		}
	}
}

// longTag tells more of a source than its last name.
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

// tagText makes a text fit for a tag.
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
