package compare

import (
	"strings"
	"testing"

	"iamctl/internal/hint"
	"iamctl/normalize"
	"iamctl/result/resulttest"
)

// TestFindRole: a role is found by any of its names, and nothing else is.
func TestFindRole(t *testing.T) {
	role := func(name, raw, path string) resulttest.Role {
		return resulttest.Role{Name: name, RawName: raw, Path: path, RawPath: path}
	}
	c := resulttest.Changes(
		resulttest.Account("dev", "dev", "111111111111",
			role("app_ENV", "app_dev", "/"), role("worker_ENV", "worker_dev", "/jobs/"), role("other", "app_qa", "/"), role("twice", "twice", "/"), role("TWIN_ENV", "twin_dev", "/a/")),
		resulttest.Account("qa", "qa", "222222222222",
			role("app_ENV", "app_qa", "/"), role("worker_ENV", "worker_qa", "/jobs/"), role("new", "new", "/"), role("twin_env2", "twin_dev", "/b/")))
	for _, tt := range []struct {
		name string
		want [2]string // the ARNs, from the resource on
		err  string
		hint string

		reason string
	}{
		{"app_ENV", [2]string{"role/app_dev", "role/app_qa"}, "", "", "the normalised name"},
		{"APP_env", [2]string{"role/app_dev", "role/app_qa"}, "", "", "IAM does not tell letter case"},
		{"worker_qa", [2]string{"role/jobs/worker_dev", "role/jobs/worker_qa"}, "", "", "the name in account B"},
		{"app_qa", [2]string{"role/app_qa", ""}, "", "", "A's name comes before B's, although B's role is more like it"},
		{"arn:aws:iam::222222222222:role/app_qa", [2]string{"role/app_dev", "role/app_qa"}, "", "", "an ARN says which"},
		{"new", [2]string{"", "role/new"}, "", "", "a role of B alone"},
		{"twice", [2]string{"role/twice", ""}, "", "", "a role of A alone"},
		{"twin_dev", [2]string{"role/a/twin_dev", ""}, "", "", "A's name, although B has one of the same"},
		{"ap_dev", [2]string{}, `neither dev nor qa has a role "ap_dev"`, "did you mean app_dev", "a name nearly so"},
		{"work", [2]string{}, `neither dev nor qa has a role "work"`, "did you mean worker_dev, worker_qa, worker_ENV?", "a part of names"},
		{"zzzzzzzzzzzz", [2]string{}, "neither dev nor qa has a role", "'iamctl diff' lists the roles", "nothing near"},
		{"\x1b[2J", [2]string{}, `neither dev nor qa has a role "\x1b[2J"`, "'iamctl diff' lists the roles", "a hostile name is quoted"},
		{"arn:aws:iam::222222222222:role/nobody", [2]string{}, "neither dev nor qa has a role", "", "an ARN of nobody"},
	} {
		f, err := findRole(c, tt.name)
		if got := text(err); (tt.err == "") != (err == nil) || !strings.Contains(got, tt.err) || !strings.Contains(hint.Of(err), tt.hint) {
			t.Errorf("%s: %q: %v %v, want %s %s", tt.reason, tt.name, err, hint.Of(err), tt.err, tt.hint)
		}
		for side, r := range f.roles {
			if got := resourceOf(r); got != tt.want[side] {
				t.Errorf("%s: %q is %q on side %d, want %q", tt.reason, tt.name, got, side, tt.want[side])
			}
		}
		if both := tt.want[0] != "" && tt.want[1] != ""; (f.pair != nil) != both {
			t.Errorf("%s: %q: a pair: %v", tt.reason, tt.name, f.pair)
		}
	}
}

// TestFindRoleAmbiguous: of several roles of a name the ARNs are listed, and each finds
// its own.
func TestFindRoleAmbiguous(t *testing.T) {
	role := func(name, raw, path string) resulttest.Role {
		return resulttest.Role{Name: name, RawName: raw, Path: path, RawPath: path}
	}
	c := resulttest.Changes(
		resulttest.Account("dev", "dev", "111111111111", role("app_ENV", "app_dev", "/")),
		resulttest.Account("qa", "qa", "222222222222", role("app_x", "app_qa", "/")))
	c.OnlyB[0].Name = "app_ENV" // as where two roles of one account would become one name
	_, err := findRole(c, "app_ENV")
	arns := []string{"arn:aws:iam::111111111111:role/app_dev", "arn:aws:iam::222222222222:role/app_qa"}
	if got := text(err) + hint.Of(err); !strings.Contains(got, `2 roles are called "app_ENV"`) || !strings.Contains(got, "name one by its ARN: "+strings.Join(arns, ", ")) {
		t.Errorf("%q", got)
	}
	for side, arn := range arns {
		f, err := findRole(c, arn)
		if err != nil || f.roles[side] == nil || f.roles[1-side] != nil {
			t.Errorf("%s: %v, %v", arn, f, err)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func resourceOf(r *normalize.Role) string {
	if r == nil {
		return ""
	}
	return r.Raw.ARN[strings.Index(r.Raw.ARN, ":role")+1:]
}
