package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// instructions are a Dockerfile's, with lines put together and comments gone.
func instructions(t *testing.T, path string) []string {
	t.Helper()
	var all []string
	for _, line := range strings.Split(strings.ReplaceAll(read(t, path), "\\\n", " "), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

func TestDockerfile(t *testing.T) {
	all := instructions(t, "scheduled/container/Dockerfile")
	pinned := regexp.MustCompile(`^ARG (BUILD|RUNTIME)_IMAGE=[\w./:-]+@sha256:[0-9a-f]{64}$`)
	pins, froms := 0, 0
	for _, i := range all {
		if pinned.MatchString(i) {
			pins++
		}
		if strings.HasPrefix(i, "FROM ") {
			froms++
			if !strings.Contains(i, "_IMAGE}") {
				t.Errorf("%s: not one of the pinned images", i)
			}
		}
	}
	if pins != 2 || froms != 2 {
		t.Errorf("%d images pinned by digest for %d stages", pins, froms)
	}
	last := all[slices.IndexFunc(all, func(i string) bool { return i == "FROM ${RUNTIME_IMAGE}" }):]
	rows := []struct{ instruction, reason string }{
		{"USER 65532:65532", "a number that Kubernetes and ECS can check, not root"},
		{"HEALTHCHECK NONE", "a command that ends has no health"},
		{`ENTRYPOINT ["/usr/local/bin/iamctl"]`, "there is no shell to start it"},
		{`VOLUME ["/work"]`, "Fargate gives a mount there its owner in the image"},
	}
	for _, r := range rows {
		if !slices.Contains(last, r.instruction) {
			t.Errorf("the image has no %s: %s", r.instruction, r.reason)
		}
	}
	if i := slices.IndexFunc(last, func(i string) bool { return strings.HasPrefix(i, "RUN") }); i >= 0 {
		t.Errorf("%s: the runtime image has no shell", last[i])
	}
	want := strings.TrimSpace(goVersion(t))
	if !strings.Contains(read(t, "scheduled/container/Dockerfile"), "golang:"+want) {
		t.Errorf("the build image has another Go than go.mod's %s", want)
	}
}

// goVersion is the minor version that go.mod asks for.
func goVersion(t *testing.T) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "../go.mod"))
	if m == nil {
		t.Fatal("go.mod has no Go version")
	}
	return m[1]
}

// TestDockerignore: what is let into the build is what the program is built
// from, and nothing else.
func TestDockerignore(t *testing.T) {
	let := map[string]bool{}
	for _, line := range strings.Split(read(t, "scheduled/container/Dockerfile.dockerignore"), "\n") {
		if path, ok := strings.CutPrefix(line, "!"); ok {
			let[path] = false
		}
	}
	cmd := exec.Command("go", "list", "-deps", "-f", `{{if not .Standard}}{{.ImportPath}}{{end}}`, "./cmd/iamctl")
	cmd.Dir, cmd.Stderr = "..", os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range strings.Fields(string(out)) {
		path, ours := strings.CutPrefix(p, "iamctl/")
		if !ours {
			continue
		}
		folder, _, _ := strings.Cut(path, "/")
		if _, ok := let[folder]; !ok {
			t.Errorf("%s is kept out of the build", folder)
		}
		let[folder] = true
	}
	let["go.mod"], let["go.sum"] = true, true
	for path, used := range let {
		if !used {
			t.Errorf("%s is let into the build for nothing", path)
		}
		if !exists(filepath.Join("..", path)) {
			t.Errorf("there is no %s", path)
		}
	}
}

// TestPins: an image is pinned by digest, or a comment says why it is not.
func TestPins(t *testing.T) {
	image := regexp.MustCompile(`(?m)^\s*(?:image:|FROM|(?:ARG \w+_IMAGE=))\s*(\S+)`)
	files, err := filepath.Glob("scheduled/*/*")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range files {
		if strings.HasSuffix(f, ".md") {
			continue
		}
		for _, m := range image.FindAllStringSubmatch(read(t, f), -1) {
			found++
			if strings.Contains(m[1], "$") || strings.Contains(m[1], "@sha256:") || strings.HasPrefix(m[1], "--platform") {
				continue
			}
			t.Errorf("%s: %s is not pinned by digest", f, m[1])
		}
	}
	if found < 4 {
		t.Errorf("%d images found, there were 4", found)
	}
	if !strings.Contains(read(t, "scheduled/aws/Dockerfile"), "no default") {
		t.Error("aws/Dockerfile does not say why its base is not pinned")
	}
}

// TestContainerAudits makes the two nights that the README of the image tells of.
func TestContainerAudits(t *testing.T) {
	nights := regexp.MustCompile(`(?m)^ +(iamctl audit .*)$`).FindAllStringSubmatch(read(t, "scheduled/container/README.md"), -1)
	want := []int{1, 0}
	if len(nights) != len(want) {
		t.Fatalf("the README has %d audits", len(nights))
	}
	c := newCloud(t)
	s := team(t, c, "scheduled/aws/aws-config")
	work := t.TempDir()
	for i, night := range nights {
		line := strings.ReplaceAll(night[1], "/work", work)
		code, out := s.run(line, "AWS_CONFIG_FILE="+s.file("aws-config"), "AWS_CONTAINER_CREDENTIALS_FULL_URI="+c.URL+"/ecs")
		if code != want[i] || !exists(filepath.Join(work, "audit-dev.json")) {
			t.Errorf("night %d: exit %d, want %d\n%s", i+1, code, want[i], out)
		}
	}
}
