package snapshot

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"iamctl/extract/jsonfile"
	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// known is a file system that knows its files by a hash, and counts the
// readings.
type known struct {
	fstest.MapFS
	mu   *sync.Mutex
	read map[string]int
}

func newKnown() known { return known{fstest.MapFS{}, new(sync.Mutex), map[string]int{}} }

func (k known) ID(name string) string {
	f := k.MapFS[name]
	if f == nil {
		return ""
	}
	return fmt.Sprintf("%x", sha256.Sum256(f.Data))
}

func (k known) ReadFile(name string) ([]byte, error) {
	k.mu.Lock()
	k.read[name]++
	k.mu.Unlock()
	return k.MapFS.ReadFile(name)
}

// filesOf returns the snapshot of an account in memory.
func filesOf(t interface{ Fatal(...any) }, a *inventory.Account) known {
	entries, err := layout(sorted(a))
	if err != nil {
		t.Fatal(err)
	}
	k := newKnown()
	for _, e := range entries {
		data, err := jsonfile.Encode(e.value())
		if err != nil {
			t.Fatal(err)
		}
		k.MapFS[e.path] = &fstest.MapFile{Data: data}
	}
	return k
}

// A Reader returns what ReadFS returns, and its Delta names all that differs.
func TestReaderLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		states := []*inventory.Account{accounts().Draw(t, "a"), accounts().Draw(t, "b")}
		if rapid.Bool().Draw(t, "near") { // the same but for a role
			b := *sorted(states[0])
			if len(b.Roles) > 0 {
				b.Roles[0].Path += "x"
			}
			states[1] = &b
		}
		var r Reader
		var last *inventory.Account
		for i, s := range append(states, states[0], states[0]) {
			files := filesOf(t, s)
			for name := range files.MapFS {
				if !Wanted(name, false) {
					t.Fatalf("%s is not wanted", name)
				}
				if r.Knows(name, files.ID(name)) {
					files.read[name] = -1
				}
			}
			got, delta, err := r.Read(context.Background(), files, "label")
			if err != nil {
				t.Fatal(err)
			}
			want, err := ReadFS(context.Background(), files.MapFS, "label")
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("state %d: -ReadFS +Reader\n%s", i, d)
			}
			for name, n := range files.read {
				if n != -1 && n != 1 {
					t.Fatalf("%s was read %d times", name, n)
				}
			}
			if last != nil {
				checkDelta(t, last, got, delta)
			} else if !delta.All {
				t.Fatal("the first account is news")
			}
			if i == 3 && !delta.Empty() {
				t.Fatalf("the same account again, but: %+v", delta)
			}
			last = got
		}
	})
}

// checkDelta holds what a Delta says against the accounts. When roles were last used is no
// part of it.
func checkDelta(t *rapid.T, a, b *inventory.Account, d Delta) {
	rest := func(x *inventory.Account) *inventory.Account {
		y := sorted(x)
		y.LastUsedDay = time.Time{}
		for i := range y.Roles {
			y.Roles[i].LastUsed = nil
		}
		y.Roles = slices.DeleteFunc(y.Roles, func(r inventory.Role) bool { return slices.Contains(d.Roles, r.Name) })
		y.Users = slices.DeleteFunc(y.Users, func(u inventory.User) bool { return slices.Contains(d.Users, u.Name) })
		y.Groups = slices.DeleteFunc(y.Groups, func(g inventory.Group) bool { return slices.Contains(d.Groups, g.Name) })
		y.Policies = slices.DeleteFunc(y.Policies, func(p inventory.Policy) bool { return slices.Contains(d.Policies, p.ARN) })
		if d.All {
			y.ID, y.Partition, y.Alias, y.Gaps, y.Notes = "", "", "", nil, nil
		}
		return y
	}
	if diff := cmp.Diff(rest(a), rest(b), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("not in the Delta %+v:\n%s", d, diff)
	}
}

