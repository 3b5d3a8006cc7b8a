package many_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/extract/snapshot"
	"iamctl/internal/samplefleet"
	"iamctl/inventory"
)

// odd are things that a role of an account may have and that mean another thing in another
// account, or look as if they did. id is the account's own, and other that of another one.
var odd = map[string]func(a *inventory.Account, r *inventory.Role, id, other string){
	"own id in a longer word": func(_ *inventory.Account, r *inventory.Role, id, _ string) { addResource(r, "arn:aws:s3:::x"+id+"y") },
	"digit behind the own id": func(_ *inventory.Account, r *inventory.Role, id, _ string) { addResource(r, "arn:aws:s3:::a-"+id+"1") },
	"digit before the own id": func(_ *inventory.Account, r *inventory.Role, id, _ string) { addResource(r, "arn:aws:s3:::a-1"+id) },
	"own id twice":            func(_ *inventory.Account, r *inventory.Role, id, _ string) { addResource(r, "arn:aws:s3:::"+id+id) },
	"own id as a word": func(_ *inventory.Account, r *inventory.Role, id, _ string) {
		addResource(r, "arn:aws:s3:::logs-"+id+"-eu")
	},
	"another account's bucket": func(_ *inventory.Account, r *inventory.Role, _, other string) {
		addResource(r, "arn:aws:s3:::logs-"+other)
	},
	"id of a member": func(_ *inventory.Account, r *inventory.Role, _, _ string) {
		addResource(r, "arn:aws:sqs:*:210000007919:x")
	},
	"own id in an escape": func(_ *inventory.Account, r *inventory.Role, id, _ string) {
		addResource(r, `arn:aws:s3:::e-\u003`+id[:1]+id[1:])
	},
	"a part of the own id": func(_ *inventory.Account, r *inventory.Role, id, _ string) {
		addResource(r, "arn:aws:iam::"+id[:8]+"*:role/x")
	},
	"a wildcard for all of it": func(_ *inventory.Account, r *inventory.Role, id, _ string) {
		addResource(r, "arn:aws:s3:::w-*-"+id+"*")
	},
	"a literal placeholder": func(_ *inventory.Account, r *inventory.Role, _, _ string) {
		addResource(r, "arn:aws:s3:::p-000000000000")
	},
	"placeholder and own id": func(_ *inventory.Account, r *inventory.Role, id, _ string) {
		addResource(r, "arn:aws:s3:::q-000000000000")
		addResource(r, "arn:aws:s3:::q-"+id)
	},
	"environment": func(_ *inventory.Account, r *inventory.Role, _, _ string) {
		addResource(r, "arn:aws:s3:::e-test-bucket")
	},
	"tag":                        func(_ *inventory.Account, r *inventory.Role, id, _ string) { r.Tags[1].Value = id },
	"path":                       func(_ *inventory.Account, r *inventory.Role, id, _ string) { r.Path = "/a" + id + "/" },
	"no description":             func(_ *inventory.Account, r *inventory.Role, _, _ string) { r.Description = nil },
	"no instance profiles":       func(_ *inventory.Account, r *inventory.Role, _, _ string) { r.InstanceProfiles = nil },
	"trusts itself by id":        func(_ *inventory.Account, r *inventory.Role, _, _ string) { addPrincipal(r, r.ID) },
	"trusts a role that is gone": func(_ *inventory.Account, r *inventory.Role, _, _ string) { addPrincipal(r, "AROA0000000000000GONE") },
	"trusts another by its id":   func(a *inventory.Account, r *inventory.Role, _, _ string) { addPrincipal(r, a.Roles[0].ID) },
	"trusts by a made-up name": func(a *inventory.Account, r *inventory.Role, _, _ string) {
		addPrincipal(r, a.Roles[len(a.Roles)-1].ARN)
	},
	"trusts another account": func(_ *inventory.Account, r *inventory.Role, _, other string) {
		addPrincipal(r, "arn:aws:iam::"+other+":root")
	},
	"nothing of the account's own": func(a *inventory.Account, r *inventory.Role, _, _ string) {
		name := r.Tags[0].Value
		strip := func(s string) string { return strings.ReplaceAll(s, name, "all") }
		r.Name, r.ARN, r.Tags[0].Value = strip(r.Name), strip(r.ARN), "all"
		for i := range r.Inline {
			r.Inline[i].Document = inventory.Document(strip(string(r.Inline[i].Document)))
		}
		if r.Description != nil {
			r.Description = new(strip(*r.Description))
		}
	},
	"AWS's policy is newer": func(a *inventory.Account, _ *inventory.Role, _, _ string) {
		version(a, "v9", `"s3:Get*"`, `"s3:Get*","s3:PutObject"`)
	},
	"AWS's policy is as before": func(a *inventory.Account, _ *inventory.Role, _, _ string) { version(a, "v8", `"s3:Get*"`, `"s3:Get*"`) },
	"AWS's policy is not AWS's": func(a *inventory.Account, _ *inventory.Role, _, _ string) { version(a, "v3", `"s3:Get*"`, `"s3:*"`) },
	"shared policy changed":     func(a *inventory.Account, _ *inventory.Role, id, _ string) { shared(a, `"sns:Publish"`, `"sns:*"`) },
	"shared policy unreadable":  func(a *inventory.Account, _ *inventory.Role, _, _ string) { shared(a, `"Version"`, `"Version`) },
	"gap of the role": func(a *inventory.Account, r *inventory.Role, _, _ string) {
		a.Gaps = append(a.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: r.Name, Blind: true, Reason: "denied"})
	},
	"odd element": func(_ *inventory.Account, r *inventory.Role, _, _ string) {
		r.Inline[1].Document = inventory.Document(strings.Replace(string(r.Inline[1].Document), `"Effect"`, `"Efect":"x","Effect"`, 1))
	},
	"two names": func(a *inventory.Account, r *inventory.Role, id, _ string) {
		more := *r
		more.Name, more.ID, more.ARN = "app-ENVIRONMENT-"+r.Tags[1].Value, r.ID+"X", "arn:aws:iam::"+id+":role/app-ENVIRONMENT-"+r.Tags[1].Value
		if !slices.ContainsFunc(a.Roles, func(r inventory.Role) bool { return r.Name == more.Name }) { // drawn twice
			a.Roles = append(a.Roles, more)
		}
	},
}

