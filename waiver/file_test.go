package waiver_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/internal/driftkind"
	_ "iamctl/internal/raced"
	"iamctl/waiver"
)

var (
	january = waiver.Date{Year: 2027, Month: 1, Day: 31}
	march   = waiver.Date{Year: 2027, Month: 3, Day: 31}
)

func accepted(print, role string, expires waiver.Date) waiver.Waiver {
	return waiver.Waiver{Fingerprint: print, Role: role, Owner: "o", Reason: "r", Expires: expires}
}

func TestAddReplacesAndSorts(t *testing.T) {
	old := accepted(printA, "app1", january)
	old.Ticket, old.Comment = "OPS-1", []string{"by hand"}
	f := &waiver.File{
		Comment: []string{"ours"}, Waivers: []waiver.Waiver{old},
		Ignore: []waiver.Rule{{Role: "b*", Reason: "r"}, {Role: "a*", Reason: "r"}},
	}
	got, err := f.Add([]waiver.Waiver{accepted(printB, "App0", march), accepted(printA, "app1", march)})
	if err != nil {
		t.Fatal(err)
	}
	renewed := accepted(printA, "app1", march)
	renewed.Comment = []string{"by hand"}
	want := &waiver.File{
		Comment: []string{"ours"}, Waivers: []waiver.Waiver{accepted(printB, "App0", march), renewed},
		Ignore: []waiver.Rule{{Role: "b*", Reason: "r"}, {Role: "a*", Reason: "r"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if f.Waivers[0].Ticket != "OPS-1" || len(f.Waivers) != 1 {
		t.Error("the file itself was changed")
	}
}

func TestAddRefuses(t *testing.T) {
	_, err := (*waiver.File)(nil).Add([]waiver.Waiver{{Fingerprint: printA}, {Fingerprint: "x", Owner: "o", Reason: "r", Expires: waiver.Date{Year: 2027, Month: 2, Day: 30}}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`the waiver of ` + printA + ` has no "owner"`, `has no "reason"`, `has no "expires"`,
		`"x" is no fingerprint`, "2027-02-30 is no day of the calendar",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
	// What is no fingerprint names no waiver.
	if err := (&waiver.File{Waivers: []waiver.Waiver{{Fingerprint: "x"}}}).Check(); err == nil || !strings.Contains(err.Error(), `the waiver has no "owner"`) {
		t.Errorf("a waiver without a fingerprint: %v", err)
	}
	twice := &waiver.File{Waivers: []waiver.Waiver{accepted(printA, "a", january), accepted(printA, "b", january)}}
	if err := twice.Check(); err == nil || !strings.Contains(err.Error(), "for the second time: keep one") {
		t.Errorf("a drift waived twice: %v", err)
	}
}

// files are files of any content that checks.
func files() *rapid.Generator[*waiver.File] {
	text := rapid.OneOf(rapid.StringMatching(`[a-cA-C"\\é]{0,4}`), rapid.String())
	said := rapid.Custom(func(t *rapid.T) string { return "x" + text.Draw(t, "said") })
	date := rapid.Custom(func(t *rapid.T) waiver.Date {
		return waiver.Date{Year: rapid.IntRange(2025, 2028).Draw(t, "y"), Month: rapid.IntRange(1, 12).Draw(t, "m"), Day: rapid.IntRange(1, 28).Draw(t, "d")}
	})
	comment := rapid.SliceOfN(text, 0, 2)
	comparison := rapid.SampledFrom([]waiver.Comparison{{}, {"dev", "qa"}, {"qa", "\x1b"}})
	return rapid.Custom(func(t *rapid.T) *waiver.File {
		f := &waiver.File{Comment: comment.Draw(t, "comment")}
		for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 9), 0, 5, rapid.ID).Draw(t, "waivers") {
			f.Waivers = append(f.Waivers, waiver.Waiver{
				Fingerprint: fmt.Sprintf("%032x", n), Role: text.Draw(t, "role"), Drift: text.Draw(t, "drift"),
				Owner: said.Draw(t, "owner"), Reason: said.Draw(t, "reason"), Ticket: text.Draw(t, "ticket"),
				Expires: date.Draw(t, "expires"), Comment: comment.Draw(t, "comment"), Comparison: comparison.Draw(t, "comparison"),
			})
		}
		for range rapid.IntRange(0, 3).Draw(t, "rules") {
			f.Ignore = append(f.Ignore, waiver.Rule{
				Role:  rapid.SampledFrom([]string{"a*", "App?", "*b", "x", "*a*b*", "??*"}).Draw(t, "pattern"),
				Path:  rapid.SampledFrom([]string{"", "/", "/x/*", "*/y/"}).Draw(t, "path"),
				Kinds: rapid.SampledFrom([][]string{nil, nil, {driftkind.Item}, {driftkind.Tag, driftkind.Item}, {driftkind.Role}}).Draw(t, "kinds"), Reason: said.Draw(t, "reason"),
				Owner: text.Draw(t, "owner"), Ticket: text.Draw(t, "ticket"), Comment: comment.Draw(t, "comment"),
				Expires: rapid.OneOf(date, rapid.Just(waiver.Date{})).Draw(t, "expires"), Comparison: comparison.Draw(t, "comparison"),
			})
		}
		return f
	})
}

func TestMarshalAndParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := files().Draw(t, "f")
		if err := f.Check(); err != nil {
			t.Fatal(err)
		}
		got, err := waiver.Parse("w.json", f.Marshal())
		if err != nil {
			t.Fatalf("%s\n%v", f.Marshal(), err)
		}
		if string(got.Marshal()) != string(f.Marshal()) {
			t.Fatalf("written twice:\n%s\n%s", f.Marshal(), got.Marshal())
		}
		slices.Reverse(f.Waivers)
		if string(got.Marshal()) != string(f.Marshal()) {
			t.Fatalf("the order of the waivers shows:\n%s\n%s", f.Marshal(), got.Marshal())
		}
		// Adding what is there changes nothing, in any order.
		again, err := got.Add(f.Waivers)
		if err != nil || string(again.Marshal()) != string(f.Marshal()) {
			t.Fatalf("added to itself, %v:\n%s\n%s", err, f.Marshal(), again.Marshal())
		}
	})
}

func TestMarshalHidesNothing(t *testing.T) {
	w := accepted(printA, "a\u202eb", january)
	w.Drift = "x\x1b[2J\u0085"
	got := string((&waiver.File{Waivers: []waiver.Waiver{w}}).Marshal())
	for _, want := range []string{`"a\u202eb"`, `"x\u001b[2J\u0085"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in:\n%s", want, got)
		}
	}
}

func BenchmarkFile(b *testing.B) {
	f := &waiver.File{}
	for i := range 20_000 {
		w := accepted(fmt.Sprintf("%032x", i), fmt.Sprintf("role-%d", i/10), january)
		w.Drift = "inline Reader: Allow s3:GetObject on arn:aws:s3:::bucket/*"
		f.Waivers = append(f.Waivers, w)
	}
	text := f.Marshal()
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, err := waiver.Parse("w.json", text); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("add", func(b *testing.B) {
		for b.Loop() {
			if _, err := f.Add(f.Waivers); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("marshal", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			f.Marshal()
		}
	})
}
