package live_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/extract/live"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

// extract reads and fails the test on an error.
func extract(t testing.TB, o live.Options) *inventory.Account {
	t.Helper()
	got, err := live.Extract(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestExtract(t *testing.T) {
	var drops []fakeiam.Answer
	for range 3 {
		drops = append(drops, fakeiam.Throttled, fakeiam.Unavailable, fakeiam.Broken, fakeiam.Truncated, fakeiam.Lost, fakeiam.Dropped)
	}
	tests := []struct {
		reason string
		o      fakeiam.Options
	}{
		{reason: "nothing goes wrong"},
		{reason: "pages shorter than asked for", o: fakeiam.Options{PageSize: 3}},
		{reason: "an empty page before every page", o: fakeiam.Options{PageSize: 5, EmptyPages: true}},
		{reason: "the default version is amid others", o: fakeiam.Options{OldVersions: 4}},
		{reason: "AWS-managed policies come without being asked for, unattached", o: fakeiam.Options{Unattached: []inventory.Policy{
			{Name: "Stray", ARN: "arn:aws:iam::aws:policy/Stray", DefaultVersion: "v1", Document: `{}`, Path: "/"},
			{Name: "Bad", ARN: "arn:aws:iam::aws:policy/Bad", DefaultVersion: "v1", Document: `{}`, Path: "/"},
		}}},
		{reason: "AWS-managed policies are left out", o: fakeiam.Options{OmitPolicy: awsManaged}},
		{reason: "no policy's document is in the answer", o: fakeiam.Options{OldVersions: 2, OmitDocument: every}},
		{reason: "documents with plus signs for blanks", o: fakeiam.Options{Encode: formEncode}},
		{reason: "documents that are not encoded", o: fakeiam.Options{Encode: func(d inventory.Document) string { return string(d) }}},
		{reason: "the first three calls of each kind are throttled", o: fakeiam.Options{PageSize: 4, Faults: []fakeiam.Fault{fakeiam.First(3, fakeiam.Throttled)}}},
		{reason: "the service fails at first", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.First(4, fakeiam.Unavailable)}}},
		{reason: "answers break off", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.First(2, fakeiam.Truncated)}}},
		{reason: "answers end early in good order", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.First(2, fakeiam.Lost)}}},
		{reason: "empty answers with a good status", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.First(2, fakeiam.Nothing)}}},
		{reason: "an error status without a body", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.First(2, fakeiam.Answer{Status: http.StatusBadGateway})}}},
		{reason: "connections are dropped", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.First(2, fakeiam.Dropped)}}},
		{reason: "every third call fails", o: fakeiam.Options{PageSize: 2, Faults: []fakeiam.Fault{fakeiam.Every(3, fakeiam.Broken)}}},
		{reason: "30 % of all calls fail, in every way", o: fakeiam.Options{PageSize: 2, Faults: []fakeiam.Fault{fakeiam.Sometimes(0.3, 7, drops...)}}},
		{reason: "slow answers", o: fakeiam.Options{Latency: 20 * time.Millisecond}},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			want := spaced(sample(25))
			got := extract(t, options(t, serve(t, want, tt.o)))
			if d := cmp.Diff(want, got, noOthers); d != "" {
				t.Errorf("the account differs (-served +read):\n%s", d)
			}
		})
	}
}

// spaced puts a blank into every document outside of its strings, as most
// documents have: one with none but in strings does not show how it is encoded.
func spaced(a *inventory.Account) *inventory.Account {
	space := func(d *inventory.Document) {
		*d = inventory.Document(strings.Replace(string(*d), `{"Version":`, `{"Version": `, 1))
	}
	for i := range a.Roles {
		space(&a.Roles[i].Trust)
		for j := range a.Roles[i].Inline {
			space(&a.Roles[i].Inline[j].Document)
		}
	}
	for i := range a.Policies {
		space(&a.Policies[i].Document)
	}
	space(&a.Users[0].Inline[0].Document)
	space(&a.Groups[0].Inline[0].Document)
	return a
}

func awsManaged(arn string) bool { return strings.Contains(arn, "::aws:policy/") }

func every(string) bool { return true }

// formEncode encodes as HTML forms do, which some services that imitate IAM
// take for percent-encoding.
func formEncode(d inventory.Document) string {
	return strings.ReplaceAll(fakeiam.Encode(d), "%20", "+")
}

