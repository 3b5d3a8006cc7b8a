package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"iamctl/compare"
	"iamctl/extract/connect"
	"iamctl/extract/ledger"
	"iamctl/extract/orgfolder"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/matrix"
)

// motoOrganization is a moto server with a whole organisation, behind the profile mgmt: a
// proxy before it denies the role in some accounts and throttles calls by chance.
type motoOrganization struct {
	*moto
	cfg   aws.Config
	units []string // the root and the units below it, each in the one before
	// accounts are the members' ids, in the order of their making.
	accounts []string

	mu     sync.Mutex
	denied map[string]bool
	chance *rand.Rand
	// throttled counts the calls that the proxy throttled.
	throttled int
}

const motoManagement = "123456789012"

// newMotoOrganization makes an organisation of units three deep, or skips. IAMCTL_MEMBERS is
// how many accounts it has, 12 if it is not set.
func newMotoOrganization(t *testing.T) *motoOrganization {
	t.Helper()
	if os.Getenv("IAMCTL_MOTO") == "" {
		t.Skip("left out: set IAMCTL_MOTO=1 to run against moto_server")
	}
	members, err := strconv.Atoi(os.Getenv("IAMCTL_MEMBERS"))
	if err != nil {
		members = 12
	}
	m := &motoOrganization{moto: &moto{t: t, dir: t.TempDir(), now: time.Now}, denied: map[string]bool{}, chance: rand.New(rand.NewPCG(1, 2))}
	t.Chdir(m.dir)
	address := startMoto(t, "")
	m.cfg = aws.Config{Region: "us-east-1", BaseEndpoint: &address, Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")}
	target, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(m.faulty(httputil.NewSingleHostReverseProxy(target)))
	t.Cleanup(proxy.Close)
	m.configure(map[string]string{"mgmt": proxy.URL})
	m.makeTree()
	m.makeAccounts(members)
	return m
}

func (m *motoOrganization) makeTree() {
	m.t.Helper()
	ctx, client := m.t.Context(), organizations.NewFromConfig(m.cfg)
	_, err := client.CreateOrganization(ctx, &organizations.CreateOrganizationInput{FeatureSet: types.OrganizationFeatureSetAll})
	m.must(err)
	roots, err := client.ListRoots(ctx, &organizations.ListRootsInput{})
	m.must(err)
	m.units = []string{*roots.Roots[0].Id}
	_, err = client.EnablePolicyType(ctx, &organizations.EnablePolicyTypeInput{RootId: &m.units[0], PolicyType: types.PolicyTypeServiceControlPolicy})
	m.must(err)
	for i, name := range []string{"Workloads", "Prod", "EU"} {
		out, err := client.CreateOrganizationalUnit(ctx, &organizations.CreateOrganizationalUnitInput{Name: &name, ParentId: &m.units[i]})
		m.must(err)
		m.units = append(m.units, *out.OrganizationalUnit.Id)
	}
	m.deny("NoUsers", "iam:CreateUser", m.units[2])
}

// deny makes a service control policy that denies an action, and attaches it to a unit.
func (m *motoOrganization) deny(name, action, unit string) {
	m.t.Helper()
	ctx, client := m.t.Context(), organizations.NewFromConfig(m.cfg)
	out, err := client.CreatePolicy(ctx, &organizations.CreatePolicyInput{
		Name: &name, Description: aws.String("x"), Type: types.PolicyTypeServiceControlPolicy,
		Content: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"` + action + `","Resource":"*"}]}`),
	})
	m.must(err)
	_, err = client.AttachPolicy(ctx, &organizations.AttachPolicyInput{PolicyId: out.Policy.PolicySummary.Id, TargetId: &unit})
	m.must(err)
}

// makeAccounts makes accounts that all have the role app; in that of the fourth it may pass
// roles too.
func (m *motoOrganization) makeAccounts(n int) {
	m.t.Helper()
	ctx, client := m.t.Context(), organizations.NewFromConfig(m.cfg)
	m.makeRole(motoManagement, "")
	for i := range n {
		out, err := client.CreateAccount(ctx, &organizations.CreateAccountInput{
			AccountName: aws.String(fmt.Sprintf("app-%d", i)), Email: aws.String(fmt.Sprintf("app-%d@example.com", i)),
		})
		m.must(err)
		id := *out.CreateAccountStatus.AccountId
		m.accounts = append(m.accounts, id)
		_, err = client.MoveAccount(ctx, &organizations.MoveAccountInput{AccountId: &id, SourceParentId: &m.units[0], DestinationParentId: &m.units[1+i%3]})
		m.must(err)
		more := ""
		if i == 3 {
			more = `,"iam:PassRole"`
		}
		m.makeRole(id, more)
	}
	for i := 7; i < n; i += 20 { // 5 %, one of twelve
		m.denied[m.accounts[i]] = true
	}
}

func (m *motoOrganization) makeRole(account, more string) {
	m.t.Helper()
	cfg := m.cfg
	if account != motoManagement {
		cfg.Credentials = stscreds.NewAssumeRoleProvider(sts.NewFromConfig(cfg), "arn:aws:iam::"+account+":role/maker")
	}
	client := iam.NewFromConfig(cfg)
	var there *iamtypes.EntityAlreadyExistsException // an answer was lost, and the SDK asked again
	_, err := client.CreateRole(m.t.Context(), &iam.CreateRoleInput{
		RoleName:                 aws.String("app"),
		AssumeRolePolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`),
	})
	if !errors.As(err, &there) {
		m.must(err)
	}
	_, err = client.PutRolePolicy(m.t.Context(), &iam.PutRolePolicyInput{
		RoleName: aws.String("app"), PolicyName: aws.String("app"),
		PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"` + more + `],"Resource":"*"}]}`),
	})
	m.must(err)
}

