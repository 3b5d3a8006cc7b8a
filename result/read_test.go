package result_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/raced"
	"iamctl/internal/visible/visibletest"
	"iamctl/result"
	"iamctl/result/resulttest"
)

// TestReadRefuses: every fault has an error that says where and what to do.
func TestReadRefuses(t *testing.T) {
	c, m := resulttest.Marked()
	whole := resulttest.File(t, c, m)
	for _, f := range []struct{ old, new, want, reason string }{
		{whole, "", "the file is empty: make it again", "empty"},
		{whole, "rolename,path\n", "line 1: the file: invalid", "a CSV file"},
		{whole, "[1]", "does not begin with {; name the output folder", "another JSON"},
		{whole, `{"Statement":[]}`, `no diff.json of iamctl: its format is ""`, "an object of another kind"},
		{`"iamctl-diff"`, `"iamctl-snapshot"`, `its format is "\"iamctl-snapshot\"", not "\"iamctl-diff\""; name the output folder`, "another format"},
		{`"version":2`, `"version":3`, `has version "3" of its format, and this iamctl reads version 2 and before: read it with the iamctl that wrote it`, "a version to come"},
		{`"version":2,`, ``, `has version ""`, "no version"},
		{`"drift":true`, `"drift":"yes"`, "line 6: /drift: a text where a value of another kind belongs", "a text for a truth"},
		{`"drift":true`, `"drift":true,"extra":1`, "/extra is not known to this iamctl: read the file with the iamctl that wrote it (1.2.3)", "a member to come"},
		{`"differs":true`, `"differs":true,"Differs":true`, "/common_roles/0/Differs is not known", "a member in other letters"},
		{`"differs":true`, `"differs":true,"differs":true`, "duplicate", "a member twice"},
		{`"drift":true`, `"drift":false`, "drift is false, but the roles say true; the file was changed", "drift that is denied"},
		{`"incomplete":true`, `"incomplete":false`, "incomplete is false, but there are 2 gaps", "gaps that are denied"},
		{`"drift":true,`, ``, "drift is false, but", "drift left out"},
		{`"differs":true`, `"differs":false`, "common_roles[0].differs is false", "a role's differing that is denied"},
		{`"masked":[]`, `"masked":null`, "common_roles[0] has not all of its lists", "a list that is not there"},
		{`"only_a":[]`, `"only_a":null`, "has not all of its lists", "no items of A"},
		{`"only_b":[]`, `"only_b":null`, "has not all of its lists", "no items of B"},
		{`"attributes":[],"blind"`, `"attributes":null,"blind"`, "has not all of its lists", "no attributes"},
		{`"blind":[]`, `"blind":null`, "has not all of its lists", "no gaps of a role"},
		{`"waiver":0`, `"waiver":9`, "common_roles[0]: waiver 9 is not there", "a waiver that is not there"},
		{`"waiver":0`, `"waiver":2`, "common_roles[0]: waiver 2 is not there, has expired or is outgrown", "a waiver that accepts nothing any more"},
		{`"waiver":0`, `"waiver":-1`, "waiver -1 is not there", "a negative index"},
		{`"age":"known"`, `"age":"old"`, "an age is neither new nor known", "an unknown age"},
		{`"state":"used"`, `"state":"valid"`, "waivers[0].state is none of", "an unknown state"},
		{`"side":"b"`, `"side":"c"`, "fixed[0].side is neither", "an unknown side"},
		{`"documents":[{"policytype":"inline","policyname":"+p","a":0`, `"documents":[{"policytype":"inline","policyname":"+p","a":99`, "document 99 is not there", "a document that is not there"},
		{`"documents":[{"policytype":"inline","policyname":"+p","a":0`, `"documents":[{"policytype":"inline","policyname":"+p","a":-1`, "document -1 is not there", "a negative document"},
		{`"waiver":1,"age":"new","documents":[{"policytype":"managed","policyname":"Reader","a":`, `"waiver":1,"age":"new","documents":[{"policytype":"managed","policyname":"Reader","a":9`, "unique_roles.a[1]: document 9", "a document of a role of one account that is not there"},
		{`"waiver":1,"age":"new"`, `"waiver":7,"age":"new"`, "unique_roles.a[1]: waiver 7 is not there", "a waiver of a role of one account that is not there"},
		{`"age":"new"}`, `"age":"new","waiver":7}`, "waiver 7 is not there", "a waiver of an item that is not there"},
		{`"exit_code":3`, `"exit_code":0`, "exit_code is 0, but drift is true and incomplete is true", "an exit code that is denied"},
		{`"exit_code":3`, `"exit_code":2`, "exit_code is 2", "an exit code of no result"},
		{`"fingerprint":"cd`, `"fingerprint":"CD`, "fixed[0]: a fingerprint is not 32", "a fingerprint in capitals"},
		{`"tag":"dev"`, `"tag":""`, "an account's tag is missing", "no tag"},
		{`"iamctl":"1.2.3"`, `"iamctl":""`, "meta.iamctl is missing", "no version of iamctl"},
		{`"notes":[`, `"remarks":[`, "/remarks is not known", "another member"},
		{`"originals":[{`, `"originals":[{"effect":"Deny",`, "an original has a member that rewriting never changes", "an original with an effect"},
		{"}]\n}\n", "}]\n}\nx", "invalid character 'x'", "something behind the end"},
	} {
		broken := strings.Replace(whole, f.old, f.new, 1)
		if broken == whole {
			t.Fatalf("%s: %s is not in the file", f.reason, f.old)
		}
		_, err := result.Read(strings.NewReader(broken))
		if err == nil || !strings.Contains(err.Error(), f.want) {
			t.Errorf("%s: error %v, want one that says %q", f.reason, err, f.want)
		}
	}
}

