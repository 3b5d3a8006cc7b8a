package report

import (
	"fmt"
	"io"
	"strings"

	"iamctl/report/junitxml"
	"iamctl/result"
)

// awsChangesName is the name of the file of the policies that AWS changed.
const awsChangesName = "aws_managed_policy_changes.csv"

// awsChangeRow is a row of that file. The items are in diff.json.
type awsChangeRow struct {
	PolicyName   string `csv:"policyname"`
	ARN          string `csv:"arn"`
	TagA         string `csv:"tag_a"`
	VersionA     string `csv:"version_a"`
	ItemsOnlyA   int    `csv:"items_only_a"`
	ActionsOnlyA string `csv:"actions_only_a"`
	TagB         string `csv:"tag_b"`
	VersionB     string `csv:"version_b"`
	ItemsOnlyB   int    `csv:"items_only_b"`
	ActionsOnlyB string `csv:"actions_only_b"`
	Actions      int    `csv:"actions"`
	Roles        string `csv:"roles"`       // normalised
	Fingerprint  string `csv:"fingerprint"` // as in diff.json
}

func writeAWSChanges(w io.Writer, r *result.Result) error {
	return WriteTable(w, func(yield func(awsChangeRow) bool) {
		tags := r.Tags()
		for i := range r.AWSChanges {
			c := &r.AWSChanges[i]
			if !yield(awsChangeRow{
				PolicyName: c.PolicyName, ARN: c.ARN,
				TagA: tags[0], VersionA: c.Versions.A, ItemsOnlyA: c.Size(0), ActionsOnlyA: join(c.ActionsOnly(0)),
				TagB: tags[1], VersionB: c.Versions.B, ItemsOnlyB: c.Size(1), ActionsOnlyB: join(c.ActionsOnly(1)),
				Actions: c.Actions, Roles: join(c.RoleNames()), Fingerprint: c.Fingerprint,
			}) {
				return
			}
		}
	})
}

// awsLines returns the lines on a policy that AWS changed, without its fingerprint:
// the change, which actions a side alone has, and the roles.
func awsLines(esc result.Escape, tags [2]string, c *result.AWSChange, most int) []string {
	lines := []string{c.Line(esc, tags) + markText(esc, &c.Mark, nil)}
	for side := range 2 {
		actions := c.ActionsOnly(side)
		what := some(esc, actions, most, len(actions))
		if n := c.Size(side); n > 0 && what == "" {
			what = result.Count(n, "item without an action", "items without an action")
		}
		if what != "" {
			lines = append(lines, fmt.Sprintf("  only in %s: %s", esc(tags[side], result.TagLimit), what))
		}
	}
	roles := c.RoleNames()
	return append(lines, "  roles: "+some(esc, roles, most, len(roles)))
}

// openAWSChanges returns the policies that AWS changed whose mark is to be shown, the
// worst first.
func openAWSChanges(r *result.Result, keep filter) []*result.AWSChange {
	var out []*result.AWSChange
	for f := range r.Ranked() {
		if f.AWS != nil && keep(&f.AWS.Mark) {
			out = append(out, f.AWS)
		}
	}
	return out
}

// changedByAWS writes the policies that AWS changed, and returns how many lines
// they took.
func (t *textWriter) changedByAWS(b *budget) int {
	list := openAWSChanges(t.r, isOpen)
	taken := 0
	write := func(line string) {
		t.line("%s", line)
		taken++
	}
	for i, c := range list {
		lines := awsLines(Clip, t.tags, c, t.few())
		for n, l := range lines {
			if n == 0 {
				l = t.driftLine(l, l[0], shortFingerprint(c.Fingerprint, 0))
			} else {
				l = t.changed.Sprint(l)
			}
			if !b.take(l) {
				write(fmt.Sprintf("... and more on %s that AWS changed", result.Count(len(list)-i, "policy", "policies")))
				t.cut = true
				return taken
			}
			write(l)
		}
	}
	return taken
}

// changedByAWS writes those of the policies that AWS changed which keep chooses.
func (m *markdown) changedByAWS(level string, keep filter, write func(string) bool) {
	list := openAWSChanges(m.r, keep)
	if len(list) == 0 {
		return
	}
	var lines []string
	size, shown := 0, 0
	for _, c := range list {
		of := awsLines(Clip, m.tags, c, fewLines)
		of[0] = changeLine(of[0]) + " " + shortFingerprint(c.Fingerprint, 0)
		for _, l := range of {
			size += len(l) + 1
		}
		if size > markdownRole {
			break
		}
		lines = append(lines, of...)
		shown++
	}
	if more := len(list) - shown; more > 0 {
		lines = append(lines, "  ... and "+result.Count(more, "more policy", "more policies"))
	}
	summary := fmt.Sprintf("<details><summary>%sAWS changed %s of its own</summary>\n\n", level, result.Count(len(list), "policy", "policies"))
	if !write(summary + diffBlock(lines) + "\n</details>\n\n") {
		m.aws += len(list)
	}
}

// changedByAWS returns the suite of the policies that AWS changed.
func (j *junit) changedByAWS() junitxml.Suite {
	s := junitxml.Suite{Name: "policies that AWS changed"}
	for f := range j.r.Ranked() {
		a := f.AWS
		if a == nil {
			continue
		}
		c := junitxml.Case{Name: XMLText(a.PolicyName, result.LineLimit), ClassName: j.class("changed_by_aws")}
		lines := awsLines(XMLText, j.tags, a, fewLines)
		if a.Waiver != nil {
			c.Skipped = &junitxml.Skip{Message: "waived: " + WaiverText(XMLText, &j.r.Waivers[*a.Waiver])}
		} else if d := j.r.AWSDrift(a); !j.r.Matters(&d) {
			c.Skipped = &junitxml.Skip{Message: "AWS changed it without a change in meaning"}
		} else {
			c.Failure = j.fault(&f, strings.TrimPrefix(lines[0], "~ "), lines)
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}
