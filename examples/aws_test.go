package examples_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/fakeiam"
	"iamctl/policy"
	"iamctl/reference"
)

const digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

var readers = []any{"arn:aws:iam::123456789012:role/iamctl-reader", "arn:aws:iam::987654321098:role/iamctl-reader"}

// templates are all the templates, by file; one with a condition is there
// once for each outcome.
func templates(t *testing.T) map[string]*template {
	t.Helper()
	provider := "arn:aws:iam::111122223333:oidc-provider/example"
	all := map[string]*template{
		"scheduled/aws/reader-role.yaml": instantiate(t, "scheduled/aws/reader-role.yaml", map[string]any{"TrustedRoleArn": jobRole}),
		"scheduled/aws/nightly.yaml":     instantiate(t, "scheduled/aws/nightly.yaml", nightly("")),
		"nightly of a fleet":             instantiate(t, "scheduled/aws/nightly.yaml", nightlyOfFleet()),
		"nightly with an address":        instantiate(t, "scheduled/aws/nightly.yaml", nightly("ops@example.com")),
	}
	for folder, at := range map[string]string{"github-actions": "Repository", "gitlab-ci": "Project"} {
		file := "scheduled/" + folder + "/job-role.yaml"
		all[file] = instantiate(t, file, map[string]any{at: "acme/iam", "ReaderRoleArns": readers})
		all[folder+" with a provider"] = instantiate(t, file, map[string]any{at: "acme/iam", "ReaderRoleArns": readers, "ProviderArn": provider})
	}
	trusted := "arn:aws-us-gov:iam::111122223333:role/iamctl-job"
	for reason, given := range map[string]map[string]any{
		"organization/reader-role.yaml":          {},
		"reader of members with an id":           {"ExternalId": "shared"},
		"reader of members of an organisation":   {"OrganizationId": "o-abcdefghij"},
		"reader of members with one of the same": {"ExternalId": "shared", "OrganizationId": "o-abcdefghij"},
	} {
		given["TrustedPrincipalArn"] = trusted
		all[reason] = instantiate(t, "organization/reader-role.yaml", given)
	}
	all["organization/management-policy.yaml"] = instantiate(t, "organization/management-policy.yaml", map[string]any{"OrganizationId": "o-abcdefghij"})
	files, err := filepath.Glob("scheduled/*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("organization/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(files, more...) {
		if all[filepath.ToSlash(f)] == nil {
			t.Errorf("%s is not tested", f)
		}
	}
	return all
}

func nightlyOfFleet() map[string]any {
	given := nightly("")
	given["Fleet"], given["FleetPolicyArn"] = "baseline/*", "arn:aws:iam::111122223333:policy/iamctl-organization"
	return given
}

func nightly(email string) map[string]any {
	return map[string]any{
		"Image": "111122223333.dkr.ecr.eu-central-1.amazonaws.com/iam-drift" + digest, "ReaderRoleArns": readers,
		"Vpc": "vpc-1", "Subnets": []any{"subnet-1"}, "Email": email,
	}
}

// allowed is every action that a policy of the examples may allow, by the
// place of the policy.
var allowed = []struct {
	place   string
	actions []string
	reason  string
}{
	{"Reader.AssumeRolePolicyDocument", []string{"sts:AssumeRole"}, "the job becomes a reader"},
	{
		"Reader.Policies.read-iam",
		[]string{"iam:GetAccountAuthorizationDetails", "iam:ListAccountAliases", "iam:ListRoles", "sts:GetCallerIdentity"},
		"the four read-only actions that iamctl needs",
	},
	{"MemberReader.AssumeRolePolicyDocument", []string{"sts:AssumeRole"}, "whoever runs iamctl becomes a reader"},
	{
		"MemberReader.Policies.read-iam",
		[]string{"iam:GetAccountAuthorizationDetails", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListAccountAliases", "iam:ListRoles", "sts:GetCallerIdentity"},
		"the four read-only actions that iamctl needs, and the documents that they leave out",
	},
	{
		"Management",
		[]string{
			"iam:GetAccountAuthorizationDetails", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListAccountAliases", "iam:ListRoles",
			"organizations:DescribeOrganization", "organizations:DescribePolicy", "organizations:ListAccountsForParent",
			"organizations:ListOrganizationalUnitsForParent", "organizations:ListPolicies", "organizations:ListRoots",
			"organizations:ListTagsForResource", "organizations:ListTargetsForPolicy", "sts:AssumeRole", "sts:GetCallerIdentity",
		},
		"reads the organisation and its own account, becomes a reader",
	},
	{"Job.AssumeRolePolicyDocument", []string{"sts:AssumeRoleWithWebIdentity"}, "login by OIDC"},
	{"Job.Policies.assume-readers", []string{"sts:AssumeRole"}, "the job becomes a reader and nothing else"},
	{"JobRole.AssumeRolePolicyDocument", []string{"sts:AssumeRole"}, "ECS hands the role to the task"},
	{"JobRole.Policies.assume-readers", []string{"sts:AssumeRole"}, "the job becomes a reader and nothing else"},
	{"ExecutionRole.AssumeRolePolicyDocument", []string{"sts:AssumeRole"}, "ECS starts the task"},
	{
		"ExecutionRole.Policies.start",
		[]string{
			"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer",
			"logs:CreateLogStream", "logs:PutLogEvents",
		},
		"pulls the image, writes the log",
	},
	{"SchedulerRole.AssumeRolePolicyDocument", []string{"sts:AssumeRole"}, "the scheduler"},
	{"SchedulerRole.Policies.run", []string{"ecs:RunTask", "iam:PassRole", "sqs:SendMessage"}, "starts the task with its two roles"},
	{
		"Key.KeyPolicy",
		[]string{"kms:*", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"},
		"kms:* for the account itself is AWS's default, the others are what a log and a topic need",
	},
	{"TopicPolicy.PolicyDocument", []string{"sns:Publish"}, "the rule and the alarm"},
}

func TestPolicies(t *testing.T) {
	used := map[string]bool{}
	for name, m := range templates(t) {
		for id, r := range m.Resources {
			for place, text := range documents(id, map[string]any(r.Properties)) {
				place = strings.TrimSuffix(place, ".PolicyDocument")
				if id == "TopicPolicy" {
					place = "TopicPolicy.PolicyDocument"
				}
				checkPolicy(t, name+": "+place, text, allowedAt(t, name, place, used))
			}
		}
	}
	for _, a := range allowed {
		if !used[a.place] {
			t.Errorf("there is no policy at %s any more", a.place)
		}
	}
}

func allowedAt(t *testing.T, name, place string, used map[string]bool) []string {
	t.Helper()
	for _, a := range allowed {
		if a.place == place {
			used[place] = true
			return a.actions
		}
	}
	t.Errorf("%s: nobody looked at the policy %s", name, place)
	return nil
}

// unconditional are the statements that trust somebody without a condition:
// the key's own account, and EventBridge, which knows none in a topic's policy
// ("You can't use Condition blocks in Amazon SNS topic policies for
// EventBridge", EventBridge User Guide, Using resource-based policies).
var unconditional = []string{"ThisAccount", "TheRule"}

func checkPolicy(t *testing.T, place, text string, want []string) {
	t.Helper()
	d, problems, err := policy.Parse(text)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%s: %v %v\n%s", place, err, problems, text)
	}
	var got []string
	for _, s := range d.Statements {
		if s.NotAction != nil || s.NotPrincipal != nil || s.NotResource != nil || s.Effect != "Allow" {
			t.Errorf("%s: the statement %s says what is not meant", place, s.Sid)
		}
		got = append(got, s.Action...)
		for _, p := range s.Principal {
			if strings.Contains(p.Value, "*") {
				t.Errorf("%s: the statement %s is for anybody: %s", place, s.Sid, p.Value)
			}
		}
		if s.Principal != nil && s.Condition == nil && !slices.Contains(unconditional, s.Sid) {
			t.Errorf("%s: the statement %s trusts %v without a condition", place, s.Sid, s.Principal)
		}
		for _, c := range s.Condition {
			if slices.Contains(s.Principal, policy.Principal{Type: "Service", Value: "events.amazonaws.com"}) && strings.HasPrefix(strings.ToLower(c.Key), "aws:source") {
				t.Errorf("%s: the statement %s asks for %s, which EventBridge does not tell a topic or its key", place, s.Sid, c.Key)
			}
		}
		checkResources(t, place, &s)
	}
	slices.Sort(got)
	got = slices.Compact(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: actions (-want +got)\n%s", place, diff)
	}
	checkActions(t, place, got)
}

// checkResources: "*" only where AWS knows no resource, or in the policy of
// the resource itself.
func checkResources(t *testing.T, place string, s *policy.Statement) {
	t.Helper()
	anything := []string{"FourReadOnlyActions", "LoginHasNoResource", "TheOrganizationAsAWhole"}
	for _, r := range s.Resource {
		if r == "*" && s.Principal == nil && !slices.Contains(anything, s.Sid) {
			t.Errorf("%s: the statement %s is for every resource", place, s.Sid)
		}
	}
}

// checkActions holds the actions against AWS's own list.
func checkActions(t *testing.T, place string, actions []string) {
	t.Helper()
	for _, a := range actions {
		prefix, name, _ := strings.Cut(a, ":")
		service, ok := reference.Embedded().Service(prefix)
		if !ok {
			t.Errorf("%s: there is no service %s", place, prefix)
			continue
		}
		matches := 0
		for _, known := range service.Actions {
			if !policy.MatchFold(name, known.Name) {
				continue
			}
			matches++
			if strings.Contains(place, "Reader.Policies") && known.Access != "Read" && known.Access != "List" {
				t.Errorf("%s: %s is not read-only: %s", place, a, known.Access)
			}
		}
		if matches == 0 {
			t.Errorf("%s: there is no action %s", place, a)
		}
	}
}

// schedules are the commands that the schedules start, by logical id.
func schedules(t *testing.T) map[string][]string {
	t.Helper()
	m := instantiate(t, "scheduled/aws/nightly.yaml", nightlyOfFleet())
	commands := map[string][]string{}
	for id, r := range m.Resources {
		if r.Type != "AWS::Scheduler::Schedule" {
			continue
		}
		var input struct {
			ContainerOverrides []struct {
				Name    string
				Command []string
			}
		}
		target := r.Properties["Target"].(map[string]any)
		if err := json.Unmarshal([]byte(target["Input"].(string)), &input); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		if len(input.ContainerOverrides) != 1 || input.ContainerOverrides[0].Name != container(m)["Name"] {
			t.Fatalf("%s: overrides %v, want the container %v", id, input, container(m)["Name"])
		}
		if target["DeadLetterConfig"] == nil {
			t.Errorf("%s: a night that could not start is forgotten", id)
		}
		commands[id] = input.ContainerOverrides[0].Command
	}
	if len(commands) == 0 {
		t.Fatal("there are no schedules")
	}
	return commands
}

func container(m *template) map[string]any {
	return m.Resources["Task"].Properties["ContainerDefinitions"].([]any)[0].(map[string]any)
}

func TestTaskIsHardened(t *testing.T) {
	m := instantiate(t, "scheduled/aws/nightly.yaml", nightly(""))
	c := container(m)
	if c["ReadonlyRootFilesystem"] != true || c["User"] != "65532:65532" || c["Privileged"] != nil {
		t.Errorf("the container: %v", c)
	}
	log := m.Resources["Log"].Properties
	if log["KmsKeyId"] == nil || log["RetentionInDays"] == nil {
		t.Errorf("the log group: %v", log)
	}
	if m.Resources["Topic"].Properties["KmsMasterKeyId"] == nil || m.Resources["NotStarted"].Properties["SqsManagedSseEnabled"] != true {
		t.Error("messages are not encrypted")
	}
	if _, open := m.Resources["Network"].Properties["SecurityGroupIngress"]; open {
		t.Error("the security group lets something in")
	}
}

// TestTaskRuns runs each schedule's command as ECS does, with the files of
// the image.
func TestTaskRuns(t *testing.T) {
	want := map[string]int{"Dev": 0, "Qa": 0, "DevAndQa": 1, "AuditDev": 1, "AuditQa": 1, "Matrix": 1}
	commands := schedules(t)
	for _, id := range slices.Sorted(maps.Keys(commands)) {
		c := newCloud(t)
		s := team(t, c, "scheduled/aws/aws-config")
		s.env = append(s.env, "AWS_CONFIG_FILE="+s.file("aws-config"), "AWS_CONTAINER_CREDENTIALS_FULL_URI="+c.URL+"/ecs")
		work := t.TempDir()
		line := "iamctl"
		for _, a := range commands[id] {
			line += " '" + strings.Replace(a, "/work", work, 1) + "'"
		}
		if code, out := s.run(line); code != want[id] {
			t.Errorf("%s: exit %d, want %d\n%s", id, code, want[id], out)
		}
		if strings.HasPrefix(id, "Audit") {
			auditIsAccepted(t, s, id, line)
		}
		if id != "Dev" {
			continue
		}
		c.serve(t, "dev", fakeiam.Options{}, allowMore)
		if code, out := s.run(line); code != 1 || !strings.Contains(out, "s3:DeleteObject") {
			t.Errorf("%s after a change by hand: exit %d, want 1 and the change in the log\n%s", id, code, out)
		}
	}
}

// auditIsAccepted holds that an audit is green once all that is high is in waivers.json.
func auditIsAccepted(t *testing.T, s *shell, id, line string) {
	t.Helper()
	if _, out := s.run(line); !strings.Contains(out, "\nhigh ") && !strings.Contains(out, "\ncritical ") {
		t.Errorf("%s: the log has no finding\n%s", id, out)
	}
	s.run(line + " --json --output findings.json")
	s.must("iamctl waive findings.json --all --owner security --reason known --expires 2999-01-31")
	if code, out := s.run(line); code != 0 {
		t.Errorf("%s: exit %d when all is accepted, want 0\n%s", id, code, out)
	}
}

// TestAuditsOfEachAccount: the schedules audit each account that they compare.
func TestAuditsOfEachAccount(t *testing.T) {
	got := map[string]string{}
	for id, command := range schedules(t) {
		if command[0] == "audit" {
			got[id] = strings.Join(command[1:], " ")
		}
	}
	if d := cmp.Diff(map[string]string{"AuditDev": "dev --fail-on high", "AuditQa": "qa --fail-on high"}, got); d != "" {
		t.Errorf("audits (-want +got)\n%s", d)
	}
}
