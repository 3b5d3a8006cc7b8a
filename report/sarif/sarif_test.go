package sarif

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gosarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"pgregory.net/rapid"

	"iamctl/diff"
	"iamctl/internal/visible"
	"iamctl/internal/visible/visibletest"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/result/resulttest"
)

// sarifOf is the log as bytes and as values.
func logOf(t interface {
	Helper()
	Fatal(...any)
}, r *result.Result, o Options,
) ([]byte, *logFile) {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	f := &logFile{}
	if err := json.Unmarshal(b.Bytes(), f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), f
}

type logFile struct {
	Runs []struct {
		Tool        tool
		Results     []logResult
		Invocations []invocation
	}
}

// checkSARIF validates a log against the schema of 2.1.0. The validator looks
// at what its own types kept of the log, so those must have kept all.
func checkSARIF(t *testing.T, log []byte) {
	t.Helper()
	report, err := gosarif.FromBytes(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := report.Validate(); err != nil {
		t.Errorf("%v\n%s", err, log)
	}
	again, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var ours, theirs any
	if err := json.Unmarshal(log, &ours); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(again, &theirs); err != nil {
		t.Fatal(err)
	}
	checkKept(t, "", ours, theirs)
}

// checkKept fails for every value of ours that theirs does not have.
func checkKept(t *testing.T, at string, ours, theirs any) {
	t.Helper()
	switch o := ours.(type) {
	case map[string]any:
		m, _ := theirs.(map[string]any)
		for k, v := range o {
			checkKept(t, at+"/"+k, v, m[k])
		}
	case []any:
		l, _ := theirs.([]any)
		if len(l) != len(o) {
			t.Errorf("%s: %d elements, the validator knows %d", at, len(o), len(l))
			return
		}
		for i := range o {
			checkKept(t, fmt.Sprintf("%s/%d", at, i), o[i], l[i])
		}
	default:
		if d := cmp.Diff(ours, theirs); d != "" && !(theirs == nil && (ours == false || ours == 0.0)) {
			t.Errorf("%s: the validator does not know it (-ours +theirs):\n%s", at, d)
		}
	}
}

// inFolder locates every role of an account of that side in a snapshot.
func inFolder(side int) Locate {
	return func(s int, role string) (string, int, bool) {
		if s != side {
			return "", 0, false
		}
		if role == "" {
			return "baseline/dev/account.json", 1, true
		}
		return "baseline/dev/roles/" + role + ".json", 1, true
	}
}

func TestSARIFGolden(t *testing.T) {
	resulttest.Golden(t, ".sarif", func(r *result.Result) string {
		log, _ := logOf(t, r, Options{Locate: inFolder(0)})
		return string(log)
	})
}

func TestSARIFFollowsTheSchema(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		r := resulttest.Reread(t, changes, marks)
		r.Meta.Time = "2026-11-21T21:00:00+01:00"
		for _, o := range []Options{{}, {Locate: inFolder(0)}, {Locate: inFolder(1)}, {OpenOnly: true}} {
			log, f := logOf(t, r, o)
			checkSARIF(t, log)
			checkRules(t, f)
		}
	}
	log, f := logOf(t, resulttest.Reread(t, resulttest.Empty(), nil), Options{})
	if f.Runs[0].Results == nil || !bytes.Contains(log, []byte(`"results":[]`)) {
		t.Errorf("no results are not an empty list:\n%s", log)
	}
}

// checkRules holds results against what SARIF asks of all results of a run.
func checkRules(t *testing.T, f *logFile) {
	t.Helper()
	run := f.Runs[0]
	suppressed, aged := 0, 0
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s has the index of %s", r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
		}
		if r.Suppressions != nil {
			suppressed++
		}
		if r.BaselineState != "" {
			aged++
		}
	}
	if n := len(run.Results); suppressed != 0 && suppressed != n || aged != 0 && aged != n {
		t.Errorf("of %d results %d have suppressions and %d a baselineState: all must, or none", n, suppressed, aged)
	}
}

