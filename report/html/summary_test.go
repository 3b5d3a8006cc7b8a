package html

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

func TestPageSummary(t *testing.T) {
	d := samplePage(t)
	wantText(t, d.id("summary"), "Drift, incomplete", "16 drifts that no waiver accepts, 9 of them new. 2 gaps",
		"1 waiver has expired and accepts nothing any more", "2026-06-30", "not compared", "access denied: iam:ListUserPolicies")
	got := map[string]string{}
	for _, tile := range all(d.one("main"), "dt") {
		value := tile.NextSibling
		if value != nil && value.Data == "dd" {
			got[textOf(tile)] = textOf(value)
		}
	}
	maps.DeleteFunc(got, func(k, _ string) bool {
		return !slices.Contains([]string{"Roles", "Differing roles", "Items", "Attributes", "New", "Waived", "Gaps", "Masked", "Fixed"}, k)
	})
	want := map[string]string{
		"Roles": "11 in dev, / 12 in qa", "Differing roles": "10", "Items": "4 in dev, / 8 in qa", "Attributes": "3",
		"New": "9", "Waived": "2", "Gaps": "2", "Masked": "2", "Fixed": "2",
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

func TestPageVerdicts(t *testing.T) {
	waived := func(m *maker) {
		m.Waivers = []result.Waiver{{Fingerprint: "x", Owner: "o", Reason: "r", State: result.WaiverUsed, Count: 1}}
		m.CommonRoles = []result.Pair{m.sampleReadOnly("app-%s")}
		items := m.CommonRoles[0].OnlyB.First(1)
		items[0].Waiver = pointerTo(0)
		m.CommonRoles[0].OnlyB = result.NewItems(items)
	}
	for _, row := range []struct {
		reason     string
		make       func(*maker)
		word, text string
	}{
		{"nothing at all", func(*maker) {}, "In sync", "Nothing differs"},
		{"drift", func(m *maker) { m.Drift, m.CommonRoles = true, []result.Pair{m.sampleReadOnly("app-%s")} }, "Drift", "1 drift that no waiver accepts."},
		{"drift, held against an earlier run", func(m *maker) {
			m.Drift, m.Meta.Since, m.CommonRoles = true, "RUN", []result.Pair{m.sampleReadOnly("app-%s")}
		}, "Drift", "1 drift that no waiver accepts, 1 of them new."},
		{"drift that is all waived", waived, "Accepted", "1 drift, waived."},
		{"gaps and no drift: never in sync", func(m *maker) {
			m.Gaps = []result.Gap{{Account: "qa", Kind: "read", Entity: "account", Reason: "denied"}}
		}, "Incomplete", "1 gap"},
		{"a run that says it is incomplete", func(m *maker) { m.Incomplete = true }, "Incomplete", "0 gaps"},
		{"waived drift and gaps", func(m *maker) { waived(m); m.Incomplete = true }, "Incomplete", "waived"},
		{"a run that says it has drift", func(m *maker) { m.Drift = true }, "Drift", "0 drifts"},
		{"an expired waiver accepts nothing", func(m *maker) { waived(m); m.Waivers[0].State = result.WaiverExpired }, "Drift", "1 drift that no waiver accepts."},
	} {
		m := newMaker()
		row.make(m)
		v := newPage(m.Result, defaultLimits).Verdict()
		if v.Word != row.word || !strings.Contains(v.Text, row.text) {
			t.Errorf("%s: %q %q, want %q with %q", row.reason, v.Word, v.Text, row.word, row.text)
		}
		if bad := v.Class == "ok"; bad && (m.Incomplete || m.Drift || len(m.Gaps) > 0) {
			t.Errorf("%s: the verdict is green", row.reason)
		}
		wantText(t, parse(t, pageOf(t, m.Result)).id("summary"), row.word)
	}
}

// TestGapsOfOneCause: a denied call is one row, however many roles it concerns, and every
// other gap one of its own.
func TestGapsOfOneCause(t *testing.T) {
	m := newMaker()
	const denied = "iam:ListRoleTags: AccessDenied: not authorized"
	for i := range 40 {
		m.Gaps = append(m.Gaps, result.Gap{Account: "qa", Kind: "read", Entity: "role", Name: fmt.Sprintf("app%02d", i), PolicyType: "tags", Blind: true, Reason: denied})
	}
	for i := range 30 {
		m.Gaps = append(m.Gaps, result.Gap{Account: "qa", Kind: "parse", Entity: "role", Name: fmt.Sprintf("job%02d", i), Reason: "line 1, column 2"})
	}
	gaps := parse(t, pageOf(t, m.Result)).id("gaps")
	wantText(t, gaps, "70 gaps", "role app00 tags: "+denied+" not compared (read) (and the same for 39 more: gaps.csv has all)", "role job00: line 1", "6 more gaps", "role job29: ")
	if text := textOf(gaps); strings.Contains(text, "app01") {
		t.Errorf("a second row for one cause: %s", text)
	}
}
