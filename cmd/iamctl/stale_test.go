package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStaleFiles: by name and by content, with or without a diff.json.
func TestStaleFiles(t *testing.T) {
	const csv = "rolename,path,policyname\n"
	files := map[string]string{
		"a_to_b_common_role_difference_items.csv": csv, "b_to_a_common_role_difference_items.csv": csv,
		"a_x_iam_tuples.csv": csv, "roles_in_b_but_not_in_a.csv": csv, "gaps.csv": "account,kind\n",
		"report.html": "<!DOCTYPE html>\n<title>IAM drift: a and b</title>", "report.junit.xml": `<testsuites name="iamctl" tests="2">`,

		"report.md": "# My report\n", "a_roles.csv": "Name,Owner\n", "c_roles.csv": csv, "prod_prod_iam_tuples.csv": csv,
		"copy_a_to_b_common_role_difference_items.csv": csv, "waivers.json": "{}", "notes.csv": csv,
	}
	want := []string{
		"a_to_b_common_role_difference_items.csv", "a_x_iam_tuples.csv", "b_to_a_common_role_difference_items.csv",
		"gaps.csv", "report.html", "report.junit.xml", "roles_in_b_but_not_in_a.csv",
	}
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, staleFiles(dir, nil)); diff != "" {
		t.Errorf("without a journal: -want +got\n%s", diff)
	}
	// A journal knows more, and is not believed if the file does not look like ours.
	journal := []string{"c_roles.csv", "notes.csv", "waivers.json", "report.md", "a_roles.csv", "../" + filepath.Base(dir) + "/c_roles.csv"}
	want = append(want, "c_roles.csv")
	slices.Sort(want)
	if diff := cmp.Diff(want, staleFiles(dir, journal)); diff != "" {
		t.Errorf("with a journal: -want +got\n%s", diff)
	}
}
