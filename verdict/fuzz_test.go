package verdict_test

import (
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
)

// FuzzCompare compares any two documents within a budget, as identity policies and
// as trust policies.
func FuzzCompare(f *testing.F) {
	for _, c := range identityCases {
		f.Add(version+c.old+"]}", version+c.new+"]}")
	}
	f.Add(`{"Statement":[{"Effect":"Allow","Principal":{"AWS":["*","111111111111"]},"Action":"sts:*","Condition":{"Null":{"a":["true","x"]}}}]}`,
		`{"Statement":[{"Effect":"Perhaps","NotPrincipal":"*","Action":["*"],"NotAction":[],"Resource":"arn:aws:s3:::${a}"}]}`)
	c := verdict.NewComparer(verdict.Options{Steps: 200_000})
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 4000 {
			return
		}
		old, _, err := policy.Parse(a)
		if err != nil {
			return
		}
		new, _, err := policy.Parse(b)
		if err != nil {
			return
		}
		checkResult(t, c.Identity(permissions(old), permissions(new)))
		checkResult(t, c.Trust(old, new))
		if same := c.Identity(permissions(old), permissions(old)); same.Verdict != verdict.Equal {
			t.Errorf("with itself %s (%s)", same.Verdict, same.Reason)
		}
		if same := c.Trust(old, old); same.Verdict != verdict.Equal {
			t.Errorf("with itself %s (%s)", same.Verdict, same.Reason)
		}
	})
}