// TestReadCutOff: wherever a file ends before its end, it is refused.
func TestReadCutOff(t *testing.T) {
	raced.Skip(t, "a file is read as often as it has bytes")
	if testing.Short() {
		t.Skip("left out: -short: reads a file as often as it has bytes")
	}
	c, m := resulttest.Marked()
	whole := resulttest.File(t, c, m)
	for n := range len(whole) - 1 {
		_, err := result.Read(strings.NewReader(whole[:n]))
		if err == nil {
			t.Fatalf("cut off after %d of %d bytes: no error", n, len(whole))
		}
		if n > 0 && !strings.Contains(err.Error(), "cut off") {
			t.Errorf("cut off after %d bytes: %v", n, err)
		}
	}
}

// TestReadTheVersionBefore: a file that tells no exit code has that of its gaps
// and drift.
func TestReadTheVersionBefore(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		whole := resulttest.File(t, changes, marks)
		before := regexp.MustCompile(`"exit_code":\d,\n`).ReplaceAllString(whole, "")
		if before == whole {
			t.Fatal("the file has no exit code")
		}
		r, err := result.Read(strings.NewReader(before))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(whole, resulttest.Written(t, r)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.Name, d)
		}
	}
}

// TestReadAccounts: the accounts are had without the rest, and only of a result.
func TestReadAccounts(t *testing.T) {
	c, m := resulttest.Marked()
	whole := resulttest.File(t, c, m)
	half := whole[:strings.Index(whole, `"drift"`)]
	a, err := result.ReadAccounts(strings.NewReader(half))
	if err != nil || a.A.Tag != "dev" || a.B.Source != "baseline/qa" {
		t.Errorf("%+v, %v", a, err)
	}
	for _, text := range []string{"", "[]", "{}", half[:20], `{"format":"other","version":1,"accounts":{}}`, `{"format":"iamctl-diff","version":3,"accounts":{}}`, `{"format":1}`} {
		if a, err := result.ReadAccounts(strings.NewReader(text)); err == nil {
			t.Errorf("%q has the accounts %+v", text, a)
		}
	}
}

var errBroken = errors.New("broken")

func TestReadPassesOnErrors(t *testing.T) {
	if _, err := result.Read(iotest.ErrReader(errBroken)); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

// FuzzRead: whatever is read is written again and read as the same. What is fuzzed
// is the change of a file: of whole files hardly one in a million is read, and
// thousands of bytes take minutes to make small.
func FuzzRead(f *testing.F) {
	var files []string
	for i, c := range resulttest.Cases {
		changes, marks := c.Changes()
		file := resulttest.File(f, changes, marks)
		files = append(files, file)
		f.Add(byte(i), uint16(0), uint16(0), "")
		f.Add(byte(i), uint16(strings.Index(file, `"common_roles"`)), uint16(1), "[")
		f.Add(byte(i), uint16(strings.Index(file, `"harvested_items"`)+1), uint16(0), `\n`) // a figure of another name
	}
	f.Add(byte(0), uint16(0), uint16(math.MaxUint16), `{"format":"iamctl-diff","version":1}`)
	f.Fuzz(func(t *testing.T, file byte, at, length uint16, text string) {
		data := []byte(files[int(file)%len(files)])
		from := min(int(at), len(data))
		data = slices.Replace(data, from, min(from+int(length), len(data)), []byte(text)...)
		r, err := result.Read(bytes.NewReader(data))
		if err != nil {
			visibletest.Check(t, strings.ReplaceAll(err.Error(), "\n", ""))
			return
		}
		var once, twice bytes.Buffer
		if err := r.Write(&once); err != nil {
			t.Fatal(err)
		}
		again, err := result.Read(bytes.NewReader(once.Bytes()))
		if err != nil {
			t.Fatalf("not read again: %v\n%s", err, once.Bytes())
		}
		if err := again.Write(&twice); err != nil {
			t.Fatal(err)
		}
		if once.String() != twice.String() {
			t.Fatalf("not the same again:\n%s\nand\n%s", once.Bytes(), twice.Bytes())
		}
	})
}

// TestReadVersion1 reads the files that the version before wrote: they stay as they are,
// and say nothing of what their differences mean.
func TestReadVersion1(t *testing.T) {
	files, err := filepath.Glob("testdata/version_1_*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := result.Read(bytes.NewReader(want))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for d := range r.Drifts() {
			if d.Severity() != "" {
				t.Errorf("%s: %s is %s", name, d.Text(), d.Severity())
			}
		}
		if got := resulttest.Written(t, r); got != string(want) {
			t.Errorf("%s is written differently: %s", name, cmp.Diff(string(want), got))
		}
	}
}
