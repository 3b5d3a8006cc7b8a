package report

import (
	"strings"
	"testing"

	"iamctl/result"
	"iamctl/result/resulttest"
)

func TestWaivedTextSaysWhatMatters(t *testing.T) {
	c, m := resulttest.Marked()
	got := shownText(t, c, m, TextOptions{})
	for _, want := range []struct{ text, reason string }{
		{"| Waived Differences              |   2 |  0 |", "how much is waived, by account"},
		{"| New Differences                 |   0 |  1 |", "how much is new"},
		{"| Fixed Differences               |   1 |  2 |", "how much is fixed"},
		{"app1_accountname (dev: app1_dev, qa: app1_qa; paired by the name without CloudFormation's random suffix) [since", "why roles of different names are one"},
		{"/shared/* [new] [in no commit] fp:", "what is new"},
		{"random suffix) [since 2026-10-03 or before, commit 0123456789ab]\n", "since when, once for the role"},
		{"Waivers: 2 differences waived (waived_differences.csv), 1 outgrown waiver, 1 expired waiver, 1 unmatched waiver\n", "waivers in plain sight"},
		{"  expired, 1 difference again: " + m.Waivers[2].Fingerprint + ", until 2026-11-01, bob\\u{A}: moving\\u{1B}[2J\n", "which has expired"},
		{"  unmatched, 0 differences: abababababababababababababababab, until 2027-01-01, carol: gone? [seems to be ", "which fits nothing"},
		{"1 new, 2 fixed since git:main\n", "what it was held against"},
		{"  fixed: app1_accountname + inline s3: Allow s3:* on *\n", "what is fixed"},
		{"  ~ path: dev", "an expired waiver hides nothing"},
		{"Result: incomplete, 2 gaps; drift: 2 common roles differ, 1 role only in dev, 0 roles only in qa; 1 new; 2 waived; 1 outgrown waiver; 1 expired waiver; 1 unmatched waiver; 2 fixed; 1 role excluded\n", "the end of it"},
	} {
		if !strings.Contains(got, want.text) {
			t.Errorf("%s: the text does not say %q:\n%s", want.reason, want.text, got)
		}
	}
	for _, hidden := range []struct{ text, reason string }{
		{"- tag =owner", "a waived attribute"}, {"/team/only-in-dev", "a waived role"},
	} {
		if strings.Contains(got, hidden.text) {
			t.Errorf("%s is listed: %q", hidden.reason, hidden.text)
		}
	}
}

// TestNamesOfAPair: the names before rewriting are there if one of them is
// another than the common one.
func TestNamesOfAPair(t *testing.T) {
	for _, c := range []struct{ a, b, want, reason string }{
		{"app", "app", "app", "the same name"},
		{"app-dev", "app", "app (dev: app-dev, qa: app)", "rewritten in A alone"},
		{"app", "app-qa", "app (dev: app, qa: app-qa)", "rewritten in B alone"},
	} {
		p := &result.Pair{RoleName: "app", A: result.Role{OriginalRoleName: c.a}, B: result.Role{OriginalRoleName: c.b}}
		if got := pairText(Clip, [2]string{"dev", "qa"}, p); got != c.want {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

func TestAllWaivedIsInSync(t *testing.T) {
	c := resulttest.Sample()
	c.Gaps = nil
	got := shownText(t, c, resulttest.AllWaived(), TextOptions{})
	if !strings.HasSuffix(got, "Result: in sync; 11 waived\n") || strings.Contains(got, "What differs") {
		t.Errorf("everything is waived:\n%s", got)
	}
	if !strings.Contains(resulttest.File(t, c, resulttest.AllWaived()), `"drift":false`) {
		t.Error("diff.json tells of drift though everything is waived")
	}
}

func TestWaivedFile(t *testing.T) {
	c, m := resulttest.Marked()
	rows := records(t, written(t, c, names(), m)[waivedName])
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	one, two := rows[0], rows[1]
	if one["owner"] != "alice" || one["ticket"] != "OPS-1" || one["expires"] != "2027-01-01" || one["fingerprint"] != m.Waivers[0].Fingerprint ||
		one["rolename"] != "=cmd,@x" || !strings.HasPrefix(one["text"], "- tag =owner: ") || !strings.Contains(one["text"], "\x1b]0;x\x07") {
		t.Errorf("the attribute: %q", one)
	}
	if two["reason"] != "=not shared" || two["text"] != "- role /team/only-in-dev, 1 item" {
		t.Errorf("the role: %q", two)
	}
}

// TestUniqueRolesStandAlone: at the margin under a heading of their own, with
// their original names.
func TestUniqueRolesStandAlone(t *testing.T) {
	c := resulttest.OneSided()
	got := shownText(t, c, nil, TextOptions{})
	want := "\nRoles in one account alone:\n- role /-a/=cmd,@x, 1 item fp:" + resulttest.DriftOf(c, "=cmd", "role")[:fingerprintDigits] +
		"\n- role /app1_accountname (dev: app1_dev), 3 items fp:" + resulttest.DriftOf(c, "app1", "role")[:fingerprintDigits] + "\n"
	if !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}
