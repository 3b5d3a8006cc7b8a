package reference

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlaceholders(t *testing.T) {
	tests := []struct{ reason, in, want string }{
		{"every placeholder", "arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:*:s3:::*/*"},
		{"side by side", "arn:${Partition}:x:::${A}${B}", "arn:*:x:::**"},
		{"a star of AWS's own stays", "arn:${Partition}:artifact:::agreement/*", "arn:*:artifact:::agreement/*"},
		{"no dollar, as AWS writes one format", "arn:${Partition}:opsworks-cm::${Account}:backup/${ServerName}-{Date}", "arn:*:opsworks-cm::*:backup/*-*"},
		{"angle brackets, as in S3's keys", "s3:ExistingObjectTag/<key>", "s3:ExistingObjectTag/*"},
		{"nothing to fill in", "arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/A"},
		{"not closed", "a${b", "a${b"},
		{"closed by the other bracket", "a${b>", "a${b>"},
		{"a dollar alone", "a$b", "a$b"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		if got := placeholders(tt.in); got != tt.want {
			t.Errorf("%s: placeholders(%q) = %q, want %q", tt.reason, tt.in, got, tt.want)
		}
	}
}

func TestPatterns(t *testing.T) {
	tests := []struct {
		reason string
		in     ResourceType
		want   []string
	}{
		{"in the order of the formats", ResourceType{Formats: []string{"arn:${P}:a:::x", "arn:${P}:a:::${Y}"}}, []string{"arn:*:a:::x", "arn:*:a:::*"}},
		{"an unknown format may be anything", ResourceType{}, []string{"*"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.in.Patterns()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.reason, diff)
		}
	}
	s, _ := Embedded().Service("s3")
	if a, b := s.ResourceTypes[0].Patterns(), s.ResourceTypes[0].Patterns(); &a[0] != &b[0] {
		t.Error("the patterns of a decoded type are made anew for every call")
	}
}

func TestConditionKeyPattern(t *testing.T) {
	tests := []struct{ reason, in, want string }{
		{"placeholder", "aws:RequestTag/${TagKey}", "aws:RequestTag/*"},
		{"within", "codebuild:environment.environmentVariables/${name}.value", "codebuild:environment.environmentVariables/*.value"},
		{"AWS's plain tag-key", "ssm:resourceTag/tag-key", "ssm:resourceTag/*"},
		{"none", "aws:TagKeys", "aws:TagKeys"},
	}
	for _, tt := range tests {
		if got := (ConditionKey{Name: tt.in}).Pattern(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reason, got, tt.want)
		}
	}
}

func TestLookupAndExpandByHand(t *testing.T) {
	s := &Service{Actions: []Action{{Name: "Get"}, {Name: "getObject"}, {Name: "Put_X"}, {Name: "PutA"}}}
	lookups := []struct {
		reason, name, want string
	}{
		{"as written", "getObject", "getObject"},
		{"other letter case", "GETOBJECT", "getObject"},
		{"a prefix of a longer name", "get", "Get"},
		{"not there", "Ge", ""},
		{"longer than any", "PutAA", ""},
		{"a pattern is not a name", "Put*", ""},
		{"empty", "", ""},
	}
	for _, tt := range lookups {
		got := ""
		if a, ok := s.Lookup(tt.name); ok {
			got = a.Name
		}
		if got != tt.want {
			t.Errorf("%s: Lookup(%q) = %q, want %q", tt.reason, tt.name, got, tt.want)
		}
	}
	if got := len(s.Expand("gEt*")); got != 2 {
		t.Errorf("gEt* has %d actions, want 2", got)
	}
	if got := (&Service{}).Expand("*"); got != nil {
		t.Errorf("a service without actions expands to %v", got)
	}
}
