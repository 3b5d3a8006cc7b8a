package html

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

func TestHTMLSameBytes(t *testing.T) {
	first := htmlOf(t, htmlSampleRun())
	for range 5 {
		if !bytes.Equal(first, htmlOf(t, htmlSampleRun())) {
			t.Fatal("the same run gave other bytes")
		}
	}
}

// TestHTMLShowsEveryText gives every text of a run a value of its own, and
// looks for each in the page: what a run comes to carry is not to be
// forgotten here.
func TestHTMLShowsEveryText(t *testing.T) {
	elsewhere := []struct{ field, reason string }{
		{"Role.Path", "the original path stands in the ARN, and a path that differs is an attribute"},
		{"Role.OriginalPath", "stands in the ARN"},
		{"Role.RoleName", "the pair's name is shown; those of the sides differ in the letter case alone or in a suffix"},
		{"Fixed.Side", "shown as the tag of the account"},
		{"in sync: Role.OriginalRoleName", "of roles in sync the page has the name alone"},
		{"in sync: Role.ARN", "likewise"},
		{"in sync: Role.RoleID", "likewise"},
		{"unique: Item.Fingerprint", "the drift is that the role is there, and it has a fingerprint"},
	}
	run := htmlSampleRun()
	var texts []htmlFilled
	htmlFill(reflect.ValueOf(run).Elem(), "", "Run", &texts)
	if len(texts) < 300 {
		t.Fatalf("only %d texts were filled", len(texts))
	}
	text := htmlTextOf(parseHTML(t, htmlOf(t, run)).one("body"))
	missing := map[string]bool{}
	for _, f := range texts {
		if !strings.Contains(text, f.text) {
			missing[f.field] = true
		}
	}
	want := map[string]bool{}
	for _, e := range elsewhere {
		want[e.field] = true
	}
	for _, where := range []string{"in sync: ", "unique: "} {
		for _, field := range []string{"Role.Path", "Role.OriginalPath", "Role.RoleName"} {
			delete(missing, where+field)
		}
	}
	if d := cmp.Diff(want, missing); d != "" {
		t.Errorf("texts that the page does not show (-want +got):\n%s", d)
	}
}

type htmlFilled struct{ field, text string }

// htmlFill gives every text in v that is not empty a value of its own.
func htmlFill(v reflect.Value, where, field string, texts *[]htmlFilled) {
	switch v.Kind() {
	case reflect.String:
		if v.String() != "" {
			text := fmt.Sprintf("text%dx", len(*texts))
			v.SetString(text)
			*texts = append(*texts, htmlFilled{where + field, text})
		}
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *result.Items:
			list := x.First(x.Len())
			htmlFill(reflect.ValueOf(list), where, field, texts)
			*x = result.NewItems(list)
			return
		case *result.MaskedItems:
			list := slices.Collect(x.All())
			htmlFill(reflect.ValueOf(list), where, field, texts)
			*x = result.NewMaskedItems(list)
			return
		case *result.Pair:
			if !x.Differs && len(x.Blind) == 0 {
				where = "in sync: "
			}
		case *result.Unique:
			where = "unique: "
		}
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			htmlFill(v.Field(i), where, v.Type().Name()+"."+v.Type().Field(i).Name, texts)
		}
	case reflect.Slice:
		for i := range v.Len() {
			htmlFill(v.Index(i), where, field, texts)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			// What several share is filled once for each.
			own := reflect.New(v.Type().Elem())
			own.Elem().Set(v.Elem())
			v.Set(own)
			htmlFill(own.Elem(), where, field, texts)
		}
	}
}

