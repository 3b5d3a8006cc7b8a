package escalation_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/verdict/escalation"
)

func TestSetsAreWhole(t *testing.T) {
	if n := len(escalation.All()); n != 104 {
		t.Errorf("%d sets, want 104", n)
	}
	for _, s := range escalation.All() {
		if !slices.IsSorted(s.Actions) {
			t.Errorf("%v: the actions are not sorted", s)
		}
		if slices.Contains(s.Actions, escalation.PassRole) != (len(s.PassedTo) > 0) {
			t.Errorf("%v: it passes a role if it says to which services, %v", s, s.PassedTo)
		}
		iam := !slices.ContainsFunc(s.Actions, func(a string) bool {
			service, _, _ := strings.Cut(a, ":")
			return service != "iam" && service != "sts" && service != "sso"
		})
		if !iam && len(s.PassedTo)+len(s.RunsAs) == 0 {
			t.Errorf("%v: it does not say which service has the role", s)
		}
	}
}

func TestMinimalSetsHaveNoOthersAsParts(t *testing.T) {
	for _, s := range escalation.Minimal() {
		for _, other := range escalation.All() {
			part := !slices.ContainsFunc(other.Actions, func(a string) bool { return !slices.Contains(s.Actions, a) })
			if part && len(other.Actions) < len(s.Actions) {
				t.Errorf("%v has %v as a part", s, other)
			}
		}
	}
}
