package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/sampleaccount"
)

// TestInterruptOfALargeRole interrupts comparisons of one large role, which have no
// place to stop at, at random moments.
func TestInterruptOfALargeRole(t *testing.T) {
	rounds := size(t, 2, 50)
	binary, dir := program(t), t.TempDir()
	for i, tag := range []string{"dev", "qa"} {
		o := sampleaccount.Options{Environment: tag, ID: []string{devID, qaID}[i], Drift: i}
		writeSnapshot(t, filepath.Join(dir, tag), sampleaccount.Worst(o, "within", false))
	}
	var longest time.Duration
	for range rounds {
		cmd := exec.Command(binary, "diff", "./dev", "./qa", "-q", "-o", "out")
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(200+rand.IntN(3000)) * time.Millisecond)
		start := time.Now()
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		longest = max(longest, time.Since(start))
		if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
			t.Fatalf("exit %d", code)
		}
		if diff := cmp.Diff([]string{"dev", "qa"}, namesIn(t, dir)); diff != "" {
			t.Errorf("it left something: -want +got\n%s", diff)
		}
	}
	t.Logf("the longest took %v", longest)
	if longest > 5*time.Second {
		t.Errorf("it took %v to end", longest)
	}
}
