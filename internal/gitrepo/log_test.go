package gitrepo

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"iamctl/internal/gitrepo/gitrepotest"

	"github.com/google/go-cmp/cmp"
)

// subjects returns a log in short.
func subjects(h *History) (out []string) {
	for _, c := range h.Commits {
		out = append(out, c.Subject)
	}
	return out
}

func TestLog(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	r.Put("a b/ü", "1")
	r.Commit("add ü")
	r.Put("other*", "1")
	r.Put("otherwise", "1")
	r.Commit("others")
	r.Commit("nothing")
	r.Git("checkout", "-q", "-b", "side")
	r.Put("a b/ü", "2")
	r.Commit("on the side")
	r.Put("a b/ü", "3")
	r.Commit("on the side again")
	r.Git("checkout", "-q", "main")
	r.Put("otherwise", "2")
	r.Commit("meanwhile")
	r.Git("merge", "-q", "--no-ff", "-m", "merge side", "side")
	r.Put("a b/ü", "4")
	last := r.Commit("überarbeitet\n\nmore\x1b[2J")
	for _, from := range []string{".", "a b"} {
		repo := open(t, r.In(from).Dir)
		for _, tt := range []struct {
			paths  []string
			limit  int
			want   []string
			more   bool
			reason string
		}{
			{[]string{"a b"}, 9, []string{"überarbeitet", "merge side", "add ü"}, false, "what came by a merge is the merge's"},
			{[]string{"a b/ü"}, 3, []string{"überarbeitet", "merge side", "add ü"}, false, "just as many as asked for"},
			{[]string{"a b/ü"}, 2, []string{"überarbeitet", "merge side"}, true, "more than asked for"},
			{[]string{"other*"}, 9, []string{"others"}, false, "a star is no pattern"},
			{[]string{"a b", "otherwise"}, 9, []string{"überarbeitet", "merge side", "meanwhile", "others", "add ü"}, false, "two paths"},
			{[]string{""}, 9, []string{"überarbeitet", "merge side", "meanwhile", "others", "add ü"}, false, "the top: a commit of nothing touches nothing"},
			{[]string{"nix"}, 9, nil, false, "no such path"},
			{[]string{"-rf"}, 9, nil, false, "a path with a dash"},
			{[]string{":(exclude)a b"}, 9, nil, false, "git's pathspec magic is part of the name"},
		} {
			h, err := repo.Log(t.Context(), "HEAD", tt.limit, tt.paths...)
			if err != nil {
				t.Errorf("%s: %v", tt.reason, err)
				continue
			}
			if d := cmp.Diff(tt.want, subjects(h)); d != "" || h.More != tt.more || h.Cut {
				t.Errorf("from %s: %s: more %v, cut %v, -want +got\n%s", from, tt.reason, h.More, h.Cut, d)
			}
		}
		h, err := repo.Log(t.Context(), "HEAD", 1, "a b")
		if err != nil {
			t.Fatal(err)
		}
		seconds := r.Git("log", "-1", "--format=%ct")
		when, _ := time.Parse(time.RFC3339, r.Git("log", "-1", "--format=%cI"))
		want := Commit{Hash: last, Time: when.UTC(), Author: "Ann Author", Subject: "überarbeitet"}
		if d := cmp.Diff(want, h.Commits[0]); d != "" || seconds == "" {
			t.Errorf("-want +got\n%s", d)
		}
		if h.Commits[0].Short() != last[:10] {
			t.Errorf("Short is %s", h.Commits[0].Short())
		}
	}
}

