package reference

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/policy"
	"iamctl/reference/internal/pack"
)

// TestEmbeddedDecodes reads every service with the checks that the program
// leaves out at run time.
func TestEmbeddedDecodes(t *testing.T) {
	table, err := pack.Open(embeddedData)
	if err != nil {
		t.Fatal(err)
	}
	var actions, types, keys int
	for i, prefix := range table.Names {
		text, err := table.Text(i)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate([]byte(text)); err != nil {
			t.Fatalf("%s: %v", prefix, err)
		}
		s, err := unpackService(table, i)
		if err != nil {
			t.Fatalf("%s: %v", prefix, err)
		}
		checkService(t, s)
		actions += len(s.Actions)
		types += len(s.ResourceTypes)
		keys += len(s.ConditionKeys)
	}
	for _, c := range []struct {
		what       string
		got, least int
	}{
		{"services", len(table.Names), 450},
		{"actions", actions, 22000},
		{"resource types", types, 2300},
		{"condition keys", keys, 2500},
	} {
		if c.got < c.least {
			t.Errorf("%d %s, and there should be at least %d", c.got, c.what, c.least)
		}
	}
}

// checkService checks what the documentation of the types promises.
func checkService(t *testing.T, s *Service) {
	t.Helper()
	names := func(what string, list []string) {
		if !slices.IsSortedFunc(list, compareNames) || len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Errorf("%s: %s are not sorted or not distinct: %q", s.Prefix, what, list)
		}
	}
	var actionNames, typeNames, keyNames []string
	for _, a := range s.Actions {
		actionNames = append(actionNames, a.Name)
		names("resource types of "+a.Name, s.typeNames(a.ResourceTypes))
		names("keys of "+a.Name, a.ConditionKeys)
		if a.Access == "" || !validAccess(a.Access) {
			t.Errorf("%s:%s has the access level %q", s.Prefix, a.Name, a.Access)
		}
		if found, ok := s.Lookup(strings.ToUpper(a.Name)); !ok || found.Name != a.Name {
			t.Errorf("%s:%s is not found by its name in upper case", s.Prefix, a.Name)
		}
	}
	for _, r := range s.ResourceTypes {
		typeNames = append(typeNames, r.Name)
		names("formats of "+r.Name, r.Formats)
		names("keys of "+r.Name, r.ConditionKeys)
		for _, p := range r.Patterns() {
			if strings.ContainsAny(p, "${}") || !strings.HasPrefix(p, "arn:*:") {
				t.Errorf("%s: resource type %s has the pattern %q", s.Prefix, r.Name, p)
			}
		}
	}
	for _, k := range s.ConditionKeys {
		keyNames = append(keyNames, k.Name)
		if k.Type == "" {
			t.Errorf("condition key %s has no type", k.Name)
		}
	}
	names("actions", actionNames)
	names("resource types", typeNames)
	names("condition keys", keyNames)
}

