//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"iamctl/internal/fakeiam"
	"iamctl/internal/fakeorg"
	"iamctl/internal/sampleaccount"
	"iamctl/inventory"
)

// beside is how many accounts of a fleet are read at a time.
const beside = 16

// TestFleetOfMany measures how long a fleet takes, against reading the same pages and throwing
// them away. IAMCTL_FLEET says how many accounts it has; without it nothing is done.
func TestFleetOfMany(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("IAMCTL_FLEET"))
	if err != nil {
		t.Skip("left out: set IAMCTL_FLEET=1000 to measure a fleet of a thousand accounts")
	}
	t.Run("organization", func(t *testing.T) {
		org, accounts := fakeorg.Sample(n - 1)
		for id := range accounts {
			accounts[id] = fakeiam.Sample(id, 25)
		}
		s := fakeorg.New(org, accounts, fakeorg.Options{Latency: 20 * time.Millisecond})
		t.Cleanup(s.Close)
		var pages strings.Builder
		for _, m := range org.Members {
			role := ""
			if !m.Management {
				role = "arn:aws:iam::" + m.ID + ":role/iamctl-reader"
			}
			fmt.Fprintln(&pages, s.URL, m.ID, role)
		}
		measure(t, n, s.Profile("mgmt"), pages.String(), snapshotOf("org:mgmt")...)
	})
	t.Run("profiles", func(t *testing.T) {
		var config, pages strings.Builder
		var args []string
		for i := range n {
			id := fmt.Sprintf("%012d", 100000000000+i)
			s := fakeiam.New(fakeiam.Sample(id, 25), fakeiam.Options{Latency: 20 * time.Millisecond})
			t.Cleanup(s.Close)
			tag := fmt.Sprintf("p%05d", i)
			config.WriteString(s.Profile(tag))
			fmt.Fprintln(&pages, s.URL, id)
			args = append(args, tag)
		}
		measure(t, n, config.String(), pages.String(), snapshotOf(args...)...)
	})
}

// snapshotOf returns the arguments for a snapshot of sources.
func snapshotOf(sources ...string) []string {
	return append([]string{"snapshot", "--dir", "out", "--resume", "--concurrency", strconv.Itoa(beside), "-q"}, sources...)
}

// TestHarvestOfMany measures how long it takes to read an account of many roles and to write
// all of their items, as a file or as a snapshot, against its pages alone. IAMCTL_HARVEST says
// how many roles it has.
func TestHarvestOfMany(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("IAMCTL_HARVEST"))
	if err != nil {
		t.Skip("left out: set IAMCTL_HARVEST=5000 to measure an account of 5,000 roles")
	}
	const id = "100000000000"
	for name, a := range map[string]*inventory.Account{
		"few items":  fakeiam.Sample(id, n),
		"many items": sampleaccount.New(sampleaccount.Options{Environment: "dev", ID: id, Roles: n}),
	} {
		t.Run(name, func(t *testing.T) {
			s := fakeiam.New(a, fakeiam.Options{Latency: 20 * time.Millisecond})
			t.Cleanup(s.Close)
			measure(t, n, s.Profile("dev"), s.URL+" "+id, "harvest", "dev", "--output", "out", "-q")
			measure(t, n, s.Profile("dev"), s.URL+" "+id, "snapshot", "dev", "--dir", "out", "-q")
		})
	}
}

// measure measures a command in a new folder, and how long the pages alone take. Those are a
// line for each account: address, id, and the role that is assumed if one is.
func measure(t *testing.T, n int, config, pages string, command ...string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"config": config, "pages": pages} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	self := program(t)
	run := func(args ...string) spent {
		cmd := exec.Command(self, args...)
		cmd.Env = append(os.Environ(), "AWS_CONFIG_FILE="+filepath.Join(dir, "config"), "AWS_SHARED_CREDENTIALS_FILE=none", "AWS_EC2_METADATA_DISABLED=true", "AWS_CA_BUNDLE=")
		cmd.Dir = dir
		if args[0] != command[0] {
			cmd.Args[0] = "pages"
			cmd.Path = filepath.Join(filepath.Dir(self), "pages")
			if err := os.Symlink(self, cmd.Path); err != nil && !os.IsExist(err) {
				t.Fatal(err)
			}
		}
		var out strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &out
		start := time.Now()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		peak := make(chan int, 1)
		go func() { peak <- peakOf(cmd.Process.Pid, ended) }()
		err := cmd.Wait()
		wall := time.Since(start)
		close(ended)
		if err != nil {
			t.Fatalf("%v: %s", err, out.String())
		}
		return spent{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), <-peak}
	}
	run("raw", "pages") // the first time makes the pages
	raw, sdk, all := run("raw", "pages"), run("sdk", "pages"), run(command...)
	t.Logf("%d: pages by HTTP alone %v, by the SDK %v; %s %v: %.2f and %.2f times", n, raw, sdk, command[0], all, all.times(raw), all.times(sdk))
}

// peakOf returns the most memory in MiB that a process had until it ended, 0 where no /proc
// says so: what wait returns is no less than what this process had when it began the other.
func peakOf(pid int, ended <-chan struct{}) int {
	mib := 0
	for {
		data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if _, after, ok := strings.Cut(string(data), "VmHWM:"); ok {
			kib, _ := strconv.Atoi(strings.Fields(after)[0])
			mib = max(mib, kib>>10)
		}
		select {
		case <-ended:
			return mib
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// spent is what a process took.
type spent struct {
	wall, cpu time.Duration
	mib       int // at most
}

func (s spent) String() string {
	return fmt.Sprintf("%.2f s (CPU %.2f s, %d MiB)", s.wall.Seconds(), s.cpu.Seconds(), s.mib)
}

func (s spent) times(o spent) float64 { return s.wall.Seconds() / o.wall.Seconds() }
