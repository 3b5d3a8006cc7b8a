package diff

import (
	"regexp"
	"strings"

	"iamctl/normalize"
	"iamctl/policy"
)

// suffixRule is a way in which AWS makes names unique.
type suffixRule struct {
	// name says whose suffix it is.
	name string
	// path is what the role's path begins with, "" for any.
	path   string
	suffix *regexp.Regexp
	// turns is how often the suffix must turn between digits, capitals and
	// small letters to be taken for random: CUSTOMER0001 is a name.
	turns int
}

// suffixRules are tried in this order. IAM Identity Center
// appends 16 hex digits to the roles of its permission sets (IAM Identity
// Center User Guide, "Referencing permission sets"). CloudFormation appends
// 12 or 13 upper-case letters and digits to the names it makes, nowadays also
// 12 of either case (CloudFormation User Guide, "Name type"); the CDK's names
// also have eight hex digits before that (CDK Developer Guide, "Identifiers").
var suffixRules = []suffixRule{
	{"IAM Identity Center's", "/aws-reserved/sso.amazonaws.com/", regexp.MustCompile(`_[0-9a-f]{16}$`), 0},
	{"CloudFormation's", "", regexp.MustCompile(`-[0-9A-Z]{12,13}$`), 2},
	{"CloudFormation's", "", regexp.MustCompile(`-[0-9A-Za-z]{12}$`), 5},
	{"the CDK's and CloudFormation's", "", regexp.MustCompile(`[0-9A-F]{8}-[0-9A-Z]{12,13}$`), 3},
	{"the CDK's and CloudFormation's", "", regexp.MustCompile(`[0-9A-F]{8}-[0-9A-Za-z]{12}$`), 6},
}

// stem returns the name of a role or policy at path without the suffix, folded;
// "" if it has none.
func (s *suffixRule) stem(name, path string) string {
	if !strings.HasPrefix(path, s.path) {
		return ""
	}
	at := s.suffix.FindStringIndex(name)
	if at == nil || at[0] == 0 || !random(name[at[0]:], s.turns) {
		return ""
	}
	return policy.Fold(name[:at[0]])
}

// random reports whether a suffix looks random rather than like a word or a
// number: it has digits and letters, and turns from one kind of character to
// another often enough.
func random(suffix string, turns int) bool {
	digits, before := 0, noKind
	for _, r := range suffix {
		kind := characterKind(r)
		if kind == digit {
			digits++
		}
		if kind != noKind && before != noKind && kind != before {
			turns--
		}
		before = kind
	}
	return turns <= 0 && digits > 0 && digits < len(suffix)-1
}

// The kinds of characters in a suffix.
const (
	noKind = iota
	digit
	upper
	lower
)

func characterKind(r rune) int {
	switch {
	case '0' <= r && r <= '9':
		return digit
	case 'A' <= r && r <= 'Z':
		return upper
	case 'a' <= r && r <= 'z':
		return lower
	}
	return noKind
}

// stems returns the roles by their names without the suffix.
func (s *suffixRule) stems(roles []*normalize.Role) map[string][]*normalize.Role {
	m := map[string][]*normalize.Role{}
	for _, r := range roles {
		if stem := s.stem(r.Name, r.Raw.Path); stem != "" {
			m[stem] = append(m[stem], r)
		}
	}
	return m
}
