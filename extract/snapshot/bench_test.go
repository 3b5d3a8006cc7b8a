package snapshot

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"iamctl/inventory"
)

// large has roles of three policies each: one inline, one of their own, one
// of AWS's that all share.
func large(roles int) *inventory.Account {
	document := func(i int) inventory.Document {
		s := `{"Version":"2012-10-17","Statement":[`
		for j := range 5 {
			s += fmt.Sprintf(`{"Sid":"S%d","Effect":"Allow","Action":["s3:Get*","s3:List*","dynamodb:Query","dynamodb:GetItem","kms:Decrypt"],"Resource":["arn:aws:s3:::bucket-%d-%d","arn:aws:s3:::bucket-%d-%d/*"]},`, j, i, j, i, j)
		}
		return inventory.Document(s[:len(s)-1] + "]}")
	}
	a := &inventory.Account{ID: "123456789012", Partition: "aws"}
	shared := inventory.Policy{Name: "Shared", ARN: "arn:aws:iam::aws:policy/Shared", Path: "/", DefaultVersion: "v1", Document: document(0)}
	a.Policies = append(a.Policies, shared)
	for i := range roles {
		name := fmt.Sprintf("role-%05d", i)
		own := inventory.Policy{Name: name, ARN: "arn:aws:iam::123456789012:policy/" + name, Path: "/", DefaultVersion: "v1", Document: document(i)}
		a.Policies = append(a.Policies, own)
		a.Roles = append(a.Roles, inventory.Role{
			Name: name, ID: "AROA" + name, ARN: "arn:aws:iam::123456789012:role/" + name, Path: "/", Trust: trust,
			Inline:   []inventory.InlinePolicy{{Name: "inline", Document: document(i + 1)}},
			Attached: []inventory.PolicyRef{{Name: own.Name, ARN: own.ARN}, {Name: shared.Name, ARN: shared.ARN}},
		})
	}
	return a
}

func BenchmarkRead(b *testing.B) {
	for _, roles := range []int{500, 5000} {
		b.Run(fmt.Sprint(roles), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "s")
			if _, err := Write(dir, large(roles)); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(context.Background(), dir); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkWriteUnchanged(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "s")
	a := large(500)
	if _, err := Write(dir, a); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(dir, a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteNew(b *testing.B) {
	a := large(500)
	for i := 0; b.Loop(); i++ {
		if _, err := Write(filepath.Join(b.TempDir(), fmt.Sprint(i)), a); err != nil {
			b.Fatal(err)
		}
	}
}
