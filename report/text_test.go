package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/resulttest"
)

func shownText(t *testing.T, c *diff.Changes, m *result.Marks, o TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, resulttest.Result(c, m), o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bareText is the text of a comparison that does not say what the differences mean.
func bareText(t *testing.T, c *diff.Changes, o TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, resulttest.Bare(c, nil), o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextSaysWhatMatters(t *testing.T) {
	got := shownText(t, resulttest.Sample(), nil, TextOptions{Folder: "/tmp/out\x1b[2J"})
	for _, c := range []struct{ want, reason string }{
		{"| Differences Among Common Roles  |   1 |  3 |", "AWS's metric, both figures"},
		{"+ inline s3-accountname: Allow s3:PutObject on arn:aws:s3:::app1-accountname/shared/* fp:", "what differs"},
		{"[names 111111111111 of dev, expected arn:aws:s3:::logs-222222222222/*]", "QA names DEV's thing"},
		{`~ path: dev "/-a/" -> qa "/b/"`, "attribute on both sides"},
		{`+ description: "two\u{A}lines"`, "attribute on one side"},
		{"- role /team/only-in-dev, 1 item", "role on one side"},
		{"INCOMPLETE: 2 things could not be read", "gaps in plain sight"},
		{"qa: role AwsSecurityAudit boundary (not compared): line 1", "which gap, and that it hides something"},
		{"Masked: 2 items and 1 attribute are equal after rewriting", "masked items"},
		{"Note: dev: the account's alias could not be read", "notes"},
		{"Ignored on request: maxsessionduration", "ignored kinds"},
		{"service control policies (SCPs), resource control policies (RCPs), session policies, resource policies", "scope"},
		{`Files: /tmp/out\u{1B}[2J`, "where the files are, escaped"},
		{"Result: incomplete, 2 gaps; drift: 2 common roles differ, 2 roles only in dev, 0 roles only in qa\n", "the end of it"},
	} {
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: the text does not say %q:\n%s", c.reason, c.want, got)
		}
	}
}

func TestTextResult(t *testing.T) {
	gaps := resulttest.Empty()
	gaps.Gaps = []inventory.Gap{{Account: "dev", Entity: "account", Reason: "denied"}}
	for _, c := range []struct {
		changes *diff.Changes
		want    string
	}{
		{resulttest.Empty(), "Result: in sync\n"},
		{gaps, "Result: incomplete, 1 gap; no difference in what was compared\n"},
		{resulttest.OneSided(), "Result: drift: 0 common roles differ, 5 roles only in dev, 0 roles only in qa\n"},
	} {
		if got := shownText(t, c.changes, nil, TextOptions{}); !strings.HasSuffix(got, c.want) {
			t.Errorf("ends with %q, want %q", got[strings.LastIndex(got[:len(got)-1], "\n")+1:], c.want)
		}
	}
}

func TestTextColour(t *testing.T) {
	plain, coloured := shownText(t, resulttest.Sample(), nil, TextOptions{}), shownText(t, resulttest.Sample(), nil, TextOptions{Color: true})
	if strings.Contains(plain, "\x1b") {
		t.Error("colour without being asked for")
	}
	if !strings.Contains(coloured, "\x1b[32m") || !strings.Contains(coloured, "\x1b[31m") {
		t.Error("no colour though asked for")
	}
	var bare strings.Builder
	for i, part := range strings.Split(coloured, "\x1b[") {
		if i > 0 {
			_, part, _ = strings.Cut(part, "m")
		}
		bare.WriteString(part)
	}
	if bare.String() != plain {
		t.Errorf("colour changes the text:\n%s\nand\n%s", bare.String(), plain)
	}
}

// TestTextFitsTheScreen counts the lines of what differs, wrapped ones as
// often as the terminal shows them, and adds up what is said to be left out.
func TestTextFitsTheScreen(t *testing.T) {
	for _, c := range []struct{ roles, items, unique, width, lines int }{
		{1, 1, 0, 80, 24},
		{1, 500, 0, 80, 24},
		{500, 1, 0, 80, 24},
		{500, 50, 500, 80, 24},
		{500, 50, 500, 40, 24},
		{0, 0, 500, 80, 24},
		{3, 3, 3, 120, 40},
		{100, 100, 1, 0, 10},
		{2, 0, 0, 80, 24},
		{50, 5, 50, 60, 6},
	} {
		t.Run(fmt.Sprintf("%+v", c), func(t *testing.T) {
			ch := resulttest.Many(c.roles, c.items, c.unique)
			got := bareText(t, ch, TextOptions{Width: c.width, Lines: c.lines})
			_, section, found := strings.Cut(got, "What differs:")
			if !found {
				if ch.Drift() {
					t.Fatal("nothing on what differs")
				}
				return
			}
			section, _, _ = strings.Cut(section, "\n\nOut of scope")
			const heading = "Roles in one account alone:"
			if strings.Contains(section, heading) != (c.unique > 0) {
				t.Errorf("the heading of the roles in one account alone: %v", !(c.unique > 0))
			}
			lines := strings.Split(section, "\n")[1:]
			rows, heads, items, moreRoles, uniques, moreUnique := 0, 0, 0, 0, 0, 0
			for _, l := range lines {
				rows++
				if c.width > 0 {
					rows += (max(len(l), 1) - 1) / c.width
				}
				var n int
				switch {
				case l == heading:
				case strings.HasPrefix(l, "role-"):
					heads++
				case strings.HasPrefix(l, "  + managed"):
					items++
				case strings.HasPrefix(l, "    fp:"):
				case strings.Contains(l, "more difference"):
					fmt.Sscanf(l, "  ... and %d", &n)
					items += n
				case strings.Contains(l, "more common role"):
					fmt.Sscanf(l, "... and %d", &moreRoles)
				case strings.Contains(l, "more role"):
					fmt.Sscanf(l, "... and %d", &n)
					moreUnique += n
				case strings.Contains(l, " role "):
					uniques++
				default:
					t.Errorf("a line that says nothing: %q", l)
				}
			}
			if limit := c.lines + 3; rows > limit {
				t.Errorf("%d rows on the screen, at most %d were asked for:\n%s", rows, c.lines, section)
			}
			differing := c.roles
			if c.items == 0 {
				differing = 0
			}
			if heads+moreRoles != differing || items != heads*c.items || uniques+moreUnique != 2*c.unique {
				t.Errorf("%d+%d of %d roles, %d of %d items, %d+%d of %d unique roles:\n%s", heads, moreRoles, differing,
					items, heads*c.items, uniques, moreUnique, 2*c.unique, section)
			}
		})
	}
}

// severalActions is a role whose items in B differ in the action alone.
func severalActions(actions ...string) *diff.Changes {
	var rows []inventory.Item
	for _, action := range actions {
		rows = append(rows, inventory.Item{Effect: "Allow", Service: "s3", Action: action, ARN: "*"})
	}
	return resulttest.Changes(resulttest.Account("dev", "dev", "1", resulttest.PlainRole("app", "/")), resulttest.Account("qa", "qa", "2", resulttest.PlainRole("app", "/", rows...)))
}

func TestTextGroupsActions(t *testing.T) {
	c := severalActions("A", "B", "C", "D", "E", "F", "G")
	want := "  + managed Reader: Allow s3:A, s3:B, s3:C, s3:D, s3:E and 2 more on * fp:"
	if got := bareText(t, c, TextOptions{Lines: 40}); !strings.Contains(got, want) {
		t.Errorf("no line %q in\n%s", want, got)
	}
}

// TestTextOfTheFileIsTheText: a report made later says what was said at once.
func TestTextOfTheFileIsTheText(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		for _, o := range []TextOptions{{}, {Lines: 12, Width: 60}, {Color: true, Folder: "x"}} {
			var got bytes.Buffer
			if err := Text(&got, resulttest.Reread(t, changes, marks), o); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(shownText(t, changes, marks, o), got.String()); d != "" {
				t.Errorf("%s (-at once +later):\n%s", c.Name, d)
			}
		}
	}
}
