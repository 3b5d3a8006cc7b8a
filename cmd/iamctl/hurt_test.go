package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/extract/snapshot"
	"iamctl/internal/fakeiam"
	"iamctl/internal/sampleaccount"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/waiver"
)

// The ids of the accounts in the tests.
const (
	devID = "111111111111"
	qaID  = "222222222222"
)

func allow(elements string) inventory.Document {
	return inventory.Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` + elements + `}]}`)
}

// storyDictionary takes the names of the environments for the same.
const storyDictionary = `{"accountname": ["dev", "qa"]}`

// program is the test's own executable under the name that makes it iamctl.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "iamctl")
	if err := os.Symlink(self, link); err != nil {
		t.Skipf("left out: needs symbolic links: %v", err)
	}
	return link
}

// size is that of a test whose worth grows with the time that it takes: few by
// default, many where IAMCTL_LONG is set.
func size(t *testing.T, few, many int) int {
	t.Helper()
	switch {
	case testing.Short():
		t.Skip("left out: -short: killing many processes, or one huge document")
	case os.Getenv("IAMCTL_LONG") != "":
		return many
	}
	return few
}

// sampleSnapshots writes two accounts that differ in one action of role 0.
func sampleSnapshots(t *testing.T, dir string, roles int) {
	t.Helper()
	for i, tag := range []string{"dev", "qa"} {
		a := sampleaccount.New(sampleaccount.Options{Environment: tag, ID: []string{devID, qaID}[i], Roles: roles, Drift: 1000 * i})
		writeSnapshot(t, filepath.Join(dir, tag), a)
	}
	if err := os.WriteFile(filepath.Join(dir, "equivalency_list.json"), []byte(storyDictionary), 0o600); err != nil {
		t.Fatal(err)
	}
}

func writeSnapshot(t *testing.T, dir string, a *inventory.Account) {
	t.Helper()
	if _, err := snapshot.Write(dir, a); err != nil {
		t.Fatal(err)
	}
}

// runIn runs iamctl in a folder.
func runIn(t *testing.T, binary, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// complete reports whether a folder has the mark of a complete run, and checks
// that the mark is true.
func complete(t *testing.T, dir string) bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "diff.json"))
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(data) {
		t.Fatalf("%s: diff.json is half written", dir)
	}
	for _, name := range []string{"dev_dev_iam_tuples.csv", "qa_qa_iam_tuples.csv", "summary.txt", "gaps.csv"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Fatalf("%s is marked as complete, but: %v", dir, err)
		}
	}
	return true
}

// TestKilledRunLeavesNoHalfResult kills runs at random moments, into a new
// folder and into one that has a result already.
func TestKilledRunLeavesNoHalfResult(t *testing.T) {
	rounds := size(t, 10, 30)
	binary, dir := program(t), t.TempDir()
	sampleSnapshots(t, dir, 20)
	start := time.Now()
	if code, _, errs := runIn(t, binary, dir, "diff", "./dev", "./qa", "-q", "-o", "whole"); code != int(result.ExitDrift) {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	full := time.Since(start)
	killed, finished := 0, 0
	for i := range rounds {
		out := "new"
		if i%2 == 0 {
			out = "whole"
		} else if err := os.RemoveAll(filepath.Join(dir, out)); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(binary, "diff", "./dev", "./qa", "-q", "-o", out)
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(full))))
		cmd.Process.Kill()
		cmd.Wait()
		if _, err := os.Stat(filepath.Join(dir, out)); err == nil && complete(t, filepath.Join(dir, out)) {
			finished++
		} else if out == "new" {
			if _, err := os.Stat(filepath.Join(dir, out)); err == nil {
				t.Error("a new folder appeared without its mark")
			}
			killed++
		}
	}
	t.Logf("%d folders complete, %d never came to be", finished, killed)
	if code, _, errs := runIn(t, binary, dir, "diff", "./dev", "./qa", "-q", "-o", "whole"); code != int(result.ExitDrift) || !complete(t, filepath.Join(dir, "whole")) {
		t.Errorf("after the kills: exit %d\n%s", code, errs)
	}
}

// kill runs iamctl and kills it at a random moment within the time given.
func kill(t *testing.T, binary, dir string, within time.Duration, args ...string) {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(rand.Int64N(int64(within))))
	cmd.Process.Kill()
	cmd.Wait()
}

// TestTwoWaivesAtOnce: neither loses what the other wrote.
func TestTwoWaivesAtOnce(t *testing.T) {
	rounds := size(t, 3, 50)
	binary, dir := program(t), t.TempDir()
	sampleSnapshots(t, dir, 3)
	if code, _, errs := runIn(t, binary, dir, "diff", "./dev", "./qa", "-q", "-o", "run"); code != int(result.ExitDrift) {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	f, err := os.Open(filepath.Join(dir, "run", result.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run, err := result.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	drifts := distinctDrifts(run)
	for range rounds {
		os.Remove(filepath.Join(dir, "waivers.json"))
		var wg sync.WaitGroup
		for _, d := range drifts {
			wg.Go(func() {
				code, _, errs := runIn(t, binary, dir, "waive", "run", d.Fingerprint, "--owner", "me", "--reason", "x", "--expires", "2999-12-31", "-q")
				if code != int(result.ExitInSync) {
					t.Errorf("exit %d\n%s", code, errs)
				}
			})
		}
		wg.Wait()
		if n := waiversIn(t, filepath.Join(dir, "waivers.json")); n != len(drifts) || n < 2 {
			t.Errorf("%d waivers of %d drifts", n, len(drifts))
		}
	}
	if diff := cmp.Diff([]string{"dev", "equivalency_list.json", "qa", "run", "waivers.json"}, namesIn(t, dir)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestTwoSnapshotsAtOnce: the folder is what one of them wrote.
func TestTwoSnapshotsAtOnce(t *testing.T) {
	rounds := size(t, 5, 100)
	binary, dir := program(t), t.TempDir()
	var states [2]*inventory.Account
	for i, environment := range []string{"dev", "qa"} {
		folder := filepath.Join(dir, environment)
		writeSnapshot(t, folder, sampleaccount.New(sampleaccount.Options{Environment: environment, ID: devID, Roles: 10}))
		var err error
		if states[i], err = snapshot.Read(t.Context(), folder); err != nil {
			t.Fatal(err)
		}
	}
	for range rounds {
		var wg sync.WaitGroup
		for _, tag := range []string{"dev", "qa"} {
			wg.Go(func() {
				if code, _, errs := runIn(t, binary, dir, "snapshot", "./"+tag+"=it", "--dir", "baseline", "-q"); code != int(result.ExitInSync) {
					t.Errorf("exit %d\n%s", code, errs)
				}
			})
		}
		wg.Wait()
		got, err := snapshot.Read(t.Context(), filepath.Join(dir, "baseline", "it"))
		if err != nil || !cmp.Equal(got, states[0]) && !cmp.Equal(got, states[1]) {
			t.Fatalf("the baseline is neither account: %v", err)
		}
		if names := namesIn(t, filepath.Join(dir, "baseline", "it")); slices.ContainsFunc(names, func(s string) bool { return strings.HasPrefix(s, ".") }) {
			t.Errorf("something stays: %v", names)
		}
	}
}

// TestKilledSnapshotIsOldOrNew kills snapshots that turn one state of an
// account into another: the baseline is one or the other, or it is refused until
// the next snapshot completes it, but never mixed.
func TestKilledSnapshotIsOldOrNew(t *testing.T) {
	rounds := size(t, 12, 60)
	binary, dir := program(t), t.TempDir()
	var states [2]*inventory.Account
	for i, environment := range []string{"dev", "qa"} {
		folder := filepath.Join(dir, environment)
		writeSnapshot(t, folder, sampleaccount.New(sampleaccount.Options{Environment: environment, ID: devID, Roles: 20}))
		var err error
		if states[i], err = snapshot.Read(t.Context(), folder); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	if code, _, errs := runIn(t, binary, dir, "snapshot", "./dev=it", "--dir", "baseline", "-q"); code != int(result.ExitInSync) {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	full := time.Since(start)
	var seen [2]int
	for i := range rounds {
		args := []string{"snapshot", "./" + []string{"qa", "dev"}[i%2] + "=it", "--dir", "baseline", "-q"}
		kill(t, binary, dir, full, args...)
		got, err := snapshot.Read(t.Context(), filepath.Join(dir, "baseline", "it"))
		if errors.Is(err, snapshot.ErrPending) {
			if code, _, errs := runIn(t, binary, dir, args...); code != int(result.ExitInSync) {
				t.Fatalf("run %d: it is not completed: exit %d\n%s", i, code, errs)
			}
			got, err = snapshot.Read(t.Context(), filepath.Join(dir, "baseline", "it"))
		}
		if err != nil {
			t.Fatalf("run %d: the baseline cannot be read: %v", i, err)
		}
		switch {
		case cmp.Equal(got, states[0]):
			seen[0]++
		case cmp.Equal(got, states[1]):
			seen[1]++
		default:
			t.Fatalf("run %d: the baseline is neither state: %d roles", i, len(got.Roles))
		}
	}
	t.Logf("%d times the one state, %d times the other", seen[0], seen[1])
}

// TestKilledWaiveIsOldOrNew kills waives: the file has the waivers or has not.
func TestKilledWaiveIsOldOrNew(t *testing.T) {
	rounds := size(t, 12, 60)
	binary, dir := program(t), t.TempDir()
	sampleSnapshots(t, dir, 3)
	start := time.Now()
	if code, _, errs := runIn(t, binary, dir, "diff", "./dev", "./qa", "-q", "-o", "run"); code != int(result.ExitDrift) {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	full := time.Since(start)
	args := []string{"waive", "run", "--all", "--owner", "me", "--reason", "x", "--expires", "2999-12-31", "-q"}
	path := filepath.Join(dir, "waivers.json")
	if code, _, errs := runIn(t, binary, dir, args...); code != int(result.ExitInSync) {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	all := waiversIn(t, path)
	var seen [2]int
	for i := range rounds {
		if err := os.WriteFile(path, []byte(`{"version": 1, "waivers": [], "ignore": []}`), 0o600); err != nil {
			t.Fatal(err)
		}
		kill(t, binary, dir, full, args...)
		switch n := waiversIn(t, path); n {
		case 0:
			seen[0]++
		case all:
			seen[1]++
		default:
			t.Fatalf("run %d: the file has %d waivers, want none or all %d", i, n, all)
		}
	}
	t.Logf("%d times the old file, %d times the new one", seen[0], seen[1])
}

func waiversIn(t *testing.T, path string) int {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := waiver.Parse(path, data)
	if err != nil {
		t.Fatal(err)
	}
	return len(f.Waivers)
}

// TestInterruptEndsWithinASecond interrupts a run that waits for a slow
// account, and one that waits for its next try.
func TestInterruptEndsWithinASecond(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: runs as processes")
	}
	binary, dir := program(t), t.TempDir()
	for name, o := range map[string]fakeiam.Options{
		"slow answers": {Latency: time.Minute},
		"throttling":   {Faults: []fakeiam.Fault{fakeiam.Always(fakeiam.Throttled)}},
	} {
		s := fakeiam.New(fakeiam.Sample(devID, 3), o)
		config := filepath.Join(dir, "config")
		text := "[profile dev]\nregion = us-east-1\nendpoint_url = " + s.URL + "\naws_access_key_id = test\naws_secret_access_key = test\n"
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(binary, "harvest", "dev", "-o", "out")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "AWS_CONFIG_FILE="+config, "HOME="+dir)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(time.Minute); s.Calls("") == 0 && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(100 * time.Millisecond) // the answer, if there is one, arrives
		start := time.Now()
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: it took %v to end", name, took)
		}
		if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(stderr.String(), "interrupted") {
			t.Errorf("%s: exit %d\n%s", name, code, stderr.String())
		}
		if _, err := os.Stat(filepath.Join(dir, "out")); err == nil {
			t.Errorf("%s: it left an output folder", name)
		}
		s.Close()
	}
}

// TestTwoRunsInOneSecond: each has a folder of its own, and both are whole.
func TestTwoRunsInOneSecond(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: runs as processes")
	}
	binary, dir := program(t), t.TempDir()
	sampleSnapshots(t, dir, 2)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if code, _, errs := runIn(t, binary, dir, "diff", "./dev", "./qa", "-q"); code != int(result.ExitDrift) {
				t.Errorf("exit %d\n%s", code, errs)
			}
		})
	}
	wg.Wait()
	folders, err := filepath.Glob(filepath.Join(dir, "aws-idt/output/*/*/*/*/*/*"))
	if err != nil || len(folders) != 6 {
		t.Fatalf("%d folders, want 6: %v", len(folders), folders)
	}
	for _, f := range folders {
		if !complete(t, f) {
			t.Errorf("%s is not complete", f)
		}
	}
}

// TestFullDisk needs the right to mount a file system of its own.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("left out: mounting a small file system needs Linux and root")
	}
	binary, dir := program(t), t.TempDir()
	sampleSnapshots(t, dir, 10)
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("left out: mount: %v %s", err, out)
	}
	defer exec.Command("umount", disk).Run()
	for _, args := range [][]string{
		{"diff", "./dev", "./qa", "-o", "disk/out"},
		{"harvest", "./dev", "-o", "disk/out"},
		{"snapshot", "./dev=copy", "--dir", "disk"},
	} {
		if args[0] == "snapshot" {
			os.WriteFile(filepath.Join(disk, "filler"), make([]byte, 290<<10), 0o600)
		}
		code, stdout, stderr := runIn(t, binary, dir, args...)
		if code != exitFailure || !strings.Contains(stderr, "no space left on device") {
			t.Errorf("%v: exit %d, want %d and the reason\n%s%s", args, code, exitFailure, stdout, stderr)
		}
		if strings.Contains(stderr, ".tmp") || strings.Contains(stdout, "drift") {
			t.Errorf("%v: it speaks of hidden files, or of a result\n%s%s", args, stdout, stderr)
		}
		left, _ := filepath.Glob(filepath.Join(disk, "*"))
		left = slices.DeleteFunc(left, func(s string) bool { return strings.HasSuffix(s, "filler") })
		if len(left) > 0 {
			t.Errorf("%v: left %v", args, left)
		}
	}
}

func TestReadOnlyFolder(t *testing.T) {
	binary, dir := program(t), t.TempDir()
	sampleSnapshots(t, dir, 1)
	closed := filepath.Join(dir, "closed")
	if err := os.Mkdir(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	probe := filepath.Join(closed, "probe")
	if err := os.WriteFile(probe, nil, 0o600); err == nil {
		os.Remove(probe)
		// Root writes anywhere: a file in place of a folder stops it too.
		if err := os.Remove(closed); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(closed, nil, 0o400); err != nil {
			t.Fatal(err)
		}
	}
	code, _, stderr := runIn(t, binary, dir, "diff", "./dev", "./qa", "-o", "closed/out")
	if code != exitFailure || !strings.Contains(stderr, "closed") || !strings.Contains(stderr, "--output DIR") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

// hostile are names and texts that IAM allows and that a spreadsheet, a
// terminal or a file system may take for something else.
var hostile = []string{"=cmd+calc@A0", "+1-1", "-2", "@SUM", "..", "a,b", "CON"}

func TestHostileText(t *testing.T) {
	binary, dir := program(t), t.TempDir()
	for i, tag := range []string{"dev", "qa"} {
		a := &inventory.Account{ID: []string{devID, qaID}[i], Partition: "aws"}
		for _, name := range hostile {
			description := "plain"
			if i == 1 {
				description = "\u009b31m red \u202e evil \x1b]0;title\a\n=1+1"
			}
			a.Roles = append(a.Roles, inventory.Role{
				Name: name, Path: "/", ARN: "arn:aws:iam::" + a.ID + ":role/" + name, Description: &description,
				Trust: allow(`"Principal":{"AWS":"*"},"Action":"sts:AssumeRole"`),
				Inline: []inventory.InlinePolicy{{Name: "=p", Document: allow(
					`"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/\u009b31m` + tag + `x` + strings.Repeat("y", i) + `\u001b[2J"`)}},
			})
		}
		a.Sort()
		writeSnapshot(t, filepath.Join(dir, tag), a)
	}
	code, stdout, stderr := runIn(t, binary, dir, "diff", "./dev", "./qa", "-o", "out")
	if code != int(result.ExitDrift) {
		t.Fatalf("exit %d\n%s", code, stderr)
	}
	checkPlain(t, "stdout", stdout)
	checkPlain(t, "stderr", stderr)
	files, _ := filepath.Glob(filepath.Join(dir, "out", "*"))
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		checkPlain(t, filepath.Base(f), string(data))
		if info, _ := os.Stat(f); info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others: %v", f, info.Mode())
		}
		if strings.HasSuffix(f, ".csv") {
			checkCells(t, f, data)
		}
	}
}

// checkPlain finds what a terminal would obey.
func checkPlain(t *testing.T, where, text string) {
	t.Helper()
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && r <= 0x9f || r >= 0x202a && r <= 0x202e {
			t.Errorf("%s has the control character %U", where, r)
			return
		}
	}
}

// checkCells finds what a spreadsheet would run.
func checkCells(t *testing.T, name string, data []byte) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s: the cell %q runs as a formula", name, cell)
			}
		}
	}
}

// TestHugeDocument: a policy of 1 MB, or of 10 MB, takes its time, not its
// victims.
func TestHugeDocument(t *testing.T) {
	megabytes := size(t, 1, 10)
	binary, dir := program(t), t.TempDir()
	var b strings.Builder
	b.WriteString(`{"Version":"2012-10-17","Statement":[`)
	for i := 0; b.Len() < megabytes<<20; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"Effect":"Allow","Action":["s3:GetObject","sqs:SendMessage"],"Resource":"arn:aws:s3:::bucket-%d/*","Condition":{"StringEquals":{"aws:SourceVpc":"vpc-%d"}}}`, i, i)
	}
	b.WriteString(`]}`)
	for i, tag := range []string{"dev", "qa"} {
		text := b.String()
		if i == 1 {
			text = strings.Replace(text, `"vpc-777"`, `"vpc-778"`, 1)
		}
		writeSnapshot(t, filepath.Join(dir, tag), &inventory.Account{ID: []string{devID, qaID}[i], Roles: []inventory.Role{{
			Name: "r", Path: "/", Trust: allow(`"Principal":{"AWS":"*"},"Action":"sts:AssumeRole"`),
			Inline: []inventory.InlinePolicy{{Name: "huge", Document: inventory.Document(text)}},
		}}})
	}
	code, _, stderr := runIn(t, binary, dir, "diff", "./dev", "./qa", "-q", "-o", "out")
	if code != int(result.ExitDrift) {
		t.Fatalf("exit %d\n%s", code, stderr)
	}
	data, err := os.ReadFile(filepath.Join(dir, "out/qa_to_dev_common_role_difference_items.csv"))
	if err != nil || !strings.Contains(string(data), "vpc-778") || strings.Count(string(data), "\n") > 3 {
		t.Errorf("the one difference was not found: %v\n%.2000s", err, data)
	}
}