// TestEmbeddedFacts holds facts that do not change and that flattening needs.
func TestEmbeddedFacts(t *testing.T) {
	tests := []struct {
		reason  string
		action  string
		access  string
		types   []string // all of them, or nil
		formats []string // some of them
		keys    []string // some of them
	}{
		{"an object action", "s3:GetObject", "Read", nil, []string{"arn:${Partition}:s3:::${BucketName}/${ObjectName}"}, []string{"s3:authType"}},
		{"no resource-level permission", "s3:ListAllMyBuckets", "List", []string{}, nil, nil},
		{"the ARN's service is not the prefix", "kafka-cluster:Connect", "Write", []string{"cluster"}, []string{"arn:${Partition}:kafka:${Region}:${Account}:cluster/${ClusterName}/${ClusterUuid}"}, nil},
		{"types of several services", "ssm:SendCommand", "Write", nil, []string{"arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}", "arn:${Partition}:ssm:${Region}:${Account}:document/${DocumentName}"}, nil},
		{"one type with two formats", "apigateway:GET", "Read", nil, []string{"arn:${Partition}:apigateway:${Region}::/apis/${ApiId}/stages/${StageName}", "arn:${Partition}:apigateway:${Region}::/restapis/${RestApiId}/stages/${StageName}"}, nil},
		{"letter case does not count", "STS:assumerole", "Write", nil, []string{"arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"}, []string{"sts:ExternalId"}},
		{"permissions management wins over write", "iam:AttachRolePolicy", "Permissions management", []string{"role"}, nil, []string{"iam:PolicyARN"}},
		{"tagging wins over write", "ec2:CreateTags", "Tagging", nil, []string{"arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}"}, []string{"ec2:CreateAction"}},
		{"another prefix in the ARN", "rds-db:connect", "Permissions management", []string{"db-user"}, []string{"arn:${Partition}:rds-db:${Region}:${Account}:dbuser:${DbiResourceId}/${DbUserName}"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.action, func(t *testing.T) {
			prefix, name, _ := strings.Cut(tt.action, ":")
			s, ok := Embedded().Service(prefix)
			if !ok {
				t.Fatalf("%s: no service %s", tt.reason, prefix)
			}
			a, ok := s.Lookup(name)
			if !ok {
				t.Fatalf("%s: no action %s", tt.reason, tt.action)
			}
			if a.Access != tt.access {
				t.Errorf("%s: access %q, want %q", tt.reason, a.Access, tt.access)
			}
			if types := s.typeNames(a.ResourceTypes); tt.types != nil && !slices.Equal(types, tt.types) {
				t.Errorf("%s: resource types %q, want %q", tt.reason, types, tt.types)
			}
			var formats []string
			for _, i := range a.ResourceTypes {
				formats = append(formats, s.ResourceTypes[i].Formats...)
			}
			for _, f := range tt.formats {
				if !slices.Contains(formats, f) {
					t.Errorf("%s: no format %s in %q", tt.reason, f, formats)
				}
			}
			for _, k := range tt.keys {
				if !slices.Contains(a.ConditionKeys, k) {
					t.Errorf("%s: no condition key %s in %q", tt.reason, k, a.ConditionKeys)
				}
			}
		})
	}
}

func TestEmbeddedHead(t *testing.T) {
	r := Embedded()
	if !regexp.MustCompile(`^20\d\d-\d\d-\d\d$`).MatchString(r.Version()) {
		t.Errorf("version %q is not a day", r.Version())
	}
	if r.Source() == "" || r.Notes() != nil {
		t.Errorf("source %q, notes %v", r.Source(), r.Notes())
	}
	if !slices.IsSortedFunc(r.Services(), compareNames) {
		t.Error("the services are not sorted")
	}
	if _, ok := r.Service("no-such-service"); ok {
		t.Error("an unknown service was found")
	}
}

// TestEmbeddedHasNoProse guards against sentences among the facts.
func TestEmbeddedHasNoProse(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: the whole table")
	}
	prose := regexp.MustCompile(`(?i)(grants permission|filters access|permission to|\. )`)
	for _, prefix := range Embedded().Services() {
		s, _ := Embedded().Service(prefix)
		if found := prose.Find(appendService(nil, s)); found != nil {
			t.Errorf("%s: %q", prefix, found)
		}
	}
}

func TestWriteEmbedded(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: the whole table")
	}
	var packed bytes.Buffer
	if err := Embedded().WriteEmbedded(&packed); err != nil {
		t.Fatal(err)
	}
	again, err := unpack(packed.String())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(written(t, Embedded()), written(t, again)); diff != "" {
		t.Error(diff)
	}
	if _, err := unpack(embeddedData[:len(embeddedData)-1]); err == nil {
		t.Error("a table that is cut short was opened")
	}
}

func TestExpandIsMatch(t *testing.T) {
	for _, pattern := range []string{"*", "Get*", "get*", "*Object*", "?etObject", "GetObject", "Get?bject*", "", "no*such", "G**t", "List*s"} {
		for _, prefix := range []string{"s3", "iam", "ec2"} {
			s, _ := Embedded().Service(prefix)
			var want []string
			for _, a := range s.Actions {
				if policy.Match(policy.Fold(pattern), policy.Fold(a.Name)) {
					want = append(want, a.Name)
				}
			}
			var got []string
			for _, a := range s.Expand(pattern) {
				got = append(got, a.Name)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s:%s (-match +expand)\n%s", prefix, pattern, diff)
			}
		}
	}
}

func written(t testing.TB, r *Reference) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	r, err := unpack(embeddedData)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, prefix := range []string{"s3", "EC2", "iam", "s3"} {
				s, _ := r.Service(prefix)
				for _, a := range s.Expand("*") {
					for _, i := range a.ResourceTypes {
						s.ResourceTypes[i].Patterns()
					}
				}
			}
			if got := len(r.Services()); got < 450 {
				t.Errorf("%d services", got)
			}
		})
	}
	group.Wait()
}
