package audited_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/verdict/severity"
)

// judged are the examples with a finding that is waived, one that is new and one that is
// worse.
func judged(t *testing.T) *audited.Audit {
	a := examples(t)
	n, first := len(a.Findings), 0
	j := &audited.Judgement{
		Marks: make([]result.Mark, n), Was: make([]severity.Level, n), News: make([]bool, n), Since: "last.json", Notes: []string{"a note"},
		Waivers: []result.Waiver{{Fingerprint: a.Findings[0].Fingerprint, Owner: "o", Reason: "r", Expires: "2027-01-31", State: result.WaiverUsed, Count: 1}},
		Gone:    []audited.Gone{audited.GoneOf(&a.Findings[1])},
	}
	for i := range j.Marks {
		j.Marks[i].Age = result.AgeKnown
	}
	j.Marks[0].Waiver, j.Marks[1].Age, j.Was[2] = &first, result.AgeNew, severity.None
	a.Judge(j)
	return a
}

// TestReadBack: what is written is read as it was, and fits the schema.
func TestReadBack(t *testing.T) {
	for reason, a := range map[string]*audited.Audit{"bare": examples(t), "judged": judged(t)} {
		text, err := check(t, compiled(t), a)
		if err != nil {
			t.Errorf("%s: %v", reason, err)
		}
		got, err := audited.Read(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", reason, err)
		}
		if d := cmp.Diff(a, got, cmpopts.IgnoreUnexported(audited.Finding{}), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s (-written +read):\n%s", reason, d)
		}
	}
}

// TestReadRefuses: each is wrong in one thing.
func TestReadRefuses(t *testing.T) {
	text, _ := check(t, compiled(t), judged(t))
	for _, c := range []struct{ reason, old, new, want string }{
		{"nothing", text, " \n", "the file is empty"},
		{"half of it", text[len(text)/2:], "", "the file is cut off: make it again"},
		{"another format", `"iamctl-audit"`, `"iamctl"`, `its format is "iamctl", not "iamctl-audit"`},
		{"another version", `"version": 1`, `"version": 2`, `has version "2" of its format, and this iamctl reads version 1`},
		{"no version", `"version": 1,`, ``, `has version "" of its format`},
		{"no JSON", `"meta": {`, `"meta": '`, "line 4: not valid JSON"},
		{"a text for a list", `"gaps": []`, `"gaps": "x"`, "/gaps: a value of another kind"},
		{"another severity", "\"severity\": \"medium\",\n      \"account\"", "\"severity\": \"bad\",\n      \"account\"", `there is no severity "bad"`},
		{"a count", `"counts": {`, `"counts": {"critical": 7,`, "counts has 7 findings of severity critical"},
		{"waived", `"waived": 1`, `"waived": 2`, "waived is 2, and 1 waived findings are listed"},
		{"a waiver that is not there", `"waiver": 0`, `"waiver": 1`, "there is no waiver 1"},
		{"incomplete without a gap", `"incomplete": false`, `"incomplete": true`, "there are 0 gaps"},
		{"a member twice", `"incomplete": false`, `"incomplete": false, "incomplete": false`, "duplicate"},
		{"a fingerprint", `"fingerprint": "`, `"fingerprint": "X`, "is no fingerprint"},
		{"another account", `"account": "123456789012"`, `"account": "123456789013"`, `the account "123456789013" was not audited`},
	} {
		if !strings.Contains(text, c.old) {
			t.Errorf("%s: %s is not there", c.reason, c.old)
		}
		_, err := audited.Read(strings.NewReader(strings.Replace(text, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.reason, err, c.want)
		}
	}
	// Members may be added.
	if _, err := audited.Read(strings.NewReader(strings.Replace(text, `"incomplete"`, `"later": 1, "incomplete"`, 1))); err != nil {
		t.Errorf("a member more: %v", err)
	}
}

// FuzzRead: no file makes the reader panic, and what it takes it writes.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"format": "iamctl-audit", "version": 1, "findings": [{"waiver": 3}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if a, err := audited.Read(bytes.NewReader(text)); err == nil {
			var b bytes.Buffer
			if err := a.Write(&b); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestFails: which findings fail a run, and by that its exit code.
func TestFails(t *testing.T) {
	for _, c := range []struct {
		reason, failOn string
		news           bool // of the worst finding
		waived         bool
		want           result.ExitCode
	}{
		{"bad enough", "medium", false, false, result.ExitDrift},
		{"not bad enough", "critical", false, false, result.ExitInSync},
		{"any", "any", false, false, result.ExitDrift},
		{"known, and new ones are to fail", "new", false, false, result.ExitInSync},
		{"new, and new ones are to fail", "new", true, false, result.ExitDrift},
		{"new, and not bad enough", "new,critical", true, false, result.ExitInSync},
		{"accepted", "any", true, true, result.ExitInSync},
	} {
		a := examples(t)
		a.Findings = a.Findings[:1]
		a.Meta.FailOn = c.failOn
		j := &audited.Judgement{Marks: make([]result.Mark, 1), Was: make([]severity.Level, 1), News: []bool{c.news}, Since: "x"}
		if c.waived {
			j.Marks[0].Waiver, j.Waivers = new(int), []result.Waiver{{Reason: "r", State: result.WaiverUsed, Count: 1}}
		}
		if a.Judge(j); a.ExitCode != c.want || a.Findings[0].Fails() != (c.want == result.ExitDrift) {
			t.Errorf("%s: %d, want %d", c.reason, a.ExitCode, c.want)
		}
	}
}
