package compare_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare"
	"iamctl/extract/snapshot"
	"iamctl/internal/hint"
	"iamctl/inventory"
	"iamctl/reference"
	"iamctl/result"
	"iamctl/waiver"
)

var today = waiver.Date{Year: 2026, Month: 11, Day: 26}

// sideIn writes an account as a snapshot folder.
func sideIn(t *testing.T, tag string, a *inventory.Account) compare.Side {
	t.Helper()
	dir := filepath.Join(t.TempDir(), tag)
	a.Sort()
	if _, err := snapshot.Write(dir, a); err != nil {
		t.Fatal(err)
	}
	s, err := compare.NewSide(dir, tag)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drifted are two accounts of which the second's role may delete objects.
func drifted(t *testing.T) [2]compare.Side {
	dev, qa := story("dev", devID), story("qa", qaID)
	qa.Roles[0].Inline[0].Document = replace(qa.Roles[0].Inline[0].Document, `"sqs:SendMessage"`, `"sqs:SendMessage","s3:DeleteObject"`)
	return [2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", qa)}
}

// options compare by the dictionary of the story.
func options(t *testing.T) compare.Options {
	t.Helper()
	path := filepath.Join(t.TempDir(), compare.DictionaryFile)
	if err := os.WriteFile(path, []byte(storyDictionary), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := compare.ReadDictionary(path)
	if err != nil {
		t.Fatal(err)
	}
	return compare.Options{
		Inputs: compare.Inputs{Dictionary: d, Reference: reference.Embedded(), Waivers: &compare.Waivers{}},
		Reader: &compare.Reader{}, Today: today, Version: "test",
		Warn: func(text string) { t.Logf("warning: %s", text) }, Note: func(text string) { t.Logf("note: %s", text) },
	}
}

func run(t *testing.T, sides [2]compare.Side, o compare.Options) *compare.Outcome {
	t.Helper()
	out, err := compare.Run(t.Context(), sides, o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// saved writes a result as a run's folder.
func saved(t *testing.T, r *result.Result) string {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, result.FileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// waiving accepts a drift until a day.
func waiving(fingerprint string, last waiver.Date) *compare.Waivers {
	return &compare.Waivers{Path: "waivers.json", File: &waiver.File{Waivers: []waiver.Waiver{{
		Fingerprint: fingerprint, Owner: "platform", Reason: "the migration", Expires: last,
	}}}}
}

// onlyDrift returns the one drift of a result.
func onlyDrift(t *testing.T, r *result.Result) result.Drift {
	t.Helper()
	var all []result.Drift
	for d := range r.Drifts() {
		all = append(all, d)
	}
	if len(all) != 1 {
		t.Fatalf("%d drifts", len(all))
	}
	return all[0]
}

// TestNews: what fails a run that is to fail on new drift alone.
func TestNews(t *testing.T) {
	sides := drifted(t)
	open := run(t, sides, options(t)).Result
	fingerprint := onlyDrift(t, open).Fingerprint
	yesterday, tomorrow := waiver.Date{Year: 2026, Month: 11, Day: 25}, waiver.Date{Year: 2026, Month: 11, Day: 27}
	waived := options(t)
	waived.Waivers = waiving(fingerprint, tomorrow)
	accepted := run(t, sides, waived).Result
	for _, tt := range []struct {
		before  *result.Result
		waivers *compare.Waivers
		news    bool
		want    result.ExitCode
		reason  string
	}{
		{open, &compare.Waivers{}, false, result.ExitInSync, "known drift"},
		{accepted, &compare.Waivers{}, true, result.ExitDrift, "drift that was waived then and is not now"},
		{open, waiving(fingerprint, yesterday), true, result.ExitDrift, "an expired waiver, though the drift was open then too"},
		{open, waiving(fingerprint, today), false, result.ExitInSync, "a waiver on its last day"},
		{open, waiving(strings.Repeat("0", 32), yesterday), false, result.ExitInSync, "an expired waiver of another drift"},
	} {
		o := options(t)
		o.Since, o.FailOn.New, o.Waivers = saved(t, tt.before), true, tt.waivers
		got := run(t, sides, o)
		if got.News != tt.news || got.Result.ExitCode != tt.want {
			t.Errorf("%s: news %v, exit code %d, want %v, %d", tt.reason, got.News, got.Result.ExitCode, tt.news, tt.want)
		}
	}
}

// TestSinceTheOtherWayRound: a run of the same accounts with the sides swapped
// has the same fingerprints, one of other tags has not.
func TestSinceTheOtherWayRound(t *testing.T) {
	sides := drifted(t)
	swapped := [2]compare.Side{sides[1], sides[0]}
	o := options(t)
	o.Since = saved(t, run(t, swapped, options(t)).Result)
	got := run(t, sides, o).Result
	if d := onlyDrift(t, got); d.Mark.Age != result.AgeKnown || d.Side != 1 {
		t.Errorf("the drift is %q and of side %d, want one that is known, of qa", d.Mark.Age, d.Side)
	}
	if len(got.Fixed) != 0 {
		t.Errorf("fixed: %+v", got.Fixed)
	}
	other := sides
	other[1].Tag = "prod"
	_, err := compare.Run(t.Context(), other, o)
	if err == nil || !strings.Contains(err.Error(), "that run compared qa with dev, not dev with prod") || hint.Of(err) == "" {
		t.Errorf("a run of other tags: %v", err)
	}
}

// TestNewsOfSeveral: known drift after new drift makes it no less new.
func TestNewsOfSeveral(t *testing.T) {
	sides := drifted(t)
	o := options(t)
	before := run(t, sides, o).Result
	qa := story("qa", qaID)
	qa.Roles[0].Path = "/moved/"
	qa.Roles[0].Inline[0].Document = replace(qa.Roles[0].Inline[0].Document, `"sqs:SendMessage"`, `"sqs:SendMessage","s3:DeleteObject"`)
	o.Since, o.FailOn.New = saved(t, before), true
	// The path comes before the items.
	if got := run(t, [2]compare.Side{sides[0], sideIn(t, "qa", qa)}, o); !got.News || got.Result.ExitCode != result.ExitDrift {
		t.Errorf("news %v, exit code %d", got.News, got.Result.ExitCode)
	}
}

// TestNothingIsFixedThatIsNotRead: of a role of which a part cannot be read
// nobody knows what is no more.
func TestNothingIsFixedThatIsNotRead(t *testing.T) {
	sides := drifted(t)
	o := options(t)
	o.Since = saved(t, run(t, sides, o).Result)
	qa := story("qa", qaID)
	qa.Roles[0].Inline[0].Document = "{"
	got := run(t, [2]compare.Side{sides[0], sideIn(t, "qa", qa)}, o).Result
	if len(got.Fixed) != 0 || got.ExitCode != result.ExitIncomplete {
		t.Errorf("exit code %d, fixed: %+v", got.ExitCode, got.Fixed)
	}
}

// TestNothingIsInSyncThatIsNotThere: an account without roles, of any source, is
// incomplete on either side, and nothing of an earlier run counts as fixed.
func TestNothingIsInSyncThatIsNotThere(t *testing.T) {
	o := options(t)
	full := drifted(t)
	o.Since = saved(t, run(t, full, o).Result)
	empty := story("qa", qaID)
	empty.Roles = nil
	dev := story("dev", devID)
	dev.Roles = nil
	for _, tt := range []struct {
		sides  [2]compare.Side
		gaps   int
		reason string
	}{
		{[2]compare.Side{full[0], sideIn(t, "qa", empty)}, 1, "on the second side"},
		{[2]compare.Side{sideIn(t, "dev", dev), full[1]}, 1, "on the first"},
		{[2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", empty)}, 2, "on both"},
	} {
		got := run(t, tt.sides, o).Result
		if got.ExitCode != result.ExitIncomplete || len(got.Gaps) != tt.gaps || len(got.Fixed) != 0 {
			t.Errorf("%s: exit code %d, gaps %v, fixed %v", tt.reason, got.ExitCode, got.Gaps, got.Fixed)
		}
	}
}

// TestOptionsLeftOut: nobody need hear of anything, and no waiver need be there.
func TestOptionsLeftOut(t *testing.T) {
	o := options(t)
	o.Waivers, o.Warn, o.Note = nil, nil, nil
	onlyDrift(t, run(t, drifted(t), o).Result)
}

// TestFixed: what the earlier run has and this one has not, with its side.
func TestFixed(t *testing.T) {
	sides := drifted(t)
	o := options(t)
	before := run(t, sides, o).Result
	o.Since = saved(t, before)
	mended := [2]compare.Side{sides[0], sideIn(t, "qa", story("qa", qaID))}
	got := run(t, mended, o).Result
	if len(got.Fixed) != 1 || got.Fixed[0].Side != "b" || got.Fixed[0].Fingerprint != onlyDrift(t, before).Fingerprint {
		t.Errorf("fixed: %+v", got.Fixed)
	}
	if got.ExitCode != result.ExitInSync {
		t.Errorf("exit code %d", got.ExitCode)
	}
}

// TestFixedAttribute: an attribute that both accounts had is of neither side.
func TestFixedAttribute(t *testing.T) {
	dev, qa := sideIn(t, "dev", story("dev", devID)), story("qa", qaID)
	qa.Roles[0].Path = "/moved/"
	o := options(t)
	o.Since = saved(t, run(t, [2]compare.Side{dev, sideIn(t, "qa", qa)}, o).Result)
	got := run(t, [2]compare.Side{dev, sideIn(t, "qa", story("qa", qaID))}, o).Result
	if len(got.Fixed) != 1 || got.Fixed[0].Side != "" {
		t.Errorf("fixed: %+v", got.Fixed)
	}
}

// TestInputsAreNamed: what decides the result is named, each file with its
// digest.
func TestInputsAreNamed(t *testing.T) {
	sides := drifted(t)
	before := saved(t, run(t, sides, options(t)).Result)
	o := options(t)
	o.Since = before
	path := filepath.Join(t.TempDir(), compare.WaiverFile)
	if err := os.WriteFile(path, []byte(`{"version": 1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if o.Waivers, err = compare.ReadWaivers(path, true); err != nil {
		t.Fatal(err)
	}
	got := run(t, sides, o).Result.Meta.Inputs
	want := []result.Input{
		{Kind: result.InputDictionary, Path: o.Dictionary.Name, SHA256: digestOf(t, o.Dictionary.Name)},
		{Kind: result.InputReference, Version: reference.Embedded().Version()},
		{Kind: result.InputWaivers, Path: path, SHA256: digestOf(t, path)},
		{Kind: result.InputSince, Path: filepath.Join(before, result.FileName), SHA256: digestOf(t, filepath.Join(before, result.FileName))},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func digestOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(data))
}
