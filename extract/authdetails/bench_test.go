package authdetails

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"iamctl/inventory"
)

// large returns the output for an account of that many roles, about 10 kB each.
func large(roles int) string {
	var statements []string
	for i := range 12 {
		statements = append(statements, fmt.Sprintf(`{"Sid":"S%d","Effect":"Allow","Action":["s3:Get*","s3:List*","kms:Decrypt"],"Resource":["arn:aws:s3:::bucket-%d","arn:aws:s3:::bucket-%d/*"]}`, i, i, i))
	}
	document := inventory.Document(`{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`)
	a := &inventory.Account{}
	for i := range roles {
		name := fmt.Sprintf("role-%05d", i)
		a.Roles = append(a.Roles, inventory.Role{
			Name: name, ID: "AROA" + name, ARN: "arn:aws:iam::123456789012:role/" + name, Path: "/", Trust: document,
			Inline: []inventory.InlinePolicy{{Name: "a", Document: document}},
		})
	}
	return asObject.pages(a, 1)
}

func BenchmarkRead(b *testing.B) {
	content := large(2000)
	path := file(b, content)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), path); err != nil {
			b.Fatal(err)
		}
	}
}

// The memory for reading a file is that of the account, not of the file: old
// versions of AWS's policies, however many, cost nothing, nor do those of a policy that
// has more than IAM keeps.
func TestMemoryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: a file of 20 MB")
	}
	var b strings.Builder
	b.WriteString(`{"RoleDetailList":[],"Policies":[`)
	filler := strings.Repeat("x", 10_000)
	for i := range 500 {
		if i > 0 {
			b.WriteByte(',')
		}
		name := fmt.Sprintf("p%d", i)
		owner := "aws"
		if i == 0 {
			owner = "123456789012"
		}
		fmt.Fprintf(&b, `{"PolicyName":%q,"Path":"/","Arn":"arn:aws:iam::%s:policy/%s","PolicyVersionList":[`, name, owner, name)
		for v := 1; v <= 5 || i == 0 && v < 500; v++ {
			fmt.Fprintf(&b, `{"VersionId":"v%d","IsDefaultVersion":false,"Document":{"Sid":%q}},`, v, filler)
		}
		b.WriteString(`{"VersionId":"v999","IsDefaultVersion":true,"Document":{}}]}`)
	}
	b.WriteString(`]}`)
	path := file(t, b.String())
	if info, err := os.Stat(path); err != nil || info.Size() < 20_000_000 {
		t.Fatalf("the file is too small to show anything: %v, %v", info.Size(), err)
	}
	b.Reset()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	a, err := Read(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 4<<20 {
		t.Errorf("%d bytes are kept of a file of 30 MB in which almost everything is old", kept)
	}
	if got := after.Sys - before.Sys; got > 40<<20 {
		t.Errorf("reading took %d bytes from the system", got)
	}
	runtime.KeepAlive(a)
}
