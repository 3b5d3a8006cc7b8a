package flatten_test

import (
	"testing"

	"iamctl/extract/flatten"
	"iamctl/internal/sampleaccount"
	"iamctl/reference"
)

// BenchmarkAccount flattens 500 roles of some 1,200 items each.
//
//	go test -run '^$' -bench . ./extract/flatten
func BenchmarkAccount(b *testing.B) {
	a := sampleaccount.New(sampleaccount.Options{Environment: "dev", ID: "123456789012", Roles: 500})
	ref := reference.Embedded()
	b.ReportAllocs()
	for b.Loop() {
		flatten.Account(a, ref)
	}
}
