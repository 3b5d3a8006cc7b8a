package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/diff"
	"iamctl/internal/raced"
	"iamctl/internal/visible"
	"iamctl/internal/visible/visibletest"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/resulttest"
	"iamctl/verdict/severity"
)

func markdownOf(t testing.TB, r *result.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := Markdown(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkdownGolden(t *testing.T) {
	resulttest.Golden(t, ".md", func(r *result.Result) string { return markdownOf(t, r) })
}

func TestMarkdownSaysWhatMatters(t *testing.T) {
	c, m := resulttest.Marked()
	got := markdownOf(t, resulttest.Reread(t, c, m))
	for _, w := range []struct{ text, reason string }{
		{"## IAM roles: incomplete, drift: `dev` and `qa`\n", "how it ended, first"},
		{"; 1 new; 2 waived; 1 outgrown waiver; 1 expired waiver; 1 unmatched waiver; 2 fixed; 1 role excluded\n", "and how much is known"},
		{"- `qa: role AwsSecurityAudit boundary (not compared): line 1", "gaps"},
		{"moving\\u{1B}[2J` (1 difference)\n", "the expired waiver"},
		{"carol: gone?` (0 differences)", "the unmatched waiver"},
		{"### 2 differences are no more, held against `git:main`\n\n- `app1_accountname` `+ inline s3", "what is fixed"},
		{"| New Differences | 0 | 1 |\n", "figures"},
		{"<details><summary><code>app1_accountname</code> (<code>dev</code>: <code>app1_dev</code>, ", "original names"},
		{"paired <code>by the name without CloudFormation&#39;s random suffix</code>", "the reason"},
		{"```diff\n+ inline s3-accountname: Allow s3:PutObject on arn:aws:s3:::app1-accountname/shared/* [new] fp:" + resulttest.DriftOf(c, "app1", "shared")[:fingerprintDigits] + "\n```", "what is new"},
		{"! path: dev \"/-a/\" -> qa \"/b/\" fp:", "what is changed"},
		{"`fp:...` at the end of a line is for `iamctl waive`.\n\n### New", "what the digits are for"},
		{"<details><summary>1 role only in <code>dev</code></summary>", "roles of one account alone"},
	} {
		if !strings.Contains(got, w.text) {
			t.Errorf("%s: no %q in\n%s", w.reason, w.text, got)
		}
	}
	order := []string{"## IAM", "things could not be read", "has expired", "fits no difference", "are no more", "| Metric", "### New", "### Known"}
	for i := 1; i < len(order); i++ {
		if strings.Index(got, order[i-1]) > strings.Index(got, order[i]) {
			t.Errorf("%q comes after %q", order[i-1], order[i])
		}
	}
}

func TestMarkdownInSync(t *testing.T) {
	got := markdownOf(t, resulttest.Reread(t, resulttest.Empty(), nil))
	if !strings.HasPrefix(got, "## IAM roles: in sync: `dev` and `qa`\n\n**in sync**\n") || strings.Contains(got, "What differs") {
		t.Error(got)
	}
}

var shownCounts = regexp.MustCompile(`(?m)^<details><summary><code>role-.*</code>: (\d+) differences?</summary>`)

// TestMarkdownFits: never more than 60,000 characters, and what is left out is
// counted.
func TestMarkdownFits(t *testing.T) {
	raced.Skip(t, "comments on thousands of roles")
	if testing.Short() {
		t.Skip("left out: -short: needs thousands of roles")
	}
	// All but the first have far more lines than fit.
	for _, c := range []struct{ roles, items, unique int }{{1, 1, 1}, {1000, 2, 100}, {3, 400, 0}, {0, 0, 3000}, {150, 30, 3000}} {
		t.Run(fmt.Sprintf("%+v", c), func(t *testing.T) {
			got := markdownOf(t, resulttest.Reread(t, resulttest.Many(c.roles, c.items, c.unique), nil))
			if len(got) > markdownLimit {
				t.Fatalf("%d bytes", len(got))
			}
			shown, differences := 0, 0
			for _, m := range shownCounts.FindAllStringSubmatch(got, -1) {
				var n int
				fmt.Sscan(m[1], &n)
				shown++
				differences += n
			}
			_, foot, cut := strings.Cut(got, "**Left out here for its length: ")
			var roles, left int
			if cut {
				fmt.Sscanf(foot, "%d common roles with %d differences", &roles, &left)
			}
			if shown+roles != c.roles || differences+left != c.roles*c.items {
				t.Errorf("%d roles shown and %d left out of %d, %d and %d differences of %d", shown, roles, c.roles, differences, left, c.roles*c.items)
			}
			if cut != (c.roles > 100) {
				t.Errorf("cut: %v", cut)
			}
			if c.unique > 100 && !strings.Contains(got, fmt.Sprint(c.unique)) && !strings.Contains(foot, fmt.Sprintf("%d roles of one account alone", 2*c.unique)) {
				t.Error("roles of one account alone are not counted")
			}
		})
	}
}

var shownLevels = regexp.MustCompile(`(?m)^<details><summary>(critical|high|medium|low): (\d+ roles? only in)?`)

// TestMarkdownKeepsTheWorst: what is cut is not as bad as what is shown, and roles of one
// account are shown among the worst.
func TestMarkdownKeepsTheWorst(t *testing.T) {
	raced.Skip(t, "a comment on 700 roles")
	r := resulttest.Result(resulttest.ManyMeant(700), nil)
	r.UniqueRoles = resulttest.Result(resulttest.Meant(), nil).UniqueRoles
	got := markdownOf(t, r)
	if len(got) > markdownLimit || !strings.Contains(got, "**Left out here for its length: ") {
		t.Fatalf("%d bytes, and nothing is left out", len(got))
	}
	shown := shownLevels.FindAllStringSubmatch(got, -1)
	if len(shown) < 50 {
		t.Fatalf("only %d are shown", len(shown))
	}
	for i, m := range shown {
		if i > 0 && result.Rank(severity.Level(m[1])) < result.Rank(severity.Level(shown[i-1][1])) {
			t.Errorf("%s after %s", m[1], shown[i-1][1])
		}
	}
	if !strings.Contains(got, "<summary>critical: 1 role only in <code>qa</code>") || !strings.Contains(got, "+ role /zz-admin, 2 items [critical] fp:") {
		t.Error("the administrator in one account alone is cut, or not called critical")
	}
	if strings.Contains(got, "zz-left") {
		t.Error("a role that only lost something is shown before what is worse")
	}
}

var (
	fenced   = regexp.MustCompile("(?m)^(`{3,})diff\n((?:.*\n)*?)(`{3,})\n")
	elements = regexp.MustCompile(`<code>([^<>]*)</code>`)
	tags     = regexp.MustCompile(`</?(details|summary)>`)
	// ours is all that may be outside of code.
	ours = regexp.MustCompile(`^[A-Za-z0-9 \n#:;,.*|()?'/_-]*$`)
)

// bare returns what is in a report outside of code: CommonMark's rules for
// fences and code spans, applied from the start to the end.
func bare(t interface{ Errorf(string, ...any) }, s string) string {
	s = fenced.ReplaceAllStringFunc(s, func(block string) string {
		m := fenced.FindStringSubmatch(block)
		if m[1] != m[3] || strings.Contains(m[2], m[1]) {
			t.Errorf("a fence of %q around %q", m[1], m[2])
		}
		return "\n"
	})
	s = elements.ReplaceAllString(s, "")
	s = tags.ReplaceAllString(s, "")
	var b strings.Builder
	for s != "" {
		n := len(s) - len(strings.TrimLeft(s, "`"))
		if n == 0 {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		ticks := s[:n]
		end := closing(s[n:], ticks)
		if end < 0 {
			t.Errorf("a code span that does not end: %q", s)
			return b.String()
		}
		if strings.Contains(s[n:n+end], "\n") {
			t.Errorf("a code span of several lines: %q", s[:n+end])
		}
		s = s[n+end+n:]
	}
	return b.String()
}

// closing finds the next run of exactly these backticks.
func closing(s, ticks string) int {
	for i := 0; i < len(s); {
		if s[i] != '`' {
			i++
			continue
		}
		n := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		if n == len(ticks) {
			return i
		}
		i += n
	}
	return -1
}

// TestMarkdownHostileLaw: nothing of AWS's text is outside of code.
func TestMarkdownHostileLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := resulttest.AnyChanges(t)
		c.A.Tag = rapid.OneOf(rapid.SampledFrom(resulttest.HostileMarkdown), resulttest.AnyText()).Draw(t, "tag") + "x"
		var file, got bytes.Buffer
		if err := resulttest.Result(c, m).Write(&file); err != nil {
			t.Fatal(err)
		}
		r, err := result.Read(&file)
		if err != nil {
			t.Fatal(err)
		}
		if err := Markdown(&got, r); err != nil {
			t.Fatal(err)
		}
		if rest := bare(t, got.String()); !ours.MatchString(rest) {
			t.Fatalf("not ours outside of code: %q\n%s", rest, got.String())
		}
	})
}

