package report

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/result"
	"iamctl/verdict/severity"
)

// drift writes what differs, new drift before known drift.
func (m *markdown) drift() {
	if !m.r.Tally().Open() {
		return
	}
	m.line("`%s...` at the end of a line is for `iamctl waive`.\n", FingerprintPrefix)
	switch {
	case !m.r.HeldAgainst():
		m.section("What differs", isOpen, func(p *result.Pair) int { return p.Open() })
	default:
		m.section("New", isNew, func(p *result.Pair) int { return p.New() })
		m.section("Known", isKnown, func(p *result.Pair) int { return p.Open() - p.New() })
	}
	m.leftOut()
	if hint := suggestHint(m.r); hint != "" {
		m.line("%s.\n", hint)
	}
}

// section writes the drift that keep chooses, the worst first; count returns how much of it a
// role has.
func (m *markdown) section(title string, keep filter, count func(*result.Pair) int) {
	titled := false
	write := func(block string) bool {
		if !titled {
			block = fmt.Sprintf("### %s\n\n", title) + block
		}
		if m.full || m.b.Len()+len(block) > markdownLimit-markdownFoot {
			m.full = true
			return false
		}
		m.b.WriteString(block)
		titled = true
		return true
	}
	groups := m.groups(keep, write)
	for f := range m.r.Ranked() {
		groups = writeGroups(groups, result.Rank(f.Severity()))
		p := f.Pair
		if p == nil {
			continue
		}
		n := count(p)
		if n == 0 || !m.full && write(m.role(p, keep, n)) {
			continue
		}
		m.roles[p.RoleName] = true
		m.differences += n
	}
}

// markdownGroup is a block on several findings: policies that AWS changed, or roles of one
// account. It comes before the roles that are as bad as its worst one.
type markdownGroup struct {
	rank  int
	write func()
}

// groups returns the groups of what keep chooses, the worst first.
func (m *markdown) groups(keep filter, write func(string) bool) []markdownGroup {
	worst := map[int]severity.Level{} // by side, Both for AWS's policies
	for f := range m.r.Ranked() {
		if f.Unique == nil && f.AWS == nil || f.Unique != nil && !keep(&f.Unique.Mark) || f.AWS != nil && !keep(&f.AWS.Mark) {
			continue
		}
		if _, ok := worst[f.Side]; !ok {
			worst[f.Side] = f.Severity()
		}
	}
	var list []markdownGroup
	if found := oneSided(m.r, keep); len(found) > 0 {
		level := found[0].Level()
		list = append(list, markdownGroup{result.Rank(level), func() { m.audited(levelBefore(level), keep, write) }})
	}
	for _, side := range []int{result.Both, 0, 1} {
		level, ok := worst[side]
		switch {
		case !ok:
		case side == result.Both:
			list = append(list, markdownGroup{result.Rank(level), func() { m.changedByAWS(levelBefore(level), keep, write) }})
		default:
			list = append(list, markdownGroup{result.Rank(level), func() { m.unique(side, levelBefore(level), keep, write) }})
		}
	}
	slices.SortStableFunc(list, func(a, b markdownGroup) int { return a.rank - b.rank })
	return list
}

// writeGroups writes the groups that are as bad as that, or worse, and returns the others.
func writeGroups(groups []markdownGroup, rank int) []markdownGroup {
	for len(groups) > 0 && groups[0].rank <= rank {
		groups[0].write()
		groups = groups[1:]
	}
	return groups
}

// role returns a common role's drift that keep chooses, folded under its name.
// rest is how much that is.
func (m *markdown) role(p *result.Pair, keep filter, rest int) string {
	told := commitOf(p, keep)
	summary := fmt.Sprintf("<details><summary>%s%s: %s", m.levelText(p), pairText(elementOf, m.tags, p), result.Count(rest, "difference", "differences"))
	if told != nil {
		summary += ", " + sinceText(elementOf, told)
	}
	summary += "</summary>\n\n"
	var lines []string
	size := 0
	for l := range linesOf(Clip, m.tags, p, keep, told, fewLines) {
		text := changeLine(l.text) + " " + l.fingerprint
		if size += len(text) + 1; size > markdownRole {
			break
		}
		lines = append(lines, text)
		rest -= l.count
	}
	if rest > 0 {
		lines = append(lines, "  ... and "+result.Count(rest, "more difference", "more differences"))
	}
	return summary + diffBlock(lines) + "\n</details>\n\n"
}

// changeLine returns a line with the sign for what changed in a block of the
// language diff.
func changeLine(s string) string {
	if rest, ok := strings.CutPrefix(s, "~"); ok {
		return "!" + rest
	}
	return s
}

func diffBlock(lines []string) string {
	f := fence(lines)
	return f + "diff\n" + strings.Join(lines, "\n") + "\n" + f + "\n"
}

// unique writes as many of the roles of one account alone that keep chooses as
// there is room for.
func (m *markdown) unique(side int, level string, keep filter, write func(string) bool) {
	var lines []string
	size, total := 0, 0
	for f := range m.r.Ranked() {
		u := f.Unique
		if u == nil || f.Side != side || !keep(&u.Mark) {
			continue
		}
		total++
		text := u.Line(Clip, side, m.tags[side]) + levelNote(u.Meaning.Level()) + markText(Clip, &u.Mark, nil) + " " + shortFingerprint(u.Fingerprint, 0)
		if size += len(text) + 1; size <= markdownRole {
			lines = append(lines, text)
		}
	}
	if total == 0 {
		return
	}
	shown := len(lines)
	if total > shown {
		lines = append(lines, "  ... and "+result.Count(total-shown, "more role", "more roles"))
	}
	summary := fmt.Sprintf("<details><summary>%s%s only in %s</summary>\n\n", level, result.Count(total, "role", "roles"), elementOf(m.tags[side], result.TagLimit))
	if !write(summary + diffBlock(lines) + "\n</details>\n\n") {
		m.alone += total
	}
}

// leftOut writes how much there was no room for, and where it is.
func (m *markdown) leftOut() {
	if !m.full {
		return
	}
	var parts []string
	if n := len(m.roles); n > 0 {
		parts = append(parts, fmt.Sprintf("%s with %s", result.Count(n, "common role", "common roles"), result.Count(m.differences, "difference", "differences")))
	}
	if m.aws > 0 {
		parts = append(parts, result.Count(m.aws, "policy", "policies")+" that AWS changed")
	}
	if m.findings > 0 {
		parts = append(parts, result.Count(m.findings, "finding", "findings")+" of the audit")
	}
	if m.alone > 0 {
		parts = append(parts, result.Count(m.alone, "role", "roles")+" of one account alone")
	}
	m.line("**Left out here for its length: %s.** The run's %s and summary.txt have them; so has `iamctl report RUN_FOLDER --format html`.",
		strings.Join(parts, ", "), result.FileName)
}
