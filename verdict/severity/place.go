package severity

import "strings"

// The places among what is critical: whoever is let in needs nothing else.
const (
	placeOpen          = -2
	placeAdministrator = -1
	placeOther         = 0
)

// Place returns the place of a judgement among those of its level, smaller for what comes
// first: trust opened to everyone, then an administrator gained, then all others. It
// goes by the words, which files keep.
func Place(l Level, kind string) int {
	switch {
	case l != Critical:
		return placeOther
	case opened(kind):
		return placeOpen
	case strings.Contains(kind, administratorGained):
		return placeAdministrator
	}
	return placeOther
}

// opened reports whether the words on a trust policy say that everyone gets in, in AWS or
// with an identity provider, without a condition.
func opened(kind string) bool {
	gained, _, _ := strings.Cut(kind, lostToo)
	for text := range strings.SplitSeq(gained, "; ") {
		if i := strings.LastIndex(text, became); i >= 0 {
			text = text[i+len(became):]
		}
		_, text, ok := strings.Cut(text, "anyone ")
		who, _, _ := strings.Cut(text, ", ")
		if ok && !strings.Contains(who, " with ") && !strings.Contains(who, " under conditions") {
			return true
		}
	}
	return false
}
