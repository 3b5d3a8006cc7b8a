package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/result/audited"
)

// motoConventions is what the roles of the accounts below are held to.
const motoConventions = `{"path_conventions":[{"name":"app-*","path":"/app/","boundary":"arn:aws:iam::999999999999:policy/limit"}]}`

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess"

// longName is the name of a role to which the console cannot switch, on /app/.
var longName = "app-" + strings.Repeat("x", 56)

// motoRules are the rules about the account of makeRoles, each with the entities that it
// finds, a "?" before those of which the fix has a choice.
var motoRules = map[string][]string{
	"ADMIN":            {"?all", "admins", "boss"},
	"IAM-071":          {"?ann", "?ann"},
	"INLINE-POLICY":    {"?all", "?ann", "?guard"},
	"NO-BOUNDARY":      {"app-bare", "app-other"},
	"PATH-CONVENTION":  {"?app-stray"},
	"PATH-EMPTY":       {"?guard"},
	"PATH-LENGTH":      {"?" + longName},
	"PATH-UNPROTECTED": {"?app-stray"},
	"SUPPORT-ROLE":     {"?account"},
}

// makeRoles makes an account that violates the rules, and has neighbours that do not.
func makeRoles(m *moto) {
	const deny = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:*","Resource":"arn:aws:iam::123456789012:role/%s/*"}]}`
	anything := trusted(`"Action":"*","Resource":"*"`)
	for name, document := range map[string]string{"limit": trusted(`"Action":"s3:*","Resource":"*"`), "other": anything, "work": trusted(`"Action":"s3:*","Resource":"*"`)} {
		m.aws("dev", "create-policy", "--policy-name", name, "--policy-document", document)
	}
	role := func(path, name, trust, boundary string) {
		args := []string{"create-role", "--role-name", name, "--path", path, "--assume-role-policy-document", trust}
		if boundary != "" {
			args = append(args, "--permissions-boundary", "arn:aws:iam::123456789012:policy/"+boundary)
		}
		m.aws("dev", args...)
	}
	role("/app/", "app-good", onlyEC2, "limit")
	role("/app/team/", "app-below", onlyEC2, "limit")
	role("/app/", "app-bare", onlyEC2, "")
	role("/app/", "app-other", onlyEC2, "other")
	role("/", "app-stray", onlyEC2, "limit")
	role("/app/", longName, trusted(`"Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"`), "limit")
	role("/app/", longName[:59]+"-ec2", onlyEC2, "limit")
	role("/", "guard", onlyEC2, "")
	m.aws("dev", "put-role-policy", "--role-name", "guard", "--policy-name", "app", "--policy-document",
		strings.Replace(fmt.Sprintf(deny, "app"), `]}`, `,{"Effect":"Deny","Action":"iam:*","Resource":"arn:aws:iam::123456789012:role/data/*"}]}`, 1))
	role("/", "boss", onlyEC2, "")
	m.aws("dev", "attach-role-policy", "--role-name", "boss", "--policy-arn", administrator)
	role("/", "bounded", onlyEC2, "limit")
	m.aws("dev", "attach-role-policy", "--role-name", "bounded", "--policy-arn", administrator)
	role("/", "all", onlyEC2, "")
	m.aws("dev", "put-role-policy", "--role-name", "all", "--policy-name", "own", "--policy-document", anything)
	m.aws("dev", "create-group", "--group-name", "admins")
	m.aws("dev", "attach-group-policy", "--group-name", "admins", "--policy-arn", administrator)
	m.aws("dev", "create-group", "--group-name", "people")
	for _, user := range []string{"ann", "bob"} {
		m.aws("dev", "create-user", "--user-name", user)
	}
	m.aws("dev", "add-user-to-group", "--group-name", "admins", "--user-name", "bob")
	m.aws("dev", "attach-user-policy", "--user-name", "ann", "--policy-arn", "arn:aws:iam::123456789012:policy/work")
	m.aws("dev", "put-user-policy", "--user-name", "ann", "--policy-name", "own", "--policy-document", trusted(`"Action":"s3:GetObject","Resource":"*"`))
}

// foundIn returns the entities of findings by rule, as motoRules has them.
func foundIn(found []audited.Finding) map[string][]string {
	out := map[string][]string{}
	for _, f := range found {
		name := f.Entity
		if f.FixChoice {
			name = "?" + name
		}
		out[f.Rule] = append(out[f.Rule], name)
	}
	for _, names := range out {
		slices.Sort(names)
	}
	return out
}

// The rules about roles, paths and benchmarks find what is wrong in an account made by the
// AWS CLI, and not its neighbours; each fix that needs no choice takes its finding away, and
// so does each other one of which the choice is a name.
func TestMotoAuditBenchmark(t *testing.T) {
	m := newMoto(t)
	m.write("audit.json", motoConventions)
	makeRoles(m)
	var rules []string
	for id := range motoRules {
		rules = append(rules, id)
	}
	found := m.audit(rules...)
	if d := cmp.Diff(motoRules, foundIn(found)); d != "" {
		t.Fatalf("-want +got\n%s", d)
	}
	for i := range found {
		if !found[i].FixChoice {
			m.fix(&found[i])
		}
	}
	want := map[string][]string{}
	for id, names := range motoRules {
		for _, name := range names {
			if strings.HasPrefix(name, "?") {
				want[id] = append(want[id], name)
			}
		}
	}
	// Nobody has the boundary any more that was the wrong one.
	want["ADMIN"] = append(want["ADMIN"], "?arn:aws:iam::123456789012:policy/other")
	found = m.audit(rules...)
	if d := cmp.Diff(want, foundIn(found)); d != "" {
		t.Errorf("after the fixes without a choice: -want +got\n%s", d)
	}
	for i := range found {
		if f := &found[i]; f.Rule == "IAM-071" || f.Rule == "SUPPORT-ROLE" {
			f.Fix = strings.NewReplacer("'<GROUP>'", "people", "'<ROLE>'", "boss").Replace(f.Fix)
			m.fix(f)
		}
	}
	if left := m.audit("IAM-071", "SUPPORT-ROLE"); len(left) > 0 {
		t.Errorf("after the names were chosen: %v", left)
	}
	// What is written into who is written into a policy of its own, one after the other.
	for i := range found {
		f := &found[i]
		if f.Rule != "INLINE-POLICY" || f.Entity == "ann" { // of whom a fix above has taken it
			continue
		}
		name := "of-" + f.Entity
		f.Fix = strings.NewReplacer("'<POLICY>'", name, "'<POLICY_ARN>'", "arn:aws:iam::123456789012:policy/"+name).Replace(f.Fix)
		m.fix(f)
	}
	if left := foundIn(m.audit("INLINE-POLICY")); len(left["INLINE-POLICY"]) != 1 || left["INLINE-POLICY"][0] != "?people" {
		t.Errorf("after policies were named: %v", left)
	}
}

// Roles are unused so many days after their creation or their last use, and the fix deletes
// them.
func TestMotoAuditUnused(t *testing.T) {
	m := newMoto(t)
	m.write("audit.json", "{}")
	m.aws("dev", "create-role", "--role-name", "idle", "--path", "/app/", "--assume-role-policy-document", onlyEC2)
	m.aws("dev", "create-role", "--role-name", "boss", "--assume-role-policy-document", onlyEC2)
	m.aws("dev", "attach-role-policy", "--role-name", "boss", "--policy-arn", administrator)
	m.aws("dev", "put-role-policy", "--role-name", "boss", "--policy-name", "own", "--policy-document", trusted(`"Action":"s3:*","Resource":"*"`))
	m.aws("dev", "create-instance-profile", "--instance-profile-name", "box")
	m.aws("dev", "add-role-to-instance-profile", "--instance-profile-name", "box", "--role-name", "boss")
	m.aws("dev", "create-service-linked-role", "--aws-service-name", "autoscaling.amazonaws.com")
	m.use("boss")

	after := func(days int) []audited.Finding {
		m.now = func() time.Time { return time.Now().AddDate(0, 0, days) }
		return m.audit("UNUSED-ROLE")
	}
	if found := after(44); len(found) > 0 {
		t.Errorf("after 44 days: %v", found)
	}
	for days, level := range map[int]string{45: "low", 89: "low", 90: "medium"} {
		found := after(days)
		if len(found) != 2 {
			t.Errorf("after %d days: %d findings: %v", days, len(found), found)
		}
		for _, f := range found {
			if string(f.Severity) != level || f.FixChoice || f.Unknown != "" {
				t.Errorf("after %d days: %+v", days, f)
			}
		}
	}
	found := after(90)
	words := map[bool]int{}
	for i := range found {
		words[strings.HasPrefix(found[i].Message, "it was last used on ")]++
		m.fix(&found[i])
	}
	if words[true] != 1 {
		t.Errorf("%d roles were used, want one", words[true])
	}
	if left := after(90); len(left) > 0 {
		t.Errorf("after they were deleted: %v", left)
	}
	if code, _, _ := m.iamctl("snapshot", "dev", "--dir", "baseline", "--last-used"); code != 0 {
		t.Errorf("snapshot: exit %d", code)
	}
}

// use assumes a role and makes a call by it.
func (m *moto) use(role string) {
	m.t.Helper()
	const script = `set -e
set -- $(aws --profile dev sts assume-role --role-arn arn:aws:iam::123456789012:role/$ROLE --role-session-name session --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
endpoint=$(aws --profile dev configure get endpoint_url)
AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=$2 AWS_SESSION_TOKEN=$3 aws --region us-east-1 --endpoint-url "$endpoint" iam list-users
`
	cmd := exec.Command("sh", "-c", script)
	cmd.Env = append(os.Environ(), "ROLE="+role)
	if out, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("%v\n%s", err, out)
	}
}
