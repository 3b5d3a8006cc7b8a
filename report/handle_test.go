package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"iamctl/internal/visible"
	"iamctl/result"
	"iamctl/result/resulttest"

	"github.com/google/go-cmp/cmp"
)

// TestCSVFingerprints holds the last column of the files of drift against
// diff.json, row by row, and that no other file has one there.
func TestCSVFingerprints(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		want := csvFingerprints(resulttest.Reread(t, changes, marks))
		for name, text := range folderOf(t, c.Name, changes, marks) {
			if !strings.HasSuffix(name, ".csv") {
				continue
			}
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			last := len(rows[0]) - 1
			fingerprints, ok := want[name]
			if has := rows[0][last] == "fingerprint"; has != ok {
				t.Errorf("%s/%s: a last column fingerprint: %v, want %v", c.Name, name, has, ok)
			}
			if !ok {
				continue
			}
			var got []string
			for _, row := range rows[1:] {
				got = append(got, row[last])
			}
			if d := cmp.Diff(fingerprints, got); d != "" {
				t.Errorf("%s/%s (-diff.json +ours):\n%s", c.Name, name, d)
			}
		}
	}
}

// csvFingerprints returns the fingerprints of a run by the files that have them.
func csvFingerprints(r *result.Result) map[string][]string {
	out := map[string][]string{"attribute_differences.csv": nil, awsChangesName: nil, findingsName: nil}
	for i := range r.AWSChanges {
		out[awsChangesName] = append(out[awsChangesName], r.AWSChanges[i].Fingerprint)
	}
	for i := range r.CommonRoles {
		for _, a := range r.CommonRoles[i].Attributes {
			out["attribute_differences.csv"] = append(out["attribute_differences.csv"], a.Fingerprint)
		}
	}
	tags := r.Tags()
	out[impossibleName] = nil
	for i := range r.CommonRoles {
		for side := range 2 {
			for _, it := range r.CommonRoles[i].Impossible(side).All() {
				out[impossibleName] = append(out[impossibleName], it.Fingerprint)
			}
		}
	}
	for side := range 2 {
		for _, u := range *r.UniqueRoles.Of(side) {
			for range u.Impossible.All() {
				out[impossibleName] = append(out[impossibleName], u.Fingerprint)
			}
		}
	}
	for side := range 2 {
		items := tags[side] + "_to_" + tags[1-side] + "_common_role_difference_items.csv"
		out[items] = nil
		for i := range r.CommonRoles {
			for _, it := range r.CommonRoles[i].Only(side).All() {
				out[items] = append(out[items], it.Fingerprint)
			}
		}
		for _, k := range roleKinds {
			name := uniqueName(k.prefix, tags[side], tags[1-side])
			out[name] = nil
			for _, u := range *r.UniqueRoles.Of(side) {
				if k.keep(u.ServiceLinked) {
					out[name] = append(out[name], u.Fingerprint)
				}
			}
		}
	}
	return out
}

var handled = regexp.MustCompile(`^ {0,2}([-+~!] .*) fp:([0-9a-f]{10})(?: \+([0-9]+))?$`)

func runText(t *testing.T, r *result.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, r, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHandles: in text and Markdown each line of what differs ends with the
// start of the fingerprint of the drift that it is about, and there is a line
// for every drift that no waiver accepts.
func TestHandles(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		r := resulttest.Reread(t, changes, marks)
		for format, text := range map[string]string{"text": runText(t, r), "markdown": markdownOf(t, r)} {
			var left [][2]string // text and fingerprint
			for d := range r.Drifts() {
				if d.Mark.Waiver == nil {
					left = append(left, [2]string{visible.Escape(d.Text()), d.Fingerprint})
				}
			}
			for l := range strings.SplitSeq(text, "\n") {
				m := handled.FindStringSubmatch(l)
				if m == nil {
					continue
				}
				says := strings.Replace(m[1], "!", "~", 1)
				i := slices.IndexFunc(left, func(d [2]string) bool { return strings.HasPrefix(says, d[0]) && strings.HasPrefix(d[1], m[2]) })
				if i < 0 {
					t.Errorf("%s as %s: no drift is what the line says: %q", c.Name, format, l)
					continue
				}
				left = slices.Delete(left, i, i+1)
			}
			if len(left) > 0 {
				t.Errorf("%s as %s: no line on %q", c.Name, format, left)
			}
		}
	}
}

// TestHandleOfAGroup: a line on several actions has the first one's, and how
// many more there are.
func TestHandleOfAGroup(t *testing.T) {
	c := severalActions("A", "B", "C")
	first := resulttest.DriftOf(c, "app", "s3:A")[:fingerprintDigits]
	want := fmt.Sprintf("s3:A, s3:B, s3:C on * fp:%s +2\n", first)
	for format, text := range map[string]string{
		"text": shownText(t, c, nil, TextOptions{}), "run": runText(t, resulttest.Reread(t, c, nil)), "markdown": markdownOf(t, resulttest.Reread(t, c, nil)),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s: no line %q in\n%s", format, want, text)
		}
	}
}

// TestHandlesAreDim: what the line is about comes before them.
func TestHandlesAreDim(t *testing.T) {
	c, m := resulttest.Marked()
	got := shownText(t, c, m, TextOptions{Color: true})
	for _, want := range []string{
		"\x1b[2mfp:... to waive\x1b[",
		"\x1b[2mfp:" + resulttest.DriftOf(c, "=cmd", "path")[:fingerprintDigits] + "\x1b[",
		"\x1b[2mfp:" + resulttest.DriftOf(c, "app1", "shared")[:fingerprintDigits] + "\x1b[",
		"\x1b[2mfp:" + resulttest.DriftOf(c, "Support", "role")[:fingerprintDigits] + "\x1b[",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%q", want, got)
		}
	}
}