func TestMarkdownHostile(t *testing.T) {
	for _, s := range append(resulttest.HostileMarkdown, resulttest.Hostile...) {
		role := resulttest.PlainRole("r"+s, "/"+s, inventory.Item{Effect: s, Service: s, Action: s, ARN: s, Condition: s})
		c := resulttest.Changes(resulttest.Account("dev"+s, s, "1", role, resulttest.PlainRole("u"+s, "/")), resulttest.Account("qa", s, "2", resulttest.PlainRole("r"+s, "/")))
		c.Notes, c.Common[0].Reason = []string{s}, s
		c.Gaps = []inventory.Gap{{Account: s, Entity: inventory.Entity(s), Name: s, Reason: s}}
		c.Common[0].Masked = []diff.Masked{{Value: s, Reason: s}}
		got := markdownOf(t, resulttest.Reread(t, c, &result.Marks{
			Waivers: []result.Waiver{{Role: s, Owner: s, Reason: s, State: result.WaiverExpired}},
			Since:   s + "x", Fixed: []result.Fixed{{Fingerprint: strings.Repeat("0", 32), RoleName: s, Text: s}},
		}))
		if rest := bare(t, got); !ours.MatchString(rest) {
			t.Errorf("%q: not ours outside of code: %q", s, rest)
		}
		visibletest.Check(t, strings.ReplaceAll(got, "\n", ""))
	}
}

