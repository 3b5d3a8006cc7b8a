package equivalency_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"iamctl/equivalency"
	_ "iamctl/internal/raced"
)

// member is an account of an organisation.
func member(n int, name, path string) equivalency.Identity {
	id := fmt.Sprintf("1111111111%02d", n)
	return equivalency.Identity{Tag: id, Source: "org:mgmt/" + id, Name: name, ID: id, AccountName: name, Path: path}
}

// rewritesOf returns what an account rewrites against another, but for its id.
func rewritesOf(t *testing.T, f *equivalency.Fleet, self, other equivalency.Identity) []string {
	t.Helper()
	r, err := f.Rules(self, other)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range r.Rewrites {
		if x.Entry >= 0 {
			out = append(out, x.Value+"="+x.Placeholder)
		}
	}
	return out
}

func among(t *testing.T, text string, accounts ...equivalency.Identity) *equivalency.Fleet {
	t.Helper()
	f, err := parse(t, text).Among(accounts)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What values are listed under means accounts by id, name, pattern or unit, and the
// narrowest counts.
func TestAccountPatterns(t *testing.T) {
	accounts := []equivalency.Identity{
		member(0, "payments-prod", "Root/Workloads/Prod"), member(1, "payments-dev", "Root/Workloads/Dev"),
		member(2, "Audit", "Root/Security"), member(3, "management", "Root"),
	}
	for _, tt := range []struct {
		reason, values string
		want           [4]string // of each account, comma separated
	}{
		{"an id", `"111111111100": "a"`, [4]string{"a=P", "", "", ""}},
		{"a name", `"payments-dev": "a"`, [4]string{"", "a=P", "", ""}},
		{"a name in other letters is another name", `"audit": "a"`, [4]string{"", "", "", ""}},
		{"an id and a name are both the account's", `"111111111100": "a", "payments-prod": "b"`, [4]string{"a=P,b=P", "", "", ""}},
		{"a pattern of names, in other letters", `"PAYMENTS-*": "a"`, [4]string{"a=P", "a=P", "", ""}},
		{"a pattern of ids", `"11111111110?": "a"`, [4]string{"a=P", "a=P", "a=P", "a=P"}},
		{"what it is called goes before a pattern", `"*": "a", "Audit": "b"`, [4]string{"a=P", "a=P", "b=P", "a=P"}},
		{"the narrower pattern, whichever is first", `"payments-p*": "b", "payments-*": "a", "*": "c"`, [4]string{"b=P", "a=P", "c=P", "c=P"}},
		{"all below a unit, below the root", `"/Workloads/*": "a"`, [4]string{"a=P", "a=P", "", ""}},
		{"right in a unit", `"/Workloads/Prod": "a", "Root/Workloads": "b"`, [4]string{"a=P", "", "", ""}},
		{"the whole path", `"Root/workloads/prod/*": "a"`, [4]string{"a=P", "", "", ""}},
		{"all but those of a unit below", `"/*": "a", "/Workloads/*": "b", "Root/Workloads/Prod/*": "c"`, [4]string{"c=P", "b=P", "a=P", "a=P"}},
		{"a name says more than a unit", `"/Workloads/Prod/*": "a", "*-prod": "b"`, [4]string{"b=P", "", "", ""}},
		{"neither is narrower, and both say the same", `"payments-*": ["a", "b"], "*-prod": ["b", "a"]`, [4]string{"a=P,b=P", "a=P,b=P", "", ""}},
		{"a path and the account's name", `"/Security/A?dit": "a"`, [4]string{"", "", "a=P", ""}},
		{"a pattern without a slash is of no unit", `"Root*": "a"`, [4]string{"", "", "", ""}},
	} {
		f := among(t, scoped(`{"placeholder": "P", "values": {`+tt.values+`}}`), accounts...)
		for i, a := range accounts {
			if got := strings.Join(rewritesOf(t, f, a, accounts[(i+1)%len(accounts)]), ","); got != tt.want[i] {
				t.Errorf("%s: %s rewrites %q, want %q", tt.reason, a.Name, got, tt.want[i])
			}
		}
	}
}

// Two patterns of which neither is narrower are an error, before and when rules are made.
func TestAmbiguousPatterns(t *testing.T) {
	account := member(0, "payments-prod", "Root/Prod")
	d := parse(t, "{\"version\": 2, \"equivalencies\": [{\"placeholder\": \"P\", \"values\": {\n\"payments-*\": \"a\",\n\"*-prod\": \"b\"}}]}")
	want := `line 3, column 11: of the entry "P" both "payments-*" (line 2, column 15) and "*-prod" match the account 111111111100 (payments-prod), and neither is narrower`
	if _, err := d.Among([]equivalency.Identity{account}); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	f, err := d.Among(nil) // the account is known once it is read
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Rules(account, member(1, "x", "")); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// What follows from the name of an account.
func TestAccountName(t *testing.T) {
	for _, tt := range []struct {
		reason string
		name   string
		others []string
		entry  string // "" for one that takes the name
		want   string
	}{
		{"the whole name, what tells it apart, the environment", "payments-prod", nil, "", "payments-prod=A PaymentsProd=A payments=AWORD Payments=AWORD prod=AENV Prod=AENV PROD=AENV"},
		{"words that others have tell nothing", "acme-payments-prod", []string{"acme-search-prod"}, "", "acme-payments-prod=A AcmePaymentsProd=A payments=AWORD Payments=AWORD prod=AENV Prod=AENV PROD=AENV"},
		{"in other letters too", "acme-payments", []string{"ACME Search"}, "", "acme-payments=A AcmePayments=A payments=AWORD Payments=AWORD"},
		{"words in a row are one name: neither alone is", "data-lake-qa", nil, "", "data-lake-qa=A DataLakeQa=A data-lake=AWORD DataLake=AWORD qa=AENV Qa=AENV QA=AENV"},
		{"as it is written, and in small letters", "Data Lake", nil, "", "Data Lake=A data-lake=A DataLake=A"},
		{"camel case has words", "paymentsProd", nil, "", "paymentsProd=A payments-prod=A PaymentsProd=A payments=AWORD Payments=AWORD Prod=AENV prod=AENV PROD=AENV"},
		{"one word", "security", nil, "", "security=A Security=A"},
		{"an environment is a name", "qa", nil, "", "qa=A Qa=A QA=A"},
		{"a number alone is no name", "team-1", []string{"team-2"}, "", "team-1=A Team1=A"},
		{"too short a word", "hr-prod", nil, "", "hr-prod=A HrProd=A prod=AENV Prod=AENV PROD=AENV"},
		{"a wildcard", "a*b", nil, "", "a-b=A"},
		{"no name", "", nil, "", ""},
		{"values that are listed go before", "payments-prod", nil, `{"placeholder": "A", "from": "account-name", "values": {"payments-*": "pay"}}`, "pay=A"},
		{"and another entry's", "payments-prod", nil, `{"placeholder": "A", "from": "account-name"}, {"placeholder": "E", "values": {"*-prod": "prod"}}`, "payments-prod=A PaymentsProd=A payments=AWORD Payments=AWORD Prod=AENV PROD=AENV prod=E"},
		{"a name that the placeholder holds would be found in it", "account-prod", nil, `{"placeholder": "account.name", "from": "account-name"}`, "account-prod=account.name AccountProd=account.name Account=account.nameword prod=account.nameenv Prod=account.nameenv PROD=account.nameenv"},
		{"in the letters of the placeholder", "x-prod", nil, `{"placeholder": "ACCT", "from": "account-name", "fields": ["arn"]}`, "x-prod=ACCT XProd=ACCT prod=ACCTENV Prod=ACCTENV PROD=ACCTENV"},
	} {
		if tt.entry == "" {
			tt.entry = `{"placeholder": "A", "from": "account-name"}`
		}
		accounts := []equivalency.Identity{member(0, tt.name, "")}
		for i, name := range append(tt.others, "none") {
			accounts = append(accounts, member(1+i, name, ""))
		}
		f := among(t, scoped(tt.entry), accounts...)
		if got := strings.Join(rewritesOf(t, f, accounts[0], accounts[1]), " "); got != tt.want {
			t.Errorf("%s: %q rewrites\n%s, want\n%s", tt.reason, tt.name, got, tt.want)
		}
	}
}

// What of a name is left alone is said.
func TestNameLeftAlone(t *testing.T) {
	f := among(t, `{"version": 2, "equivalencies": [{"placeholder": "A", "from": "account-name"}], "shared": ["logs"]}`)
	for _, tt := range []struct{ name, want string }{
		{"hr-prod", `"hr": it has less than 3 characters, and would be found in names that have nothing to do with the account`},
		{"prod-logs", `"prod-logs": it holds "logs", which is listed as shared`},
		{"a*b", `"a*b": it holds a wildcard`},
		{"payments", ""},
	} {
		var got string
		if left := f.Left(member(0, tt.name, "")); len(left) > 0 {
			got = fmt.Sprintf("%q: %s", left[0].Value, left[0].Why)
		}
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// A name where no organisation says any: the alias, then the tag, but for an id.
func TestNamesOfFolders(t *testing.T) {
	f := among(t, scoped(`{"placeholder": "A", "from": "account-name"}`))
	other := member(1, "none", "")
	for _, tt := range []struct {
		id   equivalency.Identity
		want string
	}{
		{equivalency.Identity{Tag: "security", ID: devID}, "security=A"},
		{equivalency.Identity{Tag: "security", ID: devID, Alias: "corp"}, "corp=A"},
		{equivalency.Identity{Tag: "security", ID: devID, Alias: "corp", AccountName: "Core"}, "Core=A"},
		{equivalency.Identity{Tag: devID, ID: devID}, ""},
	} {
		var got string
		if list := rewritesOf(t, f, tt.id, other); len(list) > 0 {
			got = list[0]
		}
		if got != tt.want {
			t.Errorf("%+v rewrites %q first, want %q", tt.id, got, tt.want)
		}
	}
}

// In the IAMCTL form what belongs to a third account is left alone, as in the scoped form.
func TestThirdAccount(t *testing.T) {
	accounts := []equivalency.Identity{member(0, "dev", ""), member(1, "qa", ""), member(2, "prod", "")}
	list := `{"accountname": ["dev", "qa", "prod", "other"], "000000000000": ["111111111100", "111111111101", "111111111102"]}`
	f := among(t, list, accounts...)
	r, err := f.Rules(accounts[0], accounts[1])
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range r.Rewrites {
		got = append(got, x.Value)
	}
	if want := []string{"dev", "other", "111111111100"}; !slices.Equal(got, want) {
		t.Errorf("of three accounts %v are rewritten, want %v", got, want)
	}
	if r, err = parse(t, list).Rules(accounts[0], accounts[1]); err != nil || len(r.Rewrites) != 5 {
		t.Errorf("of two accounts %v are rewritten, %v", r, err)
	}
	late := member(3, "other", "")
	if got := f.Learns(late); !slices.Equal(got, []string{"other"}) {
		t.Errorf("of an account that is known late %v is said", got)
	}
}

// Of many accounts one may be another's counterpart; that its own id is another's is an
// error all the same.
func TestCounterpartsAmongMany(t *testing.T) {
	accounts := []equivalency.Identity{member(0, "dev", ""), member(1, "log-dev", ""), member(2, "prod", "")}
	f := among(t, scoped(`{"placeholder": "LOGS", "values": {"dev": "111111111101", "prod": "999999999999"}}`), accounts...)
	r, err := f.Rules(accounts[0], accounts[1])
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, x := range r.Rewrites {
		got[x.Value] = x.Placeholder
	}
	if d := cmp.Diff(map[string]string{"111111111101": "LOGS", "111111111100": "000000000000"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	f = among(t, scoped(`{"placeholder": "000000000000", "values": {"111111111100": "111111111101"}}`), accounts...)
	if _, err := f.Rules(accounts[0], accounts[1]); err == nil || !strings.Contains(err.Error(), "gives the account") {
		t.Errorf("an account with another's id: %v", err)
	}
}

// The rules of two accounts do not depend on which others there are, as long as these have
// other words in their names, nor on their order.
func TestOthersMeanNothing(t *testing.T) {
	d := parse(t, scoped(`{"placeholder": "A", "from": "account-name"}, {"placeholder": "P", "values": {"*-prod": "p", "/Other/*": "o"}}`))
	names := []string{"payments-prod", "search-prod", "Audit", "data-lake-qa", "sandbox", "ledger-dev"}
	var all []equivalency.Identity
	for i, name := range names {
		all = append(all, member(i, name, []string{"Root/Prod", "Root/Other"}[i%2]))
	}
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.Permutation(all).Draw(t, "order")[:rapid.IntRange(3, len(all)).Draw(t, "accounts")]
		want, err := d.Rules(some[0], some[1])
		if err != nil {
			t.Fatal(err)
		}
		f, err := d.Among(some)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.Rules(some[0], some[1])
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(equivalency.Rules{}, "Others")); d != "" || err != nil {
			t.Errorf("%v (-two +many):\n%s", err, d)
		}
	})
}
