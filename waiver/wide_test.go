package waiver_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/driftkind"
	"iamctl/waiver"
)

// A rule that leaves little to report is said to, whatever its pattern looks like.
func TestWideRules(t *testing.T) {
	type role struct {
		name, path string
		drifts     int
	}
	on := func(path string, drifts ...int) (out []role) {
		for i, n := range drifts {
			out = append(out, role{fmt.Sprintf("app%d", i), path, n})
		}
		return out
	}
	for _, tt := range []struct {
		reason string
		rule   waiver.Rule
		roles  []role
		roleN  int
		want   string
	}{
		{"all drift, of a few roles", waiver.Rule{Path: "/x/"}, append(on("/x/", 2, 1), on("/", 0, 0, 0, 0)...), 2, "it accepts all drift of this comparison"},
		{"all drift, by a plain path", waiver.Rule{Path: "/"}, on("/", 1, 1), 2, "it accepts all drift of this comparison"},
		{"all drift, by a name", waiver.Rule{Role: "app?"}, on("/", 1, 1), 2, "it accepts all drift of this comparison"},
		{"most roles, but not all drift", waiver.Rule{Path: "/"}, append(on("/", 0, 0, 1), on("/x/", 1, 0)...), 1, "it matches 3 of 5 roles"},
		{"most roles, and no drift", waiver.Rule{Path: "/"}, on("/", 0, 0, 0), 0, "it matches 3 of 3 roles"},
		{"half of the roles", waiver.Rule{Path: "/"}, append(on("/", 0, 1), on("/x/", 1, 0)...), 1, ""},
		{"no drift at all, and few roles", waiver.Rule{Path: "/x/"}, append(on("/", 0, 0), on("/x/", 0)...), 0, ""},
		{"all drift, by its kind", waiver.Rule{Kinds: []string{driftkind.Item}}, on("/", 1, 0, 0), 1, "it accepts all drift of this comparison"},
		{"a kind of most roles", waiver.Rule{Kinds: []string{driftkind.Item}}, on("/", 1, 2, 1, 0, -1), 3, "it accepts drift of 3 of 5 roles"},
		{"a kind of some roles", waiver.Rule{Kinds: []string{driftkind.Tag}}, on("/", 1, -2, 0, 1), 1, ""},
		{"a kind that nothing has", waiver.Rule{Kinds: []string{driftkind.Role}}, on("/", 1, -2), 0, ""},
		{"what has expired accepts nothing", waiver.Rule{Path: "/", Expires: january}, on("/", 1, 1), 2, ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			tt.rule.Reason = "r"
			j := (&waiver.File{Ignore: []waiver.Rule{tt.rule}}).Judge(march)
			for _, r := range tt.roles {
				j.Role(plain(r.name, r.path))
			}
			for _, r := range tt.roles {
				for range r.drifts {
					j.Drift(printA, driftkind.Item, plain(r.name, r.path))
				}
				for range -r.drifts { // of another kind
					j.Drift(printA, driftkind.Tag, plain(r.name, r.path))
				}
			}
			got := j.States()[0]
			if got.Wide != tt.want || got.Roles != tt.roleN {
				t.Errorf("%+v, want %q and %d roles", got, tt.want, tt.roleN)
			}
		})
	}
}

// A rule by kind accepts drift of that kind alone, of the roles that it matches, and what
// is no role's if it names none.
func TestRulesByKind(t *testing.T) {
	app, other := plain("app", "/x/"), plain("other", "/")
	for _, tt := range []struct {
		reason string
		rule   waiver.Rule
		kind   string
		roles  []waiver.Role
		want   bool
	}{
		{"the kind", waiver.Rule{Kinds: []string{driftkind.Impossible}}, driftkind.Impossible, []waiver.Role{app, app}, true},
		{"one of the kinds", waiver.Rule{Kinds: []string{driftkind.Tag, driftkind.Item}}, driftkind.Item, []waiver.Role{app}, true},
		{"another kind", waiver.Rule{Kinds: []string{driftkind.Impossible}}, driftkind.Item, []waiver.Role{app}, false},
		{"the kind of a role by name", waiver.Rule{Role: "a*", Kinds: []string{driftkind.Item}}, driftkind.Item, []waiver.Role{app}, true},
		{"the kind of another role", waiver.Rule{Role: "a*", Kinds: []string{driftkind.Item}}, driftkind.Item, []waiver.Role{other}, false},
		{"another kind of that role", waiver.Rule{Role: "a*", Kinds: []string{driftkind.Item}}, driftkind.Tag, []waiver.Role{app}, false},
		{"the kind on a path, which the role left", waiver.Rule{Path: "/x/", Kinds: []string{driftkind.Path}}, driftkind.Path, []waiver.Role{app, plain("app", "/y/")}, false},
		{"every name", waiver.Rule{Role: "*", Kinds: []string{driftkind.Item}}, driftkind.Item, []waiver.Role{other}, true},
		{"what AWS changed", waiver.Rule{Kinds: []string{driftkind.AWSManaged}}, driftkind.AWSManaged, nil, true},
		{"what AWS changed, by another kind", waiver.Rule{Kinds: []string{driftkind.Item}}, driftkind.AWSManaged, nil, false},
		{"what AWS changed is no role's", waiver.Rule{Role: "a*"}, driftkind.AWSManaged, nil, false},
	} {
		tt.rule.Reason = "r"
		j := (&waiver.File{Ignore: []waiver.Rule{tt.rule}}).Judge(march)
		j.Drift(printA, driftkind.Boundary, plain("first", "/"))
		for range 2 {
			if _, ok := j.Drift(printB, tt.kind, tt.roles...); ok != tt.want {
				t.Errorf("%s: accepted %v", tt.reason, ok)
			}
		}
		want := 0
		if tt.want {
			want = min(1, len(tt.roles))
		}
		if got := j.States()[0].Roles; got != want {
			t.Errorf("%s: %d roles, want %d", tt.reason, got, want)
		}
	}
}