func addResource(r *inventory.Role, arn string) {
	r.Inline[1].Document = inventory.Document(strings.Replace(string(r.Inline[1].Document), `"Statement":[`, `"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"`+arn+`"},`, 1))
}

func addPrincipal(r *inventory.Role, principal string) {
	r.Trust = inventory.Document(strings.Replace(string(r.Trust), `"Statement":[`, `"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"`+principal+`"}},`, 1))
}

func version(a *inventory.Account, id, old, text string) {
	for i := range a.Policies {
		if p := &a.Policies[i]; p.Name == "AmazonS3ReadOnlyAccess" {
			p.DefaultVersion, p.Document = id, inventory.Document(strings.Replace(string(p.Document), old, text, 1))
		}
	}
}

func shared(a *inventory.Account, old, text string) {
	for i := range a.Policies {
		if p := &a.Policies[i]; strings.HasPrefix(p.Name, "shared-0") {
			p.Document = inventory.Document(strings.Replace(string(p.Document), old, text, 1))
			return
		}
	}
}

// What becomes of accounts by the prints of their roles is what becomes of them when all
// roles of all accounts are compared.
func TestPrintsChangeNothing(t *testing.T) {
	checks := "6"
	if os.Getenv("IAMCTL_LONG") != "" {
		checks = "200"
	}
	was := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", checks); err != nil {
		t.Fatal(err)
	}
	defer flag.Set("rapid.checks", was)
	names := slices.Sorted(maps.Keys(odd))
	rapid.Check(t, func(rt *rapid.T) {
		o := samplefleet.Options{Seed: rapid.Uint64Range(0, 1000).Draw(rt, "seed"), Accounts: 5, Roles: 8, Outliers: rapid.IntRange(0, 6).Draw(rt, "outliers")}
		o.Suffixes, o.Respelled = rapid.Bool().Draw(rt, "suffixes"), rapid.Bool().Draw(rt, "respelled")
		o.Environments = rapid.SampledFrom([][]string{nil, {"live", "test"}, {"alpha-live", "beta", "Live-Test", "live", "gamma-test"}}).Draw(rt, "environments")
		f := samplefleet.New(o)
		var accounts []*inventory.Account
		for i := range o.Accounts {
			accounts = append(accounts, f.Account(i))
		}
		for range rapid.IntRange(0, 8).Draw(rt, "oddities") {
			name, role := rapid.SampledFrom(names).Draw(rt, "odd"), rapid.IntRange(0, o.Roles-2).Draw(rt, "role")
			for i, a := range accounts {
				if (rapid.Bool().Draw(rt, "in") || name == "nothing of the account's own") && role < len(a.Roles) && len(a.Roles[role].Inline) > 1 {
					odd[name](a, &a.Roles[role], f.ID(i), f.ID((i+1)%o.Accounts))
				}
			}
		}
		var sides []compare.Side
		dir, err := os.MkdirTemp(t.TempDir(), "fleet")
		if err != nil {
			rt.Fatal(err)
		}
		for i, a := range accounts {
			sides = append(sides, folderOf(rt, filepath.Join(dir, f.Tag(i)), a))
		}
		options := many.Options{Roles: rapid.SampledFrom([]string{"", "app-*"}).Draw(rt, "roles")}
		want := bytesOf(t, fleetMatrix(t, f, options.Whole(), sides...))
		got := bytesOf(t, fleetMatrix(t, f, options, sides...))
		if d := cmp.Diff(want, got); d != "" {
			rt.Fatalf("(-whole +by prints):\n%s", d)
		}
		os.RemoveAll(dir)
	})
}

func folderOf(t *rapid.T, dir string, a *inventory.Account) compare.Side {
	a.Sort()
	if _, err := snapshot.Write(dir, a); err != nil {
		t.Fatal(err)
	}
	s, err := compare.NewSide(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}
