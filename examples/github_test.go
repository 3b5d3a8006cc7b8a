package examples_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/fakeiam"
)

const githubFile = "scheduled/github-actions/iam-drift.yml"

// workflow is what a GitHub workflow may have, as far as the example uses it.
type workflow struct {
	Name string
	On   struct {
		Schedule         []struct{ Cron string }
		WorkflowDispatch *struct{}                 `yaml:"workflow_dispatch"`
		PullRequest      *struct{ Paths []string } `yaml:"pull_request"`
	}
	Defaults    struct{ Run struct{ Shell string } }
	Permissions map[string]string
	Concurrency struct {
		Group            string
		CancelInProgress bool `yaml:"cancel-in-progress"`
	}
	Jobs map[string]workflowJob
}

type workflowJob struct {
	Name, If, Needs string
	RunsOn          string `yaml:"runs-on"`
	TimeoutMinutes  int    `yaml:"timeout-minutes"`
	Permissions     map[string]string
	Strategy        struct {
		FailFast bool `yaml:"fail-fast"`
		Matrix   struct {
			Include []map[string]string
			Name    []string
		}
	}
	Env   map[string]string
	Steps []workflowStep
}

type workflowStep struct {
	ID, Name, If, Uses, Run string
	With, Env               map[string]string
}

func githubWorkflow(t *testing.T) *workflow {
	t.Helper()
	var w workflow
	parse(t, githubFile, &w)
	return &w
}

func TestGitHubLeastPrivilege(t *testing.T) {
	w := githubWorkflow(t)
	if w.Permissions == nil || len(w.Permissions) != 0 {
		t.Errorf("the workflow's permissions are %v, want none: each job asks for its own", w.Permissions)
	}
	rows := []struct {
		job    string
		want   map[string]string
		reason string
	}{
		{"compare", map[string]string{"contents": "read", "id-token": "write"}, "logs in to AWS, and so writes nowhere else"},
		{"publish", map[string]string{"actions": "read", "contents": "read", "issues": "write", "pull-requests": "write", "security-events": "write"}, "writes comments, and so has no way into AWS"},
		{"fleet", map[string]string{"contents": "read", "id-token": "write"}, "logs in to AWS, and so writes nowhere else"},
		{"audit", map[string]string{"actions": "read", "contents": "read", "id-token": "write", "security-events": "write"}, "writes to code scanning alone, and never runs for a pull request"},
	}
	for _, r := range rows {
		if d := cmp.Diff(r.want, w.Jobs[r.job].Permissions); d != "" {
			t.Errorf("%s (%s): permissions (-want +got)\n%s", r.job, r.reason, d)
		}
	}
	if len(w.Jobs) != len(rows) {
		t.Errorf("%d jobs, %d of them checked", len(w.Jobs), len(rows))
	}
}

