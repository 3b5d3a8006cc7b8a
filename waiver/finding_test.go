package waiver_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/waiver"
)

const withFindings = `{
  "version": 1,
  "waivers": [
    {
      "fingerprint": "ffffffffffffffffffffffffffffffff",
      "role": "app",
      "drift": "+ trust",
      "owner": "o",
      "reason": "r",
      "expires": "2027-01-31"
    },
    {
      "fingerprint": "0123456789abcdef0123456789abcdef",
      "rule": "IAM-057",
      "entity": "partner",
      "finding": "it lets in 555555555555",
      "account": "111111111111",
      "owner": "o",
      "reason": "r",
      "expires": "2027-01-31"
    }
  ],
  "ignore": [
    {
      "role": "a*",
      "reason": "r"
    },
    {
      "rule": ["IAM-071", "INLINE-POLICY"],
      "entity": "svc-*",
      "account": "111111111111",
      "reason": "r"
    },
    {
      "rule": "SUPPORT-ROLE",
      "reason": "r"
    }
  ]
}
`

// A rule that audits do not have is no rule that accepts nothing.
func TestRulesAreThere(t *testing.T) {
	ids := []string{"IAM-057", "INLINE-POLICY"}
	ignore := func(rule string) string {
		return `{"version": 1, "ignore": [{"rule": ` + rule + `, "reason": "r"}]}`
	}
	const waived = `{"version": 1, "waivers": [{"fingerprint": "0123456789abcdef0123456789abcdef", "rule": "IAM-75", "owner": "o", "reason": "r", "expires": "2027-01-31"}]}`
	for _, tt := range []struct {
		text, want, reason string
		ids                []string
	}{
		{ignore(`"iam-057"`), "", "in another letter case", ids},
		{ignore(`["IAM-057", "INLINE-POLICY"]`), "", "both of them", ids},
		{ignore(`["IAM-057", "INLINE-POLCY"]`), `audits have no rule "INLINE-POLCY": did you mean "INLINE-POLICY"?`, "misspelt", ids},
		{ignore(`"NOPE"`), `audits have no rule "NOPE": 'iamctl audit --list' has them`, "like none", ids},
		{ignore(`"NOPE"`), "", "nobody knows which there are", nil},
		{waived, `audits have no rule "IAM-75": did you mean "IAM-057"?`, "of a waiver", ids},
	} {
		_, err := waiver.Parse("w.json", []byte(tt.text), tt.ids...)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.reason, err, tt.want)
		}
	}
}

var ofAll = []string{"IAM-057", "IAM-071", "INLINE-POLICY", "SUPPORT-ROLE"}

func TestFindingsAreReadAndWritten(t *testing.T) {
	if diff := cmp.Diff(withFindings, string(parse(t, withFindings).Marshal())); diff != "" {
		t.Errorf("-read +written:\n%s", diff)
	}
	if got, ok := valid(compileSchema(t), []byte(withFindings)); !ok || !got {
		t.Error("the schema refuses it")
	}
}

// TestJudgeOfFindings: who accepts which finding.
func TestJudgeOfFindings(t *testing.T) {
	partner := waiver.Found{Fingerprint: printA, Rule: "IAM-057", Entity: "partner", Account: "111111111111"}
	service := waiver.Found{Fingerprint: printB, Rule: "iam-071", Entity: "SVC-mail", Account: "111111111111"}
	of := func(f waiver.Found, change func(*waiver.Found)) waiver.Found { change(&f); return f }
	for _, tt := range []struct {
		reason string
		today  waiver.Date
		found  waiver.Found
		want   int // the index of the entry, -1 for none
	}{
		{"its fingerprint", january, partner, 0},
		{"its waiver has expired", march, partner, -1},
		{"the fingerprint of a drift is no finding's", january, of(partner, func(f *waiver.Found) { f.Fingerprint = printB }), -1},
		{"a rule and a pattern, in other letters", march, service, 1},
		{"another rule of the list", march, of(service, func(f *waiver.Found) { f.Rule = "INLINE-POLICY" }), 1},
		{"a rule that is not in the list", march, of(service, func(f *waiver.Found) { f.Rule = "ADMIN" }), -1},
		{"another entity", march, of(service, func(f *waiver.Found) { f.Entity = "jane" }), -1},
		{"another account", march, of(service, func(f *waiver.Found) { f.Account = "222222222222" }), -1},
		{"a whole rule, in any account", march, waiver.Found{Fingerprint: printB, Rule: "SUPPORT-ROLE", Entity: "account", Account: "222222222222"}, 2},
	} {
		j := parse(t, withFindings).ForAudit([]string{"111111111111", "222222222222"}, ofAll).Judge(tt.today)
		got, ok := j.Finding(&tt.found)
		if got != tt.want || ok != (tt.want >= 0) {
			t.Errorf("%s: %d, %v, want %d", tt.reason, got, ok, tt.want)
		}
		if tt.want >= 0 && j.States()[got] != (waiver.Status{State: waiver.StateUsed, Count: 1}) {
			t.Errorf("%s: %+v", tt.reason, j.States()[got])
		}
	}
}

