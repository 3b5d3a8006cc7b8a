package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"iamctl/internal/sampleaccount"
	"iamctl/result"
)

// What one role may cost a run: memory, files, and the CPU time that two cores have
// in a minute.
const (
	worstMemory = 1_500 << 20
	worstFiles  = 1_000 << 20
	worstCPU    = 2 * time.Minute
)

// TestWorstRole compares accounts with a legal role that is built to explode: it
// costs what it may, is a gap, and hides nothing of the role beside it. The page and
// an earlier run to be held against are part of it.
func TestWorstRole(t *testing.T) {
	if os.Getenv("IAMCTL_LONG") == "" {
		t.Skip("left out: takes minutes; IAMCTL_LONG=1 asks for it")
	}
	binary := program(t)
	for _, shape := range sampleaccount.WorstShapes() {
		for _, same := range []bool{false, true} {
			dir := t.TempDir()
			for i, tag := range []string{"dev", "qa"} {
				o := sampleaccount.Options{Environment: tag, ID: []string{devID, qaID}[i], Drift: i}
				writeSnapshot(t, filepath.Join(dir, tag), sampleaccount.Worst(o, shape, same))
			}
			worstRun(t, binary, dir, shape, "diff", "./dev", "./qa", "-q", "-o", "first", "--format", "html", "--format", "sarif")
			worstRun(t, binary, dir, shape, "diff", "./dev", "./qa", "-q", "-o", "out", "--since", "first", "--format", "html")
			gaps, err := os.ReadFile(filepath.Join(dir, "out", "gaps.csv"))
			if err != nil || !strings.Contains(string(gaps), ",limit,role,worst") {
				t.Errorf("%s: %v; the gaps are\n%.500s", shape, err, gaps)
			}
			differing, err := os.ReadFile(filepath.Join(dir, "out", "common_roles_in_dev_with_differences.csv"))
			if err != nil || !strings.Contains(string(differing), "\nsmall,") {
				t.Errorf("%s: %v; the small role's drift is not there", shape, err)
			}
		}
	}
}

func worstRun(t *testing.T, binary, dir, shape string, args ...string) {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	out, _ := cmd.CombinedOutput()
	state := cmd.ProcessState
	if state.ExitCode() != int(result.ExitIncomplete) {
		t.Fatalf("%s: exit %d\n%.2000s", shape, state.ExitCode(), out)
	}
	memory := state.SysUsage().(*syscall.Rusage).Maxrss << 10
	cpu := state.UserTime() + state.SystemTime()
	var files int64
	for i, a := range args {
		if a == "-o" {
			files = sizeOf(t, filepath.Join(dir, args[i+1]))
		}
	}
	t.Logf("%-10s %-6s CPU %6.1f s, memory %5d MB, files %4d MB", shape, args[5], cpu.Seconds(), memory>>20, files>>20)
	if memory > worstMemory || files > worstFiles || cpu > worstCPU {
		t.Errorf("%s: that is more than it may cost", shape)
	}
}

// sizeOf returns how many bytes the files of a folder have.
func sizeOf(t *testing.T, dir string) (bytes int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		bytes += info.Size()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}
