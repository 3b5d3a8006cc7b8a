package sampleaccount

import (
	"strings"
	"testing"

	"iamctl/policy"
)

// The worst role is one that IAM would take.
func TestWorstIsLegal(t *testing.T) {
	for _, shape := range WorstShapes() {
		a := Worst(Options{Environment: "dev", ID: "111111111111"}, shape, false)
		for _, p := range a.Policies {
			check(t, shape, string(p.Document), managedSize)
		}
		for _, r := range a.Roles {
			check(t, shape, string(r.Trust), trustSize)
			for _, p := range r.Inline {
				check(t, shape, string(p.Document), inlineSize)
			}
			if len(r.Name) > 64 || len(r.Path) > 512 {
				t.Errorf("%s: a name of %d and a path of %d", shape, len(r.Name), len(r.Path))
			}
		}
	}
}

func check(t *testing.T, shape, document string, size int) {
	t.Helper()
	if _, problems, err := policy.Parse(document); err != nil || len(problems) > 0 {
		t.Errorf("%s: %v %v", shape, problems, err)
	}
	if n := len(strings.ReplaceAll(document, " ", "")); n > size {
		t.Errorf("%s: %d characters, and %d are legal", shape, n, size)
	}
}
