package pack

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.String(), func(s string) string { return strings.Repeat(s, 5000) }))
		head := rapid.SliceOfN(rapid.String(), 1, 3).Draw(t, "head")
		entries := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Entry {
			return Entry{rapid.String().Draw(t, "name"), text.Draw(t, "text")}
		}), 0, 6).Draw(t, "entries")
		var first, second bytes.Buffer
		if err := Write(&first, head, entries); err != nil {
			t.Fatal(err)
		}
		if err := Write(&second, head, entries); err != nil || first.String() != second.String() {
			t.Fatalf("two writes differ, error %v", err)
		}
		table, err := Open(first.String())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(head, table.Head); diff != "" {
			t.Fatal(diff)
		}
		var got []Entry
		for i, name := range table.Names {
			text, err := table.Text(i)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, Entry{name, text})
		}
		if len(got) != len(entries) || len(entries) > 0 && !cmp.Equal(entries, got) {
			t.Fatalf("(-want +got)\n%s", cmp.Diff(entries, got))
		}
	})
}

// TestDamage changes single bytes: an error or other texts, never a crash.
func TestDamage(t *testing.T) {
	var packed bytes.Buffer
	entries := []Entry{{"a", strings.Repeat("some text, ", 100)}, {"b", "x"}, {"c", ""}}
	if err := Write(&packed, []string{"head"}, entries); err != nil {
		t.Fatal(err)
	}
	for n := range packed.Len() {
		if _, err := Open(packed.String()[:n]); err == nil {
			t.Errorf("cut to %d bytes it was opened", n)
		}
		for _, bit := range []byte{1, 0x80, 0xff} {
			damaged := bytes.Clone(packed.Bytes())
			damaged[n] ^= bit
			table, err := Open(string(damaged))
			if err != nil {
				continue
			}
			for i := range table.Names {
				_, _ = table.Text(i)
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	var packed bytes.Buffer
	if err := Write(&packed, []string{"head"}, []Entry{{"a", "text"}, {"b", ""}}); err != nil {
		f.Fatal(err)
	}
	f.Add(packed.String())
	f.Fuzz(func(t *testing.T, data string) {
		table, err := Open(data)
		if err != nil {
			return
		}
		for i := range table.Names {
			_, _ = table.Text(i)
		}
	})
}
