package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// errNoBuild is the verdict on a mutant that the compiler refuses.
var errNoBuild = errors.New("the mutant does not build")

// tester runs tests with one file replaced.
type tester struct {
	// dir is for the mutant and its overlay.
	dir     string
	seed    uint64
	timeout time.Duration
	// then are the packages whose tests follow those of the mutant's own.
	then []string
}

// mutants returns those of all packages that the patterns name.
func (t *tester) mutants(patterns []string) ([]mutant, error) {
	const format = `{{range .GoFiles}}{{$.Dir}}/{{.}}{{"\n"}}{{end}}`
	files, err := exec.Command("go", append([]string{"list", "-f", format}, patterns...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var out []mutant
	for _, file := range strings.Split(strings.TrimSpace(string(files)), "\n") {
		src, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		found, err := find(file, src)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// test returns the first test that notices the mutant, "" if none does.
func (t *tester) test(m *mutant) (killer string, err error) {
	src, err := os.ReadFile(m.file)
	if err != nil {
		return "", err
	}
	broken, overlay := filepath.Join(t.dir, "broken.go"), filepath.Join(t.dir, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {m.file: broken}})
	err = errors.Join(err, os.WriteFile(overlay, replace, 0o600),
		os.WriteFile(broken, slices.Concat(src[:m.start], []byte(m.text), src[m.end:]), 0o600))
	if err != nil {
		return "", err
	}
	for i, pkg := range append([]string{filepath.Dir(m.file)}, t.then...) {
		out, err := t.goTest(overlay, pkg, i > 0)
		switch {
		case bytes.Contains(out, []byte("[build failed]")):
			return "", errNoBuild
		case err != nil:
			return filepath.Base(pkg) + ": " + failure(out), nil
		}
	}
	return "", nil
}

// goTest runs a package's tests. Drawn inputs are those of the seed.
func (t *tester) goTest(overlay, pkg string, short bool) ([]byte, error) {
	args := []string{"-overlay", overlay, "-count=1", "-vet=off", "-failfast", "-timeout", t.timeout.String()}
	if short {
		args = append(args, "-short")
	}
	args = append(args, pkg)
	imports, err := exec.Command("go", "list", "-f", "{{.TestImports}} {{.XTestImports}}", pkg).Output()
	if err != nil {
		return nil, err
	}
	if bytes.Contains(imports, []byte("pgregory.net/rapid")) {
		args = append(args, "-rapid.nofailfile", "-rapid.shrinktime=0s", "-rapid.seed="+strconv.FormatUint(t.seed, 10))
	}
	return exec.Command("go", append([]string{"test"}, args...)...).CombinedOutput()
}

var failed = regexp.MustCompile(`--- FAIL: (\S+)`)

// failure names what failed in the output of a test.
func failure(out []byte) string {
	m := failed.FindSubmatch(out)
	switch {
	case bytes.Contains(out, []byte("panic: test timed out")):
		return "timeout"
	case m == nil:
		return "panic"
	}
	return string(m[1])
}