func TestSARIFMarks(t *testing.T) {
	c, m := resulttest.Marked()
	_, f := logOf(t, resulttest.Bare(c, m), Options{})
	type mark struct{ Rule, Level, State, Justification string }
	got := map[string]mark{}
	for _, r := range f.Runs[0].Results {
		k := mark{r.RuleID, r.Level, r.BaselineState, ""}
		for _, s := range *r.Suppressions {
			k.Justification = s.Kind + " " + s.Status + " " + s.Justification
		}
		got[r.PartialFingerprints["iamctlDrift/v1"]] = k
	}
	for _, w := range []struct {
		fingerprint string
		want        mark
		reason      string
	}{
		{m.Waivers[0].Fingerprint, mark{"foreign-name", "warning", "unchanged", "external accepted " + m.Waivers[0].Fingerprint +
			", until 2027-01-01, alice, OPS-1: owner tag is per account"}, "waived"},
		{resulttest.DriftOf(c, "only-in-dev", "role"), mark{"role-only-in-one", "warning", "new", "external accepted role only-in-*: =not shared"}, "waived by a rule"},
		{m.Waivers[2].Fingerprint, mark{"attribute-path", "warning", "unchanged", ""}, "the waiver has expired"},
		{resulttest.DriftOf(c, "app1", "shared"), mark{"item-inline-allow", "error", "new", ""}, "new"},
		{m.Fixed[0].Fingerprint, mark{"fixed", "none", "absent", ""}, "fixed"},
	} {
		if d := cmp.Diff(w.want, got[w.fingerprint]); d != "" {
			t.Errorf("%s (-want +got):\n%s", w.reason, d)
		}
	}
	all := len(f.Runs[0].Results)
	_, f = logOf(t, resulttest.Reread(t, c, m), Options{OpenOnly: true})
	if got := len(f.Runs[0].Results); got != all-2-2 {
		t.Errorf("%d results are open of %d, of which two are waived and two fixed", got, all)
	}
}

// TestSARIFEachDriftOnce: a result for each drift, with its fingerprint.
func TestSARIFEachDriftOnce(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		_, f := logOf(t, resulttest.Reread(t, changes, marks), Options{})
		got := map[string]int{}
		for _, r := range f.Runs[0].Results {
			if r.RuleID != ruleGap && r.RuleID != ruleMasked && r.RuleID != ruleFixed {
				got[r.PartialFingerprints["iamctlDrift/v1"]]++
			}
		}
		want := map[string]int{}
		for d := range result.Drifts(changes) {
			want[d.Fingerprint]++
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-drifts +results):\n%s", c.Name, d)
		}
	}
}

func TestSARIFLevels(t *testing.T) {
	item := func(kind, effect string) *result.Columns { return &result.Columns{PolicyType: kind, Effect: effect} }
	for _, c := range []struct {
		side        int
		item        *result.Columns
		rule, level string
		reason      string
	}{
		{1, item("inline", "Allow"), "item-inline-allow", "error", "B allows more"},
		{0, item("inline", "Allow"), "item-inline-allow", "warning", "B allows less"},
		{0, item("managed", "Deny"), "item-managed-deny", "error", "B no longer denies"},
		{1, item("managed", "Deny"), "item-managed-deny", "warning", "B denies more"},
		{1, item("trust", "Allow"), "item-trust-allow", "error", "B trusts more"},
		{1, item("boundary", "Allow"), "item-boundary-allow", "error", "B's limit is wider"},
		{0, item("boundary", "Audit"), "item-boundary-other", "error", "an effect that nobody knows"},
		{0, item("session", "Allow"), "item-other-other", "warning", "a type that nobody knows"},
	} {
		if rule, level := itemRuleID(c.item), itemLevel(c.side, c.item); rule != c.rule || level != c.level {
			t.Errorf("%s: %s, %s; want %s, %s", c.reason, rule, level, c.rule, c.level)
		}
	}
	for _, c := range []struct {
		attribute   result.Attribute
		rule, level string
		reason      string
	}{
		{result.Attribute{Kind: "boundary", A: result.Value{Has: true}}, "attribute-boundary", "error", "B has lost its boundary"},
		{result.Attribute{Kind: "boundary", B: result.Value{Has: true}}, "attribute-boundary", "warning", "B has got a boundary"},
		{result.Attribute{Kind: "tag"}, "attribute-tag", "warning", "a tag may decide what a condition says"},
		{result.Attribute{Kind: "description"}, "attribute-description", "note", "no permission"},
		{result.Attribute{Kind: "colour"}, "attribute-other", "warning", "a kind to come"},
	} {
		if rule, level := attributeRuleID(&c.attribute), attributeLevel(&c.attribute); rule != c.rule || level != c.level {
			t.Errorf("%s: %s, %s; want %s, %s", c.reason, rule, level, c.rule, c.level)
		}
	}
	for _, k := range normalize.Kinds() {
		if !hasRule("attribute-" + string(k)) {
			t.Errorf("no rule for %s", k)
		}
	}
}

