package question_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/question"
)

// TestKeysAreSpelled: the keys of a witness are as AWS writes them, the rest as the
// documents do, and the witness is one as it is spelled.
func TestKeysAreSpelled(t *testing.T) {
	for _, tt := range []struct{ condition, want, reason string }{
		{`"StringEquals":{"AWS:requestedregion":"eu-west-1"}`, "aws:RequestedRegion", "a key of all services"},
		{`"IpAddress":{"aws:sourceip":"10.0.0.0/8"}`, "aws:SourceIp", "an address"},
		{`"StringLike":{"S3:Prefix":"home/*"}`, "s3:prefix", "a service's key"},
		{`"StringEquals":{"aws:principaltag/Team":"red"}`, "aws:PrincipalTag/Team", "a tag, as the document has it"},
		{`"ForAnyValue:StringEquals":{"aws:TAGKEYS":["a"]}`, "aws:TagKeys", "a list"},
		{`"StringEquals":{"acme:Made":"up"}`, "acme:Made", "a key that nobody knows"},
		{`"StringEquals":{"aws:SourceVpc":"v","S3:PREFIX":"x"}`, "aws:SourceVpc s3:prefix", "two keys"},
	} {
		text := `{"old":[],"new":[{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":{` + tt.condition + `}}}]}`
		q, err := question.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		a := question.Ask(verdict.NewComparer(verdict.Options{}), &q)
		if len(a.Witnesses) != 1 {
			t.Errorf("%s: %+v", tt.reason, a)
			continue
		}
		w := &a.Witnesses[0]
		if got := strings.Join(slices.Sorted(maps.Keys(w.Context)), " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.reason, got, tt.want)
		}
		r := &eval.Request{Action: w.Action, Resource: w.Resource, Context: map[string][]string{}}
		for key, values := range w.Context {
			r.Context[key] = values
		}
		if d := (&eval.Permissions{Identity: q.New.Documents}).Decide(r); d.Outcome != eval.Allowed {
			t.Errorf("%s: %+v is %s", tt.reason, r, d.Outcome)
		}
		if r.Context = nil; (&eval.Permissions{Identity: q.New.Documents}).Decide(r).Outcome == eval.Allowed {
			t.Errorf("%s: the keys do not matter", tt.reason)
		}
		if data, err := json.Marshal(a); err != nil || !strings.Contains(string(data), strings.Fields(tt.want)[0]) {
			t.Errorf("%s: %s, %v", tt.reason, data, err)
		}
	}
}