func TestHTMLSummary(t *testing.T) {
	d := parseHTML(t, htmlOf(t, htmlSampleRun()))
	htmlWant(t, d.id("summary"), "Drift, incomplete", "16 drifts that no waiver accepts, 9 of them new. 2 gaps",
		"1 waiver has expired and accepts nothing any more", "2026-06-30", "not compared", "access denied: iam:ListUserPolicies")
	got := map[string]string{}
	for _, tile := range htmlAll(d.one("main"), "dt") {
		value := tile.NextSibling
		if value != nil && value.Data == "dd" {
			got[htmlTextOf(tile)] = htmlTextOf(value)
		}
	}
	maps.DeleteFunc(got, func(k, _ string) bool {
		return !slices.Contains([]string{"Roles", "Differing roles", "Items", "Attributes", "New", "Waived", "Gaps", "Masked", "Fixed"}, k)
	})
	want := map[string]string{
		"Roles": "11 in dev, / 12 in qa", "Differing roles": "10", "Items": "4 in dev, / 8 in qa", "Attributes": "3",
		"New": "9", "Waived": "2", "Gaps": "2", "Masked": "1", "Fixed": "2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tiles (-want +got):\n%s", diff)
	}
	// Gaps come before everything but the figures.
	page := d.text
	if gaps, charts, roles := strings.Index(page, "id=gaps"), strings.Index(page, "<svg"), strings.Index(page, "id=table"); gaps > charts || gaps > roles {
		t.Error("the gaps are not at the top")
	}
}

func TestHTMLVerdicts(t *testing.T) {
	waived := func(m *runMaker) {
		m.Waivers = []result.Waiver{{Fingerprint: "x", Owner: "o", Reason: "r", State: result.WaiverUsed, Count: 1}}
		m.CommonRoles = []result.Pair{m.sampleReadOnly("app-%s")}
		items := m.CommonRoles[0].OnlyB.First(1)
		items[0].Waiver = pointerTo(0)
		m.CommonRoles[0].OnlyB = result.NewItems(items)
	}
	for _, row := range []struct {
		reason     string
		make       func(*runMaker)
		word, text string
	}{
		{"nothing at all", func(*runMaker) {}, "In sync", "Nothing differs"},
		{"drift", func(m *runMaker) { m.Drift, m.CommonRoles = true, []result.Pair{m.sampleReadOnly("app-%s")} }, "Drift", "1 drift that no waiver accepts."},
		{"drift, held against an earlier run", func(m *runMaker) {
			m.Drift, m.Meta.Since, m.CommonRoles = true, "RUN", []result.Pair{m.sampleReadOnly("app-%s")}
		}, "Drift", "1 drift that no waiver accepts, 1 of them new."},
		{"drift that is all waived", waived, "Accepted", "1 drift, waived."},
		{"gaps and no drift: never in sync", func(m *runMaker) {
			m.Gaps = []result.Gap{{Account: "qa", Kind: "read", Entity: "account", Reason: "denied"}}
		}, "Incomplete", "1 gap"},
		{"a run that says it is incomplete", func(m *runMaker) { m.Incomplete = true }, "Incomplete", "0 gaps"},
		{"waived drift and gaps", func(m *runMaker) { waived(m); m.Incomplete = true }, "Incomplete", "waived"},
		{"a run that says it has drift", func(m *runMaker) { m.Drift = true }, "Drift", "0 drifts"},
		{"an expired waiver accepts nothing", func(m *runMaker) { waived(m); m.Waivers[0].State = result.WaiverExpired }, "Drift", "1 drift that no waiver accepts."},
	} {
		m := newRunMaker()
		row.make(m)
		v := newHTMLPage(m.Result, defaultHTMLLimits).Verdict()
		if v.Word != row.word || !strings.Contains(v.Text, row.text) {
			t.Errorf("%s: %q %q, want %q with %q", row.reason, v.Word, v.Text, row.word, row.text)
		}
		if bad := v.Class == "ok"; bad && (m.Incomplete || m.Drift || len(m.Gaps) > 0) {
			t.Errorf("%s: the verdict is green", row.reason)
		}
		htmlWant(t, parseHTML(t, htmlOf(t, m.Result)).id("summary"), row.word)
	}
}