func TestReader(t *testing.T) {
	with := func(roles string, more map[string]string) known {
		k := newKnown()
		k.MapFS["account.json"] = &fstest.MapFile{Data: []byte(goodAccount)}
		for _, name := range strings.Fields(roles) {
			k.MapFS["roles/"+name+".json"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(goodRole, `"app"`, `"`+name+`"`))}
		}
		for name, content := range more {
			k.MapFS[name] = &fstest.MapFile{Data: []byte(content)}
		}
		return k
	}
	renamed := with("a", nil)
	renamed.MapFS["roles/other.json"] = with("b", nil).MapFS["roles/b.json"]
	var r Reader
	for _, tt := range []struct {
		files  known
		want   Delta
		reason string
	}{
		{with("a b", nil), Delta{All: true, Roles: []string{"a", "b"}}, "the first"},
		{with("a b", nil), Delta{}, "the same"},
		{renamed, Delta{}, "a file of another name"},
		{with("a c", nil), Delta{Roles: []string{"b", "c"}}, "one for another"},
		{with("a b", map[string]string{"account.json": " " + goodAccount}), Delta{All: true, Roles: []string{"b", "c"}}, "another account.json"},
		{with("a", map[string]string{"roles/b.json": "{"}), Delta{}, "a fault changes nothing"},
		{with("a", map[string]string{"roles/b.json": strings.Replace(goodRole, `"app"`, `"b","id":"2"`, 1)}), Delta{All: true, Roles: []string{"b"}}, "a role that differs, since the last good one"},
		{with("b c", nil), Delta{Roles: []string{"a", "b", "c"}}, "other roles"},
		{with("a b", nil), Delta{Roles: []string{"a", "c"}}, "a role less"},
		{with("a b", map[string]string{"last-used.json": `{"roles":[{"name":"a","at":"2026-01-31T00:00:00Z"}]}`}), Delta{}, "when a role was last used is nothing that differs"},
		{with("b c", nil), Delta{Roles: []string{"a", "c"}}, "and back"},
		{with("b c", map[string]string{"users/u.json": `{"name":"u","arn":"x","path":"/"}`, "groups/g.json": `{"name":"g","arn":"x","path":"/"}`, "policies/aws/p.json": `{"name":"p","arn":"arn:p","path":"/","document":{}}`}), Delta{Users: []string{"u"}, Groups: []string{"g"}, Policies: []string{"arn:p"}}, "all kinds"},
	} {
		_, got, err := r.Read(context.Background(), tt.files, "git:HEAD^{/a//b}:x/")
		if tt.reason == "a fault changes nothing" {
			if err == nil || !strings.HasPrefix(err.Error(), "git:HEAD^{/a//b}:x/roles/b.json:1:2: ") {
				t.Errorf("got %v", err)
			}
			continue
		}
		if d := cmp.Diff(tt.want, got); d != "" || err != nil {
			t.Errorf("%s: %v, -want +got\n%s", tt.reason, err, d)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := r.Read(ctx, with("a", nil), "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// onlyWanted hides the content of what is not wanted.
type onlyWanted struct{ fstest.MapFS }

// reached reports whether somebody who enters only wanted folders gets there.
func reached(name string, dir bool) bool {
	for above := path.Dir(name); above != "."; above = path.Dir(above) {
		if !Wanted(above, true) {
			return false
		}
	}
	return Wanted(name, dir)
}

func (o onlyWanted) Open(name string) (fs.File, error) {
	info, err := fs.Stat(o.MapFS, name)
	if err == nil && name != "." && !reached(name, info.IsDir()) {
		return nil, errors.New("not wanted")
	}
	return o.MapFS.Open(name)
}

func (o onlyWanted) ReadFile(name string) ([]byte, error) {
	if !reached(name, false) {
		return nil, errors.New("not wanted")
	}
	return o.MapFS.ReadFile(name)
}

func (o onlyWanted) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." && !reached(name, true) {
		return nil, errors.New("not wanted")
	}
	return o.MapFS.ReadDir(name)
}

// ReadFS comes to the same end when only what is wanted can be read.
func TestWantedIsEnough(t *testing.T) {
	above := rapid.SampledFrom([]string{"", "", ".iamctl-pending/", ".iamctl-pending/", ".iamctl-staging/", "dev/"})
	folder := rapid.SampledFrom([]string{"", "roles/", "policies/", "policies/aws/", "policies/customer/", "policies/versions/", "users/deep/"})
	base := rapid.SampledFrom([]string{"account.json", "last-used.json", "journal.json", "a.json", "b.JSON", ".c.json", "README.md", "roles", "aws"})
	contents := rapid.SampledFrom([]string{goodAccount, goodRole, strings.Replace(goodRole, "app", "b", 1), `{"remove":["roles/a.json"]}`, `{"name":"p","arn":"x","path":"/","document":{}}`, `{"policy":"x","version":"v1","document":{}}`, `{"roles":[]}`, "{}"})
	rapid.Check(t, func(t *rapid.T) {
		files := fstest.MapFS{}
		if rapid.Bool().Draw(t, "whole") {
			files["account.json"] = &fstest.MapFile{Data: []byte(goodAccount)}
		}
		for range rapid.IntRange(0, 6).Draw(t, "files") {
			name := above.Draw(t, "above") + folder.Draw(t, "folder") + base.Draw(t, "base")
			clash := false
			for other := range files {
				clash = clash || strings.HasPrefix(other+"/", name+"/") || strings.HasPrefix(name+"/", other+"/")
			}
			if !clash {
				files[name] = &fstest.MapFile{Data: []byte(contents.Draw(t, "content"))}
			}
		}
		want, wantErr := ReadFS(context.Background(), files, "x")
		got, gotErr := ReadFS(context.Background(), onlyWanted{files}, "x")
		if d := cmp.Diff(want, got); d != "" || fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
			t.Fatalf("%v, %v, -all +wanted\n%s", wantErr, gotErr, d)
		}
	})
}

