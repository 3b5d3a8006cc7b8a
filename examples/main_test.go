// Package examples_test copies the examples as a team would, fills them in
// and runs them against accounts that are served in this process.
package examples_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// bin is the folder of the built program.
var bin string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	flag.Parse()
	if testing.Short() {
		return m.Run()
	}
	var err error
	if bin, err = os.MkdirTemp("", "iamctl-examples"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(bin)
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", filepath.Join(bin, "iamctl"), "../cmd/iamctl").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// parse reads a YAML file into a value, and fails on what it does not know.
func parse(t *testing.T, path string, into any) {
	t.Helper()
	d := yaml.NewDecoder(strings.NewReader(read(t, path)))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// shell is a folder in which the scripts of an example run.
type shell struct {
	t   *testing.T
	dir string
	env []string
}

// needsProgram leaves a test out that runs the program, which is not built then.
func needsProgram(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out: -short: building the program and running the examples' scripts")
	}
}

// team makes a repository as a team would have it: the baseline of both
// accounts, the dictionary, and the profiles of the example.
func team(t *testing.T, c *cloud, profiles string) *shell {
	t.Helper()
	needsProgram(t)
	for _, tool := range []string{"bash", "git"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("the examples need %s: %v", tool, err)
		}
	}
	s := &shell{t: t, dir: t.TempDir()}
	s.env = []string{
		"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + t.TempDir(),
		"GIT_TEMPLATE_DIR=", "GIT_CONFIG_COUNT=2", "GIT_CONFIG_KEY_0=core.fsync", "GIT_CONFIG_VALUE_0=none",
		"GIT_CONFIG_KEY_1=maintenance.auto", "GIT_CONFIG_VALUE_1=false", // nothing that only costs time
		"GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.com",
	}
	for _, account := range []string{"dev", "qa"} {
		if err := os.CopyFS(filepath.Join(s.dir, "baseline", account), os.DirFS(account)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(s.dir, "equivalency_list.json"), read(t, "equivalency_list.json"))
	// The one thing that a team would not fill in.
	write(t, filepath.Join(s.dir, "aws-config"), strings.ReplaceAll(read(t, profiles), "role_session_name", "endpoint_url = "+c.URL+"\nrole_session_name"))
	s.must("git init --quiet --initial-branch main && git add . && git commit --quiet --message Baseline")
	return s
}

// run runs a script as GitHub Actions and GitLab run bash.
func (s *shell) run(script string, env ...string) (code int, output string) {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
	cmd.Dir, cmd.Env = s.dir, append(s.env[:len(s.env):len(s.env)], env...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	code = cmd.ProcessState.ExitCode()
	s.t.Logf("exit %d\n%s", code, out)
	return code, string(out)
}

// must runs a script that may not fail.
func (s *shell) must(script string, env ...string) string {
	s.t.Helper()
	code, out := s.run(script, env...)
	if code != 0 {
		s.t.Fatalf("%s: exit %d\n%s", script, code, out)
	}
	return out
}

// file is a file of the folder.
func (s *shell) file(name string) string { return filepath.Join(s.dir, name) }