func TestCodeSpan(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"app1", "`app1`", "plain"},
		{"", "` `", "nothing"},
		{"a`b", "``a`b``", "a backtick within"},
		{"`a", "`` `a ``", "a backtick at the start"},
		{"a``", "``` a`` ```", "two at the end"},
		{" a ", "`  a  `", "blanks at both ends, of which one is taken off"},
		{" a", "` a`", "a blank at one end stays"},
		{"  ", "`  `", "only blanks stay"},
	} {
		if got := codeSpan(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

// FuzzCodeSpan: whatever the text, the span holds it and ends where it ends.
func FuzzCodeSpan(f *testing.F) {
	for _, s := range append(resulttest.HostileMarkdown, resulttest.Hostile...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = visible.Escape(s)
		got := codeSpan(s)
		n := len(got) - len(strings.TrimLeft(got, "`"))
		end := closing(got[n:], got[:n])
		if end < 0 || n+end+n != len(got) {
			t.Fatalf("%q: the span %q ends early or never", s, got)
		}
		text := got[n : n+end]
		if strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") && strings.Trim(text, " ") != "" {
			text = text[1 : len(text)-1]
		}
		if text != s && !(s == "" && text == " ") {
			t.Errorf("%q is shown as %q", s, text)
		}
	})
}
