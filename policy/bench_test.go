package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/policy"
)

// typical is a policy of about 3 KB, as a deployment role has one.
var typical = func() string {
	var b strings.Builder
	b.WriteString(`{"Version": "2012-10-17", "Statement": [`)
	for i, service := range []string{"s3", "dynamodb", "sqs", "sns", "kms", "logs"} {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `  {"Sid": "Use%[1]s", "Effect": "Allow",
   "Action": ["%[1]s:Get*", "%[1]s:List*", "%[1]s:GetObject", "%[1]s:PutObject", "%[1]s:DescribeTable", "%[1]s:SendMessage", "%[1]s:Decrypt"],
   "Resource": ["arn:aws:%[1]s:eu-west-1:123456789012:app1-dev/*", "arn:aws:%[1]s:eu-west-1:123456789012:app1-dev", "arn:aws:%[1]s:*:123456789012:shared-*"],
   "Condition": {"StringEquals": {"aws:PrincipalTag/Team": ["red", "blue"]}, "Bool": {"aws:SecureTransport": true}}}`, service)
	}
	b.WriteString("]}")
	return b.String()
}()

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(typical)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := policy.Parse(typical); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseCanonical(b *testing.B) {
	b.SetBytes(int64(len(typical)))
	b.ReportAllocs()
	for b.Loop() {
		d, _, err := policy.Parse(typical)
		if err != nil {
			b.Fatal(err)
		}
		policy.Canonical(d, "aws")
	}
}

func BenchmarkString(b *testing.B) {
	d, _, err := policy.Parse(typical)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = d.String()
	}
}

func BenchmarkParse10MB(b *testing.B) {
	statement := typical[strings.Index(typical, "[")+1 : len(typical)-2]
	text := `{"Statement":[` + strings.Repeat(statement+",", 10<<20/len(statement)) + statement + "]}"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := policy.Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		policy.Match("arn:aws:s3:::*/shared/*.txt", "arn:aws:s3:::app1-dev/shared/a/b/c.txt")
	}
}

func BenchmarkIntersects(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		policy.Intersects("arn:aws:s3:::app1-dev/shared/*", "arn:*:s3:::*/*")
	}
}

func BenchmarkCovers(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		policy.Covers("s3:*Object*", "s3:Get*ObjectTagging")
	}
}
