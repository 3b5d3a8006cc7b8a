package snapshot

import (
	"bytes"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// versioned has a policy with these versions, the last of them in force, which all say
// their id.
func versioned(ids ...string) *inventory.Account {
	a := account()
	document := func(id string) inventory.Document { return inventory.Document(`{"Id":"` + id + `"}`) }
	last := ids[len(ids)-1]
	p := inventory.Policy{
		Name: "team", ARN: "arn:aws:iam::123456789012:policy/team", Path: "/", Created: noon,
		DefaultVersion: last, Document: document(last), Others: []inventory.PolicyVersion{},
	}
	for _, id := range ids[:len(ids)-1] {
		p.Others = append(p.Others, inventory.PolicyVersion{ID: id, Created: noon, Document: document(id)})
	}
	a.Policies = []inventory.Policy{p}
	return a
}

// TestVersionFiles: the version in force is where it always was; of the others each has a
// file that comes, never changes and goes.
func TestVersionFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, versioned("v1", "v2", "v3"))
	files := tree(t, dir)
	delete(files, "account.json")
	want := map[string]string{
		"policies/customer/team.json": `{
  "arn": "arn:aws:iam::123456789012:policy/team",
  "created": "2026-01-31T12:00:00Z",
  "defaultVersion": "v3",
  "document": {
    "Id": "v3"
  },
  "name": "team",
  "otherVersions": [
    "v1",
    "v2"
  ],
  "path": "/"
}
`,
		"policies/versions/team@v1.json": `{
  "created": "2026-01-31T12:00:00Z",
  "document": {
    "Id": "v1"
  },
  "policy": "arn:aws:iam::123456789012:policy/team",
  "version": "v1"
}
`,
		"policies/versions/team@v2.json": `{
  "created": "2026-01-31T12:00:00Z",
  "document": {
    "Id": "v2"
  },
  "policy": "arn:aws:iam::123456789012:policy/team",
  "version": "v2"
}
`,
	}
	if d := cmp.Diff(want, files); d != "" {
		t.Fatalf("-want +got\n%s", d)
	}
	if d := cmp.Diff(Stats{Added: 1, Changed: 1, Removed: 1, Unchanged: 2}, write(t, dir, versioned("v2", "v3", "v4"))); d != "" {
		t.Errorf("a version comes, and the oldest goes: -want +got\n%s", d)
	}
	if d := cmp.Diff(Stats{Changed: 1, Removed: 2, Unchanged: 1}, write(t, dir, versioned("v4"))); d != "" {
		t.Errorf("the others go: -want +got\n%s", d)
	}
	if _, there := tree(t, dir)["policies/versions"]; there {
		t.Error("an empty folder stays")
	}
}

// TestLastUsedFile: it is a file of its own, which is gone when nobody asked for it.
func TestLastUsedFile(t *testing.T) {
	dir := t.TempDir()
	a := account("idle", "app")
	write(t, dir, a)
	plain := tree(t, dir)
	a.LastUsedDay = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	a.Roles[0].LastUsed, a.Roles[1].LastUsed = &inventory.LastUse{}, &inventory.LastUse{At: noon, Region: "eu-west-1"}
	if d := cmp.Diff(Stats{Added: 1, Unchanged: 3}, write(t, dir, a)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	const want = `{
  "day": "2026-02-01",
  "roles": [
    {
      "at": "2026-01-31T12:00:00Z",
      "name": "app",
      "region": "eu-west-1"
    },
    {
      "name": "idle"
    }
  ]
}
`
	if d := cmp.Diff(want, tree(t, dir)["last-used.json"]); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	a.Sort()
	if d := cmp.Diff(a, read(t, dir)); d != "" {
		t.Errorf("-written +read\n%s", d)
	}
	write(t, dir, account("idle", "app"))
	if d := cmp.Diff(plain, tree(t, dir)); d != "" {
		t.Errorf("-before +after\n%s", d)
	}
}

// TestVersionsAreNotShared: the account that was read before keeps what its versions said.
func TestVersionsAreNotShared(t *testing.T) {
	k := filesOf(t, versioned("v1", "v2"))
	var r Reader
	first, _, err := r.Read(t.Context(), k, "x")
	if err != nil {
		t.Fatal(err)
	}
	const file = "policies/versions/team@v1.json"
	k.MapFS[file] = &fstest.MapFile{Data: bytes.Replace(k.MapFS[file].Data, []byte(`"Id": "v1"`), []byte(`"Id": "other"`), 1)}
	second, delta, err := r.Read(t.Context(), k, "x")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := first.Policies[0].Others[0].Document, second.Policies[0].Others[0].Document; a != `{"Id":"v1"}` || b != `{"Id":"other"}` {
		t.Errorf("%s, then %s", a, b)
	}
	if d := cmp.Diff(Delta{Policies: []string{"arn:aws:iam::123456789012:policy/team"}}, delta); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}
