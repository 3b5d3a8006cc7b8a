package reference_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/reference"
)

func TestWords(t *testing.T) {
	for _, tt := range []struct{ reason, arn, want string }{
		{"a type before a slash", "arn:aws:glue:*:*:devEndpoint/dev", "devEndpoint"},
		{"before a colon", "arn:aws:logs:eu-west-1:1:log-group:/dev/x", "log-group"},
		{"and in the midst", "arn:aws:logs:eu-west-1:1:log-group:/dev/x:log-stream:y", "log-group log-stream"},
		{"a name that is like the word in the midst", "arn:aws:dynamodb:*:1:table/index/index/index", "table index"},
		{"a word without what comes before it", "arn:aws:dynamodb:*:1:index/table", ""},
		{"a type and a wildcard", "arn:aws:logs:*:*:log-group*", "log-group"},
		{"a type alone", "arn:aws:logs:*:*:log-group", "log-group"},
		{"half a type and a wildcard", "arn:aws:glue:*:*:dev*", ""},
		{"a longer word", "arn:aws:glue:*:*:devEndpoints/x", ""},
		{"other letter case", "arn:aws:glue:*:*:devendpoint/x", ""},
		{"a bucket", "arn:aws:s3:::job/dev", ""},
		{"a batch job of S3", "arn:aws:s3:eu-west-1:1:job/dev", "job"},
		{"an object that is like an access point", "arn:aws:s3:::accesspoint/x/object/y", ""},
		{"a role", "arn:aws:iam::1:role/role/policy", "role"},
		{"an account", "arn:aws:iam::1:root", "root"},
		{"a user of that name", "arn:aws:iam::1:user/root", "user"},
		{"a format of another prefix", "arn:aws:catalog:*:1:portfolio/x", "portfolio"},
		{"a service that is a pattern", "arn:aws:*:*:*:table/x", ""},
		{"a service that AWS does not have", "arn:aws:nosuch:*:*:table/x", ""},
		{"no resource", "arn:aws:glue:*:*:", ""},
	} {
		arn, ok := policy.ParseARN(tt.arn)
		if !ok {
			t.Fatalf("%s is no ARN", tt.arn)
		}
		words := reference.Embedded().Words(arn)
		slices.SortFunc(words, func(x, y reference.Word) int { return x.From - y.From })
		var got []string
		for _, w := range slices.Compact(words) {
			got = append(got, arn.Resource[w.From:w.To])
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q of %s, want %q", tt.reason, got, tt.arn, tt.want)
		}
	}
}

// Every format is found by the service that its ARNs have.
func TestWordsOfEveryFormat(t *testing.T) {
	r := reference.Embedded()
	n := 0
	for _, prefix := range r.Services() {
		s, _ := r.Service(prefix)
		for i := range s.ResourceTypes {
			for _, p := range s.ResourceTypes[i].Patterns() {
				arn, ok := policy.ParseARN(strings.ReplaceAll(p, "*", "x"))
				literal := strings.SplitN(strings.TrimPrefix(p, "arn:"), ":", 5)
				if !ok || arn.Service == "x" || len(literal) < 5 || !strings.ContainsAny(literal[4][:1], "abcdefghijklmnopqrstuvwxyz") {
					continue
				}
				n++
				if len(r.Words(arn)) == 0 {
					t.Errorf("%s: no words in %s", prefix, arn)
				}
			}
		}
	}
	if n < 1500 {
		t.Errorf("%d formats", n)
	}
}
