package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"iamctl/internal/atomicfile"
)

var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, dir string) *Ledger {
	t.Helper()
	l, err := Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func read(t testing.TB, dir string) *File {
	t.Helper()
	f, err := Read(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// killed ends a ledger as the end of its process does.
func (l *Ledger) killed() {
	if l.journal != nil {
		l.journal.Close()
	}
	l.hold.Release()
}

func names(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	check(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestLedger(t *testing.T) {
	dir := t.TempDir()
	if _, err := Read(context.Background(), dir); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("no ledger: %v", err)
	}
	l := open(t, dir)
	if _, err := Open(context.Background(), dir); !errors.Is(err, atomicfile.ErrLocked) {
		t.Errorf("a second run opens it: %v", err)
	}
	check(t, l.Begin(noon, []Entry{{Tag: "qa", Status: Pending}, {ID: "222222222222", Tag: "dev", Name: "Dev\u202e", Path: "Root/Dev", Status: Pending}}))
	if got := l.Unfinished(); !got.Equal(noon) {
		t.Errorf("unfinished since %v", got)
	}
	check(t, l.Put(Entry{ID: "111111111111", Tag: "QA", Source: "qa", Status: Failed, Reason: "denied\n\xff", When: noon.Add(time.Minute + time.Millisecond), Calls: 3}))
	check(t, l.End(noon.Add(time.Hour)))
	check(t, l.Close())
	want := &File{Begun: noon, Ended: noon.Add(time.Hour), Entries: []Entry{
		{ID: "111111111111", Tag: "QA", Source: "qa", Status: Failed, Reason: "denied\n\uFFFD", When: noon.Add(time.Minute), Calls: 3},
		{ID: "222222222222", Tag: "dev", Name: "Dev\u202e", Path: "Root/Dev", Status: Pending},
	}}
	if d := cmp.Diff(want, read(t, dir)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if got := read(t, dir).Entry("DEV"); got == nil || got.Title() != "222222222222 Dev\u202e (dev)" || !got.Hole() {
		t.Errorf("dev: %+v", got)
	}
	data, err := os.ReadFile(filepath.Join(dir, FileName))
	check(t, err)
	if strings.Contains(string(data), "\u202e") || strings.Count(string(data), "\n") != 4 {
		t.Errorf("a hidden character, or not a line each:\n%s", data)
	}
	if info, _ := os.Stat(filepath.Join(dir, FileName)); info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v", info.Mode())
	}
	if d := cmp.Diff([]string{FileName}, names(t, dir)); d != "" {
		t.Errorf("left: %s", d)
	}
	follows(t, data)
	l = open(t, dir)
	if !l.Unfinished().IsZero() {
		t.Error("the run has ended")
	}
	check(t, l.Begin(noon, nil))
	check(t, l.End(noon.Add(time.Hour)))
	check(t, l.Close())
	if again, _ := os.ReadFile(filepath.Join(dir, FileName)); string(again) != string(data) {
		t.Errorf("other bytes from the same:\n%s\n%s", data, again)
	}
}

func follows(t testing.TB, data []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(Schema())))
	check(t, err)
	c := jsonschema.NewCompiler()
	check(t, c.AddResource("ledger.schema.json", doc))
	s, err := c.Compile("ledger.schema.json")
	check(t, err)
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	check(t, err)
	check(t, s.Validate(v))
}

// What was put down is there after a kill at any moment, be its last line whole or not.
func TestKilledLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "ledger")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		n := rapid.IntRange(1, 60).Draw(t, "accounts")
		want := map[string]Entry{}
		for run := range rapid.IntRange(1, 3).Draw(t, "runs") {
			l, err := Open(context.Background(), dir)
			if err != nil {
				t.Fatal(err)
			}
			var all []Entry
			for i := range n {
				e, ok := l.Entry(fmt.Sprint("t", i))
				if !ok {
					e = Entry{Tag: fmt.Sprint("t", i), Status: Pending}
				}
				all, want[e.Tag] = append(all, e), e
			}
			if err := l.Begin(noon, all); err != nil {
				t.Fatal(err)
			}
			for k := range rapid.IntRange(0, min(n, 7)).Draw(t, "puts") {
				e := Entry{ID: fmt.Sprintf("%012d", k), Tag: fmt.Sprint("t", k), Status: OK, When: noon.Add(time.Duration(run) * time.Second), Calls: run}
				if want[e.Tag] = e; l.Put(e) != nil {
					t.Fatal("not put")
				}
			}
			if rapid.Bool().Draw(t, "closed") {
				if err := l.Close(); err != nil {
					t.Fatal(err)
				}
			} else {
				l.killed()
			}
			if path := filepath.Join(dir, journalName); rapid.Bool().Draw(t, "torn") {
				if f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0); err == nil {
					f.WriteString(`{"tag": "t0", "sta`)
					f.Close()
				}
			}
			got, err := Read(context.Background(), dir)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Entries) != n {
				t.Fatalf("%d entries, want %d", len(got.Entries), n)
			}
			for _, e := range got.Entries {
				if e != want[e.Tag] {
					t.Fatalf("got %+v, want %+v", e, want[e.Tag])
				}
			}
		}
	})
}

// The file is written a bounded number of times, however many accounts there are.
func TestFewWrites(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	defer l.Close()
	var all []Entry
	for i := range 1000 {
		all = append(all, Entry{Tag: fmt.Sprint("t", i), Status: Pending})
	}
	check(t, l.Begin(noon, all))
	last, writes := int64(0), 0
	for _, e := range all {
		e.Status = OK
		check(t, l.Put(e))
		info, err := os.Stat(filepath.Join(dir, FileName))
		check(t, err)
		if info.ModTime().UnixNano() != last {
			last = info.ModTime().UnixNano()
			writes++
		}
	}
	if writes > 20 {
		t.Errorf("written %d times", writes)
	}
}

