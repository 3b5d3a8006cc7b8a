package report

import (
	"slices"
	"strings"
	"testing"

	"iamctl/diff"
)

// driftOf finds the fingerprint of the drift whose role and text hold words.
func driftOf(c *diff.Changes, role, text string) string {
	for d := range Drifts(c) {
		if strings.Contains(d.RoleName, role) && strings.Contains(d.Text(), text) {
			return d.Fingerprint
		}
	}
	panic("no drift " + role + " " + text)
}

// marked is sample with a pair that has a reason, and with marks of every
// kind.
func marked() (*diff.Changes, *Marks) {
	c := sample()
	c.Common[1].Reason = "by the name without CloudFormation's random suffix"
	waived, rule := driftOf(c, "=cmd", "tag"), driftOf(c, "only-in-dev", "role")
	expired := driftOf(c, "=cmd", "path")
	fresh, known := driftOf(c, "app1", "shared"), driftOf(c, "app1", "logs")
	zero, one := 0, 1
	marks := map[string]RunMark{
		waived:  {Waiver: &zero, Age: AgeKnown},
		rule:    {Waiver: &one, Age: AgeNew},
		expired: {Waiver: &[]int{2}[0], Age: AgeKnown},
		fresh:   {Age: AgeNew},
		known: {Age: AgeKnown, FirstSeen: &RunCommit{
			Hash: "0123456789abcdef0123456789abcdef01234567", Time: "2026-10-03T09:00:00Z", Author: "Eve <\x1b[31m>", Subject: "Add @logs #7", AtLeast: true,
		}},
	}
	return c, &Marks{
		Waivers: []RunWaiver{
			{Fingerprint: waived, Owner: "alice", Reason: "owner tag is per account", Ticket: "OPS-1", Expires: "2027-01-01", State: WaiverUsed, Count: 1},
			{Role: "only-in-*", Reason: "=not shared", State: WaiverUsed, Count: 1},
			{Fingerprint: expired, Owner: "bob\n", Reason: "moving\x1b[2J", Expires: "2026-11-01", State: WaiverExpired, Count: 1},
			{Fingerprint: strings.Repeat("ab", 16), Owner: "carol", Reason: "gone?", Expires: "2027-01-01", State: WaiverUnmatched},
		},
		File: "waivers.json", SHA256: strings.Repeat("1b", 32), Since: "git:main",
		Of: func(f string) RunMark { return marks[f] },
		Fixed: []RunFixed{
			{Fingerprint: strings.Repeat("cd", 16), RoleName: "app1_accountname", Text: "+ inline s3: Allow s3:* on *", Side: "b"},
			{Fingerprint: strings.Repeat("ef", 16), RoleName: "=cmd,@x", Text: "~ description: dev \"\x1b\" -> qa \"\""},
		},
	}
}

func TestTally(t *testing.T) {
	c, m := marked()
	got := tallyOf(c, m)
	if got.waived != [2]int{2, 1} || got.waivedAll != 2 {
		t.Errorf("waived %v, %d in all: want the attribute on both sides and the role on A's", got.waived, got.waivedAll)
	}
	if got.fresh != [2]int{0, 1} || got.freshAll != 1 {
		t.Errorf("new %v, %d in all: a waived role is not new", got.fresh, got.freshAll)
	}
	if want := []int{4, 2, 0}; !slices.Equal(got.left, want) {
		t.Errorf("left %v, want %v: the expired waiver accepts nothing", got.left, want)
	}
	if got.roles != 2 || got.only != [2]int{1, 0} || !got.drift() {
		t.Errorf("%d roles, only %v, drift %v", got.roles, got.only, got.drift())
	}
	if fixed := fixedCount(m.Fixed); fixed != [2]int{1, 2} {
		t.Errorf("fixed %v", fixed)
	}
}

func TestTallyWithoutMarksIsTheSame(t *testing.T) {
	c := sample()
	plain, slow := tallyOf(c, nil), newTally(len(c.Common), Drifts(c))
	if !slices.Equal(plain.left, slow.left) || plain.roles != slow.roles || plain.only != slow.only {
		t.Errorf("counted %+v, walked %+v", plain, slow)
	}
}

// allWaived waives everything.
func allWaived() *Marks {
	zero := 0
	return &Marks{
		Waivers: []RunWaiver{{Role: "*", Reason: "today's state", State: WaiverUsed, Count: 8}},
		Of:      func(string) RunMark { return RunMark{Waiver: &zero} },
	}
}

func TestWaivedTextSaysWhatMatters(t *testing.T) {
	c, m := marked()
	got := shownText(t, c, m, TextOptions{})
	for _, want := range []struct{ text, reason string }{
		{"| Waived Differences              |   2 |  1 |", "how much is waived, by account"},
		{"| New Differences                 |   0 |  1 |", "how much is new"},
		{"| Fixed Differences               |   1 |  2 |", "how much is fixed"},
		{"app1_accountname (dev: app1_dev, qa: app1_qa; paired by the name without CloudFormation's random suffix)\n", "why roles of different names are one"},
		{"/shared/* [new] #", "what is new"},
		{"] [since 2026-10-03 or before, commit 0123456789ab] #" + driftOf(c, "app1", "logs")[:handleDigits] + "\n", "since when"},
		{"Waivers: 2 differences waived (waived_differences.csv), 1 expired waiver, 1 unmatched waiver\n", "waivers in plain sight"},
		{"  expired, 1 difference again: " + m.Waivers[2].Fingerprint + ", until 2026-11-01, bob\\u{A}: moving\\u{1B}[2J\n", "which has expired"},
		{"  unmatched, 0 differences: abababababababababababababababab, until 2027-01-01, carol: gone?\n", "which fits nothing"},
		{"1 new, 2 fixed since git:main\n", "what it was held against"},
		{"  fixed: app1_accountname + inline s3: Allow s3:* on *\n", "what is fixed"},
		{"  ~ path: dev", "an expired waiver hides nothing"},
		{"Result: incomplete, 2 gaps; drift: 2 common roles differ, 1 role only in dev, 0 roles only in qa; 1 new; 2 waived; 1 expired waiver; 1 unmatched waiver; 2 fixed\n", "the end of it"},
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

func TestAllWaivedIsInSync(t *testing.T) {
	c := sample()
	c.Gaps = nil
	got := shownText(t, c, allWaived(), TextOptions{})
	if !strings.HasSuffix(got, "Result: in sync; 9 waived\n") || strings.Contains(got, "What differs") {
		t.Errorf("everything is waived:\n%s", got)
	}
	if !strings.Contains(rendered(t, c, meta, allWaived()), `"drift":false`) {
		t.Error("diff.json tells of drift though everything is waived")
	}
}

func TestWaivedFile(t *testing.T) {
	c, m := marked()
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
	c := oneSided()
	got := shownText(t, c, nil, TextOptions{})
	want := "\nRoles in one account alone:\n- role /-a/=cmd,@x, 1 item #" + driftOf(c, "=cmd", "role")[:handleDigits] +
		"\n- role /app1_accountname (dev: app1_dev), 3 items #" + driftOf(c, "app1", "role")[:handleDigits] + "\n"
	if !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}
