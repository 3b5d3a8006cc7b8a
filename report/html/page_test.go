package html

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

func TestPageRole(t *testing.T) {
	d := samplePage(t)
	for _, row := range []struct {
		role  string
		wants []string
	}{
		{"orders-worker-accountname", []string{
			"arn:aws:iam::111122223333:role/orders-worker-dev", "Only in dev (1)", "Only in qa (3)", "s3:PutObject",
			"names dev of dev , expected arn:aws:s3:::orders-qa-archive/*", "waived", "2026-08-21 or before", "resource before rewriting arn:aws:s3:::orders-dev-archive/*",
			madeFingerprint("inline", "queue", "Allow", "s3:PutObjectAcl", "arn:aws:s3:::orders-dev-archive/*"),
		}},
		{"ci-deployer", []string{"Attributes", "boundary", "absent", "Deny", "iam:CreateAccessKey", "if {", "repo:example/orders:*", "by Federated"}},
		{"break-glass", []string{"3600", "43200", "waiver expired", "tag owner"}},
		{"legacy-batch", []string{"not compared", "found end of text", `{\x{FF}\u{A}\u{1B}[31m`, "1 masked item", "dev: resource before rewriting red", "qa: resource before rewriting green"}},
		{"AWSReservedSSO", []string{"Paired: the names are equal without the suffix", "unknown action"}},
		{"data-export-accountname", []string{"only in dev", "the role is in dev alone", "s3:GetObject , s3:PutObject", "maxsessionduration : unknown", "before rewriting dev"}},
		{"AWSServiceRoleForECS", []string{"service-linked", "waived", "only in qa"}},
	} {
		section := d.section(row.role)
		for _, w := range row.wants {
			if text := textOf(section); !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(w, " ", "")) {
				t.Errorf("%s: no %q in %.2000q", row.role, w, text)
			}
		}
	}
}

func TestPageTableOfRoles(t *testing.T) {
	d := samplePage(t)
	var got [][]string
	for _, tr := range all(d.id("table"), "tr")[1:] {
		var row []string
		for e := range elements(tr) {
			if e.Data == "td" || e.Data == "th" {
				row = append(row, textOf(e))
			}
		}
		got = append(got, append(row, attr(tr, "data-s")))
	}
	want := [][]string{
		{"analytics-accountname analytics-dev / analytics-qa", "both", "", "1", "", "1", "1 new", "2026-10-02", "managed policy", "secretsmanager", ".on"},
		{"AWSReservedSSO_Operators_0123456789abcdef AWSReservedSSO_Operators_fedcba9876543210", "both", "", "1", "", "1", "1 known", "", "managed policy", "ssm", ".ok"},
		{"AWSServiceRoleForECS", "qa", "", "1", "", "", "1 waived", "", "", "sts", ".wb"},
		{"billing-export-accountname billing-export-dev / billing-export-qa", "both", "", "1", "", "1", "1 new", "2026-10-02", "managed policy", "secretsmanager", ".on"},
		{"break-glass", "both", "", "", "2", "2", "1 new 1 known 1 expired", "2026-08-21 or before", "session duration, tag", "", ".onkx"},
		{"ci-deployer", "both", "3", "1", "1", "5", "2 new 3 known", "2026-10-02", "trust, boundary policy, boundary set", "iam, sts", ".onk"},
		{"data-export-accountname data-export-dev", "dev", "3", "", "", "1", "1 new", "2026-10-02", "", "kms, s3", ".ona"},
		{"legacy-batch", "both", "", "", "", "", "gap masked", "", "", "", ".gm"},
		{"orders-worker-accountname orders-worker-dev / orders-worker-qa", "both", "1", "3", "", "3", "1 new 2 known 1 waived", "2026-08-21 or before", "inline policy", "s3", ".onkw"},
		{"reports-accountname reports-dev / reports-qa", "both", "", "1", "", "1", "1 new", "2026-10-02", "managed policy", "secretsmanager", ".on"},
		{"temp-admin", "qa", "", "1", "", "1", "1 new", "2026-10-02", "", "*", ".onb"},
	}
	for _, row := range got {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], " , ", ", ")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	wantText(t, d.id("roles"), "2 roles in both accounts without a difference", "AwsSecurityAudit", "payments-accountname")
}

func TestPageLists(t *testing.T) {
	d := samplePage(t)
	wantText(t, d.id("waivers"), "expired 2026-06-30 platform Long restores in the spring exercise SEC-981 1",
		"fits nothing 2027-03-01 data Export job", "used never platform AWS makes these as they are needed 1 role AWSServiceRoleFor*", "orders-worker-accountname")
	if rows := all(d.id("waivers"), "tr"); !strings.HasPrefix(textOf(rows[1]), "expired") {
		t.Error("the expired waiver is not first")
	}
	wantText(t, d.id("fixed"), "git:HEAD~30", "reports-accountname in qa: inline reports: Allow s3:DeleteObject", "ci-deployer : description")
	wantText(t, d.id("scope"), "the value belongs to no known account", "the account's alias could not be read", "not compared", "tag", "session policies")
	wantText(t, d.id("run"), "111122223333", "company-dev", "baseline/dev", "0.3.0 (go1.26.8)", "2026-11-20T03:00:12Z", "equivalency_list.json",
		"sha256 "+strings.Repeat("a1b2c3d4", 8), "2026-09-26", "waivers.json", "git:HEAD~30", "Harvested Items 12,340 12,566", "waived 1 1",
		"4 values rewritten in dev", "2 commits that first show a drift", madeCommit.Hash, "Ada Okafor", "Snapshot of 2 October")
}

func TestPageLinksStayFromRunToRun(t *testing.T) {
	id := func(r *result.Result) string {
		for _, role := range newPage(r, defaultLimits).Roles() {
			if role.Name == "ci-deployer" {
				return role.ID
			}
		}
		t.Fatal("no such role")
		return ""
	}
	one, other := sampleResult(), sampleResult()
	other.CommonRoles, other.UniqueRoles.A = other.CommonRoles[1:3], nil
	if id(one) != id(other) {
		t.Errorf("the link to a role is %s in one run and %s in another", id(one), id(other))
	}
}