// TestEntriesOfAnAudit: what is for drift, for other accounts and for rules that are not
// asked has no say, and is not missed.
func TestEntriesOfAnAudit(t *testing.T) {
	f := parse(t, withFindings)
	for _, tt := range []struct {
		reason          string
		accounts, rules []string
		waivers, ignore int
	}{
		{"everything of the account", []string{"111111111111"}, ofAll, 1, 2},
		{"another account", []string{"222222222222"}, ofAll, 0, 1},
		{"one rule", []string{"111111111111"}, []string{"INLINE-POLICY"}, 0, 1},
	} {
		got := f.ForAudit(tt.accounts, tt.rules)
		if len(got.Waivers) != tt.waivers || len(got.Ignore) != tt.ignore {
			t.Errorf("%s: %d waivers and %d rules, want %d and %d", tt.reason, len(got.Waivers), len(got.Ignore), tt.waivers, tt.ignore)
		}
	}
	if got := f.For("dev", "qa"); len(got.Waivers) != 1 || len(got.Ignore) != 1 || got.Waivers[0].OfAudit() || got.Ignore[0].OfAudit() {
		t.Errorf("a comparison has %+v", got)
	}
	if got := (*waiver.File)(nil).ForAudit(nil, nil); len(got.Waivers)+len(got.Ignore) != 0 {
		t.Errorf("no file has %+v", got)
	}
}

// TestWideRulesOfAudits: a rule for a whole rule of audits is meant, one for entities that
// takes everything is told.
func TestWideRulesOfAudits(t *testing.T) {
	f := parse(t, rules(`"entity": "?*a*", "reason": "r"`))
	j := f.Judge(march)
	j.Finding(&waiver.Found{Rule: "ADMIN", Entity: "xax"})
	if got := j.States()[0].Wide; got != "it accepts all findings of this audit" {
		t.Errorf("it says %q", got)
	}
	j.Finding(&waiver.Found{Rule: "ADMIN", Entity: "xx"})
	if got := j.States()[0].Wide; got != "" {
		t.Errorf("it says %q of a rule that leaves something", got)
	}
}

// TestSuccessorOfAFinding: the one open finding of the same rule and entity.
func TestSuccessorOfAFinding(t *testing.T) {
	f := parse(t, withFindings).ForAudit([]string{"111111111111"}, ofAll)
	open := func(of ...waiver.Open) func(func(waiver.Open) bool) {
		return func(yield func(waiver.Open) bool) {
			for _, o := range of {
				if !yield(o) {
					return
				}
			}
		}
	}
	one := waiver.Open{Fingerprint: printB, Role: "partner", Text: func() string { return "IAM-057 111111111111" }}
	same := func(s string) string { return s }
	if got := f.Successors([]int{0}, open(one), same); got[0] != printB {
		t.Errorf("the successor is %q", got[0])
	}
	two := one
	two.Fingerprint = printA
	if got := f.Successors([]int{0}, open(one, two), same); len(got) != 0 {
		t.Errorf("of two, %v is the successor", got)
	}
}