func (m *motoOrganization) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// faulty denies the role in some accounts, and throttles one call in ten.
func (m *motoOrganization) faulty(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		code := m.fault(r, body)
		switch {
		case code == "":
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
		case r.Header.Get("X-Amz-Target") != "":
			w.Header().Set("Content-Type", "application/x-amz-json-1.1")
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"__type":"TooManyRequestsException","Message":"slow down"}`)
		default:
			w.Header().Set("Content-Type", "text/xml")
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>no</Message></Error></ErrorResponse>", code)
		}
	})
}

func (m *motoOrganization) fault(r *http.Request, body []byte) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if form, err := url.ParseQuery(string(body)); err == nil && r.Header.Get("X-Amz-Target") == "" {
		if parts := strings.Split(form.Get("RoleArn"), ":"); len(parts) > 4 && m.denied[parts[4]] {
			return "AccessDenied"
		}
	}
	if m.chance.IntN(10) == 0 {
		m.throttled++
		return "Throttling"
	}
	return ""
}

// TestMotoOrganization: no account of an organisation is lost, whatever is throttled, and
// those that deny the role are gaps.
func TestMotoOrganization(t *testing.T) {
	m := newMotoOrganization(t)
	code, out, _ := m.iamctl("matrix", "org:mgmt", "--roles", "app", "--output", "out", "--json")
	if code != int(result.ExitIncomplete) {
		t.Errorf("exit %d, want %d", code, int(result.ExitIncomplete))
	}
	var x matrix.Matrix
	m.must(json.Unmarshal([]byte(out), &x))
	var read, blind []string
	for _, a := range x.Accounts {
		read = append(read, a.ID)
	}
	for _, g := range x.Gaps {
		blind = append(blind, g.Account)
	}
	want := []string{motoManagement}
	for _, id := range m.accounts {
		if m.denied[id] {
			if !slices.Contains(blind, id) {
				t.Errorf("the account %s is denied and no gap", id)
			}
			continue
		}
		want = append(want, id)
	}
	slices.Sort(want)
	if !slices.Equal(read, want) || len(blind) != len(m.denied) {
		t.Errorf("read %v, gaps of %v; want %v", read, blind, want)
	}
	rows := m.rows("outliers.csv")
	if len(rows) != 1 || rows[0][0] != m.accounts[3] || rows[0][1] != "app" || rows[0][4] != "MORE" {
		t.Errorf("outliers %v, want the role app of %s", rows, m.accounts[3])
	}
	if m.throttled == 0 {
		t.Error("nothing was throttled")
	}
	t.Logf("%d accounts, %d denied, %d calls throttled", len(m.accounts)+1, len(m.denied), m.throttled)
}

// TestMotoOrganizationChosen: units and patterns choose as they are documented.
func TestMotoOrganizationChosen(t *testing.T) {
	m := newMotoOrganization(t)
	exclude := "app-1?"
	for id := range m.denied {
		exclude += "," + id
	}
	if code, _, _ := m.iamctl("matrix", "org:mgmt/"+m.units[2], "--roles", "app", "--exclude", exclude, "--output", "out", "--json"); code != int(result.ExitInSync) {
		t.Errorf("exit %d, want %d", code, int(result.ExitInSync))
	}
	if rows := m.rows("matrix.csv"); len(rows) != 1 || strings.Contains(rows[0][2], motoManagement) || !strings.Contains(rows[0][2], m.accounts[5]) {
		t.Errorf("%v", rows)
	}
}

// TestMotoControlPolicies: the policies of the organisation are read with what they are
// attached to.
func TestMotoControlPolicies(t *testing.T) {
	m := newMotoOrganization(t)
	r := &compare.Reader{Files: connect.Files{Config: os.Getenv("AWS_CONFIG_FILE"), Credentials: os.Getenv("AWS_SHARED_CREDENTIALS_FILE")}}
	side, err := compare.NewSide("org:mgmt", "")
	m.must(err)
	members, err := r.Members(t.Context(), []compare.Side{side}, compare.MemberOptions{Policies: true})
	m.must(err)
	org := members.Organizations[0]
	if len(org.Gaps) > 0 || len(org.Units) != 4 || len(org.Members) != len(m.accounts)+1 || org.Management != motoManagement {
		t.Errorf("%d units, %d accounts, gaps %v", len(org.Units), len(org.Members), org.Gaps)
	}
	on := map[string]int{}
	for _, p := range org.Policies {
		if p.Type != inventory.ServiceControl || !strings.Contains(string(p.Document), "Statement") {
			t.Errorf("policy %+v", p)
		}
		for _, u := range org.Units {
			if slices.Contains(u.Policies, p.ID) {
				on[p.Name+" on "+u.Path]++
			}
		}
	}
	if on["NoUsers on Root/Workloads/Prod"] != 1 || on["NoUsers on Root/Workloads"] != 0 || on["FullAWSAccess on Root"] != 1 {
		t.Errorf("attached: %v", on)
	}
}

// TestMotoEffective: what a policy of a unit denies is no effective difference, and equal roles
// that it leaves less are outliers of their own, live as from a fleet.
func TestMotoEffective(t *testing.T) {
	m := newMotoOrganization(t)
	m.deny("NoPassing", "iam:PassRole", m.units[1]) // above all members
	m.deny("NoReading", "s3:GetObject", m.units[3])
	var want []string
	for i, id := range m.accounts {
		switch {
		case m.denied[id]:
		case i == 3:
			want = append(want, id+" app differs EQUAL")
		case i%3 == 2:
			want = append(want, id+" app effective LESS")
		}
	}
	slices.Sort(want)
	outliers := func(args ...string) (got []string) {
		t.Helper()
		args = append(args, "--effective", "--roles", "app", "--output", "out")
		if code, out, _ := m.iamctl(append([]string{"matrix"}, args...)...); code != int(result.ExitIncomplete) {
			t.Errorf("%v: exit %d, want %d\n%s", args, code, int(result.ExitIncomplete), out)
		}
		for _, r := range m.rows("outliers.csv") {
			got = append(got, strings.Join([]string{r[0], r[1], r[2], r[4]}, " "))
			if policy := map[string]string{"differs": "the SCP NoPassing", "effective": "the SCP NoReading"}[r[2]]; !strings.Contains(r[5], policy) {
				t.Errorf("%v does not name %s", r, policy)
			}
		}
		slices.Sort(got)
		return got
	}
	if got := outliers("org:mgmt"); !slices.Equal(got, want) {
		t.Errorf("live %q, want %q", got, want)
	}
	counted := slices.DeleteFunc(slices.Clone(want), func(row string) bool { return strings.HasSuffix(row, "EQUAL") })
	m.iamctl("snapshot", "org:mgmt", "--dir", "fleet")
	if got := outliers("fleet/*"); !slices.Equal(got, want) {
		t.Errorf("of the fleet %q, want %q", got, want)
	}
	_, out, _ := m.iamctl("matrix", "fleet/*", "--effective", "--by", "meaning", "--roles", "app", "--output", "out")
	if !strings.Contains(out, "1 outlier without a change in meaning") || !strings.Contains(out, fmt.Sprintf("%d allow less", len(counted))) {
		t.Errorf("by meaning:\n%s", out)
	}
}

// TestMotoKilledFleet: no account of an organisation is lost, and none is half there, whenever
// a run is killed, whatever is denied and throttled.
func TestMotoKilledFleet(t *testing.T) {
	kills := size(t, 3, 100)
	m := newMotoOrganization(t)
	k := &killedFleet{t: t, dir: "fleet", accounts: slices.Sorted(slices.Values(append(m.accounts, motoManagement))), lasts: 10 * time.Second}
	for id := range m.denied {
		k.denied = append(k.denied, id)
	}
	binary := program(t)
	k.command = func() *exec.Cmd {
		return exec.Command(binary, "snapshot", "org:mgmt", "--dir", k.dir, "--resume", "-q")
	}
	for k.more(kills) {
		k.run()
	}
	k.end()
	f, err := ledger.Read(t.Context(), k.dir)
	m.must(err)
	if e := f.Entry(m.accounts[1]); e == nil || e.Name != "app-1" || e.Path != "Root/Workloads/Prod" {
		t.Errorf("%+v", e)
	}
	if _, err := orgfolder.Read(t.Context(), "fleet/organization"); err != nil {
		t.Error(err)
	}
	if code, out, _ := m.iamctl("matrix", "fleet/*", "--roles", "app", "--output", "out"); code != int(result.ExitIncomplete) || !strings.Contains(out, "app-7") {
		t.Errorf("exit %d, and the denied account is not named:\n%s", code, out)
	}
}
