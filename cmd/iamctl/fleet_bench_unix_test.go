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
		measureFleet(t, n, s.Profile("mgmt"), pages.String(), []string{"org:mgmt"})
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
		measureFleet(t, n, config.String(), pages.String(), args)
	})
}

// measureFleet measures a snapshot of the sources, and how long the pages alone take. Those
// are a line for each account: address, id, and the role that is assumed if one is.
func measureFleet(t *testing.T, n int, config, pages string, sources []string) {
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
		if args[0] != "snapshot" {
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
	run("raw", filepath.Join(dir, "pages")) // the first time makes the pages
	raw, sdk := run("raw", filepath.Join(dir, "pages")), run("sdk", filepath.Join(dir, "pages"))
	all := run(append([]string{"snapshot"}, append(sources, "--dir", filepath.Join(dir, "fleet"), "--resume", "--concurrency", strconv.Itoa(beside), "-q")...)...)
	t.Logf("%d accounts: pages by HTTP alone %v, by the SDK %v; snapshot %v: %.2f and %.2f times", n, raw, sdk, all, all.times(raw), all.times(sdk))
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
