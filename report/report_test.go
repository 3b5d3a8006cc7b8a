package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gocarina/gocsv"
	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
	"iamctl/internal/visible/visibletest"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/resulttest"
)

func names() Names {
	n, err := NewNames([2]string{"dev", "qa"}, [2]string{"account-1", "qa"})
	if err != nil {
		panic(err)
	}
	return n
}

// written returns every file of the folder of c, diff.json too.
func written(t testing.TB, c *diff.Changes, n Names, m *result.Marks) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := Folder(context.Background(), dir, resulttest.Result(c, m), n); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v: others may read it", e.Name(), info.Mode())
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(b)
	}
	return files
}

// folders are those of resulttest.Cases by name, each written once and read only.
var folders = map[string]map[string]string{}

// folderOf returns every file of the folder of a case.
func folderOf(t testing.TB, name string, c *diff.Changes, m *result.Marks) map[string]string {
	t.Helper()
	if folders[name] == nil {
		folders[name] = written(t, c, names(), m)
	}
	return folders[name]
}

func TestGolden(t *testing.T) {
	for _, c := range resulttest.Cases {
		t.Run(c.Name, func(t *testing.T) {
			changes, marks := c.Changes()
			got := folderOf(t, c.Name, changes, marks)
			dir := filepath.Join("testdata", c.Name)
			if *resulttest.Update {
				if err := os.RemoveAll(dir); err != nil {
					t.Fatal(err)
				}
				if err := os.MkdirAll(dir, 0o755); err != nil {
					t.Fatal(err)
				}
				for name, text := range got {
					if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
			want := map[string]string{}
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				b, err := os.ReadFile(filepath.Join(dir, e.Name()))
				if err != nil {
					t.Fatal(err)
				}
				want[e.Name()] = string(b)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s (-want +got), -update writes them anew:\n%s", c.Reason, d)
			}
		})
	}
}

// TestFileNames holds the names against those that AWS documents for its
// IAMCTL, and ours.
func TestFileNames(t *testing.T) {
	want := []string{
		"dev_account-1_iam_tuples.csv", "qa_qa_iam_tuples.csv",
		"dev_roles.csv", "dev_service_linked_roles.csv", "dev_non_service_linked_roles.csv",
		"qa_roles.csv", "qa_service_linked_roles.csv", "qa_non_service_linked_roles.csv",
		"common_roles.csv", "common_service_linked_roles.csv", "common_non_service_linked_roles.csv",
		"dev_to_qa_common_role_difference_items.csv", "qa_to_dev_common_role_difference_items.csv",
		"common_roles_in_dev_with_differences.csv", "common_roles_in_qa_with_differences.csv",
		"roles_in_dev_but_not_in_qa.csv", "roles_in_qa_but_not_in_dev.csv",
		"service_linked_roles_in_dev_but_not_in_qa.csv", "service_linked_roles_in_qa_but_not_in_dev.csv",
		"non_service_linked_roles_in_dev_but_not_in_qa.csv", "non_service_linked_roles_in_qa_but_not_in_dev.csv",
		"attribute_differences.csv", "aws_managed_policy_changes.csv", "unique_role_items_in_dev.csv", "unique_role_items_in_qa.csv",
		"impossible_differences.csv", "masked_items.csv", "waived_differences.csv", "verdicts.csv", "findings.csv", "gaps.csv", "summary.txt",
	}
	slices.Sort(want)
	var got []string
	for _, f := range Files(nil, names()) {
		got = append(got, f.Name)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestHeadersMatchRows reads every CSV file back: encoding/csv refuses rows
// that are not as long as the header, and gocsv must name the same columns.
func TestHeadersMatchRows(t *testing.T) {
	aws := map[string][]string{
		"tuples":     {"rolename", "path", "policyname", "policytype", "effect", "service", "action", "arn", "principal"},
		"items":      {"rolename", "path", "policyname", "policytype", "effect", "service", "action", "arn", "principal"},
		"roles":      {"rolename", "path"},
		"difference": {"rolename", "path"},
	}
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		for name, text := range folderOf(t, c.Name, changes, marks) {
			if !strings.HasSuffix(name, ".csv") {
				continue
			}
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil || len(rows) == 0 {
				t.Errorf("%s/%s: %d rows, %v", c.Name, name, len(rows), err)
				continue
			}
			head := rows[0]
			if sorted := slices.Sorted(slices.Values(head)); len(slices.Compact(sorted)) != len(head) {
				t.Errorf("%s/%s: a column stands twice: %q", c.Name, name, head)
			}
			if slices.Contains(head, "") {
				t.Errorf("%s/%s: a column without a name: %q", c.Name, name, head)
			}
			for part, first := range aws {
				if strings.Contains(name, part) && len(head) >= len(first) && strings.HasPrefix(head[0], "rolename") &&
					!slices.Equal(head[:len(first)], first) && part != "roles" {
					t.Errorf("%s/%s: begins with %q, AWS's with %q", c.Name, name, head, first)
				}
			}
		}
	}
}

func TestHeadersAreThoseOfGocsv(t *testing.T) {
	same(t, header[inventory.Item]())
	check := func(name string, got []string, empty any) {
		var b bytes.Buffer
		if err := gocsv.Marshal(empty, &b); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(strings.Split(strings.TrimSpace(b.String()), ","), got); d != "" {
			t.Errorf("%s (-gocsv +ours):\n%s", name, d)
		}
	}
	check("Item", header[inventory.Item](), []inventory.Item{})
	check("ItemRow", header[ItemRow](), []ItemRow{})
	check("differenceRow", header[differenceRow](), []differenceRow{})
	check("maskedRow", header[maskedRow](), []maskedRow{})
}

// same holds the columns of inventory.Item against those of the design.
func same(t *testing.T, got []string) {
	t.Helper()
	want := []string{
		"rolename", "path", "policyname", "policytype", "effect", "service", "action", "arn", "principal",
		"principaltype", "negated", "condition", "statement", "note",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("item columns (-want +got):\n%s", d)
	}
}

// TestItemFilesSameAsGocsv holds the fast writers against gocsv on row
// structs filled item by item.
func TestItemFilesSameAsGocsv(t *testing.T) {
	r := resulttest.Result(resulttest.Sample(), nil)
	for side := range 2 {
		for _, f := range []struct {
			name       string
			slow, fast func(w io.Writer) error
		}{
			{
				"difference",
				func(w io.Writer) error { return WriteTable(w, slowDifferences(r, side)) },
				func(w io.Writer) error { return writeDifferences(w, r, side) },
			},
			{
				"unique",
				func(w io.Writer) error { return WriteTable(w, slowUnique(r, side)) },
				func(w io.Writer) error { return writeUniqueItems(w, r, side) },
			},
		} {
			var want, got bytes.Buffer
			if err := f.slow(&want); err != nil {
				t.Fatal(err)
			}
			if err := f.fast(&got); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want.String(), got.String()); d != "" {
				t.Errorf("%s of side %d (-gocsv +fast):\n%s", f.name, side, d)
			}
		}
	}
}

// slowRow is an item spelled out as a row.
func slowRow(role *result.Role, it *result.Item) ItemRow {
	original := func(of func(*result.Columns) string) string {
		values := []string{}
		for i := range it.Originals {
			v := of(&it.Originals[i])
			if v == "" {
				v = of(&it.Columns)
			}
			if !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		if it.Originals == nil {
			return of(&it.Columns)
		}
		return join(values)
	}
	return ItemRow{
		Item: inventory.Item{
			RoleName: role.RoleName, Path: role.Path, PolicyName: it.PolicyName, PolicyType: it.PolicyType, Effect: it.Effect,
			Service: it.Service, Action: it.Action, ARN: it.ARN, Principal: it.Principal, PrincipalType: it.PrincipalType,
			Negated: it.Negated, Condition: it.Condition, Statement: it.Statement, Note: it.Note,
		}.Marked(),
		Original: Original{
			RoleName: role.OriginalRoleName, Path: role.OriginalPath,
			PolicyName: original(func(c *result.Columns) string { return c.PolicyName }),
			ARN:        original(func(c *result.Columns) string { return c.ARN }),
			Principal:  original(func(c *result.Columns) string { return c.Principal }),
			Condition:  original(func(c *result.Columns) string { return c.Condition }),
			Statement:  original(func(c *result.Columns) string { return c.Statement }),
		},
		Foreign: foreign(it.Names), Expected: expected(it.Names),
	}
}

func slowUnique(r *result.Result, side int) iter.Seq[ItemRow] {
	return func(yield func(ItemRow) bool) {
		for _, u := range *r.UniqueRoles.Of(side) {
			for _, it := range u.Items.All() {
				if !yield(slowRow(&u.Role, &it)) {
					return
				}
			}
		}
	}
}

// slowDifferences are rows with the fingerprints of Drifts.
func slowDifferences(r *result.Result, side int) iter.Seq[differenceRow] {
	return func(yield func(differenceRow) bool) {
		next, stop := iter.Pull(r.Drifts())
		defer stop()
		for i := range r.CommonRoles {
			p := &r.CommonRoles[i]
			for _, it := range p.Only(side).All() {
				d, ok := next()
				for ok && (d.Kind != result.DriftItem || d.Side != side) {
					d, ok = next()
				}
				if !yield(differenceRow{slowRow(p.Role(side), &it), d.Fingerprint}) {
					return
				}
			}
		}
	}
}

// TestSwappingTheSidesSwapsTheFiles: what was A's is now B's.
func TestSwappingTheSidesSwapsTheFiles(t *testing.T) {
	c := resulttest.Sample()
	n, err := NewNames([2]string{"qa", "dev"}, [2]string{"qa", "account-1"})
	if err != nil {
		t.Fatal(err)
	}
	one, other := written(t, c, names(), nil), written(t, resulttest.Swapped(c), n, nil)
	for name, text := range one {
		if strings.HasPrefix(name, "common_roles.") || strings.Contains(name, "linked_roles.csv") && strings.HasPrefix(name, "common") ||
			name == "attribute_differences.csv" || name == verdictsName || name == "masked_items.csv" || name == "summary.txt" || name == result.FileName {
			continue // these hold both sides in a row
		}
		if d := cmp.Diff(text, other[name]); d != "" {
			t.Errorf("%s (-one way +the other):\n%s", name, d)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	if d := cmp.Diff(written(t, resulttest.Sample(), names(), nil), written(t, resulttest.Sample(), names(), nil)); d != "" {
		t.Error(d)
	}
}

// TestNothingVanishes counts the rows of each file against the summary.
func TestNothingVanishes(t *testing.T) {
	for _, c := range resulttest.Cases {
		ch, marks := c.Changes()
		n := ch.Counts()
		alone := 0
		for _, pairs := range ch.PairsAlone {
			alone += len(pairs)
		}
		files := folderOf(t, c.Name, ch, marks)
		for name, want := range map[string]int{
			"dev_account-1_iam_tuples.csv":                      n.HarvestedItems[0],
			"qa_qa_iam_tuples.csv":                              n.HarvestedItems[1],
			"dev_roles.csv":                                     n.Roles[0],
			"qa_roles.csv":                                      n.Roles[1],
			"dev_service_linked_roles.csv":                      n.ServiceLinkedRoles[0],
			"dev_non_service_linked_roles.csv":                  n.NonServiceLinkedRoles[0],
			"common_roles.csv":                                  n.CommonRoles[0],
			"common_service_linked_roles.csv":                   n.CommonServiceLinkedRoles[0],
			"common_non_service_linked_roles.csv":               n.CommonNonServiceLinkedRoles[0],
			"roles_in_dev_but_not_in_qa.csv":                    n.UniqueRoles[0],
			"roles_in_qa_but_not_in_dev.csv":                    n.UniqueRoles[1],
			"service_linked_roles_in_dev_but_not_in_qa.csv":     n.UniqueServiceLinkedRoles[0],
			"non_service_linked_roles_in_dev_but_not_in_qa.csv": n.UniqueNonServiceLinkedRoles[0],
			"common_roles_in_dev_with_differences.csv":          n.CommonRolesWithDifferences[0],
			"common_roles_in_qa_with_differences.csv":           n.CommonRolesWithDifferences[1],
			"dev_to_qa_common_role_difference_items.csv":        n.DifferencesAmongCommonRoles[0],
			"qa_to_dev_common_role_difference_items.csv":        n.DifferencesAmongCommonRoles[1],
			"attribute_differences.csv":                         n.AttributeDifferences[0],
			"masked_items.csv":                                  n.MaskedItems[0] + n.MaskedAttributes[0],
			"gaps.csv":                                          len(ch.Gaps),
			impossibleName:                                      n.ImpossibleDifferences[0] + n.ImpossibleDifferences[1] + alone,
			waivedName:                                          resulttest.Result(ch, marks).Tally().WaivedAll,
		} {
			if got := strings.Count(files[name], "\n") - 1; got != want {
				t.Errorf("%s/%s has %d rows, the summary says %d", c.Name, name, got, want)
			}
		}
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	c, m := resulttest.Marked()
	for name, text := range written(t, c, names(), m) {
		visibletest.Check(t, strings.ReplaceAll(text, "\n", ""))
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if isFormula(cell) && cell[0] != '\'' {
					t.Errorf("%s: a cell is the formula %q", name, cell)
				}
			}
		}
	}
}

// TestWriteErrors: a full disk at any moment is an error of every renderer.
func TestWriteErrors(t *testing.T) {
	c, m := resulttest.Marked()
	r := resulttest.Result(c, m)
	files := append(Files(r, names()), File{Name: result.FileName, Write: r.Write})
	for _, f := range files {
		var whole bytes.Buffer
		if err := f.Write(&whole); err != nil {
			t.Fatal(err)
		}
		for _, left := range []int{0, whole.Len() - 1} {
			if err := f.Write(&resulttest.FailingWriter{Left: left}); !errors.Is(err, resulttest.ErrFull) {
				t.Errorf("%s with room for %d of %d bytes: %v", f.Name, left, whole.Len(), err)
			}
		}
		if err := f.Write(&resulttest.FailingWriter{Left: whole.Len()}); err != nil {
			t.Errorf("%s with room for all: %v", f.Name, err)
		}
	}
}

// TestWriteErrorsInLongFiles: the error comes where rows are still made.
func TestWriteErrorsInLongFiles(t *testing.T) {
	const gathered = 300 << 10 // more than package bulk keeps
	f := resulttest.Bulk(20_000)
	if err := Harvest(&resulttest.FailingWriter{Left: gathered}, f); !errors.Is(err, resulttest.ErrFull) {
		t.Errorf("Harvest: %v", err)
	}
	if err := WriteTable(&resulttest.FailingWriter{Left: gathered}, f.Items()); !errors.Is(err, resulttest.ErrFull) {
		t.Errorf("WriteTable: %v", err)
	}
}

func TestFolderEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Folder(ctx, t.TempDir(), resulttest.Result(resulttest.Sample(), nil), names()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "gaps.csv"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Folder(context.Background(), dir, resulttest.Result(resulttest.Sample(), nil), names()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file is there already: %v", err)
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "gaps.csv")); string(b) != "mine" {
		t.Errorf("the file that was there now reads %q", b)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		tags, sources [2]string
		want          string // the first tuples file, or what the error says
		fails         bool
		reason        string
	}{
		{[2]string{"dev", "qa"}, [2]string{"dev", "qa"}, "dev_dev_iam_tuples.csv", false, "plain"},
		{[2]string{"../../etc/x", "qa"}, [2]string{"a/b\\c", "q"}, "_._.._etc_x_a_b_c_iam_tuples.csv", false, "no way out of the folder"},
		{[2]string{"-rf", "qa"}, [2]string{".hidden", "q"}, "_rf__hidden_iam_tuples.csv", false, "no option, no hidden file"},
		{[2]string{"a\nb:c*", "qa"}, [2]string{"\x1b", "q"}, "a_b_c____iam_tuples.csv", false, "control characters, and what Windows forbids"},
		{[2]string{"開発", "qa"}, [2]string{"prod.eu-1+x@y", "q"}, "開発_prod.eu-1+x@y_iam_tuples.csv", false, "letters of any script stay"},
		{
			[2]string{strings.Repeat("x", 300), "qa"},
			[2]string{strings.Repeat("ä", 300), "q"},
			strings.Repeat("x", 64) + "_" + strings.Repeat("ä", 32) + "_iam_tuples.csv", false, "short enough for any file system",
		},
		{[2]string{"dev", "dev"}, [2]string{"a", "b"}, "different tags", true, "same tag twice"},
		{[2]string{"dev", "DEV"}, [2]string{"a", "b"}, "different tags", true, "the same to a file system that ignores case"},
		{[2]string{"a/b", "a:b"}, [2]string{"a", "b"}, "different tags", true, "the same once made safe"},
		{[2]string{"", "qa"}, [2]string{"a", "b"}, "has no tag", true, "no tag"},
		{[2]string{"common", "qa"}, [2]string{"a", "b"}, "two files the name common_", true, "a tag that makes another file's name"},
		{[2]string{"a", "a_b"}, [2]string{"b_c", "c"}, "a_b_c_iam_tuples.csv", true, "tag and source that run together"},
	} {
		n, err := NewNames(c.tags, c.sources)
		if c.fails {
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: error %v, want one that says %q", c.reason, err, c.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.reason, err)
			continue
		}
		if got := HarvestName(n.Tags[0], n.Sources[0]); got != c.want {
			t.Errorf("%s: %s, want %s", c.reason, got, c.want)
		}
		for _, f := range Files(nil, n) {
			if f.Name != filepath.Base(f.Name) || len(f.Name) > 240 || strings.HasPrefix(f.Name, ".") {
				t.Errorf("%s: %q is no good name", c.reason, f.Name)
			}
		}
	}
}

// TestEveryRowTypeHasTags makes sure that no csv tag is missing.
func TestEveryRowTypeHasTags(t *testing.T) {
	for _, r := range []any{
		inventory.Item{}, ItemRow{}, verdictRow{}, differenceRow{}, maskedRow{}, RoleRow{}, uniqueRow{}, pairRow{}, differingRow{}, attributeRow{}, gapRow{},
	} {
		for _, c := range columnsOf(reflect.TypeOf(r)) {
			if c == "" || c != strings.ToLower(c) {
				t.Errorf("%T has the column %q", r, c)
			}
		}
	}
}
