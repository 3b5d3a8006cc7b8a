package compare_test

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"testing"

	"iamctl/compare"
	"iamctl/extract"
	"iamctl/extract/snapshot"
	"iamctl/internal/gitrepo/gitrepotest"
	"iamctl/inventory"
	"iamctl/result"
)

// committed is a repository with both accounts as snapshots at two commits: in
// sync, and then with a drift and a role that is nobody's business.
type committed struct {
	repo          *gitrepotest.Repo
	first, second string
}

func commitStories(t *testing.T) committed {
	t.Helper()
	gitrepotest.Long(t)
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("left out: needs git")
	}
	gitrepotest.Alone(t)
	c := committed{repo: gitrepotest.New(t)}
	dev, qa := story("dev", devID), story("qa", qaID)
	c.write(t, "dev", dev)
	c.write(t, "qa", qa)
	c.first = c.repo.Commit("Keep the baselines")
	qa.Roles[0].Inline[0].Document = replace(qa.Roles[0].Inline[0].Document, `"sqs:SendMessage"`, `"sqs:SendMessage","s3:DeleteObject"`)
	c.write(t, "qa", qa)
	c.second = c.repo.Commit("Let qa delete")
	for _, a := range []*inventory.Account{dev, qa} {
		environment := map[string]string{devID: "dev", qaID: "qa"}[a.ID]
		a.Roles = append(a.Roles, story("other-"+environment, a.ID).Roles[0])
		c.write(t, environment, a)
	}
	c.repo.Commit("Add a role to both")
	t.Chdir(c.repo.Dir)
	return c
}

func (c *committed) write(t *testing.T, name string, a *inventory.Account) {
	t.Helper()
	a.Sort()
	if _, err := snapshot.Write(filepath.Join(c.repo.Dir, name), a); err != nil {
		t.Fatal(err)
	}
}

func sidesAt(t *testing.T, dev, qa string) [2]compare.Side {
	t.Helper()
	var sides [2]compare.Side
	for i, source := range []string{dev, qa} {
		s, err := compare.NewSide(source, []string{"dev", "qa"}[i])
		if err != nil {
			t.Fatal(err)
		}
		sides[i] = s
	}
	return sides
}

// TestFirstSeen: the first commit that shows a drift, not the last.
func TestFirstSeen(t *testing.T) {
	c := commitStories(t)
	for _, sources := range [][2]string{{"./dev", "./qa"}, {"git:HEAD:dev", "git:HEAD:qa"}, {"git:HEAD:dev", "./qa"}} {
		got := onlyDrift(t, run(t, sidesAt(t, sources[0], sources[1]), options(t)).Result).Mark.FirstSeen
		if got == nil || got.Hash != c.second || got.Subject != "Let qa delete" || got.AtLeast {
			t.Errorf("%v: first seen in %+v, want %s", sources, got, c.second)
		}
	}
	t.Chdir(t.TempDir())
	outside := drifted(t)
	if got := onlyDrift(t, run(t, outside, options(t)).Result).Mark.FirstSeen; got != nil {
		t.Errorf("outside of git: first seen in %+v", got)
	}
}

// TestSinceRevision: the drift is held against that of the revision.
func TestSinceRevision(t *testing.T) {
	c := commitStories(t)
	for _, tt := range []struct {
		sources [2]string
		since   string
		want    string
		reason  string
	}{
		{[2]string{"./dev", "./qa"}, c.first, result.AgeNew, "before the drift"},
		{[2]string{"./dev", "./qa"}, c.second, result.AgeKnown, "since the drift"},
		{[2]string{"git:HEAD:dev", "./qa"}, c.first, result.AgeNew, "a side that is a revision already stays the one it is"},
	} {
		o := options(t)
		o.Since = "git:" + tt.since
		if got := onlyDrift(t, run(t, sidesAt(t, tt.sources[0], tt.sources[1]), o).Result).Mark.Age; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reason, got, tt.want)
		}
	}
	o := options(t)
	o.Since = "git:nosuch"
	if _, err := compare.Run(t.Context(), sidesAt(t, "./dev", "./qa"), o); err == nil {
		t.Error("no error for a revision that is not there")
	}
}

// TestRunFails: what cannot be read fails the run, and says which side.
func TestRunFails(t *testing.T) {
	sides := drifted(t)
	sides[1].Spec.Name += "-gone"
	if _, err := compare.Run(t.Context(), sides, options(t)); err == nil || err.Error()[:3] != "qa:" {
		t.Errorf("a folder that is gone: %v", err)
	}
	sides[1].Spec.Kind = extract.Kind(99)
	if _, err := compare.Run(t.Context(), sides, options(t)); err == nil {
		t.Error("a source of no kind is read")
	}
	if _, err := options(t).Reader.Identities(t.Context(), sides[1:]); err == nil {
		t.Error("a source of no kind has an identity")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := compare.Run(ctx, drifted(t), options(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestFirstSeenAcrossDeployments: a drift is as old as it is, whatever suffix its role
// has got since, and whichever role that did not drift it names.
func TestFirstSeenAcrossDeployments(t *testing.T) {
	gitrepotest.Long(t)
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("left out: needs git")
	}
	gitrepotest.Alone(t)
	c := committed{repo: gitrepotest.New(t)}
	write := func(suffixes [2]string, drift string) {
		for side, tag := range []string{"dev", "qa"} {
			id := []string{devID, qaID}[side]
			a := story(tag, id)
			r := &a.Roles[0]
			r.Name = "web-AppRole-" + suffixes[side]
			r.ARN = "arn:aws:iam::" + id + ":role/" + r.Name
			task := story("x", id).Roles[0]
			task.Name = "web-TaskRole-" + suffixes[side]
			task.ARN = "arn:aws:iam::" + id + ":role/" + task.Name
			pass := `"Action":"iam:PassRole","Resource":"` + task.ARN + `"`
			if side == 1 && drift != "" {
				pass = `"Action":["iam:PassRole","` + drift + `"],"Resource":"` + task.ARN + `"`
			}
			r.Inline = []inventory.InlinePolicy{{Name: "pass", Document: allow(pass)}}
			task.Inline = nil
			a.Roles = append(a.Roles, task)
			c.write(t, tag, a)
		}
	}
	write([2]string{"Nx6jvr7SIftR", "utlZfOjUStEk"}, "")
	c.repo.Commit("Keep the baselines")
	write([2]string{"Nx6jvr7SIftR", "utlZfOjUStEk"}, "iam:DeleteRole")
	second := c.repo.Commit("Let qa delete")
	write([2]string{"8fXpQ9zr1GYd", "Lk2JiHg7FeDc"}, "iam:DeleteRole")
	c.repo.Commit("Deploy both anew")
	t.Chdir(c.repo.Dir)
	got := onlyDrift(t, run(t, sidesAt(t, "./dev", "./qa"), options(t)).Result).Mark.FirstSeen
	if got == nil || got.Hash != second {
		t.Errorf("first seen in %+v, want %s", got, second)
	}
}
