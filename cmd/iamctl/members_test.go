package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamctl/internal/fakeorg"
	"iamctl/result"
)

// TestOrganizationCommands: which commands take an organisation, and what they say where
// they take one account.
func TestOrganizationCommands(t *testing.T) {
	org, accounts := fakeorg.Sample(4)
	org.Members[4].Status = "SUSPENDED"
	accounts["200000000002"].Roles[0].Inline[0].Document = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}`
	server := fakeorg.New(org, accounts, fakeorg.Options{})
	t.Cleanup(server.Close)
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"config": server.Profile("mgmt"), "a.csv": "id,name\n200000000001,one\n200000000003,three\n", "bad.csv": "id\n1\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	home, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args         string
		code         result.ExitCode
		want, reason string
	}{
		{"matrix org:mgmt --output out", result.ExitDrift, "1 account is suspended or closed and left out: 200000000004", "all accounts"},
		{"matrix org:mgmt/ou-ab12-workload --exclude app-2 --output out", result.ExitInSync, "", "a unit, but for one account"},
		{"matrix accounts:a.csv --profile mgmt --output out", result.ExitInSync, "", "a list"},
		{"matrix accounts:bad.csv", exitFailure, "bad.csv:2:1: \"1\" is no account id", "a bad list"},
		{"matrix org:mgmt --include app-1", exitFailure, "alone is no matrix", "one account"},
		{"matrix org:mgmt --include ap-1", exitFailure, `did you mean "app-1"?`, "a mistyped name"},
		{"matrix org:mgmt --include tag:env", exitFailure, "write tag:KEY=PATTERN", "a pattern of no tag"},
		{"matrix org:mgmt --exclude service-linkd", exitFailure, "there is no such rule", "a mistyped rule is no pattern"},
		{"matrix org:mgmt=x", exitFailure, "the tag of each is its id", "a tag for many"},
		{"matrix org:mgmt/ou-1", exitFailure, "no id of an organisational unit", "a mistyped unit"},
		{"diff org:mgmt dev", exitFailure, "write org:mgmt/ACCOUNT-ID for one of them", "one account is wanted"},
		{"diff org:mgmt/200000000001 org:mgmt/200000000002 --output out", result.ExitDrift, "", "two accounts of an organisation"},
		{"explain accounts:a.csv a.csv x", exitFailure, "write accounts:a.csv/ACCOUNT-ID", "one account is wanted"},
		{"harvest org:mgmt/200000000003 --role-name team/reader --output out", result.ExitInSync, "", "one account of an organisation"},
		{"audit accounts:a.csv --profile mgmt --rules ESCALATION", result.ExitInSync, "", "audit takes many"},
		{"export org:mgmt --dir lake --tables roles", result.ExitInSync, " roles of 4 accounts in lake", "export takes many, but for the suspended one"},
		{"export org:mgmt/ou-ab12-workload --dir unit --tables roles --exclude app-2", result.ExitInSync, " of 2 accounts in unit", "a unit, but for one account"},
		{"export accounts:a.csv --profile mgmt --dir listed --tables roles --include one", result.ExitInSync, " of 1 account in listed", "one of a list"},
		{"export org:mgmt/200000000003 --dir one --tables roles", result.ExitInSync, " of 1 account in one", "one account of an organisation"},
		{"export accounts:a.csv --dir nowhere --tables roles", exitFailure, "no account could be exported", "a list without a profile that may assume its roles"},
		{"snapshot org:mgmt --dir fleet --include Root/Workloads/*", result.ExitInSync, "", "snapshot takes many"},
	} {
		var out strings.Builder
		e := &env{stdout: &out, stderr: &out, rawStderr: &out, now: time.Now, home: home, getenv: func(name string) string {
			return map[string]string{"AWS_CONFIG_FILE": "config", "AWS_SHARED_CREDENTIALS_FILE": "none"}[name]
		}}
		code := exitCode(e, run(context.Background(), e, append([]string{"iamctl"}, strings.Fields(tt.args)...)))
		if code != int(tt.code) || !strings.Contains(out.String(), tt.want) {
			t.Errorf("%s: iamctl %s: exit %d, want %d with %q\n%s", tt.reason, tt.args, code, int(tt.code), tt.want, out.String())
		}
	}
	for _, account := range []string{"200000000001", "200000000002", "200000000003"} {
		if found, err := filepath.Glob("lake/roles/day=*/account=" + account + "/part-0.parquet"); err != nil || len(found) != 1 {
			t.Errorf("the roles of %s are in %v, %v", account, found, err)
		}
	}
	if found, _ := filepath.Glob("lake/roles/day=*/account=200000000004"); found != nil {
		t.Errorf("a suspended account is in %v", found)
	}
	for _, name := range []string{"fleet/200000000001/account.json", "fleet/200000000002/account.json"} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}