func TestGitHubShape(t *testing.T) {
	w := githubWorkflow(t)
	if len(w.On.Schedule) != 1 || w.On.WorkflowDispatch != nil || w.On.PullRequest == nil {
		t.Errorf("triggers: %+v", w.On)
	}
	if w.Concurrency.CancelInProgress || !strings.Contains(w.Concurrency.Group, "github.ref") {
		t.Errorf("concurrency: %+v", w.Concurrency)
	}
	pin := regexp.MustCompile(`^[\w-]+/[\w./-]+@[0-9a-f]{40}$`)
	for name, j := range w.Jobs {
		if j.TimeoutMinutes == 0 || j.Strategy.FailFast {
			t.Errorf("%s: wants a timeout, and comparisons that do not stop each other", name)
		}
		for _, s := range j.Steps {
			if s.Uses != "" && !pin.MatchString(s.Uses) {
				t.Errorf("%s: %s is not pinned by commit", name, s.Uses)
			}
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
				t.Errorf("%s: %s leaves its token on the disk", name, s.Name)
			}
			if strings.Contains(s.Run, "${{") {
				t.Errorf("%s: %s has an expression in its script: pass it by env", name, s.Name)
			}
		}
	}
	var compared []string
	for _, row := range w.Jobs["compare"].Strategy.Matrix.Include {
		compared = append(compared, row["name"])
	}
	if d := cmp.Diff(compared, w.Jobs["publish"].Strategy.Matrix.Name); d != "" {
		t.Errorf("what is compared is not what is published (-compared +published)\n%s", d)
	}
	version := regexp.MustCompile(`@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	for _, line := range strings.Split(read(t, githubFile), "\n") {
		if strings.Contains(line, "uses:") && !version.MatchString(line) {
			t.Errorf("no version behind the commit: %s", line)
		}
	}
}

// night is a run of the workflow for one row of the matrix.
type night struct {
	*shell
	row map[string]string
	w   *workflow
	// home is where iamctl is built.
	temp string
	code string
}

func newNight(t *testing.T, c *cloud, name string) *night {
	n := &night{shell: team(t, c, "scheduled/github-actions/aws-config"), w: githubWorkflow(t), temp: t.TempDir()}
	for _, row := range n.w.Jobs["compare"].Strategy.Matrix.Include {
		if row["name"] == name {
			n.row = row
		}
	}
	if n.row == nil {
		t.Fatalf("the matrix has no %s", name)
	}
	if err := os.Symlink(filepath.Join(bin, "iamctl"), filepath.Join(n.temp, "iamctl")); err != nil {
		t.Fatal(err)
	}
	// As aws-actions/configure-aws-credentials leaves them.
	n.env = append(n.env, "AWS_ACCESS_KEY_ID="+jobKey, "AWS_SECRET_ACCESS_KEY=secret", "AWS_SESSION_TOKEN=session",
		"RUNNER_TEMP="+n.temp, "GITHUB_REPOSITORY=acme/iam", "GITHUB_OUTPUT="+filepath.Join(n.temp, "output"),
		"GITHUB_STEP_SUMMARY="+filepath.Join(n.temp, "summary"))
	return n
}

// step runs a step of a job, with its expressions filled in.
func (n *night) step(job, name string) (code int, output string) {
	n.t.Helper()
	j := n.w.Jobs[job]
	i := slices.IndexFunc(j.Steps, func(s workflowStep) bool { return s.Name == name })
	if i < 0 {
		n.t.Fatalf("%s has no step %q", job, name)
	}
	all := maps.Clone(j.Env)
	maps.Copy(all, j.Steps[i].Env)
	var env []string
	for k, v := range all {
		env = append(env, k+"="+n.fill(v))
	}
	return n.run(j.Steps[i].Run, env...)
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

func (n *night) fill(text string) string {
	values := map[string]string{
		"matrix.name": n.row["name"], "matrix.old": n.row["old"], "matrix.new": n.row["new"],
		"github.workspace": n.dir, "github.token": "token", "github.event.number": "17", "steps.compare.outputs.code": n.code,
		"vars.IAMCTL_FLEET": "baseline/*", "steps.matrix.outputs.code": n.code,
	}
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		v, ok := values[expression.FindStringSubmatch(e)[1]]
		if !ok {
			n.t.Errorf("cannot fill in %s", e)
		}
		return v
	})
}

// compare runs the job's own steps; its exit code is the last one's.
func (n *night) compare() (code int, result string) {
	n.t.Helper()
	for _, left := range []string{"drift", "new.md"} {
		if err := os.RemoveAll(n.file(left)); err != nil {
			n.t.Fatal(err)
		}
	}
	write(n.t, filepath.Join(n.temp, "output"), "")
	if code, out := n.step("compare", "Compare"); code != 0 {
		n.t.Fatalf("the step Compare failed with %d before its reports could be kept\n%s", code, out)
	}
	n.code = strings.TrimSpace(strings.TrimPrefix(read(n.t, filepath.Join(n.temp, "output")), "code="))
	if got := strings.TrimSpace(read(n.t, n.file("drift/exit-code"))); got != n.code {
		n.t.Errorf("the artifact says exit code %s, the output %s", got, n.code)
	}
	if n.code != "2" {
		if code, out := n.step("compare", "Prepare the next night"); code != 0 {
			n.t.Errorf("the step Prepare the next night: exit %d\n%s", code, out)
		}
	}
	return n.step("compare", "Result")
}

func TestGitHubNights(t *testing.T) {
	c := newCloud(t)
	n := newNight(t, c, "dev")
	denied := fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Deny("ListRoles")}}
	rows := []struct {
		name   string
		change func()
		code   int
		says   string
		news   bool
		reason string
	}{
		{"first", func() {}, 0, "In sync", false, "the account is its baseline"},
		{"drift", func() { c.serve(t, "dev", fakeiam.Options{}, allowMore) }, 1, "::error title=IAM drift", true, "somebody changed a role by hand"},
		{"known", func() {}, 1, "::error title=IAM drift", false, "still red, but nothing to tell twice"},
		{"incomplete", func() { c.serve(t, "dev", denied, allowMore) }, 3, "::error title=IAM comparison incomplete", false, "the reader role lost an action"},
		{"repaired", func() { c.serve(t, "dev", fakeiam.Options{}, nil) }, 0, "In sync", false, "undone by hand"},
		{"again", func() { c.serve(t, "dev", fakeiam.Options{}, allowMore) }, 1, "::error title=IAM drift", true, "what was fixed is new when it comes back"},
		{"locked out", func() { n.env = append(n.env, "AWS_ACCESS_KEY_ID=ASIASOMEBODYELSE0000") }, 2, "::error title=IAM comparison failed", false, "the login failed"},
	}
	for _, r := range rows {
		r.change()
		code, out := n.compare()
		if code != r.code || !strings.Contains(out, r.says) {
			t.Errorf("%s (%s): exit %d, %s; want %d, %s", r.name, r.reason, code, out, r.code, r.says)
		}
		if got := exists(n.file("drift/new.md")); got != r.news {
			t.Errorf("%s (%s): new drift told %v, want %v", r.name, r.reason, got, r.news)
		}
		for _, report := range []string{"report.md", "report.html", "report.sarif", "report.junit.xml", "diff.json", "summary.txt"} {
			if code != 2 && !exists(n.file("drift/"+report)) {
				t.Errorf("%s: the artifact has no %s", r.name, report)
			}
		}
	}
	for _, role := range c.assumed() {
		if role != reader(devID) {
			t.Errorf("comparing dev assumed %s", role)
		}
	}
}

func TestGitHubComparesAccounts(t *testing.T) {
	c := newCloud(t)
	n := newNight(t, c, "dev-and-qa")
	if code, out := n.compare(); code != 1 {
		t.Errorf("exit %d, want 1: the example accounts differ\n%s", code, out)
	}
	got := c.assumed()
	slices.Sort(got)
	if d := cmp.Diff([]string{reader(devID), reader(qaID)}, slices.Compact(got)); d != "" {
		t.Errorf("roles assumed (-want +got)\n%s", d)
	}
}

// TestGitHubComments runs the steps that publish with a gh that writes down
// what it is asked.
func TestGitHubComments(t *testing.T) {
	rows := []struct {
		step, answer string
		want         []string
		reason       string
	}{
		{"Comment on the pull request", "", []string{"api --paginate repos/acme/iam/issues/17/comments", "api --silent --method POST repos/acme/iam/issues/17/comments --field body=@body.md"}, "the first push"},
		{"Comment on the pull request", "41\n42", []string{"api --paginate repos/acme/iam/issues/17/comments", "api --silent --method PATCH repos/acme/iam/issues/comments/41 --field body=@body.md"}, "a later push rewrites its comment"},
		{"Comment on the issue", "", []string{"issue list --repo acme/iam", "issue create --repo acme/iam --title IAM drift: dev --body-file drift/new.md"}, "the first drift"},
		{"Comment on the issue", "7", []string{"issue list --repo acme/iam", "issue comment 7 --repo acme/iam --body-file drift/new.md"}, "more drift while the issue is open"},
	}
	n := newNight(t, newCloud(t), "dev")
	n.env = append(n.env, "PATH="+n.temp+":"+os.Getenv("PATH"))
	for i, r := range rows {
		write(t, n.file("drift/report.md"), "# Report\n")
		write(t, n.file("drift/new.md"), "# Report\n")
		calls := n.file(fmt.Sprint("calls", i))
		gh := "#!/bin/sh\necho \"$@\" >> " + calls + "\ncase \"$*\" in *--jq*) printf '%s' '" + r.answer + "' ;; esac\n"
		write(t, filepath.Join(n.temp, "gh"), gh)
		if err := os.Chmod(filepath.Join(n.temp, "gh"), 0o700); err != nil {
			t.Fatal(err)
		}
		if code, out := n.step("publish", r.step); code != 0 {
			t.Errorf("%s (%s): exit %d\n%s", r.step, r.reason, code, out)
		}
		got := strings.Split(strings.TrimSpace(read(t, calls)), "\n")
		if len(got) != len(r.want) {
			t.Fatalf("%s (%s): gh was called with %q, want %q", r.step, r.reason, got, r.want)
		}
		for i := range got {
			if !strings.HasPrefix(got[i], r.want[i]) {
				t.Errorf("%s (%s): gh %s, want %s", r.step, r.reason, got[i], r.want[i])
			}
		}
	}
}

// TestGitHubCommentsWithoutCodeScanning: people hear of drift also where the upload
// fails, and the upload is not left out where a comment does.
func TestGitHubCommentsWithoutCodeScanning(t *testing.T) {
	steps := githubWorkflow(t).Jobs["publish"].Steps
	upload := slices.IndexFunc(steps, func(s workflowStep) bool { return strings.Contains(s.Uses, "/upload-sarif@") })
	for i, s := range steps {
		if strings.HasPrefix(s.Name, "Comment on") && i > upload {
			t.Errorf("%s comes after the upload to code scanning, and is left out if that fails", s.Name)
		}
	}
	if upload < 0 || !strings.Contains(steps[upload].If, "!cancelled()") {
		t.Error("the upload to code scanning depends on the comments")
	}
}

// TestGitHubFleet: a matrix of many accounts is held against the night before.
func TestGitHubFleet(t *testing.T) {
	n := newNight(t, newCloud(t), "dev")
	for i, says := range []string{"differ", "0 new, 0 gone"} {
		write(t, filepath.Join(n.temp, "output"), "")
		code, out := n.step("fleet", "Compare all accounts")
		if code != 0 || !strings.Contains(out, says) || !exists(n.file("fleet/matrix.html")) {
			t.Errorf("night %d: exit %d, want the reports and %q\n%s", i+1, code, says, out)
		}
		n.code = strings.TrimSpace(strings.TrimPrefix(read(t, filepath.Join(n.temp, "output")), "code="))
		if code, out := n.step("fleet", "Prepare the next night"); code != 0 {
			t.Errorf("night %d: %s", i+1, out)
		}
		if code, out := n.step("fleet", "Result"); code != 1 || !strings.Contains(out, "::error title=IAM drift of accounts") {
			t.Errorf("night %d: exit %d, want 1\n%s", i+1, code, out)
		}
	}
}
