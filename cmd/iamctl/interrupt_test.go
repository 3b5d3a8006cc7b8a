package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
	command := func() *exec.Cmd {
		cmd := exec.Command(binary, "diff", "./dev", "./qa", "-q", "-o", "out")
		cmd.Dir = dir
		return cmd
	}
	whole := command()
	start := time.Now()
	if err := whole.Run(); whole.ProcessState.ExitCode() < 0 {
		t.Fatal(err)
	}
	lasts := time.Since(start)
	var longest time.Duration
	interrupted := 0
	for range rounds {
		os.RemoveAll(filepath.Join(dir, "out"))
		cmd := command()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// It takes a moment before it catches the signal.
		time.Sleep(lasts/8 + rand.N(lasts/2))
		start := time.Now()
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		if cmd.ProcessState.ExitCode() == whole.ProcessState.ExitCode() && slices.Contains(namesIn(t, dir), "out") {
			continue // it was faster than the first, and had ended
		}
		interrupted++
		longest = max(longest, time.Since(start))
		if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
			t.Fatalf("exit %d", code)
		}
		if diff := cmp.Diff([]string{"dev", "qa"}, namesIn(t, dir)); diff != "" {
			t.Errorf("it left something: -want +got\n%s", diff)
		}
	}
	if interrupted == 0 {
		t.Error("every run had ended before it was interrupted")
	}
	t.Logf("the longest took %v", longest)
	if longest > 5*time.Second {
		t.Errorf("it took %v to end", longest)
	}
}
