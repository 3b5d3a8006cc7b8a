package snapshot

import (
	stdcmp "cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamctl/internal/atomicfile"
	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
)

const trust = `{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}],"Version":"2012-10-17"}`

// account has the given roles and nothing else.
func account(roles ...string) *inventory.Account {
	a := &inventory.Account{ID: "123456789012", Partition: "aws"}
	for _, name := range roles {
		name, value, _ := strings.Cut(name, "=")
		r := inventory.Role{Name: name, ARN: "arn:aws:iam::123456789012:role/" + name, Path: "/", Trust: trust, InstanceProfiles: []inventory.InstanceProfile{}}
		if value != "" {
			r.Description = &value
		}
		a.Roles = append(a.Roles, r)
	}
	return a
}

func write(t *testing.T, dir string, a *inventory.Account) Stats {
	t.Helper()
	stats, err := Write(dir, a)
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func read(t *testing.T, dir string) *inventory.Account {
	t.Helper()
	a, err := Read(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return withoutFiles(a)
}

// withoutFiles returns an account that does not say which files it is from.
func withoutFiles(a *inventory.Account) *inventory.Account {
	for i := range a.Roles {
		a.Roles[i].File = ""
	}
	for i := range a.Policies {
		a.Policies[i].File = ""
	}
	return a
}

// tree lists the files of a folder and what is in them.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		data, err := os.ReadFile(path)
		got[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// full returns an account with every kind of file, and values that need care.
func full() *inventory.Account {
	description, session := "<b> & \u009b\u202e", int32(7200)
	return &inventory.Account{
		ID: "123456789012", Partition: "aws", Alias: "acme", Notes: []string{"n"},
		Gaps: []inventory.Gap{{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: "x", Blind: true, Reason: "denied"}},
		Roles: []inventory.Role{{
			Name: "app", ID: "AROA1", ARN: "arn:aws:iam::123456789012:role/x/app", Path: "/x/",
			Description: &description, MaxSessionDuration: &session,
			Trust: `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":["b","a"],"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"k":["2","10"]}},"X":["b","a"]}}`,
			Inline: []inventory.InlinePolicy{
				{Name: "z", Document: `{"Statement":[{"Resource":["b","a"],"NotAction":["s3:b","s3:a"]}, {"Resource":1e400}]}`},
				{Name: "a", Document: `{"a":1,"a":2}`},
			},
			Attached: []inventory.PolicyRef{{Name: "p", ARN: "arn:aws:iam::aws:policy/p"}},
		}},
		Policies: []inventory.Policy{{Name: "p", ARN: "arn:aws:iam::aws:policy/p", Path: "/", DefaultVersion: "v2", Document: "a b\xff"}},
		Users:    []inventory.User{{Name: "u", ARN: "arn:aws:iam::123456789012:user/u", Path: "/", Groups: []string{"g"}}},
		Groups:   []inventory.Group{{Name: "g", ARN: "arn:aws:iam::123456789012:group/g", Path: "/"}},
	}
}

func TestFiles(t *testing.T) {
	a := full()
	dir := t.TempDir()
	write(t, dir, a)
	want := map[string]string{
		"account.json": `{
  "alias": "acme",
  "format": "iamctl-snapshot",
  "gaps": [
    {
      "blind": true,
      "entity": "role",
      "kind": "read",
      "name": "x",
      "reason": "denied"
    }
  ],
  "id": "123456789012",
  "notes": [
    "n"
  ],
  "partition": "aws",
  "version": 1
}
`,
		"roles/app.json": `{
  "arn": "arn:aws:iam::123456789012:role/x/app",
  "attached": [
    {
      "arn": "arn:aws:iam::aws:policy/p",
      "name": "p"
    }
  ],
  "description": "<b> & \u009b\u202e",
  "id": "AROA1",
  "inline": [
    {
      "document": "{\"a\":1,\"a\":2}",
      "name": "a"
    },
    {
      "document": {
        "Statement": [
          {
            "NotAction": [
              "s3:a",
              "s3:b"
            ],
            "Resource": [
              "a",
              "b"
            ]
          },
          {
            "Resource": 1e400
          }
        ]
      },
      "name": "z"
    }
  ],
  "instanceProfiles": null,
  "maxSessionDuration": 7200,
  "name": "app",
  "path": "/x/",
  "trust": {
    "Statement": {
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {
          "k": [
            "10",
            "2"
          ]
        }
      },
      "Effect": "Allow",
      "Principal": {
        "AWS": "*",
        "Service": [
          "a",
          "b"
        ]
      },
      "X": [
        "b",
        "a"
      ]
    },
    "Version": "2012-10-17"
  }
}
`,
		"policies/aws/p.json": `{
  "arn": "arn:aws:iam::aws:policy/p",
  "defaultVersion": "v2",
  "document": "a%20b%FF",
  "name": "p",
  "path": "/"
}
`,
		"users/u.json":  "{\n  \"arn\": \"arn:aws:iam::123456789012:user/u\",\n  \"groups\": [\n    \"g\"\n  ],\n  \"name\": \"u\",\n  \"path\": \"/\"\n}\n",
		"groups/g.json": "{\n  \"arn\": \"arn:aws:iam::123456789012:group/g\",\n  \"name\": \"g\",\n  \"path\": \"/\"\n}\n",
	}
	if d := cmp.Diff(want, tree(t, dir)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	for path := range want {
		if info, err := os.Stat(filepath.Join(dir, path)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v; want 0600", path, info.Mode(), err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "roles")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("roles: mode %v, %v; want 0700", info.Mode(), err)
	}
	if a.Roles[0].Inline[0].Name != "z" {
		t.Error("Write changed the order of the caller's own account")
	}
}

func TestOnlyWhatChangedIsWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "dev")
	if d := cmp.Diff(Stats{Added: 4}, write(t, dir, account("a", "b", "c"))); d != "" {
		t.Errorf("first: -want +got\n%s", d)
	}
	old := time.Unix(1_000_000_000, 0)
	for path := range tree(t, dir) {
		if err := os.Chtimes(filepath.Join(dir, path), old, old); err != nil {
			t.Fatal(err)
		}
	}
	before, _ := os.Stat(dir)
	if d := cmp.Diff(Stats{Unchanged: 4}, write(t, dir, account("a", "b", "c"))); d != "" {
		t.Errorf("the same: -want +got\n%s", d)
	}
	if d := cmp.Diff(Stats{Unchanged: 2, Changed: 1, Added: 1, Removed: 1}, write(t, dir, account("b", "c=other", "d"))); d != "" {
		t.Errorf("another: -want +got\n%s", d)
	}
	var written []string
	for path := range tree(t, dir) {
		info, _ := os.Stat(filepath.Join(dir, path))
		if !info.ModTime().Equal(old) {
			written = append(written, path)
		}
	}
	if len(written) != 2 {
		t.Errorf("written were %v, want the changed and the new role", written)
	}
	if d := cmp.Diff(account("b", "c=other", "d"), read(t, dir)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if after, _ := os.Stat(dir); !os.SameFile(before, after) {
		t.Error("the folder itself was replaced: a shell in it would see nothing")
	}
	write(t, dir, account())
	if d := cmp.Diff(1, len(tree(t, dir))); d != "" {
		t.Errorf("files of an empty account: -want +got\n%s", d)
	}
	if _, err := os.Stat(filepath.Join(dir, "roles")); err == nil {
		t.Error("an empty folder stayed")
	}
}

func TestStrangersStay(t *testing.T) {
	dir := t.TempDir()
	keep := map[string]string{".git/config": "g", ".gitkeep": "", "README.md": "r"}
	for path, content := range keep {
		put(t, filepath.Join(dir, path), content)
	}
	write(t, dir, account("a", "b"))
	more := map[string]string{"roles/.gitkeep": "", "roles/NOTES.txt": "n", "docs/x.json": "{}", "iam.json": "{}", "users/._x.json": "mac"}
	for path, content := range more {
		put(t, filepath.Join(dir, path), content)
		keep[path] = content
	}
	write(t, dir, account("c"))
	write(t, dir, account())
	got := tree(t, dir)
	delete(got, "account.json")
	if d := cmp.Diff(keep, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if d := cmp.Diff(account(), read(t, dir)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

func TestWriteRefuses(t *testing.T) {
	good := `{"format":"iamctl-snapshot","version":1,"id":"","partition":""}`
	for _, tt := range []struct {
		files  map[string]string
		want   string
		is     error
		reason string
	}{
		{map[string]string{"thesis.doc": "x"}, `holds "thesis.doc"`, ErrNoSnapshot, "somebody's folder"},
		{map[string]string{".bashrc": "x", ".profile": "x"}, `holds ".bashrc"`, ErrNoSnapshot, "a home with hidden files only"},
		{map[string]string{"roles/a.json": "{}"}, "has no account.json", ErrNoSnapshot, "looks like one, but who knows"},
		{map[string]string{"account.json": `{"balance":3}`}, `of the format ""`, ErrNoSnapshot, "another program's account.json"},
		{map[string]string{"account.json": "[1]"}, "account.json:1:1", nil, "no object"},
		{map[string]string{"account.json": "<<<<<<< HEAD\n{}"}, "account.json:1:1", nil, "a merge conflict"},
		{map[string]string{"account.json": `{"format":"iamctl-snapshot","version":2}`}, "version 2", nil, "of a later iamctl"},
		{map[string]string{"account.json": good, "roles/sub/a.json": "{}"}, "roles/sub: a folder has no place here", nil, "a folder that Read would overlook"},
		{map[string]string{"account.json": good, "policies/p.json": "{}"}, "policies/p.json: a policy belongs into", nil, "a file that Read would overlook"},
	} {
		dir := filepath.Join(t.TempDir(), "d")
		for path, content := range tt.files {
			put(t, filepath.Join(dir, path), content)
		}
		_, err := Write(dir, account("a"))
		if err == nil || !strings.Contains(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) {
			t.Errorf("got %v, want %q: %s", err, tt.want, tt.reason)
		}
		if d := cmp.Diff(tt.files, tree(t, dir)); d != "" {
			t.Errorf("%s: the folder was touched: -want +got\n%s", tt.reason, d)
		}
	}
}

func TestWriteRefusesAccounts(t *testing.T) {
	sixVersions := account()
	sixVersions.Policies = []inventory.Policy{{Name: "a", ARN: "x", DefaultVersion: "v6", Others: []inventory.PolicyVersion{{ID: "v1"}, {ID: "v2"}, {ID: "v3"}, {ID: "v4"}, {ID: "v5"}}}}
	twoPolicies := account()
	twoPolicies.Policies = []inventory.Policy{{Name: "a", ARN: "x"}, {Name: "b", ARN: "x"}}
	for _, tt := range []struct {
		account      *inventory.Account
		want, reason string
	}{
		{account("App", "app"), `"App" and "app" have one name`, "IAM does not tell case"},
		{account(""), "a role has no name", "no name"},
		{twoPolicies, `"a" and "b" have one ARN`, "one ARN"},
		{sixVersions, "there are more versions than the 5 that IAM keeps of a policy", "six versions"},
	} {
		base := t.TempDir()
		_, err := Write(filepath.Join(base, "a", "b"), tt.account)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %q: %s", err, tt.want, tt.reason)
		}
		if entries, _ := os.ReadDir(base); len(entries) > 0 {
			t.Errorf("%s: something was left: %v", tt.reason, entries)
		}
	}
}

func TestWriteToAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	put(t, file, "x")
	for _, dir := range []string{file, filepath.Join(file, "dev")} {
		if _, err := Write(dir, account("a")); err == nil {
			t.Errorf("%s: no error", dir)
		}
	}
}

// A name that changes only its case is another file on one disk and the same
// on another.
func TestCaseOfANameChanges(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, account("App"))
	if d := cmp.Diff(Stats{Added: 1, Removed: 1, Unchanged: 1}, write(t, dir, account("app"))); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if d := cmp.Diff(account("app"), read(t, dir)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// What a pending write says to remove is of the snapshot: a stranger may have made
// it.
func TestForeignPending(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, account("a"))
	put(t, filepath.Join(filepath.Dir(dir), "kept"), "x")
	if err := os.Mkdir(filepath.Join(dir, pendingName), 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, pendingName, journalName), `{"remove":["roles/../../kept"]}`)
	if _, err := Write(dir, account("a")); err == nil || !strings.Contains(err.Error(), "is no file of a snapshot") {
		t.Errorf("got %v", err)
	}
}

// The steps of Write, stopped after each of them: the folder reads as the old
// or the new snapshot, at once or when it is completed, and the next Write makes it exactly what an undisturbed
// one does.
func TestStoppedAtEachStep(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: writing a snapshot as often as it has steps")
	}
	older := account("a", "b=1", "c", "App")
	newer := account("b=2", "c", "d", "app")
	newer.Users = []inventory.User{{Name: "u", ARN: "arn:aws:iam::123456789012:user/u", Path: "/"}}
	third := account("b=2", "e")
	fresh := filepath.Join(t.TempDir(), "fresh")
	write(t, fresh, third)
	wantFiles := tree(t, fresh)
	stop := errors.New("stopped")
	sawOld, sawNew := 0, 0
	for n := 0; ; n++ {
		dir := filepath.Join(t.TempDir(), "d")
		write(t, dir, older)
		entries, err := layout(sorted(newer))
		if err != nil {
			t.Fatal(err)
		}
		f, err := openFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		steps, last := 0, ""
		f.before = func(step string) error {
			if steps++; steps > n { // and so does every step after it
				last = stdcmp.Or(last, step)
				return stop
			}
			return nil
		}
		_, err = f.write(entries, &stager{folder: f, workers: 1})
		done := err == nil
		if !done && !errors.Is(err, stop) {
			t.Fatal(err)
		}
		f.close()
		at := dir
		if _, err := Read(t.Context(), dir); errors.Is(err, ErrPending) {
			at = filepath.Join(t.TempDir(), "completed")
			if err := os.CopyFS(at, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			complete(t, at)
		}
		got := read(t, at)
		switch {
		case cmp.Equal(got, sorted(older)):
			sawOld++
		case cmp.Equal(got, sorted(newer)):
			sawNew++
		default:
			t.Errorf("stopped before %q: neither old nor new\n%s", last, cmp.Diff(sorted(newer), got))
		}
		write(t, dir, third)
		if d := cmp.Diff(wantFiles, tree(t, dir)); d != "" {
			t.Errorf("stopped before %q: the next Write does not mend it: -want +got\n%s", last, d)
		}
		if done {
			break
		}
	}
	if sawOld < 3 || sawNew < 6 {
		t.Errorf("saw the old one %d times and the new one %d times: too few steps to show anything", sawOld, sawNew)
	}
}

func TestReaderWaitsForWriter(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, account("a"))
	lock, err := atomicfile.TryLock(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := Read(ctx, dir); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a reader beside a writer: %v, want %v", err, context.DeadlineExceeded)
	}
	time.AfterFunc(20*time.Millisecond, lock.Release)
	if d := cmp.Diff(account("a"), read(t, dir)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}
