package flatten

import (
	"maps"
	"reflect"
	"runtime"
	"testing"

	"iamctl/internal/sampleaccount"
	"iamctl/inventory"
	"iamctl/reference"
)

// TestSideBySideIsTheSame: on all cores documents become what they become one after another, and
// what is flattened ahead is what roles need.
func TestSideBySideIsTheSame(t *testing.T) {
	a := sampleaccount.New(sampleaccount.Options{Environment: "dev", ID: "123456789012", Roles: 3 * fewDocuments})
	a.Roles[7].Boundary = &inventory.PolicyRef{Name: "edge", ARN: "arn:aws:iam::123456789012:policy/edge"}
	a.Policies = append(a.Policies, inventory.Policy{Name: "edge", ARN: a.Roles[7].Boundary.ARN, Document: `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}`})
	var flats []*inventory.Flat
	for _, cores := range []int{1, 4} {
		before := runtime.GOMAXPROCS(cores)
		flats = append(flats, Account(a, reference.Embedded()))
		runtime.GOMAXPROCS(before)
	}
	if !reflect.DeepEqual(flats[0].Roles, flats[1].Roles) || !reflect.DeepEqual(flats[0].Gaps, flats[1].Gaps) {
		t.Error("differs")
	}

	s := NewShelf(reference.Embedded())
	every10th := func(r *inventory.Role) bool { return r.Name[len(r.Name)-5] == '7' }
	s.Roles(a, every10th)
	f := &flattener{account: a, managed: map[string]*inventory.Policy{}}
	for i := range a.Policies {
		f.managed[a.Policies[i].ARN] = &a.Policies[i]
	}
	got := map[shelved]*once{}
	for _, text := range f.texts(a, every10th) {
		got[shelved{text, a.Partition}] = s.done[shelved{text, a.Partition}]
	}
	if len(got) < fewDocuments/2 || !maps.Equal(got, s.done) {
		t.Errorf("%d documents ahead, %d needed", len(got), len(s.done))
	}
}
