//go:build unix

package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"iamctl/compare"
)

const savedAccount = `{"UserDetailList": [], "GroupDetailList": [], "Policies": [], "RoleDetailList": [
	{"RoleName": "app", "Path": "/", "Arn": "arn:aws:iam::123456789012:role/app", "AssumeRolePolicyDocument": {"Statement": []}}]}`

// runHere runs the program within the test and returns its exit code and what it
// printed.
func runHere(t *testing.T, args ...string) (code int, printed string) {
	t.Helper()
	var out bytes.Buffer
	getenv := func(string) string { return "" }
	e := &env{stdin: strings.NewReader(""), stdout: &out, stderr: &out, rawStderr: &out, getenv: getenv, now: time.Now, home: t.TempDir()}
	code = exitCode(e, run(context.Background(), e, append([]string{"iamctl"}, args...)))
	return code, out.String()
}

// inputsOf returns a command line for each flag and source that names a file, with
// the file x.
func inputsOf(x string) [][]string {
	diff := []string{"diff", "./a.json", "a", "./a.json", "b", "-o", "out", "-q"}
	with := func(flag string) []string { return append(diff[:len(diff):len(diff)], flag, x) }
	return [][]string{
		with("--dictionary"),
		with("--waivers"),
		with("--reference"),
		with("--since"),
		{"diff", x, "a", "./a.json", "b", "-o", "out", "-q"},
		{"harvest", x, "a", "-o", "out", "-q"},
		{"snapshot", x + "=a", "--dir", "base", "-q"},
		{"suggest", "./a.json", "a", x, "b", "-q"},
		{"report", x},
		{"waive", x, "--all", "--owner", "o", "--reason", "r", "--expires", "2999-01-01"},
	}
}

func writeHere(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestInputsThatAreNoFiles: a named pipe or a device without end is refused at
// once, whatever names it, also as the file of a usual name.
func TestInputsThatAreNoFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	writeHere(t, "a.json", savedAccount)
	if err := syscall.Mkfifo("pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/zero", "zero"); err != nil {
		t.Fatal(err)
	}
	for _, x := range []string{"./pipe", "./zero"} {
		for _, args := range inputsOf(x) {
			if code, printed := runHere(t, args...); code != exitFailure || !strings.Contains(printed, "must be a regular file") {
				t.Errorf("%s: exit code %d: %s", strings.Join(args, " "), code, printed)
			}
		}
	}
	for _, name := range []string{compare.DictionaryFile, compare.WaiverFile, compare.ReferenceFile} {
		if err := os.Symlink("pipe", name); err != nil {
			t.Fatal(err)
		}
		if code, printed := runHere(t, "diff", "./a.json", "a", "./a.json", "b", "-o", "out"); code != exitFailure || !strings.Contains(printed, "must be a regular file") {
			t.Errorf("%s: exit code %d: %s", name, code, printed)
		}
		os.Remove(name)
	}
}

// TestConfigThatIsNoFile: the AWS SDK would wait for it.
func TestConfigThatIsNoFile(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := syscall.Mkfifo("pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", "pipe")
	for _, args := range [][]string{{"listprofiles"}, {"harvest", "dev"}} {
		if code, printed := runHere(t, args...); code != exitFailure || !strings.Contains(printed, "must be a regular file") {
			t.Errorf("%s: exit code %d: %s", args[0], code, printed)
		}
	}
}

// TestSecretsAreNotRepeated: what is no JSON may be a key that was named by
// mistake.
func TestSecretsAreNotRepeated(t *testing.T) {
	t.Chdir(t.TempDir())
	writeHere(t, "a.json", savedAccount)
	for name, text := range map[string]string{
		"credentials": "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI\n",
		"key.pem":     "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n",
		"token":       "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n",
		"quoted":      "\"wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n",
		"number":      "12wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n",
		"word":        "truewJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n",
		"escape":      "\"\\uwJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\"\n",
		"surrogate":   "\"\\ud800wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\"\n",
		"env":         "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI\n",
	} {
		writeHere(t, name, text)
		for _, args := range inputsOf("./" + name) {
			code, printed := runHere(t, args...)
			if code != exitFailure {
				t.Errorf("%s: exit code %d: %s", strings.Join(args, " "), code, printed)
			}
			for _, part := range []string{"AKIA", "wJal", "MIIE", "aws_s", "XUtn"} {
				if strings.Contains(printed, part) {
					t.Errorf("%s repeats the file: %s", strings.Join(args, " "), printed)
				}
			}
		}
	}
}