// TestSARIFSaysGaps: what could not be compared fails the run and is a result.
func TestSARIFSaysGaps(t *testing.T) {
	_, f := logOf(t, resulttest.Reread(t, resulttest.Sample(), nil), Options{Locate: inFolder(0)})
	i := f.Runs[0].Invocations[0]
	if i.ExecutionSuccessful || i.ExitCode != 3 || len(i.Notifications) != 2 || i.Notifications[0].Level != "warning" || i.Notifications[1].Level != "error" {
		t.Errorf("invocation: %+v", i)
	}
	gaps := 0
	for _, r := range f.Runs[0].Results {
		if r.RuleID == ruleGap {
			gaps++
			if r.Locations[0].Physical == nil {
				t.Errorf("a gap in no file: %+v", r)
			}
		}
	}
	if gaps != 2 {
		t.Errorf("%d gaps are results", gaps)
	}
	_, f = logOf(t, resulttest.Reread(t, resulttest.Empty(), nil), Options{})
	if i := f.Runs[0].Invocations[0]; !i.ExecutionSuccessful || i.ExitCode != 0 {
		t.Errorf("in sync: %+v", i)
	}
}

// TestSARIFTakesNoMoreThanCodeScanning: errors first, and the rest is counted.
func TestSARIFTakesNoMoreThanCodeScanning(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: needs more than 25,000 results")
	}
	c := resulttest.Many(30, 900, 10)
	for i := range c.Common {
		p := &c.Common[i]
		p.Attributes = []diff.AttributeChange{{Kind: normalize.KindDescription, B: diff.AttributeValue{Has: true, Value: "x"}}}
	}
	var b bytes.Buffer
	if err := Write(&b, resulttest.Bare(c, nil), Options{}); err != nil {
		t.Fatal(err)
	}
	var f struct {
		Runs []struct {
			Results     []struct{ Level string }
			Invocations []invocation
		}
	}
	if err := json.Unmarshal(b.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	run := f.Runs[0]
	levels := map[string]int{}
	for _, r := range run.Results {
		levels[r.Level]++
	}
	if len(run.Results) != resultLimit || levels["error"] != resultLimit {
		t.Errorf("%d results, %v: 27,010 errors come first", len(run.Results), levels)
	}
	want := "2050 results are left out"
	if n := run.Invocations[0].Notifications; len(n) != 1 || !strings.HasPrefix(n[0].Message.Text, want) {
		t.Errorf("%+v, want %q", n, want)
	}
}

var placeholder = regexp.MustCompile(`(^|[^{])(\{\{)*\{[^{]`)

// TestSARIFHostileLaw: no message has a link, a placeholder or anything that
// a screen acts upon.
func TestSARIFHostileLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := resulttest.AnyChanges(t)
		c.Common[0].Attributes[0].B.Value += rapid.SampledFrom(append(resulttest.HostileMarkdown, "{0}", "{{0}}", "}{", "[a](1)", "[[a](1)](2)")).Draw(t, "hostile")
		var file bytes.Buffer
		if err := resulttest.Result(c, m).Write(&file); err != nil {
			t.Fatal(err)
		}
		r, err := result.Read(&file)
		if err != nil {
			t.Fatal(err)
		}
		_, f := logOf(t, r, Options{Locate: inFolder(0)})
		for _, res := range f.Runs[0].Results {
			checkSARIFText(t, res.Message.Text)
		}
		for _, n := range f.Runs[0].Invocations[0].Notifications {
			checkSARIFText(t, n.Message.Text)
		}
	})
}

func checkSARIFText(t interface{ Errorf(string, ...any) }, s string) {
	bare := strings.ReplaceAll(strings.ReplaceAll(s, "{{", ""), "}}", "")
	if strings.Contains(s, "](") || strings.ContainsAny(bare, "{}") {
		t.Errorf("a link or a placeholder in %q", s)
	}
	if visible.Escape(s) != s && !strings.Contains(s, `\u{`) && !strings.Contains(s, `\x{`) {
		t.Errorf("%q is not plain", s)
	}
}

