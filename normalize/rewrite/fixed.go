package rewrite

import (
	"iamctl/equivalency"
	"iamctl/policy"
	"iamctl/reference"
)

// FixedIn is equivalency.FixedIn with the words of AWS's ARN formats. It knows them
// by the embedded reference: no file may say what a dictionary must leave alone.
func FixedIn(field Field, text string) equivalency.Fixed {
	f := equivalency.FixedIn(field, text)
	if f.Head == 0 {
		return f
	}
	if arn, ok := policy.ParseARN(text); ok {
		at := len(text) - len(arn.Resource)
		for _, w := range reference.Embedded().Words(arn) {
			f.Words = append(f.Words, equivalency.Span{From: at + w.From, To: at + w.To})
		}
	}
	return f
}
