package documents

import (
	"testing"

	"iamctl/result"
)

func TestDoubtfulRewrites(t *testing.T) {
	r := NewRewrites([]result.Rewrite{
		{Field: "arn", Before: "x", After: "one"},
		{Field: "arn", Before: "x", After: "other"},
		{Field: "arn", Before: "y", After: "z"},
		{Field: "condition", Before: `{"A":{"k":["a","b"]}}`, After: `{"A":{"k":["c","d"]}}`},
		{Field: "condition", Before: `{"A":{"k":["1","e"]}}`, After: `{"A":{"k":[1,"f"]}}`},
		{Field: "condition", Before: "no JSON", After: "neither"},
		{Field: "rolename", Before: "r", After: "s"},
	})
	for _, row := range []struct {
		reason     string
		field      field
		text, want string
	}{
		{"two ways of rewriting", fieldARN, "x", "x"},
		{"one way", fieldARN, "y", "z"},
		{"two values of a list changed: nobody knows which became which", fieldCondition, "a", "a"},
		{"a string became a number: that is a change too", fieldCondition, "e", "e"},
		{"a role's name is in no document", fieldARN, "r", "r"},
		{"an action is compared without its letter case", fieldAction, "S3:Get", "s3:get"},
		{"other text stays as it is", fieldOther, "y", "y"},
	} {
		if got := r.after(row.field, row.text); got != row.want {
			t.Errorf("%s: %q, want %q", row.reason, got, row.want)
		}
	}
}
