package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"iamctl/result"
	"iamctl/result/resulttest"
)

// TestWholeText: without a limit nothing is cut, and a text that is cut says where
// the whole one is.
func TestWholeText(t *testing.T) {
	c := resulttest.Many(60, 30, 60)
	whole := shownText(t, c, nil, TextOptions{})
	if n := strings.Count(whole, "\n  + managed"); n != 60*30 {
		t.Errorf("%d of %d differences", n, 60*30)
	}
	for _, text := range []string{"more common role", "more difference", "more role", "Cut here"} {
		if strings.Contains(whole, text) {
			t.Errorf("the whole text says %q", text)
		}
	}
	cut := shownText(t, c, nil, TextOptions{Lines: 20})
	if !strings.Contains(cut, "\nCut here: summary.txt has the whole text, and so has --full\n") {
		t.Errorf("a cut text does not say where the whole one is:\n%s", cut)
	}
	small := shownText(t, resulttest.Sample(), nil, TextOptions{Lines: 1000})
	if strings.Contains(small, "Cut here") {
		t.Error("a text of which nothing is left out says that it is cut")
	}
}

// TestWholeLines: the whole text names every action of a line, and one that may be cut
// the first of them.
func TestWholeLines(t *testing.T) {
	var actions []string
	for i := range 12 {
		actions = append(actions, fmt.Sprintf("Get%02d%s", i, strings.Repeat("x", 40)))
	}
	c := severalActions(actions...)
	for _, tt := range []struct {
		lines, want int
		more        string
	}{{0, 12, ""}, {40, 5, " and 7 more"}} {
		text := bareText(t, c, TextOptions{Lines: tt.lines})
		_, line, _ := strings.Cut(text, "\n  + managed ")
		line, _, _ = strings.Cut(line, "\n")
		if n := strings.Count(line, "s3:Get"); n != tt.want || !strings.Contains(line, tt.more) || tt.more == "" && strings.Contains(line, " more") {
			t.Errorf("%d lines: %d actions, want %d: %s", tt.lines, n, tt.want, line)
		}
	}
}

// TestLegendFits: what the signs mean is no wider than a small terminal, unless a tag is.
func TestLegendFits(t *testing.T) {
	for _, n := range []int{2, 3, 8, 16, 31, 32, 40} {
		c := resulttest.Changes(resulttest.Account(strings.Repeat("d", n), "dev", "1", resulttest.PlainRole("app", "/")), resulttest.Account(strings.Repeat("q", n), "qa", "2"))
		_, legend, ok := strings.Cut(shownText(t, c, nil, TextOptions{}), "\nWhat differs:")
		legend, _, _ = strings.Cut("What differs:"+legend, "Roles in one account")
		for _, part := range []string{"- only in d", "+ only in q", "~ not the same", "fp:... to waive"} {
			if !ok || !strings.Contains(legend, part) {
				t.Errorf("tags of %d characters: no %q in %q", n, part, legend)
			}
		}
		for line := range strings.SplitSeq(legend, "\n") {
			if len(line) > 80 {
				t.Errorf("tags of %d characters: a line of %d columns: %s", n, len(line), line)
			}
		}
		if n < 4 && strings.Count(legend, "\n") != 1 {
			t.Errorf("tags of %d characters: %q is no single line", n, legend)
		}
	}
}

// TestTerminalBreaksNoFingerprint: whatever the width, a fingerprint is on one row,
// so that it can be copied.
func TestTerminalBreaksNoFingerprint(t *testing.T) {
	fingerprint := regexp.MustCompile(`fp:[0-9a-f]{10}`)
	for width := 20; width < 160; width++ {
		got := shownText(t, resulttest.Sample(), nil, TextOptions{Width: width})
		shown := 0
		for l := range strings.SplitSeq(got, "\n") {
			for _, at := range fingerprint.FindAllStringIndex(l, -1) {
				shown++
				if at[0]/width != (at[1]-1)/width {
					t.Errorf("at %d columns the terminal breaks the fingerprint of %q", width, l)
				}
			}
		}
		if shown != 11 {
			t.Errorf("%d fingerprints", shown)
		}
	}
}

func TestSuggestHint(t *testing.T) {
	for _, c := range []struct {
		common, aloneA, aloneB int
		want                   bool
		reason                 string
	}{
		{1, 1, 1, true, "as many as there are common ones, as in the walkthrough"},
		{5, 4, 3, true, "half as many"},
		{100, 10, 12, true, "many"},
		{100, 5, 12, false, "few beside the common ones"},
		{1, 0, 50, false, "roles of one account alone cannot be the same as others"},
		{5, 0, 0, false, "none"},
	} {
		r := &result.Result{CommonRoles: make([]result.Pair, c.common)}
		r.UniqueRoles.A, r.UniqueRoles.B = make([]result.Unique, c.aloneA), make([]result.Unique, c.aloneB)
		if got := suggestHint(r); (got != "") != c.want {
			t.Errorf("%s: %q", c.reason, got)
		}
	}
}

func TestCommitOfARole(t *testing.T) {
	one, two := &result.Commit{Hash: "1"}, &result.Commit{Hash: "2"}
	role := func(commits ...*result.Commit) *result.Pair {
		p := &result.Pair{}
		for _, c := range commits {
			p.Attributes = append(p.Attributes, result.Attribute{Mark: result.Mark{FirstSeen: c}})
		}
		return p
	}
	for _, c := range []struct {
		pair   *result.Pair
		want   *result.Commit
		lines  []string
		reason string
	}{
		{role(nil, nil), nil, []string{"", ""}, "none is known"},
		{role(one, one), one, []string{"", ""}, "one for all is named once"},
		{role(one, two, two), two, []string{" [since , commit 1]", "", ""}, "that of most, and the others at their lines"},
		{role(nil, two), two, []string{" [in no commit]", ""}, "a drift that no commit shows is not taken for one that it does"},
	} {
		told := commitOf(c.pair, isOpen)
		if told != c.want {
			t.Errorf("%s: %+v", c.reason, told)
		}
		for i, want := range c.lines {
			if got := markText(Clip, &c.pair.Attributes[i].Mark, told); got != want {
				t.Errorf("%s: line %d says %q, want %q", c.reason, i, got, want)
			}
		}
	}
}
