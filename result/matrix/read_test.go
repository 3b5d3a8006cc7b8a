package matrix_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/result/matrix/matrixtest"
	"iamctl/verdict/severity"
)

func written(t testing.TB, m *matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReadBack: what is written is read as it was, and fits the schema.
func TestReadBack(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(matrix.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("matrix.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s := c.MustCompile("matrix.schema.json")
	for _, by := range []string{result.ByItems, result.ByMeaning} {
		m := matrixtest.Sample(by)
		// What digests are is of no matter here.
		for i := range m.Roles {
			for k := range m.Roles[i].Forms {
				if d := m.Roles[i].Forms[k].Difference; d != nil {
					d.Digest = strings.Repeat(d.Digest, 32)
				}
			}
		}
		text := written(t, m)
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s\n%v", text, err)
		}
		got, err := matrix.Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(m, got, cmpopts.IgnoreUnexported(matrix.Matrix{}), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("(-written +read):\n%s", d)
		}
		if again := written(t, got); again != text {
			t.Errorf("written twice:\n%s", cmp.Diff(text, again))
		}
	}
}

// TestReadFormer: a file of the version before says nothing of outliers, and can be read.
func TestReadFormer(t *testing.T) {
	got, err := matrix.Read(strings.NewReader(`{"format": "iamctl-matrix", "version": 1, "meta": {"iamctl": "dev"}, "accounts": [{"tag": "a", "source": "x", "roles": 1}, {"tag": "b", "source": "y", "roles": 1}],
		"drift": true, "incomplete": false, "exit_code": 1, "gaps": [], "roles": [{"role": "r", "forms": [{"accounts": [0]},
		{"accounts": [1], "difference": {"kind": "differs", "severity": "high", "verdict": "MORE", "what": "w"}}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if r := got.Ranked(); len(r) != 1 || got.Severity(r[0]) != severity.High || got.Counts.Outliers != 1 {
		t.Errorf("%+v", got)
	}
}

// TestReadFormerGaps: versions before called a run complete whose gaps hide nothing.
func TestReadFormerGaps(t *testing.T) {
	const text = `{"format": "iamctl-matrix", "version": 1, "accounts": [{"tag": "a"}], "incomplete": %v, "gaps": [{"account": "a", "blind": %v}], "roles": []}`
	for _, c := range []struct{ incomplete, blind, ok bool }{{false, false, true}, {true, false, true}, {true, true, true}, {false, true, false}} {
		if _, err := matrix.Read(strings.NewReader(fmt.Sprintf(text, c.incomplete, c.blind))); (err == nil) != c.ok {
			t.Errorf("incomplete %v, blind %v: %v", c.incomplete, c.blind, err)
		}
	}
}

// TestReadRefuses: each is wrong in one thing.
func TestReadRefuses(t *testing.T) {
	text := written(t, matrixtest.Sample(""))
	for _, c := range []struct{ reason, old, new, want string }{
		{"nothing", text, " \n", "the file is empty"},
		{"half of it", text[len(text)/2:], "", "the file is cut off: make it again"},
		{"another format", `"iamctl-matrix"`, `"iamctl"`, `its format is "iamctl", not "iamctl-matrix"`},
		{"another version", `"version": 1`, `"version": 2`, `has version "2" of its format, and this iamctl reads version 1`},
		{"no JSON", `"meta": {`, `"meta": '`, "line 4: not valid JSON"},
		{"another severity", `"severity": "critical",` + "\n            \"verdict\"", `"severity": "bad",` + "\n            \"verdict\"", `there is no severity "bad"`},
		{"another kind", `"kind": "extra"`, `"kind": "more"`, `there is no kind "more"`},
		{"another verdict", `"verdict": "LESS"`, `"verdict": "FEWER"`, `there is no verdict "FEWER"`},
		{"an account that is not there", "[\n            9\n          ]", "[\n            12\n          ]", "there is no account 12"},
		{"an account twice", "[\n            9\n          ]", "[\n            8\n          ]", "account 8 has two forms"},
		{"between accounts of other forms", `"kind": "differs",`, `"between": [0, 99], "kind": "differs",`, "between accounts 0 and 99"},
		{"a waiver that is not there", `"waiver": 0`, `"waiver": 3`, "there is no waiver 3"},
		{"another age", `"age": "new"`, `"age": "old"`, `there is no age "old"`},
		{"incomplete without a gap", `"incomplete": true`, `"incomplete": false`, "the gaps say otherwise"},
		{"a fingerprint", `"fingerprint": "`, `"fingerprint": "X`, "is no fingerprint"},
		{"fail on nothing", `"fail_on": "new,high"`, `"fail_on": "x"`, "meta.fail_on has"},
	} {
		if !strings.Contains(text, c.old) {
			t.Errorf("%s: %s is not there", c.reason, c.old)
		}
		_, err := matrix.Read(strings.NewReader(strings.Replace(text, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.reason, err, c.want)
		}
	}
}

// FuzzRead: no file makes the reader panic, and what it takes it writes.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"format": "iamctl-matrix", "version": 1, "accounts": [{}], "roles": [{"forms": [{"accounts": [0]}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if m, err := matrix.Read(bytes.NewReader(text)); err == nil {
			m.Ranked()
			for f := range m.Outliers() {
				m.Fails(&f)
			}
			written(t, m)
		}
	})
}

// TestJudge: which outliers fail a run, and by that its exit code.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		reason, failOn, by string
		news               bool
		want               result.ExitCode
		roles, outliers    int
	}{
		{"any", "", "", false, result.ExitDrift, 3, 5},
		{"bad enough", "high", "", false, result.ExitDrift, 3, 5},
		{"what AWS changed counts as high", "critical", "", false, result.ExitDrift, 3, 5},
		{"known", "new", "", false, result.ExitInSync, 3, 5},
		{"new", "new,high", "", true, result.ExitDrift, 3, 5},
		{"by meaning a tag is none", "", result.ByMeaning, false, result.ExitDrift, 2, 4},
	} {
		m := matrixtest.Sample(c.by)
		m.Meta.FailOn, m.Incomplete = c.failOn, false
		m.Judge(&matrix.Judgement{Since: "x", Of: func(string) (result.Mark, bool) { return result.Mark{Age: result.AgeKnown}, c.news }})
		if m.ExitCode != c.want || m.Counts.Roles != c.roles || m.Counts.Outliers != c.outliers {
			t.Errorf("%s: %d, %+v", c.reason, m.ExitCode, m.Counts)
		}
		fails := false
		for f := range m.Outliers() {
			fails = fails || m.Fails(&f)
		}
		if want := m.ExitCode == result.ExitDrift; fails != want {
			t.Errorf("%s: an outlier fails: %v, want %v", c.reason, fails, want)
		}
	}
}

// TestKeys: accounts of one id go by their tags.
func TestKeys(t *testing.T) {
	m := matrix.New(result.Meta{}, []matrix.Account{{ID: "1", Tag: "a"}, {ID: "1", Tag: "b"}, {ID: "2", Tag: "c"}, {Tag: "d"}}, nil, nil, nil)
	if d := cmp.Diff([]string{"a", "b", "2", "d"}, m.Keys()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