func FuzzSARIFText(f *testing.F) {
	for _, s := range append(resulttest.HostileMarkdown, resulttest.Hostile...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := escape(s, 1<<20)
		visibletest.Check(t, got)
		if strings.Contains(got, "](") {
			t.Errorf("%q: a link in %q", s, got)
		}
		if placeholder.MatchString(got) {
			t.Errorf("%q: a placeholder in %q", s, got)
		}
		if back := strings.NewReplacer("{{", "{", "}}", "}").Replace(got); strings.ReplaceAll(back, `]\u{28}`, "](") != strings.ReplaceAll(visible.Escape(s), `]\u{28}`, "](") {
			t.Errorf("%q: %q is %q", s, got, back)
		}
	})
}

const roleText = `{
  "arn": "arn:aws:iam::123456789012:role/app1_dev",
  "attached": [
    {
      "arn": "arn:aws:iam::aws:policy/Reader",
      "name": "Reader"
    }
  ],
  "boundary": {
    "arn": "arn:aws:iam::123456789012:policy/Limit",
    "name": "Limit"
  },
  "description": "Reads",
  "inline": [
    {
      "document": {
        "Statement": [
          {
            "Action": [
              "s3:Get*",
              "s3:List*"
            ],
            "Effect": "Allow",
            "Resource": "arn:aws:s3:::app1-dev/shared/*"
          }
        ]
      },
      "name": "s3-dev"
    }
  ],
  "maxSessionDuration": 3600,
  "name": "app1_dev",
  "path": "/",
  "tags": [
    {
      "key": "team",
      "value": "team"
    }
  ],
  "trust": {
    "Statement": [
      {
        "Action": "sts:AssumeRole",
        "Effect": "Allow",
        "Principal": {
          "Service": "ec2.amazonaws.com"
        }
      }
    ]
  }
}
`

func TestRoleFileLines(t *testing.T) {
	f := newRoleFile([]byte(roleText))
	for _, c := range []struct {
		part   string
		texts  []string
		want   string // what is on the line, "" for no line
		reason string
	}{
		{"path", nil, `"path": "/"`, "an attribute"},
		{"maxSessionDuration", nil, `"maxSessionDuration"`, "a number"},
		{"boundary", []string{"s3:GetObject"}, `"boundary": {`, "the boundary"},
		{"inline s3-dev", []string{"s3:list*"}, `"s3:List*"`, "an action, in any letter case"},
		{"inline s3-dev", []string{"s3:PutObject", "arn:aws:s3:::app1-dev/shared/*"}, `"Resource"`, "no such action, but the resource"},
		{"inline s3-dev", []string{"s3:PutObject", ""}, `"name": "s3-dev"`, "neither: the policy"},
		{"inline other", []string{"s3:Get*"}, "", "no such policy"},
		{"attached Reader", nil, `"name": "Reader"`, "an attached policy"},
		{"tags team", nil, `"value": "team"`, "a tag"},
		{"trust", []string{"sts:AssumeRole"}, `"Action": "sts:AssumeRole"`, "trust"},
	} {
		n := f.line(c.part, c.texts...)
		if c.want == "" {
			if n != 0 {
				t.Errorf("%s: line %d", c.reason, n)
			}
			continue
		}
		if line := strings.Split(roleText, "\n")[max(n, 1)-1]; !strings.Contains(line, c.want) {
			t.Errorf("%s: line %d is %q, want %q", c.reason, n, line, c.want)
		}
	}
}

// FuzzRoleFile: whatever the file holds, a line is one of its lines.
func FuzzRoleFile(f *testing.F) {
	f.Add([]byte(roleText), "s3-dev", "s3:Get*")
	f.Add([]byte(`{"inline":[{"name":"\u0130"}]`), "\u0130", "\u0130")
	f.Fuzz(func(t *testing.T, text []byte, name, action string) {
		r := newRoleFile(text)
		for _, part := range []string{"inline " + name, "attached " + name, "tags " + name, "trust", name} {
			if n := r.line(part, action); n < 0 || n > 1+bytes.Count(text, []byte("\n")) {
				t.Errorf("line %d of %d", n, 1+bytes.Count(text, []byte("\n")))
			}
		}
	})
}

