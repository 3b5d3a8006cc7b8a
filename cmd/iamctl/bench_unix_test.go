//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"iamctl/extract/snapshot"
	"iamctl/internal/sampleaccount"
	"iamctl/result"
)

// BenchmarkDiff runs the whole program, as a process of its own, on two
// snapshots with about 1,200 items a role, with every 50th role drifted. It
// reports the processor time, user and system, and the peak of resident memory
// besides the time.
func BenchmarkDiff(b *testing.B) {
	benchmarkProgram(b, result.ExitDrift, func(dir, out string) []string {
		return []string{"diff", filepath.Join(dir, "dev"), filepath.Join(dir, "qa"), "-d", filepath.Join(dir, "equivalency_list.json"), "-o", out, "-q"}
	})
}

// BenchmarkSuggest is BenchmarkDiff for a dictionary that is yet to be found.
func BenchmarkSuggest(b *testing.B) {
	benchmarkProgram(b, result.ExitInSync, func(dir, _ string) []string {
		return []string{"suggest", filepath.Join(dir, "dev"), filepath.Join(dir, "qa"), "-q"}
	})
}

func benchmarkProgram(b *testing.B, want result.ExitCode, args func(dir, out string) []string) {
	binary := buildBinary(b)
	for _, roles := range []int{500, 5000} {
		b.Run(fmt.Sprintf("roles=%d", roles), func(b *testing.B) {
			dir := b.TempDir()
			for i, tag := range []string{"dev", "qa"} {
				a := sampleaccount.New(sampleaccount.Options{
					Environment: tag, ID: []string{devID, qaID}[i], Roles: roles, Drift: 50 * i,
				})
				if _, err := snapshot.Write(filepath.Join(dir, tag), a); err != nil {
					b.Fatal(err)
				}
			}
			list := filepath.Join(dir, "equivalency_list.json")
			if err := os.WriteFile(list, []byte(storyDictionary), 0o600); err != nil {
				b.Fatal(err)
			}
			peak, cpu := int64(0), time.Duration(0)
			for i := 0; b.Loop(); i++ {
				out := filepath.Join(dir, fmt.Sprint("out", i))
				state := runBinary(b, int(want), binary, args(dir, out)...)
				peak = max(peak, state.SysUsage().(*syscall.Rusage).Maxrss)
				cpu += state.UserTime() + state.SystemTime()
				b.StopTimer()
				os.RemoveAll(out)
				b.StartTimer()
			}
			b.ReportMetric(float64(peak)/1024, "MiB-peak")
			b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}

// BenchmarkHelp measures the start of the program.
func BenchmarkHelp(b *testing.B) {
	binary := buildBinary(b)
	for b.Loop() {
		runBinary(b, 0, binary, "--help")
	}
}

func buildBinary(b *testing.B) string {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "iamctl")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

func runBinary(b *testing.B, want int, binary string, args ...string) *os.ProcessState {
	b.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Stderr = os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		b.Fatal(err)
	}
	if code := cmd.ProcessState.ExitCode(); code != want {
		b.Fatalf("iamctl %v: exit %d, want %d", args, code, want)
	}
	return cmd.ProcessState
}
