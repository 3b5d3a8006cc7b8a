package meaning_test

import (
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/meaning"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Where an account has several values for what the other has one for, a request that proves a
// difference has each of them where the documents have it: in one text, in two of a statement,
// around a wildcard, and in what is denied.
func TestSeveralValuesInOneText(t *testing.T) {
	const given = "arn:aws:s3:::team-red-logs/crimson/*"
	statement := func(effect, action, resource, condition string) string {
		return `{"Effect":"` + effect + `","Action":["` + action + `"],"Resource":"` + resource + `"` + condition + `}`
	}
	tagged := `,"Condition":{"StringEquals":{"s3:prefix":"crimson/team-red"}}`
	for _, tt := range []struct {
		reason   string
		dev, qa  string // of which the texts are dev's
		want     verdict.Verdict
		resource [2]string // of the first witness, by the side that allows it
	}{
		{
			"dev may do more", statement("Allow", `s3:PutObject","s3:GetObject`, given, ""), statement("Allow", "s3:PutObject", given, ""),
			verdict.Less,
			[2]string{"arn:aws:s3:::team-red-logs/crimson/"},
		},
		{
			"qa may do more", statement("Allow", "s3:PutObject", given, ""), statement("Allow", `s3:PutObject","s3:GetObject`, given, ""),
			verdict.More,
			[2]string{1: "arn:aws:s3:::team-blue-logs/team-blue/"},
		},
		{
			"wildcards between", statement("Allow", `s3:GetObject`, "arn:aws:s3:::team-red-logs/*/crimson/team-red?", ""), statement("Allow", `s3:GetObject`, "arn:aws:s3:::none", ""),
			verdict.Different,
			[2]string{"arn:aws:s3:::team-red-logs//crimson/team-red"},
		},
		{
			"in a condition", statement("Allow", `s3:ListBucket`, "arn:aws:s3:::team-red-logs", tagged), statement("Deny", "s3:*", "*", ""),
			verdict.Less,
			[2]string{"arn:aws:s3:::team-red-logs"},
		},
		{
			"denied to dev alone", statement("Allow", `s3:*`, given, "") + "," + statement("Deny", "s3:GetObject", "arn:aws:s3:::team-red-logs/crimson/secret", ""), statement("Allow", `s3:*`, given, ""),
			verdict.More,
			[2]string{1: "arn:aws:s3:::team-blue-logs/team-blue/secret"},
		},
		{
			"denied to dev alone, of everything", statement("Allow", `s3:*`, "*", "") + "," + statement("Deny", "s3:GetObject", given, ""), statement("Allow", `s3:*`, "*", ""),
			verdict.More,
			[2]string{1: "arn:aws:s3:::team-blue-logs/team-blue/"},
		},
		{
			"denied to qa alone", statement("Allow", `s3:*`, given, ""), statement("Allow", `s3:*`, given, "") + "," + statement("Deny", "s3:GetObject", given, ""),
			verdict.Less,
			[2]string{"arn:aws:s3:::team-red-logs/crimson/"},
		},
	} {
		inQA := strings.NewReplacer("team-red", "team-blue", "crimson", "team-blue").Replace(tt.qa)
		sides := [2]world{{identity: tt.dev}, {identity: inQA}}
		c := diff.Compare(normalized(t, words, 0, sides[0]), normalized(t, words, 1, sides[1]), diff.Options{})
		s := meaning.NewJudge(c, nil).Pair(&c.Common[0]).Identity
		if s.Verdict != tt.want || len(s.Witnesses) == 0 {
			t.Errorf("%s: %s (%s), want %s", tt.reason, s.Verdict, s.Reason, tt.want)
			continue
		}
		for i, w := range s.Witnesses {
			side := w.AllowedBy - 1
			if got := sides[side].permissions(t).Decide(&w.Request); got.Outcome != eval.Allowed {
				t.Errorf("%s: %+v is said to be allowed by %d, but it is %v", tt.reason, w.Request, w.AllowedBy, got.Outcome)
			}
			if want := tt.resource[side]; i == 0 && !strings.HasPrefix(w.Request.Resource, want) {
				t.Errorf("%s: %s, want %s", tt.reason, w.Request.Resource, want)
			}
		}
	}
}

// What stands for nothing in an account is no word of its documents in a request that is put to it.
func TestNothingInTheOther(t *testing.T) {
	dev, qa := world{identity: allow("s3:GetObject", "arn:aws:s3:::only-lake/*")}, world{identity: allow("s3:GetObject", "arn:aws:s3:::x-lake/*")}
	d := &equivalency.Dictionary{Entries: []equivalency.Entry{{Placeholder: "TEAM", Values: []equivalency.Value{{Account: "dev", Text: "only"}}}}}
	c := diff.Compare(normalized(t, d, 0, dev), normalized(t, d, 1, qa), diff.Options{})
	s := meaning.NewJudge(c, nil).Pair(&c.Common[0]).Identity
	if s.Verdict != verdict.Different {
		t.Errorf("%s (%s), want %s", s.Verdict, s.Reason, verdict.Different)
	}
}
