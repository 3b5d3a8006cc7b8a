package diff

import (
	"fmt"
	"regexp"
	"slices"
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

// suffixRules in the order in which they are tried. IAM Identity Center
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

// stem is the name without the suffix, folded, "" if it has none.
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

// random tells a random suffix from a word or a number: it has digits and
// letters, and turns from one kind to another often enough.
func random(suffix string, turns int) bool {
	digits, before := 0, 0
	for _, r := range suffix {
		kind := 0
		switch {
		case '0' <= r && r <= '9':
			kind = 1
			digits++
		case 'A' <= r && r <= 'Z':
			kind = 2
		case 'a' <= r && r <= 'z':
			kind = 3
		}
		if kind != 0 && before != 0 && kind != before {
			turns--
		}
		before = kind
	}
	return turns <= 0 && digits > 0 && digits < len(suffix)-1
}

// pairBySuffix pairs roles of one account only by their names without AWS's
// random suffix. A name that fits more than one role of a side is not paired
// and noted: guessing wrong would hide drift.
func (c *comparer) pairBySuffix() {
	for i := range suffixRules {
		c.pairByRule(&suffixRules[i])
	}
	slices.SortStableFunc(c.changes.Common, func(p, q Pair) int { return strings.Compare(p.A.Key, q.A.Key) })
}

func (c *comparer) pairByRule(rule *suffixRule) {
	stems := [2]map[string][]*normalize.Role{rule.stems(c.changes.OnlyA), rule.stems(c.changes.OnlyB)}
	paired := map[*normalize.Role]bool{}
	for _, a := range c.changes.OnlyA {
		stem := rule.stem(a.Name, a.Raw.Path)
		if stem == "" || stems[0][stem][0] != a || len(stems[1][stem]) == 0 {
			continue
		}
		if len(stems[0][stem]) > 1 || len(stems[1][stem]) > 1 {
			c.ambiguous[stem] = fmt.Sprintf("not paired, because without %s suffix several roles have the same name: %s",
				rule.name, strings.Join(roleNames(slices.Concat(stems[0][stem], stems[1][stem])), ", "))
			continue
		}
		b := stems[1][stem][0]
		p := c.pair(a, b, suffixReason(rule))
		delete(c.ambiguous, stem)
		paired[a], paired[b] = true, true
		c.notePair("the roles", a.Raw.Name, b.Raw.Name, rule)
		c.changes.Common = append(c.changes.Common, p)
	}
	gone := func(r *normalize.Role) bool { return paired[r] }
	c.changes.OnlyA = slices.DeleteFunc(c.changes.OnlyA, gone)
	c.changes.OnlyB = slices.DeleteFunc(c.changes.OnlyB, gone)
}

// notePair tells of a pair in every report, whether or not it differs.
func (c *comparer) notePair(what, a, b string, rule *suffixRule) {
	c.suffixPairs++
	if c.suffixPairs <= suffixPairsNoted {
		c.changes.Notes = append(c.changes.Notes, fmt.Sprintf("%s %s and %s were paired %s", what, a, b, suffixReason(rule)))
	}
}

// suffixPairsNoted is how many such pairs a note tells of one by one.
const suffixPairsNoted = 50

// stems gives the roles by their names without the suffix.
func (s *suffixRule) stems(roles []*normalize.Role) map[string][]*normalize.Role {
	m := map[string][]*normalize.Role{}
	for _, r := range roles {
		if stem := s.stem(r.Name, r.Raw.Path); stem != "" {
			m[stem] = append(m[stem], r)
		}
	}
	return m
}

func roleNames(roles []*normalize.Role) []string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = r.Raw.Name
	}
	return names
}
