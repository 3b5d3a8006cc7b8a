package examples_test

import (
	"bufio"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/fakeiam"
)

// settings reads NAME=VALUE lines; a name may come more than once.
func settings(t *testing.T, path string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	lines := bufio.NewScanner(strings.NewReader(read(t, path)))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' || line[0] == '[' || line[0] >= '0' && line[0] <= '9' {
			continue // also cron's own lines
		}
		name, value, ok := strings.Cut(line, "=")
		if !ok {
			t.Errorf("%s: %q is no setting", path, line)
		}
		all[name] = append(all[name], value)
	}
	return all
}

func TestServiceIsHardened(t *testing.T) {
	got := settings(t, "scheduled/systemd/iamctl-drift.service")
	rows := []struct{ name, value, reason string }{
		{"DynamicUser", "yes", "no user that anything else runs as"},
		{"NoNewPrivileges", "yes", "no setuid program helps"},
		{"ProtectSystem", "strict", "the system is read-only"},
		{"ProtectHome", "yes", "nobody's credentials are in sight"},
		{"PrivateTmp", "yes", "no shared /tmp"},
		{"CapabilityBoundingSet", "", "none is needed"},
		{"StateDirectory", "iamctl", "the one folder to write to"},
		{"StateDirectoryMode", "0700", "reports hold roles and policies"},
		{"UMask", "0077", "reports hold roles and policies"},
		{"ExecStart", "/usr/local/libexec/iamctl-nightly", "the script beside the unit"},
		{"Type", "oneshot", "its exit code is the result"},
	}
	for _, r := range rows {
		if v := got[r.name]; len(v) != 1 || v[0] != r.value {
			t.Errorf("%s=%s, want %q: %s", r.name, v, r.value, r.reason)
		}
	}
	for _, name := range []string{"SuccessExitStatus", "ExecStartPost"} {
		if _, ok := got[name]; ok {
			t.Errorf("%s would hide a night that is red", name)
		}
	}
	timer := settings(t, "scheduled/systemd/iamctl-drift.timer")
	if len(timer["OnCalendar"]) != 1 || timer["Persistent"][0] != "yes" || timer["WantedBy"][0] != "timers.target" {
		t.Errorf("timer: %v", timer)
	}
}

// TestCronLine holds the line against the service: the same script, user and
// files, one run at a time.
func TestCronLine(t *testing.T) {
	const file = "scheduled/systemd/iamctl-drift.cron"
	var line string
	for _, l := range strings.Split(read(t, file), "\n") {
		if l != "" && l[0] >= '0' && l[0] <= '9' {
			line = l
		}
	}
	fields := strings.Fields(line)
	if len(fields) < 7 || fields[5] != "iamctl" || fields[6] != "flock" || !strings.Contains(line, "--nonblock") {
		t.Fatalf("line: %s", line)
	}
	unit := settings(t, "scheduled/systemd/iamctl-drift.service")
	if !strings.Contains(line, unit["ExecStart"][0]) {
		t.Errorf("the line does not run %s", unit["ExecStart"][0])
	}
	have := settings(t, file)
	for _, e := range unit["Environment"] {
		name, value, _ := strings.Cut(strings.Trim(e, `"`), "=")
		if name == "GIT_SSH_COMMAND" {
			continue // cron's user has a key of its own
		}
		value = strings.ReplaceAll(value, "%S", "/var/lib")
		if got := have[name]; len(got) != 1 || got[0] != value {
			t.Errorf("%s=%v, want %s as in the service", name, got, value)
		}
	}
	if have["STATE_DIRECTORY"][0] != "/var/lib/"+unit["StateDirectory"][0] {
		t.Errorf("STATE_DIRECTORY=%v", have["STATE_DIRECTORY"])
	}
}

// host is a machine with the script, as an EC2 host.
func newHost(t *testing.T, c *cloud) (s *shell, state string) {
	s = team(t, c, "scheduled/systemd/aws-config")
	script, err := filepath.Abs("scheduled/systemd/iamctl-nightly")
	if err != nil {
		t.Fatal(err)
	}
	state = t.TempDir()
	write(t, filepath.Join(state, "comparisons"), read(t, "scheduled/systemd/comparisons"))
	s.env = append(s.env, "STATE_DIRECTORY="+state, "IAMCTL_REPOSITORY="+s.dir, "IAMCTL_COMPARISONS="+filepath.Join(state, "comparisons"),
		"AWS_CONFIG_FILE="+s.file("aws-config"), "AWS_EC2_METADATA_SERVICE_ENDPOINT="+c.URL, "SCRIPT="+script)
	return s, state
}

