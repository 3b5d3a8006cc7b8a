package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"iamctl/extract/ledger"
	"iamctl/extract/snapshot"
	"iamctl/internal/fakeiam"
	"iamctl/result"
)

// killedFleet kills runs that write a fleet at random moments and goes on with them.
type killedFleet struct {
	t       *testing.T
	command func() *exec.Cmd
	dir     string
	// accounts are the tags that the fleet must have in the end, and denied those of them
	// that cannot be read.
	accounts, denied []string
	// lasts is about how long a run lasts that is not killed. It is less after each that ended
	// before it was killed, and more after the others, but no more than longest.
	lasts, longest time.Duration
	// runs, kills and unfinished count the runs, those that were killed, and those that left
	// accounts to be read.
	runs, kills, unfinished int
}

// more reports whether fewer runs than so many were killed: some end before. Three times as
// many runs are too many.
func (k *killedFleet) more(kills int) bool {
	k.t.Helper()
	if k.kills < kills && k.runs == 3*kills {
		k.t.Fatalf("of %d runs %d were killed, want %d: they end too soon", k.runs, k.kills, kills)
	}
	return k.kills < kills
}

// run runs the command, kills it after a while, and looks at what it left.
func (k *killedFleet) run() {
	k.t.Helper()
	cmd := k.command()
	var out strings.Builder
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	time.Sleep(rand.N(k.lasts))
	cmd.Process.Kill()
	cmd.Wait()
	k.runs++
	if code := cmd.ProcessState.ExitCode(); code >= 0 && code != int(result.ExitIncomplete) && code != int(result.ExitInSync) {
		k.t.Fatalf("exit %d by itself: %s", code, out.String())
	} else if code < 0 {
		k.kills++
		k.lasts = min(k.lasts*9/8, max(k.lasts, k.longest))
	} else {
		k.longest = max(k.longest, k.lasts)
		k.lasts = k.lasts * 3 / 4
	}
	if n := k.look(); n > 0 {
		k.unfinished++
	} else if err := os.RemoveAll(k.dir); err != nil {
		k.t.Fatal(err)
	}
}

// look checks that what the ledger says is so, and returns how many accounts are still to be
// read.
func (k *killedFleet) look() int {
	k.t.Helper()
	f, err := ledger.Read(context.Background(), k.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return len(k.accounts)
	}
	if err != nil {
		k.t.Fatal(err)
	}
	var tags []string
	left := 0
	for _, e := range f.Entries {
		tags = append(tags, e.Tag)
		denied := slices.Contains(k.denied, e.Tag)
		switch e.Status {
		case ledger.Pending:
			left++
		case ledger.Failed:
			if !denied {
				k.t.Errorf("%s failed: %s", e.Tag, e.Reason)
			}
		case ledger.OK:
			k.whole(e)
		default:
			k.t.Errorf("%s is %s", e.Tag, e.Status)
		}
		if denied && e.Status == ledger.OK {
			k.t.Errorf("%s is denied, and there", e.Tag)
		}
	}
	slices.Sort(tags)
	if !slices.Equal(tags, k.accounts) {
		k.t.Errorf("the ledger has %v, want %v", tags, k.accounts)
	}
	return left
}

// whole checks that the fleet has a whole snapshot of the account.
func (k *killedFleet) whole(e ledger.Entry) {
	k.t.Helper()
	a, err := snapshot.Read(context.Background(), filepath.Join(k.dir, e.Tag))
	switch {
	case err != nil:
		k.t.Errorf("%s is ok, but: %v", e.Tag, err)
	case a.ID != e.ID || len(a.Roles) == 0 || e.Calls == 0 || e.Read.IsZero():
		k.t.Errorf("%+v has account %s with %d roles", e, a.ID, len(a.Roles))
	}
}

// end goes on until all is read, and looks for what should not be there.
func (k *killedFleet) end() {
	k.t.Helper()
	cmd := k.command()
	if out, err := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != int(result.ExitIncomplete) {
		k.t.Fatalf("%v: %s", err, out)
	}
	if n := k.look(); n > 0 {
		k.t.Errorf("%d accounts are lost", n)
	}
	want := []string{ledger.FileName}
	for _, tag := range k.accounts {
		if !slices.Contains(k.denied, tag) {
			want = append(want, tag)
		}
	}
	got := slices.DeleteFunc(namesIn(k.t, k.dir), func(name string) bool { return name == "organization" })
	if slices.Sort(want); !slices.Equal(got, want) {
		k.t.Errorf("the fleet has %v, want %v", got, want)
	}
	k.t.Logf("%d runs, %d killed, %d left accounts to be read", k.runs, k.kills, k.unfinished)
	if k.unfinished == 0 {
		k.t.Error("every run had ended before it was killed")
	}
}

// TestKilledFleet: whenever a run is killed, the ledger says what is there, and going on
// reads what is missing and nothing else.
func TestKilledFleet(t *testing.T) {
	kills := size(t, 6, 100)
	const n = 16
	var config strings.Builder
	args := []string{"snapshot"}
	k := &killedFleet{t: t, dir: filepath.Join(t.TempDir(), "fleet"), lasts: 600 * time.Millisecond}
	servers := map[string]*fakeiam.Server{}
	for i := range n {
		tag := fmt.Sprintf("p%02d", i)
		o := fakeiam.Options{Latency: 15 * time.Millisecond}
		if i == 5 {
			o.Faults = []fakeiam.Fault{fakeiam.Deny("GetAccountAuthorizationDetails", "ListRoles")}
			k.denied = append(k.denied, tag)
		}
		s := fakeiam.New(fakeiam.Sample(fmt.Sprintf("1000000000%02d", i), 4), o)
		t.Cleanup(s.Close)
		servers[tag] = s
		config.WriteString(s.Profile(tag))
		args, k.accounts = append(args, tag), append(k.accounts, tag)
	}
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(config.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	binary := program(t)
	k.command = func() *exec.Cmd {
		cmd := exec.Command(binary, append(args, "--dir", k.dir, "--resume", "--concurrency", "3", "-q")...)
		cmd.Env = append(os.Environ(), "AWS_CONFIG_FILE="+path, "AWS_SHARED_CREDENTIALS_FILE="+path+".none", "AWS_EC2_METADATA_DISABLED=true")
		return cmd
	}
	for k.more(kills) {
		before, calls := k.done(), map[string]int{}
		for _, tag := range before {
			calls[tag] = servers[tag].Calls("")
		}
		k.run()
		for _, tag := range before {
			if servers[tag].Calls("") != calls[tag] {
				t.Errorf("%s was read again", tag)
			}
		}
	}
	k.end()
}

// done returns the tags of the accounts that are there.
func (k *killedFleet) done() (tags []string) {
	f, err := ledger.Read(context.Background(), k.dir)
	if err != nil {
		return nil
	}
	for _, e := range f.Entries {
		if e.Status == ledger.OK {
			tags = append(tags, e.Tag)
		}
	}
	return tags
}
