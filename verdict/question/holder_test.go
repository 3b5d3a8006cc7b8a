package question_test

import (
	"testing"

	"iamctl/verdict"
	"iamctl/verdict/question"
)

// TestHolder: nobody says whether documents are those of a role or of a user.
func TestHolder(t *testing.T) {
	const (
		home  = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:username}/*"}`
		homes = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/*"}`
		guard = `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Null":{"aws:username":"false"}}}`
		named = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/*","Condition":{"Null":{"aws:username":"true"}}}`
	)
	comparer := verdict.NewComparer(verdict.Options{})
	for _, tt := range []struct {
		old, new string
		want     verdict.Verdict
		reason   string
	}{
		{``, home, verdict.More, "a user has a name"},
		{homes, homes + "," + home, verdict.Equal, "what all have, some have"},
		{homes, homes + "," + guard, verdict.Less, "it is denied to users alone"},
		{named, homes, verdict.More, "it was allowed to roles alone"},
		{homes, home, verdict.Less, "a role had it too"},
	} {
		line := `{"type":"identity","old":{"Version":"2012-10-17","Statement":[` + tt.old + `]},"new":{"Version":"2012-10-17","Statement":[` + tt.new + `]}}`
		q, err := question.Parse([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		r, _, err := q.Compare(comparer)
		if err != nil || r.Verdict != tt.want {
			t.Errorf("%s: %v, %v, want %s", tt.reason, r, err, tt.want)
		}
	}
}