// TestCalls is the promise on large accounts: pages of 1000, no call per role.
func TestCalls(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: 5000 roles")
	}
	server := serve(t, sample(5000), fakeiam.Options{})
	got := extract(t, options(t, server))
	if len(got.Roles) != 5000 {
		t.Fatalf("%d roles, want 5000", len(got.Roles))
	}
	want := map[string]int{
		"GetCallerIdentity": 1, "ListAccountAliases": 1, "ListRoles": 5,
		// 5000 roles, 4 policies, a user and a group.
		"GetAccountAuthorizationDetails": 6,
	}
	calls := map[string]int{}
	for _, call := range server.Log() {
		calls[call.Action]++
		if strings.HasPrefix(call.Action, "List") || strings.HasPrefix(call.Action, "GetAccount") {
			if size := call.Form.Get("MaxItems"); size != "1000" {
				t.Errorf("%s with MaxItems %q, want 1000", call.Action, size)
			}
		}
	}
	if d := cmp.Diff(want, calls); d != "" {
		t.Errorf("calls (-want +got):\n%s", d)
	}
}

func TestMissingDocumentsAreReadOnce(t *testing.T) {
	want := sample(200)
	server := serve(t, want, fakeiam.Options{OmitPolicy: every})
	got := extract(t, options(t, server))
	server.Close()
	// "unused" is known to nobody once it is left out.
	want.Policies = slices.DeleteFunc(want.Policies, func(p inventory.Policy) bool { return p.Name == "unused" })
	if d := cmp.Diff(want, got, noOthers); d != "" {
		t.Errorf("the account differs (-served +read):\n%s", d)
	}
	// One of the policies has another version, and two are customer-managed.
	for action, want := range map[string]int{"GetPolicy": 3, "GetPolicyVersion": 4, "ListPolicyVersions": 2} {
		if n := server.Calls(action); n != want {
			t.Errorf("%d calls of %s for 3 policies of 200 roles, want %d", n, action, want)
		}
	}
}

func TestMissingDocumentStaysUnreadable(t *testing.T) {
	const arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
	for _, tt := range []struct {
		reason string
		fault  fakeiam.Fault
		call   string
	}{
		{"GetPolicy is denied", fakeiam.Deny("GetPolicy"), "iam:GetPolicy"},
		{"GetPolicyVersion is denied", fakeiam.Deny("GetPolicyVersion"), "iam:GetPolicyVersion"},
		{"the policy is gone", fakeiam.Only(fakeiam.Always(fakeiam.Answer{Status: 404, Code: "NoSuchEntity", Message: "gone"}), "GetPolicy"), "iam:GetPolicy"},
		{"every answer is cut", fakeiam.Only(fakeiam.Always(fakeiam.Lost), "GetPolicyVersion"), "iam:GetPolicyVersion"},
		{"the service never gives it", fakeiam.Only(fakeiam.Always(fakeiam.Broken), "GetPolicyVersion"), "iam:GetPolicyVersion"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			o := options(t, serve(t, sample(3), fakeiam.Options{OmitPolicy: awsManaged, Faults: []fakeiam.Fault{tt.fault}}))
			o.Retry.MaxAttempts = 3
			got := extract(t, o)
			if len(got.Gaps) != 1 {
				t.Fatalf("gaps: %+v, want one", got.Gaps)
			}
			g := got.Gaps[0]
			if !strings.HasPrefix(g.Reason, tt.call+": ") {
				t.Errorf("reason %q, want one that begins with %s", g.Reason, tt.call)
			}
			want := inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityPolicy, Name: arn, PolicyName: "ReadOnlyAccess", Blind: true, Reason: g.Reason}
			if d := cmp.Diff(want, g); d != "" {
				t.Errorf("gap (-want +got):\n%s", d)
			}
		})
	}
}

// TestMissingDocumentBreaksOff: what would fail for every policy is no gap.
func TestMissingDocumentBreaksOff(t *testing.T) {
	for _, fault := range []fakeiam.Answer{fakeiam.Expired, fakeiam.Dropped} {
		o := options(t, serve(t, sample(3), fakeiam.Options{OmitPolicy: awsManaged, Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fault), "GetPolicyVersion")}}))
		o.Retry.MaxAttempts = 3
		wantError(t, o, "iam:GetPolicyVersion: ")
	}
}

func TestUndecodableDocuments(t *testing.T) {
	served := sample(1)
	bad := inventory.Document("bad%zz")
	served.Roles[0].Trust = bad
	served.Roles[0].Inline[0].Document = bad
	served.Policies[0].Document = bad
	encode := func(d inventory.Document) string {
		if d == bad {
			return string(bad)
		}
		return fakeiam.Encode(d)
	}
	got := extract(t, options(t, serve(t, served, fakeiam.Options{Encode: encode})))
	role, policy := served.Roles[0].Name, served.Policies[0]
	want := []inventory.Gap{
		{Kind: inventory.GapParse, Entity: inventory.EntityPolicy, Name: policy.ARN, PolicyName: policy.Name, Blind: true, Raw: "bad%zz"},
		{Kind: inventory.GapParse, Entity: inventory.EntityRole, Name: role, Part: inventory.PartInline, PolicyName: served.Roles[0].Inline[0].Name, Blind: true, Raw: "bad%zz"},
		{Kind: inventory.GapParse, Entity: inventory.EntityRole, Name: role, Part: inventory.PartTrust, Blind: true, Raw: "bad%zz"},
	}
	for i := range got.Gaps {
		if got.Gaps[i].Reason == "" {
			t.Error("a gap without reason")
		}
		got.Gaps[i].Reason = ""
	}
	if d := cmp.Diff(want, got.Gaps); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
	if d := cmp.Diff(served.Roles, got.Roles); d != "" {
		t.Errorf("the text is not kept (-served +read):\n%s", d)
	}
}

