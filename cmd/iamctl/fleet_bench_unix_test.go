//go:build unix

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"iamctl/internal/fakeiam"
)

// TestFleetOfMany measures how long a fleet takes, against reading the same pages and throwing
// them away. IAMCTL_FLEET says how many accounts it has; without it nothing is done.
func TestFleetOfMany(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("IAMCTL_FLEET"))
	if err != nil {
		t.Skip("left out: set IAMCTL_FLEET=1000 to measure a fleet of a thousand accounts")
	}
	const beside = 16
	var config strings.Builder
	args := []string{"snapshot"}
	var urls []string
	for i := range n {
		s := fakeiam.New(fakeiam.Sample(fmt.Sprintf("%012d", 100000000000+i), 25), fakeiam.Options{Latency: 20 * time.Millisecond})
		defer s.Close()
		tag := fmt.Sprintf("p%05d", i)
		config.WriteString(s.Profile(tag))
		args, urls = append(args, tag), append(urls, s.URL)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "config")
	if err := os.WriteFile(path, []byte(config.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var pages time.Duration
	for range 2 { // the first time makes the pages
		start := time.Now()
		var g errgroup.Group
		g.SetLimit(beside)
		for _, u := range urls {
			g.Go(func() error { return readPages(u) })
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		pages = time.Since(start)
	}
	cmd := exec.Command(program(t), append(args, "--dir", filepath.Join(dir, "fleet"), "--resume", "--concurrency", fmt.Sprint(beside), "-q")...)
	cmd.Env = append(os.Environ(), "AWS_CONFIG_FILE="+path, "AWS_SHARED_CREDENTIALS_FILE="+path+".none", "AWS_EC2_METADATA_DISABLED=true")
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	took := time.Since(start)
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	t.Logf("%d accounts: pages alone %v, snapshot %v (%.2f times), CPU %v, peak memory %d MiB", n, pages.Round(time.Millisecond), took.Round(time.Millisecond),
		float64(took)/float64(pages), cpu.Round(time.Millisecond), usage.Maxrss>>10)
}

// readPages makes the calls of a reading, as many side by side, and throws the answers away.
func readPages(address string) error {
	call := func(action string) error {
		r, err := http.PostForm(address, url.Values{"Action": {action}, "MaxItems": {"1000"}})
		if err != nil {
			return err
		}
		defer r.Body.Close()
		_, err = io.Copy(io.Discard, r.Body)
		return err
	}
	if err := call("GetCallerIdentity"); err != nil {
		return err
	}
	var g errgroup.Group
	for _, action := range []string{"GetAccountAuthorizationDetails", "ListRoles", "ListAccountAliases"} {
		g.Go(func() error { return call(action) })
	}
	return g.Wait()
}
