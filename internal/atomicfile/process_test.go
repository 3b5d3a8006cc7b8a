//go:build linux

package atomicfile

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The test binary runs itself for what may only happen to a process of its
// own: being killed, running out of disk, having no rights.
const (
	helperEnv = "ATOMICFILE_HELPER"
	pathEnv   = "ATOMICFILE_PATH"
)

func TestMain(m *testing.M) {
	path := os.Getenv(pathEnv)
	switch os.Getenv(helperEnv) {
	case "":
		os.Exit(m.Run())
	case "loop":
		for i := 0; ; i++ {
			if err := generation(path, fmt.Sprint(i)); err != nil {
				fmt.Println(err)
				os.Exit(1)
			}
		}
	case "small disk":
		signal.Ignore(syscall.SIGXFSZ)
		limit := syscall.Rlimit{Cur: 100_000, Max: 100_000}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(generation(path, strings.Repeat("x", 1<<20)))
		fmt.Println(Write(filepath.Join(path, "f1"), 0o600, text(strings.Repeat("x", 1<<20))))
	case "no rights":
		fmt.Println(generation(path, "x"))
		fmt.Println(generation(filepath.Join(path, "below"), "x"))
		fmt.Println(Write(filepath.Join(path, "f1"), 0o600, text("x")))
		_, err := StampedFolder(path, time.Now())
		fmt.Println(err)
	}
	os.Exit(0)
}

// generation writes a folder in which every file says the same.
func generation(path, content string) error {
	own := func(folder string, unfinished []string) []string {
		was, _ := os.ReadFile(filepath.Join(folder, "marker"))
		return append(unfinished, "of"+string(was))
	}
	return Folder(path, Options{Perm: 0o700, Markers: []string{"marker"}, Stale: own}, func(dir string) error {
		names := []string{"f1", "f2", "f3", "marker"}
		if len(content) < 10 {
			names = append(names, "of"+content)
		}
		for _, name := range names {
			if err := Write(filepath.Join(dir, name), 0o600, func(w io.Writer) error {
				_, err := io.WriteString(w, content)
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func helper(mode, path string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperEnv+"="+mode, pathEnv+"="+path)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	return cmd, &out
}

// Killed at any moment, a folder with its marker holds one generation only,
// a new folder is there with everything or not at all, and without its marker too
// no two generations lie side by side.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: killing writers at random moments")
	}
	rounds := 15
	if os.Getenv("IAMCTL_LONG") != "" {
		rounds = 500
	}
	base := t.TempDir()
	final := filepath.Join(base, "out")
	whole := 0
	for i := range rounds {
		if i%3 == 0 {
			os.RemoveAll(final)
		}
		cmd, out := helper("loop", final)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Later runs get longer, for machines on which nothing is quick.
		time.Sleep(time.Duration(5+rand.IntN(25+240*i/rounds)) * time.Millisecond)
		cmd.Process.Kill()
		if err := cmd.Wait(); err == nil || out.Len() > 0 {
			t.Fatalf("the helper ended by itself: %s", out)
		}
		files := tree(t, existing(t, final))
		seen := map[string]bool{}
		for name, content := range files {
			if !strings.ContainsAny(name, "./") {
				seen[content] = true
			}
		}
		if len(seen) > 1 {
			t.Errorf("run %d: several generations side by side: %v", i, files)
		}
		marker, ok := files["marker"]
		if !ok {
			continue
		}
		whole++
		for _, name := range []string{"f1", "f2", "f3", "of" + marker} {
			if files[name] != marker {
				t.Errorf("run %d: %s is of generation %q, the marker of %q", i, name, files[name], marker)
			}
		}
	}
	t.Logf("%d kills, a whole folder after %d", rounds, whole)
	if whole == 0 {
		t.Error("no run got as far as one whole folder: the test shows nothing")
	}
	if err := generation(final, "last"); err != nil {
		t.Fatal(err)
	}
	wantTree(t, base, map[string]string{"out": "/", "out/f1": "last", "out/f2": "last", "out/f3": "last", "out/oflast": "last", "out/marker": "last"})
}

// existing returns the folder, or an empty one where it is not there yet.
func existing(t *testing.T, final string) string {
	if _, err := os.Stat(final); err == nil {
		return final
	}
	return t.TempDir()
}

func TestDiskFull(t *testing.T) {
	base := t.TempDir()
	final := filepath.Join(base, "out")
	put(t, filepath.Join(final, "f1"), "old")
	cmd, out := helper("small disk", final)
	if err := cmd.Run(); err != nil {
		t.Fatal(err, out)
	}
	if n := strings.Count(out.String(), "write "+final); n != 2 || strings.Count(out.String(), "file too large") != 2 || strings.Contains(out.String(), TempPrefix) {
		t.Errorf("want two errors that name the file and the reason, got\n%s", out)
	}
	wantTree(t, base, map[string]string{"out": "/", "out/f1": "old"})
}

func TestNoRights(t *testing.T) {
	// A place that others can reach, for the helper may run as nobody.
	base, err := os.MkdirTemp("", "atomicfile")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(base)
	final := filepath.Join(base, "out")
	put(t, filepath.Join(final, "f1"), "old")
	for path, perm := range map[string]os.FileMode{base: 0o755, final: 0o555} {
		if err := os.Chmod(path, perm); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(final, 0o700)
	cmd, out := helper("no rights", final)
	if os.Geteuid() == 0 {
		self, err := os.ReadFile(os.Args[0])
		if err != nil {
			t.Fatal(err)
		}
		cmd.Path = filepath.Join(base, "helper")
		if err := os.WriteFile(cmd.Path, self, 0o755); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(cmd.Path)
		cmd.Dir = "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	if err := cmd.Run(); err != nil {
		t.Fatal(err, out)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 {
		t.Fatalf("want four errors, got\n%s", out)
	}
	for _, line := range lines {
		if !strings.Contains(line, final) || !strings.Contains(line, "permission denied; choose a folder that you may write to") {
			t.Errorf("the error does not say where or what to do: %s", line)
		}
	}
	wantTree(t, final, map[string]string{"f1": "old"})
}
