package resulttest

import (
	"iamctl/equivalency"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
)

// rewriterFor knows the other account's id.
func rewriterFor(tag string) *normalize.Rewriter {
	ids := map[string]string{"dev": "111111111111", "qa": "222222222222"}
	other := map[string]string{"dev": "qa", "qa": "dev"}[tag]
	return rewrite.New(&equivalency.Rules{Foreign: []equivalency.Foreign{
		{Value: ids[other], Owner: other, Expected: ids[tag]},
	}})
}
