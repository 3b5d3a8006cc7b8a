package gitsnapshot

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"iamctl/extract/snapshot"
	"iamctl/internal/gitrepo/gitrepotest"
	"iamctl/internal/sampleaccount"
	"iamctl/inventory"
)

const benchRoles = 5000

func sample() *inventory.Account {
	return sampleaccount.New(sampleaccount.Options{Environment: "dev", ID: "123456789012", Roles: benchRoles})
}

// BenchmarkRead reads one snapshot from the folder and from git, where its
// objects lie in files of their own, as after a commit, or in a pack, as
// after a clone.
func BenchmarkRead(b *testing.B) {
	r := gitrepotest.New(b)
	save(b, r, "dev", sample())
	r.Commit("one")
	run := func(name string, read func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	fromGit := func() error {
		_, err := Read(b.Context(), spec(b, "git:HEAD:dev"), r.Dir)
		return err
	}
	run("folder", func() error {
		_, err := snapshot.Read(b.Context(), filepath.Join(r.Dir, "dev"))
		return err
	})
	run("git-loose", fromGit)
	r.Git("repack", "-q", "-a", "-d")
	r.Git("prune-packed", "-q")
	run("git-packed", fromGit)
}

// BenchmarkWalk goes through 200 commits of a snapshot, each of which changes
// so many roles.
func BenchmarkWalk(b *testing.B) {
	for _, changed := range []int{1, 50} {
		b.Run(fmt.Sprintf("200-commits-of-%d-roles", changed), func(b *testing.B) {
			r := gitrepotest.New(b)
			save(b, r, "dev", sample())
			r.Commit("one")
			r.GitWith(changes(r, 200, changed), "fast-import", "--quiet")
			r.Git("repack", "-q", "-a", "-d")
			p := place(b, r, "git:main:dev")
			b.ReportAllocs()
			for b.Loop() {
				moments := 0
				for _, err := range NewWalk(p, nil, 200).All(b.Context()) {
					if err != nil {
						b.Fatal(err)
					}
					moments++
				}
				if moments != 200 {
					b.Fatalf("%d moments", moments)
				}
			}
		})
	}
}

// changes are commits for git fast-import.
func changes(r *gitrepotest.Repo, commits, roles int) []byte {
	var b bytes.Buffer
	for i := range commits {
		message := fmt.Sprintf("change %d", i)
		fmt.Fprintf(&b, "commit refs/heads/main\ncommitter C <c@example.com> %d +0000\ndata %d\n%s\n", 1_800_000_000+i, len(message), message)
		if i == 0 {
			fmt.Fprintf(&b, "from %s\n", r.Git("rev-parse", "HEAD"))
		}
		for j := range roles {
			name := fmt.Sprintf("app-%d-dev", (i*roles+j)%benchRoles)
			role := fmt.Sprintf(`{"arn":"arn:aws:iam::123456789012:role/%s","name":"%s","path":"/%d/","trust":{}}`, name, name, i)
			fmt.Fprintf(&b, "M 100644 inline dev/roles/%s.json\ndata %d\n%s\n", name, len(role), role)
		}
	}
	return b.Bytes()
}
