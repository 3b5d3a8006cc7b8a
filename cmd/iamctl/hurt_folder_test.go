package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

// folderRuns are runs into one folder whose files have other names each, and one
// that leaves out what another has.
var folderRuns = []struct{ a, b, format string }{
	{"dev", "qa", "html"},
	{"one", "two", "markdown"},
	{"left", "right", ""},
}

func folderArgs(i int) []string {
	r := folderRuns[i]
	args := []string{"diff", "./dev", r.a, "./qa", r.b, "-q", "-o", "out"}
	if r.format != "" {
		args = append(args, "--format", r.format)
	}
	return args
}

// filesOfRuns returns the names of the files of each run, from a clean folder.
func filesOfRuns(t *testing.T, binary, dir string) [][]string {
	var all [][]string
	for i := range folderRuns {
		if code, _, errs := runIn(t, binary, dir, folderArgs(i)...); code != int(result.ExitDrift) {
			t.Fatalf("exit %d\n%s", code, errs)
		}
		all = append(all, namesIn(t, filepath.Join(dir, "out")))
		if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// namesIn returns the names in a folder, sorted.
func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// strangers are files in an output folder that are nobody's but the user's, by
// name, by place or by content.
var strangers = map[string]string{
	"notes.txt": "mine", "team_roles.csv": "Name,Owner\n", "old_dev_to_qa_common_role_difference_items.csv": "rolename,path\n",
	"report.sarif": "{}", "sub/summary.txt": "mine", ".iamctl.yaml": "mine",
}

func putStrangers(t *testing.T, dir string) {
	t.Helper()
	for name, content := range strangers {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// checkFolder checks that a folder has the files of one run, all of its text about
// that run, and the user's own; and that nothing lies beside it. It returns the run.
func checkFolder(t *testing.T, dir string, files [][]string) int {
	t.Helper()
	got := namesIn(t, filepath.Join(dir, "out"))
	for name, content := range strangers {
		if data, err := os.ReadFile(filepath.Join(dir, "out", name)); err != nil || string(data) != content {
			t.Errorf("the user's %s: %v, %q", name, err, data)
		}
		top, _, _ := strings.Cut(name, "/")
		got = slices.DeleteFunc(got, func(s string) bool { return s == top })
	}
	run := slices.IndexFunc(files, func(want []string) bool { return slices.Equal(got, want) })
	if run < 0 {
		t.Errorf("the folder is that of no run; from the first: -want +got\n%s", cmp.Diff(files[0], got))
		return run
	}
	r := folderRuns[run]
	for _, name := range []string{"summary.txt", "diff.json", "report.html", "report.md"} {
		data, err := os.ReadFile(filepath.Join(dir, "out", name))
		if err == nil && !(strings.Contains(string(data), r.a) && strings.Contains(string(data), r.b)) {
			t.Errorf("%s is not about %s and %s", name, r.a, r.b)
		}
	}
	if diff := cmp.Diff([]string{"dev", "equivalency_list.json", "out", "qa"}, namesIn(t, dir)); diff != "" {
		t.Errorf("beside the folder: -want +got\n%s", diff)
	}
	return run
}

// TestTwoRunsIntoOneFolder: of two at once both are whole in turn, or one is told
// that the other is at work.
func TestTwoRunsIntoOneFolder(t *testing.T) {
	pairs := size(t, 6, 300)
	binary, dir := program(t), t.TempDir()
	sampleSnapshots(t, dir, 3)
	files := filesOfRuns(t, binary, dir)
	putStrangers(t, filepath.Join(dir, "out"))
	refused, mixed := 0, 0
	for i := range pairs {
		if i%5 == 4 { // into a new folder too
			os.RemoveAll(filepath.Join(dir, "out"))
		}
		var cmds [2]*exec.Cmd
		var stderr [2]strings.Builder
		for k := range cmds {
			cmds[k] = exec.Command(binary, folderArgs((i+k)%len(folderRuns))...)
			cmds[k].Dir, cmds[k].Stderr = dir, &stderr[k]
			if err := cmds[k].Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
		}
		drift := 0
		for k := range cmds {
			_ = cmds[k].Wait()
			switch code := cmds[k].ProcessState.ExitCode(); {
			case code == int(result.ExitDrift):
				drift++
			case code == exitFailure && strings.Contains(stderr[k].String(), "another run"):
				refused++
			default:
				t.Errorf("pair %d: exit %d\n%s", i, code, stderr[k].String())
			}
		}
		if drift == 0 {
			t.Errorf("pair %d: neither run came to its end", i)
		}
		putStrangers(t, filepath.Join(dir, "out"))
		if checkFolder(t, dir, files) < 0 {
			mixed++
		}
	}
	t.Logf("%d pairs: %d runs refused, %d folders mixed", pairs, refused, mixed)
}

// TestKilledRunLeavesNothing kills runs into a filled folder. What is seen there
// comes from one run, and the next whole run leaves its own files alone.
func TestKilledRunLeavesNothing(t *testing.T) {
	kills := size(t, 12, 500)
	binary, dir := program(t), t.TempDir()
	sampleSnapshots(t, dir, 3)
	files := filesOfRuns(t, binary, dir)
	start := time.Now()
	if code, _, errs := runIn(t, binary, dir, folderArgs(0)...); code != int(result.ExitDrift) {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	full := time.Since(start)
	putStrangers(t, filepath.Join(dir, "out"))
	whole, half := 0, 0
	for i := range kills {
		kill(t, binary, dir, full+full/4, folderArgs(i%2)...)
		got := slices.DeleteFunc(namesIn(t, filepath.Join(dir, "out")), func(s string) bool {
			_, stranger := strangers[s]
			return stranger || s == "sub" || strings.HasPrefix(s, ".iamctl-")
		})
		complete := slices.Contains(got, result.FileName)
		of := slices.IndexFunc(files, func(want []string) bool {
			return slices.Equal(got, want) || !complete && !slices.ContainsFunc(got, func(s string) bool { return !slices.Contains(want, s) })
		})
		if of < 0 {
			t.Errorf("kill %d: a mixture, or not whole: %v", i, got)
		}
		if whole++; !complete {
			half++
			whole--
		}
		// One run in six comes to its end, so that what kills left piles up.
		if i%6 == 5 {
			if code, _, errs := runIn(t, binary, dir, folderArgs(2)...); code != int(result.ExitDrift) {
				t.Fatalf("after the kills: exit %d\n%s", code, errs)
			}
			if checkFolder(t, dir, files) != 2 {
				t.Fatalf("kill %d: the run that follows left something", i)
			}
		}
	}
	t.Logf("%d kills: %d left a whole folder, %d one without its mark", kills, whole, half)
}
