package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"

	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/resulttest"
)

// firstScreen returns the lines of a text before the empty one.
func firstScreen(t *testing.T, r *result.Result, o TextOptions) []string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, r, o); err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(b.String(), "\n\n")
	return strings.Split(head, "\n")
}

func TestTextBeginsWithTheWorst(t *testing.T) {
	r := resulttest.Result(resulttest.Meant(), nil)
	for _, width := range []int{0, 80, 120, 300} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			lines := firstScreen(t, r, TextOptions{Width: width, Lines: 40})
			begin := strings.Join(lines[:3], " ")
			if !strings.Contains(begin, "drift: 8 of 8 common roles differ, 1 role only in dev, 1 only in qa") || !strings.Contains(begin, "dev 111111111111  qa 222222222222") {
				t.Errorf("begins with %q", begin)
			}
			var found []string
			for _, l := range lines {
				if width > 0 && text.StringWidth(l) > width {
					t.Errorf("%d columns: %q", text.StringWidth(l), l)
				}
				for _, level := range []string{"critical ", "high ", "medium ", "low ", "none "} {
					if strings.HasPrefix(l, level) {
						found = append(found, strings.Join(strings.Fields(l)[:2], " "))
					}
				}
			}
			want := "[critical ci-deployer critical zz-admin high ci-deployer high orders-worker high partner-reports]"
			if got := fmt.Sprint(found); got != want {
				t.Errorf("found %s, want %s:\n%s", got, want, strings.Join(lines, "\n"))
			}
			if last := lines[len(lines)-1]; !strings.HasPrefix(last, "and ") || !strings.HasSuffix(last, "every difference and the files follow") {
				t.Errorf("ends with %q", last)
			}
		})
	}
}

// TestFirstNamesAreWhole: a name is never cut, however narrow the terminal is.
func TestFirstNamesAreWhole(t *testing.T) {
	name := strings.Repeat("role-", 13)[:64]
	role := resulttest.PlainRole(name, "/")
	c := resulttest.Changes(resulttest.Account("dev", "dev", "1", role), resulttest.Account("qa", "qa", "2"))
	lines := firstScreen(t, resulttest.Result(c, nil), TextOptions{Width: 80, Lines: 40})
	if all := strings.Join(lines, "\n"); !strings.Contains(all, name+"  \n") && !strings.Contains(all, name+"  role only in dev") {
		t.Errorf("the name is cut:\n%s", all)
	}
}

func TestWaivedIsNotAmongTheWorst(t *testing.T) {
	changes := resulttest.Meant()
	waived := map[string]result.Mark{}
	zero := 0
	for d := range resulttest.Result(changes, nil).Drifts() {
		if d.RoleName == "ci-deployer" && d.Scope() == result.ScopeTrust || d.RoleName == "zz-admin" {
			waived[d.Fingerprint] = result.Mark{Waiver: &zero}
		}
	}
	r := resulttest.Result(changes, &result.Marks{Waivers: []result.Waiver{{Role: "x", Reason: "known", State: result.WaiverUsed}}, Of: func(f string) result.Mark { return waived[f] }})
	for _, l := range firstScreen(t, r, TextOptions{Lines: 40}) {
		if strings.Contains(l, "zz-admin") || strings.Contains(l, "ci-deployer") && strings.Contains(l, "trust: ") {
			t.Errorf("waived, but among the worst: %s", l)
		}
	}
}

// TestBareTextIsAsBefore: a result that does not say what its differences mean has no
// words for them.
func TestBareTextIsAsBefore(t *testing.T) {
	if got := bareText(t, resulttest.Meant(), TextOptions{Lines: 40}); !strings.HasPrefix(got, "Compared ") || strings.Contains(got, "no change in permission") {
		t.Errorf("no meaning is known, but the text has one:\n%s", got)
	}
}

func TestFormIsOneLine(t *testing.T) {
	r := resulttest.Result(resulttest.Meant(), nil)
	for _, c := range []struct {
		lines int
		rows  bool
	}{{40, false}, {0, true}} {
		var b bytes.Buffer
		if err := Text(&b, r, TextOptions{Lines: c.lines}); err != nil {
			t.Fatal(err)
		}
		_, list, _ := strings.Cut(b.String(), "What differs:")
		if !strings.Contains(list, "no change in permission") {
			t.Errorf("%d lines: no role is the same in another form:\n%s", c.lines, list)
		}
		if got := strings.Contains(list, "inline audit-all: Allow sqs:ListQueues on * fp:"); got != c.rows {
			t.Errorf("%d lines: the row of a policy with another name is there: %v, want %v", c.lines, got, c.rows)
		}
	}
}

func TestRowWithoutPermissionIsMarked(t *testing.T) {
	row := inventory.Item{Effect: "Allow", ARN: "arn:aws:sqs:*:*:x", Note: inventory.NoteNoAction}
	c := resulttest.Changes(resulttest.Account("dev", "dev", "1", resulttest.PlainRole("app", "/")), resulttest.Account("qa", "qa", "2", resulttest.PlainRole("app", "/", row)))
	if got := bareText(t, c, TextOptions{Lines: 40}); !strings.Contains(got, "  + (no permission by itself) managed Reader:") {
		t.Errorf("a row that is no permission looks like one:\n%s", got)
	}
}
