package examples_test

import (
	"io/fs"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	// call finds a call of iamctl: the command, and the rest of its line.
	call = regexp.MustCompile(`(?:^|[\s/"'` + "`" + `(])iamctl"? ([a-z]+)((?:[^\n])*)`)
	// option finds the flags.
	option = regexp.MustCompile(`(?:^|[\s(=])(--?[a-z][a-z-]*)`)
	// array finds flags that a script puts together beforehand.
	array = regexp.MustCompile(`(?:since=|since=\(|options\+=\()(--[a-z-]+)`)
	// until is where a command ends.
	until = regexp.MustCompile(`\|\||&&|[|;)]|` + "`")
)

// flags returns the flags of a command by its help, and whether there is such
// a command.
func flags(t *testing.T, command string) (map[string]bool, bool) {
	t.Helper()
	out, err := exec.Command(filepath.Join(bin, "iamctl"), command, "--help").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "iamctl "+command) {
		return nil, false
	}
	_, options, _ := strings.Cut(string(out), "OPTIONS:")
	known := map[string]bool{}
	for _, line := range strings.Split(options, "\n") {
		names, _, _ := strings.Cut(strings.TrimSpace(line), "  ")
		for _, m := range option.FindAllStringSubmatch(names, -1) {
			known[m[1]] = true
		}
	}
	return known, true
}

// commands are the names that the help lists.
func commands(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command(filepath.Join(bin, "iamctl"), "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(out), "COMMANDS:")
	list, _, _ = strings.Cut(list, "GLOBAL OPTIONS")
	var names []string
	for _, line := range strings.Split(list, "\n") {
		if f := strings.Fields(line); len(f) > 1 {
			names = append(names, strings.TrimSuffix(f[0], ","))
		}
	}
	return names
}

// TestCommandsExist: every command and flag in the examples and the guides is
// one that the program has.
func TestCommandsExist(t *testing.T) {
	needsProgram(t)
	known := commands(t)
	helped := map[string]map[string]bool{}
	found := 0
	check := func(file, command, rest string) {
		if !slices.Contains(known, command) {
			return // a sentence that begins with the program's name
		}
		have, ok := helped[command]
		if !ok {
			if have, ok = flags(t, command); !ok {
				t.Errorf("%s: there is no command %s", file, command)
			}
			helped[command] = have
		}
		found++
		if end := until.FindStringIndex(rest); end != nil {
			rest = rest[:end[0]]
		}
		for _, m := range option.FindAllStringSubmatch(rest, -1) {
			if !have[m[1]] {
				t.Errorf("%s: iamctl %s has no %s", file, command, m[1])
			}
		}
	}
	for _, root := range []string{"scheduled", "../docs/guides"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text := strings.ReplaceAll(read(t, path), "\\\n", " ")
			for _, m := range call.FindAllStringSubmatch(text, -1) {
				check(path, m[1], m[2])
			}
			for _, m := range array.FindAllStringSubmatch(text, -1) {
				check(path, "diff", " "+m[1])
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for id, command := range schedules(t) {
		check("scheduled/aws/nightly.yaml: "+id, command[0], " "+strings.Join(command[1:], " "))
	}
	if found < 20 {
		t.Errorf("only %d calls of iamctl found: the pattern finds too little", found)
	}
}
