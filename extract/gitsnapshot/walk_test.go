package gitsnapshot

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamctl/extract/snapshot"
	"iamctl/internal/gitrepo/gitrepotest"
	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
)

func place(t testing.TB, r *gitrepotest.Repo, source string) *Place {
	t.Helper()
	if source == "" {
		return nil
	}
	p, err := Locate(t.Context(), spec(t, source), r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// names returns an account's roles in short.
func names(a *inventory.Account) string {
	if a == nil {
		return "-"
	}
	var out []string
	for _, r := range a.Roles {
		out = append(out, r.Name+strings.TrimPrefix(r.Path, "/"))
	}
	return strings.Join(out, ",")
}

// story returns a walk in short: "SUBJECT: roles of A | roles of B", newest
// first, and why it ended.
func story(t testing.TB, w *Walk) []string {
	t.Helper()
	var out []string
	for m, err := range w.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s: %s | %s", m.Commit.Subject, names(m.A), names(m.B)))
	}
	return append(out, string(w.End().Reason))
}

func checkStory(t *testing.T, w *Walk, reason string, want ...string) {
	t.Helper()
	if d := cmp.Diff(want, story(t, w)); d != "" {
		t.Errorf("%s: -want +got\n%s", reason, d)
	}
}

func TestWalk(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	r.Put("README", "1")
	r.Commit("begin")
	save(t, r, "dev", account("a"))
	r.Commit("add dev")
	save(t, r, "qa", account("a"))
	r.Commit("add qa")
	r.Put("README", "2")
	r.Put("dev/README", "2")
	r.Commit("elsewhere")
	r.Commit("nothing")
	save(t, r, "dev", account("a", "b"))
	r.Commit("b in dev")
	r.Git("mv", "dev/roles/b.json", "dev/roles/other.json")
	r.Commit("rename a file")
	save(t, r, "qa", account("a:x"))
	r.Commit("path in qa")
	save(t, r, "dev", account("a", "c"))
	save(t, r, "qa", account("a:y"))
	r.Commit("both")
	save(t, r, "dev", account("not", "committed"))

	both := []string{"both: a,c | ay", "path in qa: a,b | ax", "rename a file: a,b | a", "b in dev: a,b | a", "add qa: a | a", "missing"}
	checkStory(t, NewWalk(place(t, r, "dev/"), place(t, r, "qa/"), 99), "two snapshots", both...)
	w := NewWalk(place(t, r, "git:HEAD:dev"), place(t, r, "git:main:qa"), 99)
	checkStory(t, w, "by revision", both...)
	checkStory(t, w, "again", both...)
	checkStory(t, NewWalk(place(t, r, "dev/"), nil, 99), "one side is fixed",
		"both: a,c | -", "rename a file: a,b | -", "b in dev: a,b | -", "add dev: a | -", "beginning")
	checkStory(t, NewWalk(nil, place(t, r, "qa/"), 99), "the other side is fixed",
		"both: - | ay", "path in qa: - | ax", "add qa: - | a", "beginning")
	checkStory(t, NewWalk(nil, nil, 99), "both are fixed", "missing")
	checkStory(t, NewWalk(place(t, r, "git:HEAD~3:dev"), place(t, r, "qa/"), 99), "one is fixed at an older commit until the other comes there",
		"both: a,b | ay", "path in qa: a,b | ax", "rename a file: a,b | a", "b in dev: a,b | a", "add qa: a | a", "missing")
	checkStory(t, NewWalk(place(t, r, "qa/"), place(t, r, "git:HEAD~1:dev"), 99), "the sides in turn",
		"both: ay | a,b", "path in qa: ax | a,b", "rename a file: a | a,b", "b in dev: a | a,b", "add qa: a | a", "missing")
	checkStory(t, NewWalk(place(t, r, "dev/"), place(t, r, "git:HEAD~3:dev"), 99), "one snapshot at two moments",
		"both: a,c | a,b", "rename a file: a,b | a,b", "b in dev: a,b | a,b", "add dev: a | a", "beginning")
}

// TestWalkLastUsed: a commit of every night that only says when roles were last used is no
// moment, and what it says is read at its revision.
func TestWalkLastUsed(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	used := func(day int, roles ...string) *inventory.Account {
		a := account(roles...)
		a.LastUsedDay = time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC)
		for i := range a.Roles {
			a.Roles[i].LastUsed = &inventory.LastUse{At: a.LastUsedDay}
		}
		return a
	}
	save(t, r, "dev", used(1, "a"))
	r.Commit("first night")
	save(t, r, "dev", used(2, "a"))
	r.Commit("second night")
	save(t, r, "dev", used(3, "a", "b"))
	r.Commit("third night, and b")
	save(t, r, "dev", used(4, "a", "b"))
	r.Commit("fourth night")
	checkStory(t, NewWalk(place(t, r, "dev/"), nil, 99), "the nights",
		"third night, and b: a,b | -", "first night: a | -", "beginning")
	for source, want := range map[string]int{"git:HEAD:dev": 4, "git:HEAD~2:dev": 2} {
		a, err := Read(t.Context(), spec(t, source), r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		if a.LastUsedDay.Day() != want || a.Roles[0].LastUsed == nil || a.Roles[0].LastUsed.At.Day() != want {
			t.Errorf("%s: %v, %+v, want day %d", source, a.LastUsedDay, a.Roles[0].LastUsed, want)
		}
	}
}

func TestWalkEnds(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	save(t, r, "dev", account("a"))
	r.Commit("first")
	save(t, r, "dev", account("b"))
	r.Commit("second")
	os.RemoveAll(filepath.Join(r.Dir, "dev"))
	r.Commit("removed")
	save(t, r, "dev", account("c"))
	r.Commit("again")
	r.Put("dev/roles/c.json", "{")
	r.Commit("broken")
	save(t, r, "dev", account("d"))
	r.Commit("mended")
	save(t, r, "dev", account("e"))
	r.Commit("last")

	w := NewWalk(place(t, r, "dev/"), nil, 99)
	checkStory(t, w, "what does not parse", "last: e | -", "mended: d | -", "unreadable")
	if e := w.End(); e.Whole() || e.Commit.Subject != "broken" || !strings.Contains(e.Err.Error(), "git:"+e.Commit.Short()+":dev/roles/c.json:1:2: ") || !strings.Contains(e.String(), e.Err.Error()) {
		t.Errorf("got %v", e)
	}
	w = NewWalk(place(t, r, "git:HEAD^{/again}:dev"), nil, 99)
	checkStory(t, w, "where it was removed", "again: c | -", "missing")
	if e := w.End(); !e.Whole() || e.Commit.Subject != "removed" || !strings.Contains(e.String(), "there is no snapshot yet") {
		t.Errorf("got %v", e)
	}
	checkStory(t, NewWalk(place(t, r, "git:HEAD^{/removed}:dev"), nil, 99), "nothing to begin with", "missing")
	w = NewWalk(place(t, r, "git:HEAD^{/second}:dev"), nil, 2)
	checkStory(t, w, "just within the limit", "second: b | -", "first: a | -", "beginning")
	if e := w.End(); !e.Whole() || e.Commit.Subject != "first" || !strings.Contains(e.String(), "begins with commit "+e.Commit.Short()) {
		t.Errorf("got %v", e)
	}
	w = NewWalk(place(t, r, "git:HEAD^{/second}:dev"), place(t, r, "git:HEAD^{/first}:dev"), 1)
	checkStory(t, w, "beyond the limit", "second: b | a", "limit")
	if e := w.End(); e.Whole() || e.Commit.Subject != "second" || !strings.Contains(e.String(), "older than "+e.Commit.Short()+" were not looked at") {
		t.Errorf("got %v", e)
	}
	for range w.All(t.Context()) {
		break
	}
	if e := w.End(); e.Whole() || e.Reason != Stopped || e.String() == "" {
		t.Errorf("got %v", e)
	}
}

func TestWalkErrors(t *testing.T) {
	r := gitrepotest.New(t)
	save(t, r, "dev", account("a"))
	r.Commit("first")
	save(t, r, "dev", account("b"))
	r.Commit("second")
	p := place(t, r, "dev/")
	for _, err := range NewWalk(p, nil, 0).All(t.Context()) {
		if err == nil {
			t.Error("no limit was taken for all")
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	w := NewWalk(p, nil, 9)
	for _, err := range w.All(ctx) {
		n, last = n+1, err
		cancel()
	}
	if n != 2 || !errors.Is(last, context.Canceled) || w.End().Reason != Stopped {
		t.Errorf("cancelled on the way: %d moments, %v, %v", n, last, w.End())
	}
	os.RemoveAll(filepath.Join(r.Dir, ".git"))
	for _, err := range NewWalk(p, nil, 9).All(t.Context()) {
		if err == nil {
			t.Error("a repository that is gone gave a moment")
		}
	}
}

// A snapshot that was moved is older than it looks.
func TestWalkMoved(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	save(t, r, "old/dev", account("a"))
	save(t, r, "old/qa", account("a"))
	r.Commit("first")
	r.Git("mv", "old/dev", "dev")
	r.Commit("move dev")
	save(t, r, "old/qa", account("b"))
	r.Commit("change qa")
	r.Git("mv", "old", "new")
	save(t, r, "dev", account("b"))
	r.Commit("move qa")
	for _, tt := range []struct {
		a, b         string
		want         []string
		commit, from string
		reason       string
	}{
		{"dev/", "", []string{"move qa: b | -", "move dev: a | -", "moved"}, "move dev", "old/dev", "one side, at its first commit"},
		{"", "new/qa/", []string{"move qa: - | b", "moved"}, "move qa", "old/qa", "the other side"},
		{"dev/", "new/qa/", []string{"move qa: b | b", "moved"}, "move qa", "old/qa", "missing at an older commit of the other side"},
		{"dev/", "git:HEAD~1:old/qa", []string{"move qa: b | b", "change qa: a | b", "move dev: a | a", "moved"}, "move dev", "old/dev", "before the commit that moved it again"},
	} {
		w := NewWalk(place(t, r, tt.a), place(t, r, tt.b), 99)
		checkStory(t, w, tt.reason, tt.want...)
		if e := w.End(); e.Whole() || e.Commit.Subject != tt.commit || e.From != tt.from || !strings.Contains(e.String(), tt.from) {
			t.Errorf("%s: got %v", tt.reason, e)
		}
	}
}

// A merge is a moment of the branch; what was in between on the other branch
// never was on this one.
func TestWalkMerges(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	save(t, r, "dev", account("a"))
	save(t, r, "qa", account("a"))
	r.Commit("first")
	r.Git("checkout", "-q", "-b", "side")
	save(t, r, "dev", account("a", "s1"))
	r.Commit("side 1")
	save(t, r, "dev", account("a", "s2"))
	r.Commit("side 2")
	r.Git("checkout", "-q", "main")
	save(t, r, "qa", account("m"))
	r.Commit("main 1")
	r.Git("merge", "-q", "--no-ff", "-m", "merge", "side")
	r.Git("checkout", "-q", "side")
	save(t, r, "dev", account("a", "s3"))
	r.Commit("side 3")
	checkStory(t, NewWalk(place(t, r, "git:main:dev"), place(t, r, "git:main:qa"), 99), "along the main branch",
		"merge: a,s2 | m", "main 1: a | m", "first: a | a", "beginning")
	checkStory(t, NewWalk(place(t, r, "git:main:dev"), place(t, r, "git:side:dev"), 99), "two branches by time, down to what they share",
		"side 3: a,s2 | a,s3", "merge: a,s2 | a,s2", "side 2: a | a,s2", "side 1: a | a,s1", "first: a | a", "beginning")
}

func TestWalkTwoRepositories(t *testing.T) {
	gitrepotest.Long(t)
	one, two := gitrepotest.New(t), gitrepotest.New(t)
	save(t, one, ".", account("a"))
	one.Commit("one 1")
	for range 3 {
		two.Git("version") // time passes
	}
	save(t, two, "dev", account("a"))
	two.Commit("two 1")
	for range 9 {
		one.Git("version")
	}
	save(t, one, ".", account("b"))
	one.Commit("one 2")
	checkStory(t, NewWalk(place(t, one, "git:HEAD:."), place(t, two, "dev/"), 99), "by time",
		"one 2: b | a", "two 1: a | a", "beginning")
	link := filepath.Join(filepath.Dir(one.Dir), "tree")
	one.Git("worktree", "add", "-q", "--detach", link, "HEAD~1")
	checkStory(t, NewWalk(place(t, one, "git:HEAD:."), place(t, gitrepotest.At(t, link), "git:HEAD:."), 99), "two work trees of one repository",
		"one 2: b | a", "one 1: a | a", "beginning")
}

func TestWalkShallow(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	for _, role := range []string{"a", "b", "c"} {
		save(t, r, "dev", account(role))
		r.Commit(role)
	}
	to := filepath.Join(filepath.Dir(r.Dir), "shallow")
	r.Git("clone", "-q", "--depth", "2", "file://"+filepath.ToSlash(r.Dir), to)
	shallow := gitrepotest.At(t, to)
	w := NewWalk(place(t, shallow, "dev/"), nil, 99)
	checkStory(t, w, "cut off", "c: c | -", "b: b | -", "shallow")
	if e := w.End(); e.Whole() || !strings.Contains(e.String(), "git fetch --unshallow") {
		t.Errorf("got %v", e)
	}
	checkStory(t, NewWalk(place(t, shallow, "dev/"), nil, 1), "the limit comes first", "c: c | -", "limit")
	save(t, shallow, "qa", account("q"))
	shallow.Commit("q")
	w = NewWalk(place(t, shallow, "dev/"), place(t, shallow, "qa/"), 99)
	checkStory(t, w, "a snapshot that is younger than the cut", "q: c | q", "missing")
}

// A moment is what Read returns at its commit, and the deltas name what differs.
func TestWalkAgainstRead(t *testing.T) {
	gitrepotest.Long(t)
	for seed := range 2 {
		r := gitrepotest.New(t)
		for i := range 12 {
			n := seed*31 + i*i*7
			save(t, r, "dev", account("a", fmt.Sprintf("b:%d/", n%3), fmt.Sprintf("r%d", n%5)))
			if i%2 == 0 {
				save(t, r, "qa", account("a", fmt.Sprintf("x%d", n%4)))
			}
			if n%4 == 0 {
				r.Put("other", fmt.Sprint(i))
			}
			r.Commit(fmt.Sprint(i))
		}
		var newer Moment
		count := 0
		for m, err := range NewWalk(place(t, r, "dev/"), place(t, r, "qa/"), 99).All(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			for source, got := range map[string]*inventory.Account{"dev": m.A, "qa": m.B} {
				want, err := Read(t.Context(), spec(t, "git:"+m.Commit.Hash+":"+source), r.Dir)
				if d := diffOf(want, got); d != "" || err != nil {
					t.Errorf("%s at %s: %v, -Read +Walk\n%s", source, m.Commit.Subject, err, d)
				}
			}
			if count++; count > 1 {
				checkDelta(t, newer.A, m.A, m.DeltaA)
				checkDelta(t, newer.B, m.B, m.DeltaB)
			} else if !m.DeltaA.All || !m.DeltaB.All {
				t.Error("the first moment is all news")
			}
			newer = m
		}
		if count < 6 {
			t.Errorf("%d moments only", count)
		}
	}
}

func checkDelta(t *testing.T, a, b *inventory.Account, d snapshot.Delta) {
	t.Helper()
	roles := map[string][]inventory.Role{}
	for _, x := range []*inventory.Account{a, b} {
		for _, r := range x.Roles {
			roles[r.Name] = append(roles[r.Name], r)
		}
	}
	differ := map[string]bool{}
	for name, of := range roles {
		if len(of) != 2 || !cmp.Equal(of[0], of[1]) {
			differ[name] = true
		}
	}
	got := map[string]bool{}
	for _, name := range d.Roles {
		got[name] = true
	}
	if diff := cmp.Diff(differ, got); diff != "" || d.All {
		t.Errorf("the delta %+v: -want +got\n%s", d, diff)
	}
}
