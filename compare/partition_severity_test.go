package compare_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/result"
	"iamctl/verdict"
)

// TestSeverityInPartitions: a change is as bad, is called the same and is proved by requests of
// the account's own partition, whichever that is.
func TestSeverityInPartitions(t *testing.T) {
	const get = `"Action":"s3:GetObject","Resource":"arn:PARTITION:s3:::b/*"`
	for _, tt := range []struct{ reason, kind, old, new string }{
		{"everything", "inline", get, `"Action":"*","Resource":"*"`},
		{"everything, by who could attach that", "inline", `"Action":"iam:AttachRolePolicy","Resource":"arn:PARTITION:iam::*:role/*"`, `"Action":"*","Resource":"*"`},
		{"a policy for any role", "inline", get, `"Action":"iam:AttachRolePolicy","Resource":"arn:PARTITION:iam::*:role/*"`},
		{"a role passed to a function", "inline", get, `"Action":["iam:PassRole","lambda:CreateFunction","lambda:InvokeFunction"],"Resource":["arn:PARTITION:iam::*:role/*","arn:PARTITION:lambda:*:*:function:*"]`},
		{"passing any role", "inline", get, `"Action":"iam:PassRole","Resource":"*"`},
		{"a role passed to a machine", "inline", get, `"Action":["iam:PassRole","ec2:RunInstances"],"Resource":["arn:PARTITION:iam::ID:role/app","arn:PARTITION:ec2:*:*:*","arn:PARTITION:ec2:*::image/*"]`},
		{"a role passed to machines alone", "inline", `"Action":"ec2:RunInstances","Resource":"*"`, `"Action":["iam:PassRole","ec2:RunInstances"],"Resource":"*","Condition":{"StringEqualsIfExists":{"iam:PassedToService":"ec2.DOMAIN"}}`},
		{"writes on all buckets", "inline", get, `"Action":"s3:PutObject","Resource":"arn:PARTITION:s3:::*"`},
		{"writes on everything", "inline", get, `"Action":["s3:PutObject","sqs:SendMessage"],"Resource":"*"`},
		{"a condition less", "inline", get + `,"Condition":{"ArnLike":{"aws:SourceArn":"arn:PARTITION:s3:::*"}}`, get},
		{"another resource", "inline", get, `"Action":"s3:GetObject","Resource":"arn:PARTITION:s3:::c/*"`},
		{"anyone", "trust", `"Principal":{"AWS":"ID"},"Action":"sts:AssumeRole"`, `"Principal":{"AWS":"*"},"Action":"sts:AssumeRole"`},
		{"a role of anyone", "trust", `"Principal":{"AWS":"ID"},"Action":"sts:AssumeRole"`, `"Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:PARTITION:iam::*:r*"}}`},
		{"another account", "trust", `"Principal":{"AWS":"ID"},"Action":"sts:AssumeRole"`, `"Principal":{"AWS":["ID","arn:PARTITION:iam::333333333333:root"]},"Action":"sts:AssumeRole"`},
		{"a role of another account", "trust", `"Principal":{"AWS":"ID"},"Action":"sts:AssumeRole"`, `"Principal":{"AWS":["ID","arn:PARTITION:iam::333333333333:role/x"]},"Action":"sts:AssumeRole"`},
	} {
		of := func(dev, qa string) string {
			t.Helper()
			c := run(t, [2]compare.Side{sideIn(t, "dev", partitionStory("dev", devID, dev, tt.kind+" own "+tt.old)), sideIn(t, "qa", partitionStory("qa", qaID, qa, tt.kind+" own "+tt.new))}, awsOptions(t)).Result
			if len(c.CommonRoles) != 1 || c.CommonRoles[0].Meaning == nil {
				t.Fatalf("%s in %s: %v", tt.reason, qa, found(c))
			}
			var out []string
			for _, s := range []*result.Scope{c.CommonRoles[0].Meaning.Identity, c.CommonRoles[0].Meaning.Trust} {
				if s == nil || s.Verdict == verdict.Equal {
					continue
				}
				out = append(out, fmt.Sprint(s.Verdict, s.Severity, s.Kind))
				for _, w := range s.Witnesses {
					for _, text := range []string{w.Resource, w.Principal} {
						if rest, ok := strings.CutPrefix(text, "arn:"); ok && !strings.HasPrefix(rest, [...]string{dev, qa}[w.AllowedBy-1]+":") {
							t.Errorf("%s in %s and %s: the request is about %s", tt.reason, dev, qa, text)
						}
					}
				}
			}
			return strings.Join(out, "; ")
		}
		want := of("aws", "aws")
		for _, pair := range [][2]string{{"aws-us-gov", "aws-us-gov"}, {"aws-cn", "aws-cn"}, {"aws", "aws-us-gov"}, {"aws-iso", "aws"}} {
			if got := of(pair[0], pair[1]); got != want {
				t.Errorf("%s in %v: %s, want %s", tt.reason, pair, got, want)
			}
		}
	}
}