// What is wanted lies in the parts, or only helps with an error.
func TestParts(t *testing.T) {
	for _, name := range []string{"account.json", "roles/a.json", "policies/aws/a.json", "policies/customer/a.json", "policies/versions/a@v1.json", "users/a.json", "groups/a.json", ".iamctl-pending"} {
		part, _, _ := strings.Cut(name, "/")
		if !Wanted(name, false) && name != pendingName || !slices.Contains(Parts(), part) {
			t.Errorf("%s is not wanted, or in no part", name)
		}
	}
	for _, name := range []string{"README.md", "dev/account.json", "roles/a.md", "roles/.a.json", "roles/sub/a.json", ".iamctl-staging/journal.json", ".iamctl-pending/journal.json", "journal.json", "latest"} {
		if Wanted(name, false) {
			t.Errorf("%s is wanted", name)
		}
	}
}

// TestReaderNamesFiles: what was read under another name before has the name that it has
// now, and the account read before keeps its own.
func TestReaderNamesFiles(t *testing.T) {
	k := filesOf(t, &inventory.Account{ID: "123456789012", Partition: "aws", Roles: []inventory.Role{{Name: "app", ARN: "arn:aws:iam::123456789012:role/app", Path: "/", Trust: "{}"}}})
	var r Reader
	first, _, err := r.Read(t.Context(), k, "x")
	if err != nil {
		t.Fatal(err)
	}
	k.MapFS["roles/other.json"] = k.MapFS["roles/app.json"]
	delete(k.MapFS, "roles/app.json")
	second, _, err := r.Read(t.Context(), k, "x")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := first.Roles[0].File, second.Roles[0].File; a != "roles/app.json" || b != "roles/other.json" {
		t.Errorf("the files are %q and then %q", a, b)
	}
}
