//go:build unix

package snapshot

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
)

// The test binary runs itself as the process that is killed, or that has
// little space for files.
const (
	killEnv  = "SNAPSHOT_KILL_DIR"
	smallEnv = "SNAPSHOT_SMALL_DIR"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(smallEnv); dir != "" {
		signal.Ignore(syscall.SIGXFSZ)
		limit := syscall.Rlimit{Cur: 100_000, Max: 100_000}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		_, err := Write(dir, account("a", "b=changed", "big="+strings.Repeat("x", 200_000)))
		fmt.Println(err)
		os.Exit(0)
	}
	dir := os.Getenv(killEnv)
	if dir == "" {
		os.Exit(m.Run())
	}
	fmt.Println("ready")
	for i := 0; ; i++ {
		if _, err := Write(dir, generation(i%2)); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}

// generation is one of two accounts with roles in common, roles that differ
// and roles of their own.
func generation(n int) *inventory.Account {
	var names []string
	for i := range 15 {
		names = append(names, fmt.Sprintf("common-%02d", i), fmt.Sprintf("changed-%02d=%d", i, n), fmt.Sprintf("own-%d-%02d", n, i))
	}
	return account(names...)
}

func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: killing writers at random moments")
	}
	rounds := 9
	if os.Getenv("IAMCTL_LONG") != "" {
		rounds = 27
	}
	base := t.TempDir()
	dir := filepath.Join(base, "dev")
	states := []*inventory.Account{sorted(generation(0)), sorted(generation(1))}
	start := time.Now()
	write(t, filepath.Join(t.TempDir(), "x"), states[0])
	took := min(time.Since(start), 50*time.Millisecond)
	seen := map[string]int{}
	valid := false // from the first snapshot on there must always be one
	for i := range rounds {
		if i%(rounds/3) == 0 {
			os.RemoveAll(dir)
			valid = false
		}
		killAfter(t, dir, rand.N(3*took))
		got, err := Read(context.Background(), dir)
		if errors.Is(err, ErrPending) {
			seen["pending"]++
			complete(t, dir)
			got, err = Read(context.Background(), dir)
		}
		switch {
		case !valid && (errors.Is(err, ErrNoSnapshot) || errors.Is(err, os.ErrNotExist)):
			seen["none yet"]++
			took *= 2 // the machine is slower than it was
			continue
		case err != nil:
			t.Fatalf("run %d: %v", i, err)
		case cmp.Equal(withoutFiles(got), states[0]):
			seen["first"]++
		case cmp.Equal(got, states[1]):
			seen["second"]++
		default:
			t.Fatalf("run %d: neither the first nor the second:\n%s", i, cmp.Diff(states[0], got))
		}
		valid = true
	}
	t.Log(seen)
	if seen["first"]+seen["second"] < rounds*10/27 {
		t.Errorf("too few runs got anywhere: %v", seen)
	}
	write(t, dir, states[1])
	if d := cmp.Diff(states[1], read(t, dir)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if entries, _ := os.ReadDir(base); len(entries) != 1 {
		t.Errorf("something lies beside the snapshot: %v", entries)
	}
	if n, want := len(tree(t, dir)), 1+45; n != want {
		t.Errorf("%d files, want %d", n, want)
	}
}

// complete does what the next Write does first.
func complete(t *testing.T, dir string) {
	t.Helper()
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	if err := f.check(); err != nil {
		t.Fatal(err)
	}
	if err := f.finish(); err != nil {
		t.Fatal(err)
	}
}

// killAfter starts a process that writes and kills it some time after it has
// begun.
func killAfter(t *testing.T, dir string, wait time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), killEnv+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if _, err := lines.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	time.Sleep(wait)
	cmd.Process.Kill()
	rest, _ := io.ReadAll(lines)
	cmd.Wait()
	if cmd.ProcessState.Exited() {
		t.Fatalf("the process ended by itself: %s", rest)
	}
}

// A file that cannot be written leaves the old snapshot, or nothing.
func TestDiskFull(t *testing.T) {
	base := t.TempDir()
	old := filepath.Join(base, "old")
	write(t, old, account("b", "c"))
	before := tree(t, base)
	for _, dir := range []string{old, filepath.Join(base, "new", "dev")} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), smallEnv+"="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "write the snapshot "+dir) || !strings.Contains(string(out), "file too large") {
			t.Errorf("got %s, %v; want an error that names the folder and the reason", out, err)
		}
	}
	if d := cmp.Diff(before, tree(t, base)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if entries, _ := os.ReadDir(base); len(entries) != 1 {
		t.Errorf("something was left: %v", entries)
	}
}

// Several writers and readers at once: every reading is one of the accounts.
func TestManyAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dev")
	states := []*inventory.Account{sorted(generation(0)), sorted(generation(1))}
	write(t, dir, states[0])
	var wg sync.WaitGroup
	for n := range 2 {
		wg.Go(func() {
			for range 5 {
				if _, err := Write(dir, generation(n)); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 20 {
				got, err := Read(context.Background(), dir)
				if err != nil {
					t.Error(err)
				} else if withoutFiles(got); !cmp.Equal(got, states[0]) && !cmp.Equal(got, states[1]) {
					t.Error("a reading is a mixture")
				}
			}
		})
	}
	wg.Wait()
}