// What is for another comparison has no say in this one, and is not missed.
func TestEntriesOfAComparison(t *testing.T) {
	for _, tt := range []struct {
		comparison waiver.Comparison
		want       bool
		reason     string
	}{
		{waiver.Comparison{}, true, "for every comparison"},
		{waiver.Comparison{"dev", "qa"}, true, "for this one"},
		{waiver.Comparison{"qa", "dev"}, true, "for this one, the other way round"},
		{waiver.Comparison{"dev", "prod"}, false, "for another one of an account"},
		{waiver.Comparison{"Dev", "qa"}, false, "tags have letter case"},
	} {
		w := accepted(printA, "", march)
		w.Comparison = tt.comparison
		f := (&waiver.File{Waivers: []waiver.Waiver{w}, Ignore: []waiver.Rule{{Role: "a*", Reason: "r", Comparison: tt.comparison}}}).For("dev", "qa")
		if (len(f.Waivers) == 1) != tt.want || (len(f.Ignore) == 1) != tt.want {
			t.Errorf("%s: %+v", tt.reason, f)
		}
	}
	if f := (*waiver.File)(nil).For("dev", "qa"); len(f.Waivers)+len(f.Ignore) != 0 {
		t.Errorf("no file, and %+v", f)
	}
}

func TestSuccessors(t *testing.T) {
	written := func(role, drift string) waiver.Waiver {
		w := accepted(printA, role, march)
		w.Drift = drift
		return w
	}
	fold := func(s string) string { return s[:min(len(s), 3)] } // what comes after says nothing
	for _, tt := range []struct {
		reason  string
		waivers []waiver.Waiver
		open    [][3]string // fingerprint, role, text
		want    map[int]string
	}{
		{"the same words", []waiver.Waiver{written("app", "+ x")}, [][3]string{{printB, "app", "+ x"}}, map[int]string{0: printB}},
		{"as far as fold goes", []waiver.Waiver{written("app-dev", "+ x old")}, [][3]string{{printB, "app-1", "+ x new"}}, map[int]string{0: printB}},
		{"another role", []waiver.Waiver{written("app", "+ x")}, [][3]string{{printB, "other", "+ x"}}, map[int]string{}},
		{"other words", []waiver.Waiver{written("app", "+ x")}, [][3]string{{printB, "app", "- x"}}, map[int]string{}},
		{"two drifts of the words", []waiver.Waiver{written("app", "+ x")}, [][3]string{{printB, "app", "+ x1"}, {printA, "app", "+ x2"}}, map[int]string{}},
		{"one drift, twice", []waiver.Waiver{written("app", "+ x")}, [][3]string{{printB, "app", "+ x"}, {printB, "app", "+ x"}}, map[int]string{0: printB}},
		{"two waivers of the words", []waiver.Waiver{written("app", "+ x1"), written("app", "+ x2")}, [][3]string{{printB, "app", "+ x"}}, map[int]string{}},
		{"a waiver that says nothing", []waiver.Waiver{written("", "")}, [][3]string{{printB, "", ""}}, map[int]string{}},
	} {
		f := &waiver.File{Waivers: tt.waivers}
		var all []int
		for i := range f.Waivers {
			all = append(all, i)
		}
		got := f.Successors(all, func(yield func(waiver.Open) bool) {
			for _, o := range tt.open {
				if !yield(waiver.Open{Fingerprint: o[0], Role: o[1], Text: func() string { return o[2] }}) {
					return
				}
			}
		}, fold)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tt.reason, diff)
		}
		includes := func(w *waiver.Waiver) bool { return w.Role == "app" }
		whole := f.Successors(all, func(yield func(waiver.Open) bool) {
			yield(waiver.Open{Fingerprint: printB, Includes: includes})
		}, fold)
		for i := range f.Waivers {
			if got := whole[i] == printB; got != includes(&f.Waivers[i]) {
				t.Errorf("%s: waiver %d is of a drift that includes its own: %v", tt.reason, i, got)
			}
		}
		if none := f.Successors(nil, nil, fold); len(none) != 0 {
			t.Errorf("%s: waivers that fit have successors: %v", tt.reason, none)
		}
	}
}

// A waiver by a drift's former fingerprint accepts it, unless it has expired.
func TestFormerFingerprints(t *testing.T) {
	for _, tt := range []struct {
		expires waiver.Date
		print   string
		want    bool
		state   waiver.State
	}{
		{march, printA, true, waiver.StateUsed},
		{january, printA, false, waiver.StateExpired},
		{march, printB, false, waiver.StateUnmatched},
	} {
		j := (&waiver.File{Waivers: []waiver.Waiver{accepted(printA, "", tt.expires)}}).Judge(march)
		if _, ok := j.Former(tt.print); ok != tt.want {
			t.Errorf("expires %s, %s: accepted %v", tt.expires, tt.print, ok)
		}
		if got := j.States()[0].State; got != tt.state {
			t.Errorf("expires %s, %s: %s, want %s", tt.expires, tt.print, got, tt.state)
		}
	}
}