func TestHTMLRole(t *testing.T) {
	d := parseHTML(t, htmlOf(t, htmlSampleRun()))
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
			if text := htmlTextOf(section); !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(w, " ", "")) {
				t.Errorf("%s: no %q in %.2000q", row.role, w, text)
			}
		}
	}
}

func TestHTMLTableOfRoles(t *testing.T) {
	d := parseHTML(t, htmlOf(t, htmlSampleRun()))
	var got [][]string
	for _, tr := range htmlAll(d.id("table"), "tr")[1:] {
		var row []string
		for e := range htmlElements(tr) {
			if e.Data == "td" || e.Data == "th" {
				row = append(row, htmlTextOf(e))
			}
		}
		got = append(got, append(row, htmlAttr(tr, "data-s")))
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
	htmlWant(t, d.id("roles"), "2 roles in both accounts without a difference", "AwsSecurityAudit", "payments-accountname")
}

func TestHTMLLists(t *testing.T) {
	d := parseHTML(t, htmlOf(t, htmlSampleRun()))
	htmlWant(t, d.id("waivers"), "expired 2026-06-30 platform Long restores in the spring exercise SEC-981 1",
		"fits nothing 2027-03-01 data Export job", "used never platform AWS makes these as they are needed 1 roles AWSServiceRoleFor*", "orders-worker-accountname")
	if rows := htmlAll(d.id("waivers"), "tr"); !strings.HasPrefix(htmlTextOf(rows[1]), "expired") {
		t.Error("the expired waiver is not first")
	}
	htmlWant(t, d.id("fixed"), "git:HEAD~30", "reports-accountname in qa: inline reports: Allow s3:DeleteObject", "ci-deployer : description")
	htmlWant(t, d.id("scope"), "the value belongs to no known account", "the account's alias could not be read", "not compared", "tag", "session policies")
	htmlWant(t, d.id("run"), "111122223333", "company-dev", "baseline/dev", "0.3.0 (go1.26.8)", "2026-11-20T03:00:12Z", "equivalency_list.json",
		"sha256 "+strings.Repeat("a1b2c3d4", 8), "2026-09-26", "waivers.json", "git:HEAD~30", "Harvested Items 12,340 12,566", "waived 1 1",
		"4 values rewritten in dev", "2 commits that first show a drift", madeCommit.Hash, "Ada Okafor", "Snapshot of 2 October")
}

// htmlFullDisk fails after so many bytes.
type htmlFullDisk int

var errHTMLFull = errors.New("no space left")

func (d *htmlFullDisk) Write(b []byte) (int, error) {
	if *d -= htmlFullDisk(len(b)); *d < 0 {
		return 0, errHTMLFull
	}
	return len(b), nil
}

func TestHTMLWriteErrors(t *testing.T) {
	run := htmlLargeRun(40)
	size := len(htmlOf(t, run))
	for _, room := range []int{0, 1, size / 2, size - 1} {
		disk := htmlFullDisk(room)
		if err := Write(&disk, run); !errors.Is(err, errHTMLFull) {
			t.Errorf("with room for %d of %d bytes: error %v", room, size, err)
		}
	}
	disk := htmlFullDisk(size)
	if err := Write(&disk, run); err != nil {
		t.Error(err)
	}
}

func TestHTMLLinksStayFromRunToRun(t *testing.T) {
	id := func(r *result.Result) string {
		for _, role := range newHTMLPage(r, defaultHTMLLimits).Roles() {
			if role.Name == "ci-deployer" {
				return role.ID
			}
		}
		t.Fatal("no such role")
		return ""
	}
	one, other := htmlSampleRun(), htmlSampleRun()
	other.CommonRoles, other.UniqueRoles.A = other.CommonRoles[1:3], nil
	if id(one) != id(other) {
		t.Errorf("the link to a role is %s in one run and %s in another", id(one), id(other))
	}
}