// TestSARIFPlaces: in the baseline's file where it has the role, on the line
// of what differs.
func TestSARIFPlaces(t *testing.T) {
	c := resulttest.Sample()
	c.A.Rewrites = []normalize.Rewrite{{Field: normalize.FieldPolicyName, Before: "s3-dev", After: "s3-accountname"}}
	r := resulttest.Reread(t, c, nil)
	source := func(uri string) []byte {
		if uri == "baseline/dev/roles/app1_dev.json" {
			return []byte(roleText)
		}
		return nil
	}
	place := func(o Options, role string) physical {
		_, f := logOf(t, r, o)
		for _, res := range f.Runs[0].Results {
			if strings.HasPrefix(res.Message.Text, role+": ") && res.Locations[0].Physical != nil {
				return *res.Locations[0].Physical
			}
		}
		return physical{}
	}
	at := func(uri string, line int) physical {
		return physical{artifact{uri, "%SRCROOT%"}, region{line}}
	}
	rooted := func(int, string) (string, int, bool) { return "/srv/base line/x.json", 0, true }
	gone := func(s int, role string) (string, int, bool) { return "b.json", 7, s == 1 }
	for _, w := range []struct {
		o      Options
		role   string
		want   physical
		reason string
	}{
		{Options{}, "app1_accountname", at("diff.json", 1), "no file is known"},
		{Options{Fallback: "d e.json"}, "only-in-dev", at("d%20e.json", 1), "no file is known but one that the run read"},
		{Options{Locate: func(int, string) (string, int, bool) { return "", 0, false }}, "only-in-dev", at("diff.json", 1), "the sources have no files"},
		{Options{Locate: inFolder(0)}, "app1_accountname", at("baseline/dev/roles/app1_dev.json", 1), "the file's first line"},
		{Options{Locate: inFolder(0), Source: source}, "app1_accountname", at("baseline/dev/roles/app1_dev.json", 28), "the policy by the name that it has there"},
		{Options{Locate: inFolder(0)}, "=cmd,@x", at("baseline/dev/roles/=cmd,@x.json", 1), "a name with signs"},
		{Options{Locate: rooted}, "app1_accountname", physical{artifact{"file:///srv/base%20line/x.json", ""}, region{1}}, "a path from the root"},
		{Options{Locate: gone}, "app1_accountname", at("b.json", 7), "only the other account has a file"},
		{Options{Locate: inFolder(1)}, "only-in-dev", at("baseline/dev/account.json", 1), "the role has no file: the account's"},
	} {
		if d := cmp.Diff(w.want, place(w.o, w.role)); d != "" {
			t.Errorf("%s (-want +got):\n%s", w.reason, d)
		}
	}
}

func TestSARIFPathsAreURIs(t *testing.T) {
	for _, c := range []struct{ path, want, reason string }{
		{"baseline/dev/roles/a b.json", "baseline/dev/roles/a%20b.json", "blank"},
		{"baseline/dev/roles/%25.json", "baseline/dev/roles/%2525.json", "percent"},
		{"git:x/y.json", "./git:x/y.json", "no scheme"},
		{"a#b?c", "a%23b%3Fc", "neither fragment nor query"},
		{"開発/ä.json", "%E9%96%8B%E7%99%BA/%C3%A4.json", "not ASCII"},
	} {
		p := newLocator(&result.Result{}, Options{Locate: func(int, string) (string, int, bool) { return c.path, 1, true }})
		if got := p.place(0, [2]string{"r", "r"}, nil).Artifact.URI; got != c.want {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

// TestSARIFAlwaysHasAPlace: code scanning refuses a log with a result that has no
// physical location, as those of two live accounts had none. Read by another
// program.
func TestSARIFAlwaysHasAPlace(t *testing.T) {
	nowhere := func(int, string) (string, int, bool) { return "", 0, false }
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		r := resulttest.Reread(t, changes, marks)
		for _, o := range []Options{{}, {Locate: nowhere}, {Locate: inFolder(0)}, {Locate: inFolder(1), OpenOnly: true}} {
			log, _ := logOf(t, r, o)
			report, err := gosarif.FromBytes(log)
			if err != nil {
				t.Fatal(err)
			}
			for _, res := range report.Runs[0].Results {
				if len(res.Locations) == 0 {
					t.Fatalf("%s: no location: %s", c.Name, *res.Message.Text)
				}
				for _, l := range res.Locations {
					p := l.PhysicalLocation
					if p == nil || p.ArtifactLocation == nil || p.ArtifactLocation.URI == nil || *p.ArtifactLocation.URI == "" ||
						p.Region == nil || p.Region.StartLine == nil || *p.Region.StartLine < 1 {
						t.Errorf("%s: no file and line: %s", c.Name, *res.Message.Text)
					}
				}
			}
		}
	}
}
