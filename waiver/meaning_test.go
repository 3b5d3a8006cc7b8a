package waiver_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/waiver"
)

// bound is a file with a waiver that is bound to a meaning.
const bound = `{
  "version": 1,
  "waivers": [
    {
      "fingerprint": "0123456789abcdef0123456789abcdef",
      "role": "app1",
      "owner": "o",
      "reason": "r",
      "expires": "2027-03-31",
      "comparison": ["dev", "qa"],
      "meaning": {
        "scope": "identity",
        "accepted": [
          {
            "documents": [
              {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}
            ],
            "boundary": []
          },
          {
            "documents": []
          }
        ]
      }
    }
  ],
  "ignore": []
}
`

// meaningOf returns a file whose waiver is bound to a meaning.
func meaningOf(meaning string) string {
	return `{"version": 1, "waivers": [{"fingerprint": "` + printA + `", "owner": "o", "reason": "r", "expires": "2027-03-31", "comparison": ["dev", "qa"],
"meaning": ` + meaning + `}]}`
}

var badMeanings = []struct{ reason, meaning, want string }{
	{"no object", `"identity"`, `line 2, column 12: found the string "identity", but "meaning" is an object: 'iamctl waive --meaning' writes it`},
	{"no scope", `{}`, `the meaning has no "scope": it is "identity" or "trust"`},
	{"another scope", `{"scope": "boundary"}`, `line 2, column 22: found the string "boundary", but "scope" is "identity" or "trust"`},
	{"an unknown member", `{"scope": "trust", "accept": []}`, `a meaning has no "accept": did you mean "accepted"?`},
	{"one side alone", `{"scope": "trust", "accepted": [{}]}`, `"accepted" is a list of what both roles allowed`},
	{"no side", `{"scope": "trust", "accepted": [{}, 1]}`, `found the number 1, but what a role allowed is an object with "documents"`},
	{"an unknown member of a side", `{"scope": "trust", "accepted": [{}, {"document": []}]}`, `what a role allowed has no "document": did you mean "documents"?`},
	{"documents that are no list", `{"scope": "trust", "accepted": [{}, {"documents": {}}]}`, `found an object, but "documents" is a list of policy documents`},
	{"a document that is none", `{"scope": "trust", "accepted": [{}, {"documents": ["x"]}]}`, `found the string "x", which is no policy document: write the meaning anew`},
	{"a document with what nobody knows", `{"scope": "trust", "accepted": [{}, {"documents": [{"Statement": [{"Effect": "Allow", "Actoin": "*"}]}]}]}`, `the policy document is not right`},
	{"two trust policies", `{"scope": "trust", "accepted": [{}, {"documents": [{"Statement": []}, {"Statement": []}]}]}`, `a role has one trust policy`},
	{"a boundary of trust", `{"scope": "trust", "accepted": [{}, {"boundary": []}]}`, `a role has one trust policy and no boundary`},
	{"twice", `{"scope": "trust", "scope": "identity"}`, `"scope" stands here for the second time`},
}

func TestMeaningsAreReadAndWritten(t *testing.T) {
	f := parse(t, bound)
	if diff := cmp.Diff(bound, string(f.Marshal())); diff != "" {
		t.Errorf("-read +written:\n%s", diff)
	}
	m := f.Waivers[0].Meaning
	if m == nil || m.Scope != "identity" || len(m.Accepted[0].Documents) != 1 || m.Accepted[0].Boundary == nil || m.Accepted[1].Boundary != nil {
		t.Fatalf("%+v", m)
	}
	if got, ok := valid(compileSchema(t), []byte(bound)); !ok || !got {
		t.Error("the schema refuses it")
	}
}

func TestBadMeaningsAreRefused(t *testing.T) {
	for _, tt := range badMeanings {
		_, err := waiver.Parse("w.json", []byte(meaningOf(tt.meaning)))
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "w.json: line 2, column ") {
			t.Errorf("%s: %v\nwant %s", tt.reason, err, tt.want)
		}
	}
	_, err := waiver.Parse("w.json", []byte(strings.Replace(bound, `["dev", "qa"]`, `"dev"`, 1)))
	if err == nil || !strings.Contains(err.Error(), "comparison") {
		t.Errorf("without a comparison: %v", err)
	}
}

// TestMeaningsOfOthersAreChecked: what was not read from a file may hold anything.
func TestMeaningsOfOthersAreChecked(t *testing.T) {
	for reason, m := range map[string]waiver.Meaning{
		"no scope":       {},
		"no document":    {Scope: "identity", Accepted: [2]waiver.Permissions{{Documents: []string{`{}}, "x": {`}}}},
		"another's text": {Scope: "identity", Accepted: [2]waiver.Permissions{{}, {Boundary: []string{"true"}}}},
	} {
		w := accepted(printA, "app1", march)
		w.Meaning, w.Comparison = &m, waiver.Comparison{"dev", "qa"}
		if _, err := (*waiver.File)(nil).Add([]waiver.Waiver{w}); err == nil {
			t.Errorf("%s is taken", reason)
		}
	}
	w := accepted(printA, "app1", march)
	w.Meaning = &waiver.Meaning{Scope: "trust"}
	if _, err := (*waiver.File)(nil).Add([]waiver.Waiver{w}); err == nil || !strings.Contains(err.Error(), `has no "comparison"`) {
		t.Errorf("without a comparison: %v", err)
	}
}

// TestJudgeKeepsMeaningsApart: a waiver of a meaning accepts no drift by its fingerprint,
// and a waiver of a drift no meaning.
func TestJudgeKeepsMeaningsApart(t *testing.T) {
	meant := accepted(printA, "app1", march)
	meant.Meaning = &waiver.Meaning{Scope: "trust"}
	j := (&waiver.File{Waivers: []waiver.Waiver{meant, accepted(printB, "app1", march)}}).Judge(january)
	if i, ok := j.Drift(printA, "item"); ok {
		t.Errorf("the waiver %d accepts a drift", i)
	}
	if i, ok := j.Meaning(printB); ok || i != -1 {
		t.Errorf("the waiver %d accepts a meaning", i)
	}
	if i, ok := j.Meaning(printA); !ok || i != 0 || j.States()[0].Count != 1 || !j.Binds() {
		t.Errorf("%d, %v, %+v", i, ok, j.States())
	}
	if i, ok := (&waiver.File{Waivers: []waiver.Waiver{meant}}).Judge(waiver.Date{Year: 2028, Month: 1, Day: 1}).Meaning(printA); ok || i != 0 {
		t.Errorf("%d, %v, though it has expired", i, ok)
	}
}