func TestLogErrors(t *testing.T) {
	r := gitrepotest.New(t)
	repo := open(t, r.Dir)
	if _, err := repo.Log(t.Context(), "HEAD", 1, ""); !errors.Is(err, ErrNoCommit) {
		t.Errorf("before the first commit: %v", err)
	}
	r.Commit("one")
	if _, err := repo.Log(t.Context(), "HEAD", 0, ""); err == nil {
		t.Error("no limit was taken for all")
	}
	if h, err := repo.Log(t.Context(), "HEAD", 1, ""); err != nil || len(h.Commits) != 0 {
		t.Errorf("nothing was ever committed: %v, %v", h, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := repo.Log(ctx, "HEAD", 1, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// In a shallow clone the last commit seems to have made every file.
func TestLogShallow(t *testing.T) {
	gitrepotest.Long(t)
	r := shallowClone(t, 5, 3)
	for _, tt := range []struct {
		path   string
		limit  int
		want   int
		cut    bool
		more   bool
		reason string
	}{
		{"d/f", 9, 3, true, false, "to where it is cut off"},
		{"d/other", 9, 1, true, false, "a file that is older than what is there"},
		{"d/f", 2, 2, false, true, "the limit comes first"},
	} {
		h, err := open(t, r.Dir).Log(t.Context(), "HEAD", tt.limit, tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if len(h.Commits) != tt.want || h.Cut != tt.cut || h.More != tt.more {
			t.Errorf("%d commits, cut %v, more %v: %s", len(h.Commits), h.Cut, h.More, tt.reason)
		}
	}
	r.Put("new", "1")
	r.Commit("new")
	if h, err := open(t, r.Dir).Log(t.Context(), "HEAD", 9, "new"); err != nil || len(h.Commits) != 1 || h.Cut {
		t.Errorf("what began after the cut is whole: %+v, %v", h, err)
	}
	whole := shallowClone(t, 2, 9)
	if h, err := open(t, whole.Dir).Log(t.Context(), "HEAD", 9, "d/f"); err != nil || h.Cut {
		t.Errorf("a clone as deep as the history is whole: %+v, %v", h, err)
	}
}

func TestMovedFrom(t *testing.T) {
	r := gitrepotest.New(t)
	r.Put("a b/ü/f", "1")
	r.Put("x", "2")
	r.Put("changed", "many\nlines\nof\ntext\n")
	first := r.Commit("first")
	r.Git("checkout", "-q", "-b", "side")
	r.Git("mv", "a b", "c\nd")
	r.Git("mv", "changed", "changed2")
	r.Put("changed2", "many\nlines\nof\nwords\n")
	r.Put("copy", "2")
	side := r.Commit("side")
	r.Git("checkout", "-q", "main")
	r.Put("x", "3")
	r.Commit("main")
	r.Git("merge", "-q", "--no-ff", "-m", "merge", "side")
	merge := r.Git("rev-parse", "HEAD")
	for _, tt := range []struct{ commit, name, want, reason string }{
		{side, "c\nd/ü/f", "a b/ü/f", "moved"},
		{merge, "c\nd/ü/f", "a b/ü/f", "moved by the merge, as the branch sees it"},
		{side, "copy", "", "copied"},
		{side, "changed2", "", "moved and changed"},
		{side, "x", "", "left alone"},
		{first, "x", "", "the first commit"},
	} {
		got, err := open(t, r.In("sub").Dir).MovedFrom(t.Context(), tt.commit, tt.name)
		if got != tt.want || err != nil {
			t.Errorf("got %q, %v, want %q: %s", got, err, tt.want, tt.reason)
		}
	}
}

func FuzzParseLog(f *testing.F) {
	id := strings.Repeat("1", 40)
	f.Add("commit " + id + "\n" + id + "\x00" + id + "\x001700000000\x00Ann\x00subject\n")
	f.Add(id + "\x00\x00-1\x00\x00\n")
	f.Add("commit x\n\x00")
	f.Fuzz(func(t *testing.T, out string) {
		h, _, err := parseLog(out)
		if err != nil {
			return
		}
		for l := range strings.Lines(out) {
			if !strings.HasPrefix(l, "commit ") && len(h.Commits) == 0 {
				t.Errorf("%q was passed over", l)
			}
		}
	})
}