func TestNights(t *testing.T) {
	c := newCloud(t)
	s, state := newHost(t, c)
	write(t, filepath.Join(state, "comparisons"), "# a comment\n\ndev baseline/dev dev\nqa baseline/qa qa")
	s.env = append(s.env, "IAMCTL_NOTIFY=cat >> "+filepath.Join(state, "told"))
	accept := func() {
		s.must(`iamctl snapshot dev --dir baseline && git commit --quiet --all --message "Accept"`, "AWS_CONFIG_FILE="+s.file("aws-config"))
	}
	rows := []struct {
		name   string
		change func()
		code   int
		told   bool
		reason string
	}{
		{"first", func() {}, 0, false, "the accounts are their baselines"},
		{"drift", func() { c.serve(t, "dev", fakeiam.Options{}, allowMore) }, 1, true, "one of two accounts drifted"},
		{"known", func() {}, 1, false, "nothing to tell twice"},
		{"incomplete", func() {
			c.serve(t, "qa", fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Deny("ListRoles")}}, nil)
		}, 3, false, "3 beats 1"},
		{"accepted", func() { c.serve(t, "qa", fakeiam.Options{}, nil); accept() }, 0, false, "the next night pulls the new baseline"},
		{"locked out", func() { s.env = append(s.env, "AWS_EC2_METADATA_DISABLED=true") }, 2, false, "no credentials"},
	}
	for _, r := range rows {
		r.change()
		_ = os.Remove(filepath.Join(state, "told"))
		if code, out := s.run(`"$SCRIPT"`); code != r.code {
			t.Errorf("%s (%s): exit %d, want %d\n%s", r.name, r.reason, code, r.code, out)
		}
		if told := exists(filepath.Join(state, "told")); told != r.told {
			t.Errorf("%s (%s): told %v, want %v", r.name, r.reason, told, r.told)
		}
	}
	for _, want := range []string{"dev", "dev.before", "qa", "qa.before"} {
		if !exists(filepath.Join(state, "reports", want, "report.html")) {
			t.Errorf("there is no report of %s", want)
		}
	}
	if exists(filepath.Join(state, "reports", "dev.new")) {
		t.Error("a failed night left a folder behind")
	}
}

// TestNightsAudit: an audit is red for what is high, and from the second night on for what
// of that is new.
func TestNightsAudit(t *testing.T) {
	s, state := newHost(t, newCloud(t))
	write(t, filepath.Join(state, "comparisons"), "rules --audit dev\n")
	s.env = append(s.env, "IAMCTL_NOTIFY=cat >> "+filepath.Join(state, "told"))
	for _, r := range []struct {
		night string
		code  int
	}{{"first", 1}, {"second", 0}} {
		if code, out := s.run(`"$SCRIPT"`); code != r.code {
			t.Errorf("%s night: exit %d, want %d\n%s", r.night, code, r.code, out)
		}
		if !exists(filepath.Join(state, "reports", "rules.json")) {
			t.Errorf("%s night: no findings were kept", r.night)
		}
	}
}

// TestNightsMatrix: a matrix is held against the night before, and tells only what is new.
func TestNightsMatrix(t *testing.T) {
	s, state := newHost(t, newCloud(t))
	write(t, filepath.Join(state, "comparisons"), "fleet --matrix baseline/*\n")
	s.env = append(s.env, "IAMCTL_NOTIFY=cat >> "+filepath.Join(state, "told"))
	for _, r := range []struct {
		night string
		told  bool
	}{{"first", true}, {"second", false}} {
		_ = os.Remove(filepath.Join(state, "told"))
		if code, out := s.run(`"$SCRIPT"`); code != 1 {
			t.Errorf("%s night: exit %d, want 1: the examples differ\n%s", r.night, code, out)
		}
		if told := exists(filepath.Join(state, "told")); told != r.told {
			t.Errorf("%s night: told %v, want %v", r.night, told, r.told)
		}
	}
	for _, want := range []string{"fleet", "fleet.before"} {
		if !exists(filepath.Join(state, "reports", want, "matrix.html")) {
			t.Errorf("there is no heat map in %s", want)
		}
	}
}

