package waiver_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"iamctl/internal/driftkind"
	"iamctl/waiver"
)

func plain(name, path string) waiver.Role {
	return waiver.Role{Name: name, OriginalName: name, Path: path, OriginalPath: path}
}

// countsAlone leaves out what is said of rules besides their counts.
var countsAlone = cmpopts.IgnoreFields(waiver.Status{}, "Roles", "Wide")

func TestJudge(t *testing.T) {
	app := waiver.Role{Name: "app-accountname", OriginalName: "App-dev", Path: "/", OriginalPath: "/"}
	appB := waiver.Role{Name: "app-accountname", OriginalName: "app-qa", Path: "/", OriginalPath: "/"}
	linked := plain("AWSServiceRoleForECS", "/aws-service-role/ecs.amazonaws.com/")
	moved := plain("AWSServiceRoleForECS", "/")
	byName := func(pattern string) *waiver.File {
		return &waiver.File{Ignore: []waiver.Rule{{Role: pattern, Reason: "r"}}}
	}
	byPath := func(pattern string) *waiver.File {
		return &waiver.File{Ignore: []waiver.Rule{{Path: pattern, Reason: "r"}}}
	}
	both := &waiver.File{Ignore: []waiver.Rule{{Role: "AWSServiceRoleFor*", Path: "/aws-service-role/*", Reason: "r"}}}
	waived := &waiver.File{Waivers: []waiver.Waiver{accepted(printA, "", january)}}
	for _, tt := range []struct {
		reason string
		file   *waiver.File
		today  waiver.Date
		print  string
		roles  []waiver.Role
		want   bool
		state  waiver.Status
	}{
		{"its fingerprint", waived, january, printA, []waiver.Role{app}, true, waiver.Status{State: waiver.StateUsed, Count: 1}},
		{"its fingerprint, whatever the role", waived, january, printA, nil, true, waiver.Status{State: waiver.StateUsed, Count: 1}},
		{"another fingerprint", waived, january, printB, []waiver.Role{app}, false, waiver.Status{State: waiver.StateUnmatched}},
		{"expired yesterday", waived, waiver.Date{Year: 2027, Month: 2, Day: 1}, printA, []waiver.Role{app}, false, waiver.Status{State: waiver.StateExpired, Count: 1}},
		{"expired and without a drift", waived, march, printB, nil, false, waiver.Status{State: waiver.StateExpired}},
		{"no day is known", waived, waiver.Date{}, printA, nil, false, waiver.Status{State: waiver.StateExpired, Count: 1}},

		{"the normalised name", byName("app-accountname"), january, printA, []waiver.Role{app, appB}, true, waiver.Status{State: waiver.StateUsed, Count: 1}},
		{"the original name in one account, in other letters", byName("APP-D?V"), january, printA, []waiver.Role{app, appB}, true, waiver.Status{State: waiver.StateUsed, Count: 1}},
		{"part of a name", byName("app"), january, printA, []waiver.Role{app, appB}, false, waiver.Status{State: waiver.StateUnmatched}},
		{"a question mark is one character", byName("app-q?a"), january, printA, []waiver.Role{appB}, false, waiver.Status{State: waiver.StateUnmatched}},
		{"a rule needs a role", byName("app*"), january, printA, nil, false, waiver.Status{State: waiver.StateUnmatched}},

		{"the path in both accounts", byPath("/aws-service-role/*"), january, printA, []waiver.Role{linked, linked}, true, waiver.Status{State: waiver.StateUsed, Count: 1}},
		{"a role that left the path is drift", byPath("/aws-service-role/*"), january, printA, []waiver.Role{linked, moved}, false, waiver.Status{State: waiver.StateUnmatched}},
		{"paths differ in letter case", byPath("/AWS-service-role/*"), january, printA, []waiver.Role{linked}, false, waiver.Status{State: waiver.StateUnmatched}},
		{"name and path", both, january, printA, []waiver.Role{linked}, true, waiver.Status{State: waiver.StateUsed, Count: 1}},
		{"the name of a service-linked role elsewhere", both, january, printA, []waiver.Role{moved}, false, waiver.Status{State: waiver.StateUnmatched}},
		{"a name that is none of a service-linked role", both, january, printA, []waiver.Role{plain("app", "/aws-service-role/x/")}, false, waiver.Status{State: waiver.StateUnmatched}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			j := tt.file.Judge(tt.today)
			index, ok := j.Drift(tt.print, driftkind.Item, tt.roles...)
			if ok != tt.want || ok && index != 0 || !ok && index != -1 {
				t.Errorf("Drift = %d, %v, want %v", index, ok, tt.want)
			}
			if diff := cmp.Diff([]waiver.Status{tt.state}, j.States(), countsAlone); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestJudgeTakesTheFirstThatCounts(t *testing.T) {
	f := &waiver.File{
		Waivers: []waiver.Waiver{accepted(printA, "", january), accepted(printB, "", march)},
		Ignore: []waiver.Rule{
			{Role: "app*", Reason: "r", Expires: january},
			{Role: "app1", Reason: "r"},
			{Role: "other", Reason: "r"},
		},
	}
	j := f.Judge(march)
	for _, tt := range []struct {
		reason, print, role string
		want                int
	}{
		{"its waiver and the first rule have expired", printA, "app1", 3},
		{"its waiver counts, rules or not", printB, "app1", 1},
		{"the rule that is left has expired", strings.Repeat("0", 32), "app2", -1},
		{"the same role again", strings.Repeat("1", 32), "app2", -1},
	} {
		if got, _ := j.Drift(tt.print, driftkind.Item, plain(tt.role, "/")); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.reason, got, tt.want)
		}
	}
	want := []waiver.Status{
		{State: waiver.StateExpired, Count: 1},
		{State: waiver.StateUsed, Count: 1},
		{State: waiver.StateExpired, Count: 4},
		{State: waiver.StateUsed, Count: 2},
		{State: waiver.StateUnmatched},
	}
	if diff := cmp.Diff(want, j.States(), countsAlone); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if states := (*waiver.File)(nil).Judge(march).States(); len(states) != 0 {
		t.Errorf("no file, and %v", states)
	}
}

// glob returns a pattern as a regular expression.
func glob(pattern string, fold bool) *regexp.Regexp {
	text := regexp.QuoteMeta(pattern)
	text = strings.ReplaceAll(strings.ReplaceAll(text, `\*`, ".*"), `\?`, ".")
	flags := "(?s)"
	if fold {
		flags = "(?si)"
	}
	return regexp.MustCompile(flags + "^" + text + "$")
}

// TestJudgeLaws holds judging against the words of the rules: nothing is
// accepted but by its own fingerprint or by a matching rule, nothing by what
// has expired, and every entry is accounted for.
func TestJudgeLaws(t *testing.T) {
	name := rapid.StringMatching(`[abxAB]{0,4}`)
	path := rapid.SampledFrom([]string{"/", "/x/", "/x/y/", "/y/"})
	rapid.Check(t, func(t *rapid.T) {
		f := files().Draw(t, "f")
		today := waiver.Date{Year: 2027, Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: 15}
		j := f.Judge(today)
		counts := make([]int, len(f.Waivers)+len(f.Ignore))
		for range rapid.IntRange(0, 10).Draw(t, "drifts") {
			kind := rapid.SampledFrom([]string{driftkind.Item, driftkind.Tag}).Draw(t, "kind")
			print := fmt.Sprintf("%032x", rapid.IntRange(0, 12).Draw(t, "print"))
			var roles []waiver.Role
			for range rapid.IntRange(0, 2).Draw(t, "sides") {
				roles = append(roles, waiver.Role{
					Name: name.Draw(t, "name"), OriginalName: name.Draw(t, "original"),
					Path: path.Draw(t, "path"), OriginalPath: path.Draw(t, "original path"),
				})
			}
			want := -1
			count := func(i int, expires waiver.Date) {
				counts[i]++
				if want < 0 && (expires.IsZero() || expires.Compare(today) >= 0) {
					want = i
				}
			}
			for i, w := range f.Waivers {
				if w.Fingerprint == print {
					count(i, w.Expires)
				}
			}
			for i, r := range f.Ignore {
				named, everywhere := false, len(roles) > 0
				for _, role := range roles {
					re := glob(r.Role, true)
					named = named || re.MatchString(role.Name) || re.MatchString(role.OriginalName)
					re = glob(r.Path, false)
					everywhere = everywhere && (r.Path == "" || re.MatchString(role.Path) || re.MatchString(role.OriginalPath))
				}
				if named && everywhere && (len(r.Kinds) == 0 || slices.Contains(r.Kinds, kind)) {
					count(len(f.Waivers)+i, r.Expires)
				}
			}
			if got, ok := j.Drift(print, kind, roles...); got != want || ok != (want >= 0) {
				t.Fatalf("the drift %s of %+v is accepted by %d, want %d", print, roles, got, want)
			}
		}
		for i, s := range j.States() {
			expires := waiver.Date{}
			if i < len(f.Waivers) {
				expires = f.Waivers[i].Expires
			} else {
				expires = f.Ignore[i-len(f.Waivers)].Expires
			}
			want := waiver.Status{State: waiver.StateUsed, Count: counts[i]}
			switch {
			case !expires.IsZero() && expires.Compare(today) < 0:
				want.State = waiver.StateExpired
			case counts[i] == 0:
				want.State = waiver.StateUnmatched
			}
			if s.State != want.State || s.Count != want.Count {
				t.Fatalf("entry %d is %+v, want %+v", i, s, want)
			}
		}
	})
}

func TestPatternLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`[ab?*é]{1,8}`).Draw(t, "pattern")
		name := rapid.StringMatching(`[abABé]{1,8}`).Draw(t, "name")
		f := &waiver.File{Ignore: []waiver.Rule{{Role: pattern, Reason: "r"}}}
		_, got := f.Judge(january).Drift(printA, driftkind.Item, plain(name, "/"))
		if want := glob(pattern, true).MatchString(name); got != want {
			t.Fatalf("%q matches %q: %v", pattern, name, got)
		}
		// What every name matches is refused, and nothing else is.
		if universal := f.Check() != nil; universal != (strings.Trim(pattern, "*?") == "" && strings.Contains(pattern, "*") && strings.Count(pattern, "?") < 2) {
			t.Fatalf("%q is refused: %v", pattern, universal)
		}
	})
}

func BenchmarkJudge(b *testing.B) {
	f := &waiver.File{}
	for i := range 5_000 {
		f.Waivers = append(f.Waivers, accepted(fmt.Sprintf("%032x", i), "", january))
	}
	for i := range 20 {
		f.Ignore = append(f.Ignore, waiver.Rule{Role: fmt.Sprintf("*-%d-*", i), Path: "/x/*", Reason: "r"})
	}
	prints := make([]string, 10_000)
	for i := range prints {
		prints[i] = fmt.Sprintf("%032x", i)
	}
	b.ReportAllocs()
	for b.Loop() {
		j := f.Judge(january)
		for i, p := range prints {
			j.Drift(p, driftkind.Item, plain("app-"+prints[i/100], "/x/"))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(prints)), "ns/drift")
}