func TestWrongFiles(t *testing.T) {
	const head = `{"format": "iamctl-fleet", "version": 1, "accounts": [` + "\n"
	for _, tt := range []struct{ text, want, reason string }{
		{head + `{"tag": "../etc", "status": "ok"}]}`, `accounts.json:2:1: bad source: the tag "../etc" holds '/'`, "a tag leads nowhere else"},
		{head + `{"tag": "..", "status": "ok"}]}`, `:2:1: bad source: the tag ".." names a folder`, "nor up"},
		{head + `{"status": "ok"}]}`, `:2:1: bad source: the tag "" is empty`, "an account without a folder"},
		{head + `{"tag": "a", "status": "ok"},` + "\n" + `{"tag": "A", "status": "ok"}]}`, `:3:1: the tag "A" is here twice`, "one folder on many machines"},
		{head + `{"tag": "a", "status": "fine"}]}`, `:2:1: there is no status "fine"`, "a status that nobody writes"},
		{head + `{"tag": "a", "status": "ok", "id": "12"}]}`, `:2:1: "12" is no id of an account`, "an id that is none"},
		{head + `{"tag": "a", "status": "ok", "when": "now"}]}`, `"now" is no time`, "a time that is none"},
		{head + `{"tag": "a", "status": "ok", "calls": -1}]}`, `:2:1: calls are -1`, "a number that is none"},
		{head + `{"tag": "a", "stats": "ok"}]}`, `:2:14: "/accounts/0/stats": this field is not known`, "a misspelt field"},
		{head + `{"tag": "a", "tag": "b"}]}`, `:2:14: "/accounts/0/tag": the field stands here twice`, "a field twice"},
		{head + `{"tag": `, `the JSON text ends too early`, "a file cut short"},
		{`{"accounts": []}`, "not the ledger of a fleet", "somebody's own file"},
		{`[1, 2]`, "not the ledger of a fleet", "no object"},
		{`hello`, "not the ledger of a fleet", "no JSON"},
		{"", "it is empty or broken", "an empty file"},
		{`null`, "it is empty or broken", "what a failed tool writes"},
		{`{ bad`, "it is empty or broken", "no JSON"},
		{`{"format": "iamctl-fleet", "version": 2}`, "version 2 is of a newer iamctl", "a later version"},
		{`{"format": "iamctl-fleet"}`, "there is no version 0", "no version"},
	} {
		dir := t.TempDir()
		check(t, os.WriteFile(filepath.Join(dir, FileName), []byte(tt.text), 0o600))
		if _, err := Read(context.Background(), dir); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.reason, err, tt.want)
		}
		if l, err := Open(context.Background(), dir); err == nil {
			t.Errorf("%s: opened", tt.reason)
			l.Close()
		}
		if got, _ := os.ReadFile(filepath.Join(dir, FileName)); string(got) != tt.text {
			t.Errorf("%s: the file has changed", tt.reason)
		}
		if d := cmp.Diff([]string{FileName}, names(t, dir)); d != "" {
			t.Errorf("%s: left: %s", tt.reason, d)
		}
	}
}

// What is somebody's own file is passed over, and what may have been the ledger is not.
func TestSomebodysOwn(t *testing.T) {
	for _, tt := range []struct {
		text, reason string
		want         bool
	}{
		{`{"accounts": []}`, "an object", true},
		{`[1, 2]`, "an array", true},
		{`{"a": 1, "a": 2}`, "a field twice", true},
		{"\n", "an empty file", false},
		{`null`, "null", false},
		{`{ bad`, "no JSON", false},
		{"hello", "no JSON either", false},
		{"\xef\xbb\xbf{}", "a byte order mark", false},
	} {
		if _, err := parse("accounts.json", []byte(tt.text)); errors.Is(err, ErrNoLedger) != tt.want {
			t.Errorf("%s: %v", tt.reason, err)
		}
	}
}

func TestWrongJournal(t *testing.T) {
	for _, tt := range []struct{ text, want, reason string }{
		{`{"tag": "a", "status": "ok"}` + "\n" + `{"tag": "a/b", "status": "ok"}` + "\n", `.iamctl-accounts.jsonl:2:1: bad source: the tag "a/b" holds '/'`, "a tag leads nowhere else"},
		{"nonsense\n{}\n", `.iamctl-accounts.jsonl:1:`, "no JSON in a whole line"},
	} {
		dir := t.TempDir()
		check(t, os.WriteFile(filepath.Join(dir, journalName), []byte(tt.text), 0o600))
		if _, err := Read(context.Background(), dir); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.reason, err, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"format": "iamctl-fleet", "version": 1, "accounts": [{"tag": "a", "status": "ok", "when": "2026-11-27T12:00:00Z"}]}`, `{"tag": "b", "status": "failed"}`+"\n")
	f.Fuzz(func(t *testing.T, file, journal string) {
		first, err := parse("file", []byte(file))
		if err != nil {
			return
		}
		l := &Ledger{begun: first.Begun, ended: first.Ended, table: tableOf(first)}
		news, _ := parseJournal("journal", []byte(journal))
		for _, e := range news {
			l.table.set(e)
		}
		var b bytes.Buffer
		check(t, l.write(&b))
		follows(t, b.Bytes())
		again, err := parse("again", b.Bytes())
		check(t, err)
		if d := cmp.Diff(l.table.sorted(), again.Entries, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("-before +after\n%s", d)
		}
	})
}