func TestNightsComplain(t *testing.T) {
	rows := []struct{ name, list, env, says, reason string }{
		{"no list", "", "IAMCTL_COMPARISONS=/does/not/exist", "cannot read the list", "a night without comparisons is no green night"},
		{"empty list", "# nothing\n", "X=", "names no comparison", "nor is an empty list"},
		{"short line", "dev baseline/dev\n", "X=", "want NAME SOURCE_1 SOURCE_2", "one source is missing"},
		{"long line", "dev a b c\n", "X=", "want NAME SOURCE_1 SOURCE_2", "a name has a space"},
		{"audit of nothing", "dev --audit\n", "X=", "NAME --audit SOURCE", "the source is missing"},
		{"name", "../dev a b\n", "X=", "cannot be a folder's name", "it would leave the folder"},
		{"no repository", "dev baseline/dev dev\n", "IAMCTL_REPOSITORY=/does/not/exist", "cannot clone", "nothing to compare with"},
	}
	s, _ := newHost(t, newCloud(t))
	for _, r := range rows {
		state := t.TempDir()
		list := filepath.Join(state, "comparisons")
		write(t, list, r.list)
		code, out := s.run(`"$SCRIPT"`, "STATE_DIRECTORY="+state, "IAMCTL_COMPARISONS="+list, r.env)
		if code != 2 || !strings.Contains(out, r.says) {
			t.Errorf("%s (%s): exit %d, want 2 and %q\n%s", r.name, r.reason, code, r.says, out)
		}
	}
}

// TestProfiles holds the profiles of all examples against each other.
func TestProfiles(t *testing.T) {
	files, err := filepath.Glob("scheduled/*/aws-config")
	if err != nil || len(files) != 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		readers := map[string]string{}
		var profile string
		for _, line := range strings.Split(read(t, f), "\n") {
			if name, ok := strings.CutPrefix(line, "[profile "); ok {
				profile = strings.TrimSuffix(name, "]")
			}
			if role, ok := strings.CutPrefix(line, "role_arn = "); ok && profile != "job" {
				readers[profile] = role
			}
			if strings.Contains(line, "secret") {
				t.Errorf("%s: %s", f, line)
			}
		}
		if d := cmp.Diff(map[string]string{"dev": reader(devID), "qa": reader(qaID)}, readers); d != "" {
			t.Errorf("%s: readers (-want +got)\n%s", f, d)
		}
	}
}

// TestSameComparisons: whatever runs them, the examples compare the same.
func TestSameComparisons(t *testing.T) {
	want := map[string][2]string{"dev": {"baseline/dev", "dev"}, "qa": {"baseline/qa", "qa"}, "dev-and-qa": {"dev", "qa"}}
	got := map[string]map[string][2]string{"GitHub": {}, "GitLab": {}, "systemd": {}, "ECS": {}}
	for _, row := range githubWorkflow(t).Jobs["compare"].Strategy.Matrix.Include {
		got["GitHub"][row["name"]] = [2]string{row["old"], row["new"]}
	}
	for _, row := range pipelineJobNamed(t, "drift").Parallel.Matrix {
		got["GitLab"][row["NAME"].(string)] = [2]string{row["OLD"].(string), row["NEW"].(string)}
	}
	for _, line := range strings.Split(read(t, "scheduled/systemd/comparisons"), "\n") {
		if f := strings.Fields(line); len(f) == 3 && f[0][0] != '#' && f[1] != "--audit" {
			got["systemd"][f[0]] = [2]string{f[1], f[2]}
		}
	}
	for name, command := range schedules(t) {
		if command[0] != "diff" {
			continue
		}
		got["ECS"][map[string]string{"Dev": "dev", "Qa": "qa", "DevAndQa": "dev-and-qa"}[name]] = [2]string{command[1], command[2]}
	}
	for _, by := range slices.Sorted(maps.Keys(got)) {
		comparisons := got[by]
		delete(comparisons, "#")
		if d := cmp.Diff(want, comparisons); d != "" {
			t.Errorf("%s (-want +got)\n%s", by, d)
		}
	}
}
