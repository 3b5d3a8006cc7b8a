package matrix_test

import (
	"slices"
	"testing"

	"iamctl/result"
	"iamctl/result/matrix"
)

// TestLabels: an account is called by its name only where its tag says nothing and the name
// is its own.
func TestLabels(t *testing.T) {
	m := matrix.New(result.Meta{}, []matrix.Account{
		{ID: "1", Tag: "1", Name: "payments"},
		{ID: "2", Tag: "2", Name: "twice"},
		{ID: "3", Tag: "3", Name: "twice"},
		{ID: "4", Tag: "chosen", Name: "other"},
		{ID: "5", Tag: "5"},
		{ID: "6", Tag: "6", Name: "chosen"},
	}, nil, nil, nil)
	if got, want := m.Labels(), []string{"payments", "2", "3", "chosen", "5", "6"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for key, want := range map[string]string{"1": "payments", "2": "2", "4": "chosen", "gone": "gone"} {
		if got := m.LabelOf(key); got != want {
			t.Errorf("%s is called %q, want %q", key, got, want)
		}
	}
}