func TestDeniedAliasIsANote(t *testing.T) {
	want := sample(2)
	got := extract(t, options(t, serve(t, want, fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Deny("ListAccountAliases")}})))
	if len(got.Gaps) != 0 || len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "iam:ListAccountAliases") {
		t.Errorf("gaps %v, notes %v: want one note on iam:ListAccountAliases", got.Gaps, got.Notes)
	}
	if got.Alias != "" || len(got.Roles) != 2 {
		t.Errorf("alias %q and %d roles, want none and 2", got.Alias, len(got.Roles))
	}
}

// TestDeniedListRoles loses what only ListRoles has, and says so.
func TestDeniedListRoles(t *testing.T) {
	want := sample(4)
	got := extract(t, options(t, serve(t, want, fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Deny("ListRoles")}})))
	for i := range want.Roles {
		want.Roles[i].Description, want.Roles[i].MaxSessionDuration = nil, nil
	}
	if d := cmp.Diff(want.Roles, got.Roles); d != "" {
		t.Errorf("roles (-want +got):\n%s", d)
	}
	var parts []inventory.Part
	for _, g := range got.Gaps {
		if g.Entity != "role" || g.Name != "" || !g.Blind || g.Kind != "read" {
			t.Errorf("unexpected gap %+v", g)
		}
		parts = append(parts, g.Part)
	}
	if d := cmp.Diff([]inventory.Part{"description", "maxsessionduration"}, parts); d != "" {
		t.Errorf("parts of roles that could not be read (-want +got):\n%s", d)
	}
}

// TestBigDocument: a document of 1 MB, or of 10 MB, and a role with more inline
// policies than fit in a page of names.
func TestBigDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: a large document")
	}
	megabytes := 1
	if os.Getenv("IAMCTL_LONG") != "" {
		megabytes = 10
	}
	for reason, faults := range map[string][]fakeiam.Fault{"details": nil, "one by one": {noDetails}} {
		t.Run(reason, func(t *testing.T) {
			want := sample(1)
			want.Roles[0].Inline = nil
			for i := range 301 {
				want.Roles[0].Inline = append(want.Roles[0].Inline, inventory.InlinePolicy{Name: fmt.Sprintf("p%04d", i), Document: `{"Statement":[]}`})
			}
			want.Roles[0].Trust = inventory.Document(`{"Statement":[],"Id":"` + strings.Repeat("x ", megabytes<<19) + `"}`)
			got := extract(t, options(t, serve(t, want, fakeiam.Options{PageSize: 200, Faults: faults})))
			if got.Roles[0].Trust != want.Roles[0].Trust || !slices.Equal(got.Roles[0].Inline, want.Roles[0].Inline) {
				t.Error("the role comes back otherwise")
			}
		})
	}
}

func TestProgress(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: 2500 roles")
	}
	o := options(t, serve(t, sample(2500), fakeiam.Options{OmitPolicy: awsManaged}))
	var mu sync.Mutex
	last := map[string][2]int{}
	o.Progress = func(stage string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if done < last[stage][0] {
			t.Errorf("%s goes back from %d to %d", stage, last[stage][0], done)
		}
		last[stage] = [2]int{done, total}
	}
	extract(t, o)
	want := map[string][2]int{
		live.StageIdentity:   {1, 1},
		live.StageDetails:    {2505, 2505},
		live.StageRoles:      {2500, 2500},
		live.StageEachPolicy: {1, 1},
	}
	if d := cmp.Diff(want, last); d != "" {
		t.Errorf("last words of each stage (-want +got):\n%s", d)
	}
}

func TestIdentity(t *testing.T) {
	account := sample(1)
	account.Partition = "aws-us-gov"
	server := serve(t, account, fakeiam.Options{})
	id, partition, alias, err := live.Identity(t.Context(), options(t, server))
	if err != nil || id != accountID || partition != "aws-us-gov" || alias != account.Alias {
		t.Errorf("Identity = %q, %q, %q, %v", id, partition, alias, err)
	}
	if d := cmp.Diff([]string{"GetCallerIdentity", "ListAccountAliases"}, server.Actions()); d != "" {
		t.Errorf("actions (-want +got):\n%s", d)
	}
	server = serve(t, account, fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Deny("ListAccountAliases")}})
	if id, _, alias, err := live.Identity(t.Context(), options(t, server)); err != nil || id != accountID || alias != "" {
		t.Errorf("without permission for the alias: %q, %q, %v", id, alias, err)
	}
}
