package reference

import (
	"slices"
	"strings"
	"testing"

	"iamctl/policy"

	"github.com/google/go-cmp/cmp"
)

func TestShapes(t *testing.T) {
	s := &Service{ResourceTypes: []ResourceType{
		{Name: "all", Formats: []string{"arn:${P}:x:::all/*"}},
		{Name: "leaf", Formats: []string{"arn:${P}:x:::all/${A}/leaf/${B}"}},
		{Name: "none"},
		{Name: "path", Formats: []string{"arn:${P}:x:::path/${NameWithPath}"}},
		{Name: "path of", Formats: []string{"arn:${P}:x:::path/${NameWithPath}/${B}"}},
		{Name: "thing", Formats: []string{"arn:${P}:x:::${A}", "arn:${P}:x::${Account}:${A}"}},
		{Name: "thing of", Formats: []string{"arn:${P}:x:::${A}/${B}", "arn:${P}:x:::${A}/${B}/c"}},
		{Name: "things", Formats: []string{"arn:${P}:x:::${A}-things"}},
	}}
	s.prepare()
	want := map[string][]policy.Shape{
		"all":     {{Pattern: "arn:*:x:::all/*"}},
		"leaf":    {{Pattern: "arn:*:x:::all/*/leaf/*"}},
		"none":    {{Pattern: "*"}},
		"path":    {{Pattern: "arn:*:x:::path/*"}},
		"path of": {{Pattern: "arn:*:x:::path/*/*"}},
		"thing": {
			{Pattern: "arn:*:x:::*", Longer: []string{"arn:*:x:::*/*", "arn:*:x:::*/*/c"}},
			{Pattern: "arn:*:x::*:*"},
		},
		"thing of": {{Pattern: "arn:*:x:::*/*", Longer: []string{"arn:*:x:::*/*/c"}}, {Pattern: "arn:*:x:::*/*/c"}},
		"things":   {{Pattern: "arn:*:x:::*-things"}},
	}
	got := map[string][]policy.Shape{}
	for i := range s.ResourceTypes {
		got[s.ResourceTypes[i].Name] = s.ResourceTypes[i].Shapes()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if a, b := s.ResourceTypes[0].Shapes(), s.ResourceTypes[0].Shapes(); &a[0] != &b[0] {
		t.Error("the shapes of a prepared type are made anew for every call")
	}
	byHand := ResourceType{Formats: []string{"arn:${P}:x:::${A}"}}
	if diff := cmp.Diff([]policy.Shape{{Pattern: "arn:*:x:::*"}}, byHand.Shapes()); diff != "" {
		t.Errorf("a type without a service (-want +got)\n%s", diff)
	}
}

// TestEmbeddedShapes holds what is known of names with and without slashes.
func TestEmbeddedShapes(t *testing.T) {
	for _, tt := range []struct {
		reason, service, resourceType, resource string
		want                                    bool
	}{
		{"an object is no bucket", "s3", "bucket", "arn:aws:s3:::b/*", false},
		{"a bucket", "s3", "bucket", "arn:aws:s3:::b*", true},
		{"an object", "s3", "object", "arn:aws:s3:::b/a/b/c", true},
		{"an index is no table", "dynamodb", "table", "arn:aws:dynamodb:*:*:table/t/index/*", false},
		{"a child that AWS does not list", "dynamodb", "table", "arn:aws:dynamodb:*:*:table/t/label/l", true},
		{"a rule of another bus", "events", "rule-on-default-event-bus", "arn:aws:events:*:*:rule/bus/rule", false},
		{"a parameter", "ssm", "parameter", "arn:aws:ssm:*:*:parameter/a/b/c", true},
		{"a log group", "logs", "log-group", "arn:aws:logs:*:*:log-group:/aws/lambda/*", true},
		{"a secret", "secretsmanager", "Secret", "arn:aws:secretsmanager:*:*:secret:app/db-*", true},
		{"a role with a path", "iam", "role", "arn:aws:iam::1:role/a/b/c", true},
		{"a user with a path", "iam", "user", "arn:aws:iam::1:user/a/b/c", true},
		{"a role to assume", "sts", "role", "arn:aws:iam::1:role/a/b/c", true},
		{"a repository of images", "ecr", "repository", "arn:aws:ecr:*:*:repository/a/b/c", true},
		{"a topic of messages", "iot", "topic", "arn:aws:iot:*:*:topic/a/b/c", true},
		{"the bus of a partner", "events", "event-bus", "arn:aws:events:*:*:event-bus/aws.partner/x/y", true},
		{"a branch with a slash", "amplify", "branches", "arn:aws:amplify:*:*:apps/a/branches/feature/*", true},
		{"a budget with a slash", "budgets", "budget", "arn:aws:budgets::1:budget/team/*", true},
		{"a group of an application", "resource-groups", "group", "arn:aws:resource-groups:*:*:group/app/*", true},
		{"a package of AWS's", "transform-custom", "package", "arn:aws:transform-custom:*:*:package/AWS/*", true},
		{"a request that has no type", "apigateway", "RestApi", "arn:aws:apigateway:*::/restapis/a/*", true},
		{"jobs that have no type", "profile", "domains", "arn:aws:profile:*:*:domains/d/upload-jobs/*", true},
		{"all of a kind, as AWS's star has it", "mobiletargeting", "apps", "arn:aws:mobiletargeting:*:*:apps/a/campaigns/c", true},
	} {
		s, ok := Embedded().Service(tt.service)
		if !ok {
			t.Fatalf("no service %s", tt.service)
		}
		i := slices.IndexFunc(s.ResourceTypes, func(r ResourceType) bool { return r.Name == tt.resourceType })
		if i < 0 {
			t.Fatalf("%s has no type %s", tt.service, tt.resourceType)
		}
		got := slices.ContainsFunc(s.ResourceTypes[i].Shapes(), func(shape policy.Shape) bool { return shape.Intersects(tt.resource) })
		if got != tt.want {
			t.Errorf("%s: a %s of %s as %s: %v", tt.reason, tt.resourceType, tt.service, tt.resource, got)
		}
	}
}

// TestEmbeddedShapesAreConsistent: every entry of the table of names with
// slashes is used, the shapes are the patterns, and only an ARN's last part
// has slashes.
func TestEmbeddedShapesAreConsistent(t *testing.T) {
	used := map[string]bool{}
	bounded := 0
	for _, prefix := range Embedded().Services() {
		s, _ := Embedded().Service(prefix)
		for i := range s.ResourceTypes {
			r := &s.ResourceTypes[i]
			var patterns []string
			for _, shape := range r.Shapes() {
				patterns = append(patterns, shape.Pattern)
				arn, _ := policy.ParseARN(shape.Pattern)
				used[arn.Service], used[arn.Service+":"+arn.Resource] = true, true
				if strings.Count(arn.Resource, "/") != strings.Count(shape.Pattern, "/") {
					t.Errorf("%s %s: %s has a slash before its last part", prefix, r.Name, shape.Pattern)
				}
				if shape.Longer != nil {
					bounded++
				}
				for _, longer := range shape.Longer {
					if !strings.HasPrefix(longer, shape.Pattern+"/") {
						t.Errorf("%s %s: %s does not go on from %s", prefix, r.Name, longer, shape.Pattern)
					}
				}
			}
			if diff := cmp.Diff(r.Patterns(), patterns); diff != "" {
				t.Errorf("%s %s (-patterns +shapes)\n%s", prefix, r.Name, diff)
			}
		}
	}
	for name := range slashed {
		if !used[name] {
			t.Errorf("%s is no resource of AWS's", name)
		}
	}
	if bounded < 100 {
		t.Errorf("%d shapes are bounded by longer ones", bounded)
	}
}
