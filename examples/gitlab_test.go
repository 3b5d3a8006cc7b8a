package examples_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"iamctl/internal/fakeiam"
)

const gitlabFile = "scheduled/gitlab-ci/iam-drift.gitlab-ci.yml"

// pipelineJob is what a job of the pipeline has, as far as the test looks.
type pipelineJob struct {
	Script   []string
	Needs    []string
	IDTokens map[string]struct{ Aud string } `yaml:"id_tokens"`
	Parallel struct{ Matrix []map[string]any }
	Cache    struct {
		When  string
		Paths []string
	}
	Artifacts struct {
		When, Access string
		Paths        []string
		Reports      map[string]string
	}
	AllowFailure struct {
		ExitCodes []int `yaml:"exit_codes"`
	} `yaml:"allow_failure"`
}

func pipelineJobNamed(t *testing.T, name string) *pipelineJob {
	t.Helper()
	var all map[string]yaml.Node
	parse(t, gitlabFile, &all)
	var j pipelineJob
	node, ok := all[name]
	if !ok {
		t.Fatalf("%s has no job %s", gitlabFile, name)
	}
	if err := node.Decode(&j); err != nil {
		t.Fatal(err)
	}
	return &j
}

func TestGitLabShape(t *testing.T) {
	drift := pipelineJobNamed(t, "drift")
	if drift.IDTokens["AWS_TOKEN"].Aud == "" {
		t.Error("the job drift has no OIDC token")
	}
	if drift.Cache.When != "always" {
		t.Error("the last run is not kept after a red job, so that all drift is new every night")
	}
	if drift.Artifacts.When != "always" || drift.Artifacts.Access != "developer" || drift.Artifacts.Reports["junit"] != "drift/report.junit.xml" {
		t.Errorf("artifacts: %+v", drift.Artifacts)
	}
	if len(drift.AllowFailure.ExitCodes) != 0 {
		t.Error("the job drift may fail without being red")
	}
	if tokens := pipelineJobNamed(t, "baseline").IDTokens; len(tokens) != 0 {
		t.Errorf("the job baseline needs no login and has %v", tokens)
	}
	if tokens := pipelineJobNamed(t, "iamctl").IDTokens; len(tokens) != 0 {
		t.Errorf("the job iamctl builds foreign code and has %v", tokens)
	}
}

func newPipeline(t *testing.T, c *cloud) *shell {
	s := team(t, c, "scheduled/gitlab-ci/aws-config")
	if err := os.MkdirAll(s.file("bin"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(bin, "iamctl"), s.file("bin/iamctl")); err != nil {
		t.Fatal(err)
	}
	s.env = append(s.env, "CI_PROJECT_DIR="+s.dir, "TMPDIR="+t.TempDir(), "AWS_TOKEN="+oidc, "IAMCTL_ROLE_ARN="+jobRole,
		"NAME=dev", "OLD=baseline/dev", "NEW=dev")
	return s
}

func TestGitLabNights(t *testing.T) {
	c := newCloud(t)
	s := newPipeline(t, c)
	script := strings.Join(pipelineJobNamed(t, "drift").Script, "\n")
	rows := []struct {
		name   string
		change func()
		code   int
		says   string
		reason string
	}{
		{"first", func() {}, 0, "In sync", "the account is its baseline"},
		{"drift", func() { c.serve(t, "dev", fakeiam.Options{}, allowMore) }, 1, "DRIFT", "somebody changed a role by hand"},
		{"known", func() {}, 1, "DRIFT", "still red"},
		{"incomplete", func() {
			c.serve(t, "dev", fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Deny("ListRoles")}}, allowMore)
		}, 3, "INCOMPLETE", "the reader role lost an action"},
		{"locked out", func() { s.env = append(s.env, "AWS_TOKEN=forged") }, 2, "FAILED", "the token is not good"},
	}
	for _, r := range rows {
		r.change()
		code, out := s.run(script)
		if code != r.code || !strings.Contains(out, r.says) {
			t.Errorf("%s (%s): exit %d, want %d and %s\n%s", r.name, r.reason, code, r.code, r.says, out)
		}
		if left, _ := os.ReadDir(tmp(s)); len(left) > 0 {
			t.Errorf("%s: the token is left in %s", r.name, left)
		}
		if code == 2 {
			continue
		}
		var suites struct {
			Suite []struct {
				Case []struct{} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(read(t, s.file("drift/report.junit.xml"))), &suites); err != nil || len(suites.Suite) == 0 {
			t.Errorf("%s: the JUnit report: %v, %d suites", r.name, err, len(suites.Suite))
		}
	}
	if got := c.assumed(); len(got) < 2 || got[0] != jobRole || got[1] != reader(devID) {
		t.Errorf("roles assumed: %v, want the job's and then the reader's", got)
	}
}

func tmp(s *shell) string {
	for _, e := range s.env {
		if dir, ok := strings.CutPrefix(e, "TMPDIR="); ok {
			return dir
		}
	}
	return ""
}

// TestGitLabMergeRequest changes the baseline in a branch.
func TestGitLabMergeRequest(t *testing.T) {
	s := newPipeline(t, newCloud(t))
	base := strings.TrimSpace(s.must("git rev-parse HEAD"))
	job := pipelineJobNamed(t, "baseline")
	script := strings.Join(job.Script, "\n")
	if code, out := s.run(script, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+base); code != 0 {
		t.Errorf("without a change: exit %d\n%s", code, out)
	}
	s.must("sed -i 's/s3:List[*]/s3:*/' baseline/dev/roles/app1_dev.json")
	code, out := s.run(script, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+base)
	if code != 1 || !exists(s.file("drift/dev/report.md")) {
		t.Errorf("with a change: exit %d, want 1 and a report\n%s", code, out)
	}
	if len(job.AllowFailure.ExitCodes) != 1 || job.AllowFailure.ExitCodes[0] != 1 {
		t.Errorf("exit codes that are warnings: %v, want 1 alone", job.AllowFailure.ExitCodes)
	}
}

// TestGitLabFleet: a matrix of many accounts is held against the night before.
func TestGitLabFleet(t *testing.T) {
	s := newPipeline(t, newCloud(t))
	job := pipelineJobNamed(t, "fleet")
	script := strings.Join(job.Script, "\n")
	for i, says := range []string{"differ", "0 new, 0 gone"} {
		code, out := s.run(script, "IAMCTL_FLEET=baseline/*")
		if code != 1 || !strings.Contains(out, says) || !exists(s.file("fleet/matrix.html")) || !exists(s.file("last-fleet/matrix.json")) {
			t.Errorf("night %d: exit %d, want 1 and %q\n%s", i+1, code, says, out)
		}
	}
	if job.Artifacts.When != "always" || job.Artifacts.Access != "developer" || job.Artifacts.Reports["junit"] != "fleet/matrix.junit.xml" {
		t.Errorf("artifacts: %+v", job.Artifacts)
	}
}
