package examples_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// releaseConfig is what of goreleaser's configuration names something here.
type releaseConfig struct {
	Version int
	Builds  []struct {
		Main    string
		Env     []string
		Targets []string
		Flags   []string
		Ldflags []string
	}
	Archives []struct {
		Files []struct{ Src string }
	}
	Dockers []struct {
		Dockerfile string
		Platforms  []string
	} `yaml:"dockers_v2"`
}

// TestReleaseNamesWhatIsThere holds the configuration of releases against the source.
func TestReleaseNamesWhatIsThere(t *testing.T) {
	var c releaseConfig
	if err := yaml.Unmarshal([]byte(read(t, "../.goreleaser.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	if c.Version != 2 || len(c.Builds) != 1 || len(c.Archives) != 1 || len(c.Dockers) != 1 {
		t.Fatalf("not the shape that is checked here: %+v", c)
	}
	b := c.Builds[0]
	paths := []string{b.Main, c.Dockers[0].Dockerfile}
	for _, f := range c.Archives[0].Files {
		paths = append(paths, f.Src)
	}
	for _, p := range paths {
		if _, err := os.Stat(filepath.Join("..", p)); err != nil {
			t.Error(err)
		}
	}
	name := regexp.MustCompile(`-X main\.(\w+)=`).FindStringSubmatch(strings.Join(b.Ldflags, " "))
	if name == nil || !strings.Contains(read(t, filepath.Join("..", b.Main, "version.go")), "\nvar "+name[1]+" = ") {
		t.Errorf("%v set no variable of the program", b.Ldflags)
	}
	gate := regexp.MustCompile(`for target in ([^;]+);`).FindStringSubmatch(read(t, "../.ci/run"))
	if got := strings.ReplaceAll(strings.Join(b.Targets, " "), "_", "/"); gate == nil || got != gate[1] {
		t.Errorf("released are %q, the gate builds %q", got, gate)
	}
	if !slices.Contains(b.Env, "CGO_ENABLED=0") || !slices.Contains(b.Flags, "-trimpath") {
		t.Errorf("not built as the gate and the image are: %v %v", b.Env, b.Flags)
	}
	runtime := func(path string) string {
		return regexp.MustCompile(`ARG RUNTIME_IMAGE=(\S+)`).FindString(read(t, path))
	}
	if a, b := runtime("scheduled/container/Dockerfile"), runtime("scheduled/container/Dockerfile.release"); a == "" || a != b {
		t.Errorf("two images: %q and %q", a, b)
	}
}

// TestGetIamctl fetches a release from a server.
func TestGetIamctl(t *testing.T) {
	for _, need := range []string{"bash", "curl", "tar"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Skip("left out: " + need + " is not there")
		}
	}
	var archive bytes.Buffer
	z := gzip.NewWriter(&archive)
	w := tar.NewWriter(z)
	program := "#!/bin/sh\necho released\n"
	if err := w.WriteHeader(&tar.Header{Name: "iamctl", Mode: 0o755, Size: int64(len(program))}); err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(program))
	w.Close()
	z.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/iamctl.tar.gz" {
			http.NotFound(w, r)
			return
		}
		w.Write(archive.Bytes())
	}))
	defer s.Close()
	sum := sha256.Sum256(archive.Bytes())
	digest := hex.EncodeToString(sum[:])
	for _, r := range []struct{ path, digest, want, reason string }{
		{"/v1/iamctl.tar.gz", digest, "", "what was reviewed"},
		{"/v1/iamctl.tar.gz", strings.Repeat("0", 64), "nothing was installed", "another archive"},
		{"/v1/iamctl.tar.gz", "latest", "no SHA-256", "no digest"},
		{"/v2/iamctl.tar.gz", digest, "cannot fetch", "no such release"},
	} {
		file := filepath.Join(t.TempDir(), "iamctl")
		out, err := exec.Command("bash", "scheduled/get-iamctl", s.URL+r.path, r.digest, file).CombinedOutput()
		_, missing := os.Stat(file)
		switch {
		case r.want == "" && (err != nil || missing != nil):
			t.Errorf("%s: %v\n%s", r.reason, err, out)
		case r.want != "" && (err == nil || missing == nil || !strings.Contains(string(out), r.want)):
			t.Errorf("%s: %v, installed: %v\n%s", r.reason, err, missing == nil, out)
		}
		if r.want == "" {
			if got, err := exec.Command(file).Output(); err != nil || string(got) != "released\n" {
				t.Errorf("%s: it prints %q, %v", r.reason, got, err)
			}
		}
	}
}
