package many_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/internal/samplefleet"
	"iamctl/inventory"
	"iamctl/result/matrix"
	"iamctl/verdict"
)

// nestedNames are names of accounts of which some are parts of others.
var nestedNames = []string{
	"pay", "pay-prod", "pay-dev", "prod", "audit", "security-audit", "log-archive", "archive", "pay-prod-eu", "management", "sandbox", "dev-tools",
}

// environment is the one of them that is a word for an environment: that has no one owner.
const environment = "prod"

// nested is a fleet of accounts whose names are parts of each other's: by chance one is the
// outlier, another the owner of what that names, and a third one the account that all name.
type nested struct {
	names, ids             []string
	outlier, owner, shared int
}

func drawNested(draw *rand.Rand) *nested {
	n, count := &nested{}, 4+draw.IntN(9)
	for _, i := range draw.Perm(len(nestedNames))[:count] {
		n.names, n.ids = append(n.names, nestedNames[i]), append(n.ids, fmt.Sprintf("%d%011d", 1+draw.IntN(9), draw.IntN(1e9)))
	}
	who := draw.Perm(count)
	if n.names[who[2]] == environment {
		who[2] = who[3]
	}
	n.outlier, n.owner, n.shared = who[0], who[1], who[2]
	return n
}

// account returns an account with a role that has to do with its own name and id alone.
func (n *nested) account(i int) *inventory.Account {
	id, said := n.ids[i], "what the accounts have in common"
	return &inventory.Account{ID: id, Partition: "aws", Roles: []inventory.Role{{
		Name: "app", ID: fmt.Sprintf("AROA%016d", i), ARN: "arn:aws:iam::" + id + ":role/app", Path: "/", Description: &said,
		Trust: policyOf(`{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`),
		Inline: []inventory.InlinePolicy{{Name: "data", Document: policyOf(
			`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:` + id + `:jobs"},` +
				`{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::` + n.names[i] + `-home"}`)}},
	}}}
}

// naming returns what a place names an account by.
func (n *nested) naming(at spot, i int) string {
	if at.byName {
		return n.names[i]
	}
	return n.ids[i]
}

// dictionaries say of every account that its name is its own.
func (n *nested) dictionaries() map[string]string {
	var ids, names, units []string
	for i, name := range n.names {
		ids = append(ids, fmt.Sprintf("%q: %q", n.ids[i], name))
		names = append(names, fmt.Sprintf("%q: %q", name, name))
		units = append(units, fmt.Sprintf(`"/Unit%d": %q`, i, name))
	}
	scoped := func(values []string) string {
		return `{"version": 2, "equivalencies": [{"placeholder": "ENVIRONMENT", "values": {` + strings.Join(values, ", ") + `}}]}`
	}
	return map[string]string{"by account names": byName, "by ids": scoped(ids), "by names": scoped(names), "by units": scoped(units)}
}

// spot is a place in a role that names an account, by its name or its id.
type spot struct {
	reason string
	byName bool
	put    func(a *inventory.Account, of string)
}

// allowing returns what adds a statement to a role's policy, and trusting to who may assume it;
// OF stands for what is named and OWN for the account's own id.
func allowing(action, resource, condition string) func(*inventory.Account, string) {
	return func(a *inventory.Account, of string) {
		addTo(&a.Roles[0].Inline[0].Document, filled(`{"Effect":"Allow","Action":"`+action+`","Resource":"`+resource+`"`+condition+`}`, a, of))
	}
}

func trusting(principal, condition string) func(*inventory.Account, string) {
	return func(a *inventory.Account, of string) {
		addTo(&a.Roles[0].Trust, filled(`{"Effect":"Allow","Principal":{"AWS":"`+principal+`"},"Action":"sts:AssumeRole"`+condition+`}`, a, of))
	}
}

func filled(text string, a *inventory.Account, of string) string {
	return strings.NewReplacer("OF", of, "OWN", a.ID).Replace(text)
}

func addTo(d *inventory.Document, statement string) {
	*d = inventory.Document(strings.Replace(string(*d), `"Statement":[`, `"Statement":[`+statement+`,`, 1))
}

func described(a *inventory.Account, of string) {
	s := "reads what " + of + " has"
	a.Roles[0].Description = &s
}

func placed(a *inventory.Account, of string) {
	a.Roles[0].Path, a.Roles[0].ARN = "/"+of+"/", "arn:aws:iam::"+a.ID+":role/"+of+"/app"
}

var spots = []spot{
	{"the account of an ARN", false, allowing("sqs:DeleteMessage", "arn:aws:sqs:eu-west-1:OF:work", "")},
	{"an account as a principal", false, trusting("arn:aws:iam::OF:root", "")},
	{"a role as a principal", false, trusting("arn:aws:iam::OF:role/ingest", "")},
	{"an id alone as a principal", false, trusting("OF", "")},
	{"a bucket with an id", false, allowing("s3:GetObject", "arn:aws:s3:::data-OF/*", "")},
	{"an id in a condition", false, allowing("s3:GetObject", "arn:aws:s3:::common/*", `,"Condition":{"StringEquals":{"aws:ResourceAccount":"OF"}}`)},
	{"an id in a description", false, described},
	{"an id in a path", false, placed},
	{"a bucket's name", true, allowing("s3:GetObject", "arn:aws:s3:::OF-data/*", "")},
	{"within a bucket's name", true, allowing("s3:GetObject", "arn:aws:s3:::acme-OF-data/*", "")},
	{"a table's name", true, allowing("dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:OWN:table/OF-orders", "")},
	{"a role to pass", true, allowing("iam:PassRole", "arn:aws:iam::OWN:role/OF-runner", "")},
	{"a role's name as a principal", true, trusting("arn:aws:iam::OWN:role/OF-ci", "")},
	{"a name in a condition", true, allowing("s3:ListBucket", "arn:aws:s3:::common", `,"Condition":{"StringLike":{"s3:prefix":"OF/*"}}`)},
	{"the name of a session", true, trusting("arn:aws:iam::OWN:role/ci", `,"Condition":{"StringEquals":{"sts:RoleSessionName":"OF-deploy"}}`)},
	{"a name in a description", true, described},
	{"a name in a path", true, placed},
	{"a tag", true, func(a *inventory.Account, of string) {
		a.Roles[0].Tags = append(a.Roles[0].Tags, inventory.Tag{Key: "team", Value: of})
	}},
	{"a policy's name", true, func(a *inventory.Account, of string) {
		a.Roles[0].Inline = append(a.Roles[0].Inline, inventory.InlinePolicy{Name: of + "-extra", Document: policyOf(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::common/*"}`)})
	}},
}

// plant is what is different of the outlier, and what is not.
type plant struct {
	reason string
	// named says what an account names at the place, "" for nothing.
	named func(n *nested, at spot, i int) string
	// owned reports that the outlier names the owner's thing; expected that the others name
	// their own there.
	owned, expected bool
	// more reports that the outlier allows something else besides.
	more bool
}

func whoElse(others func(n *nested, at spot, i int) string) func(n *nested, at spot, i int) string {
	return func(n *nested, at spot, i int) string {
		if i == n.outlier {
			return n.naming(at, n.owner)
		}
		return others(n, at, i)
	}
}

func stranger(_ *nested, at spot, _ int) string {
	if at.byName {
		return "payroll"
	}
	return "444444444444"
}

func ofShared(n *nested, at spot, _ int) string { return n.naming(at, n.shared) }

var plants = []plant{
	{"added", whoElse(func(*nested, spot, int) string { return "" }), true, false, false},
	{"in place of the own", whoElse(func(n *nested, at spot, i int) string { return n.naming(at, i) }), true, true, false},
	{"in place of what all name", whoElse(ofShared), true, false, false},
	{"in place of a stranger's", whoElse(stranger), true, false, false},
	{"a stranger's", func(n *nested, at spot, i int) string {
		if i == n.outlier {
			return stranger(n, at, i)
		}
		return ""
	}, false, false, false},
	{"what all name", ofShared, false, false, false},
	{"what all name, and more", ofShared, false, false, true},
}

// sides writes the accounts with what is planted.
func (n *nested) sides(t *testing.T, at spot, p plant) []compare.Side {
	var out []compare.Side
	for i := range n.ids {
		a := n.account(i)
		if text := p.named(n, at, i); text != "" {
			at.put(a, text)
		}
		if p.more && i == n.outlier {
			addTo(&a.Roles[0].Inline[0].Document, `{"Effect":"Allow","Action":"sqs:DeleteQueue","Resource":"*"}`)
		}
		s := written(t, fmt.Sprintf("t%d", i), a)
		s.Member = &inventory.Member{ID: a.ID, Name: n.names[i], Path: fmt.Sprintf("Root/Unit%d", i)}
		out = append(out, s)
	}
	return out
}

var (
	namesAccount = regexp.MustCompile(`names account (\d+) `)
	namesThing   = regexp.MustCompile(`names (t\d+)'s (\S+?)(?:, expected (\S+?))?: `)
)

// wrong says what is wrong with the words for the outlier, of whom it is known what it names;
// "" if nothing is.
func (n *nested) wrong(at spot, p plant, o matrix.Found) string {
	var accounts, things []string
	for _, x := range namesAccount.FindAllStringSubmatch(o.What, -1) {
		accounts = append(accounts, x[1])
	}
	for _, x := range namesThing.FindAllStringSubmatch(o.What, -1) {
		things = append(things, x[1])
		switch {
		case x[3] != "" && !p.expected:
			return "nobody has " + x[3]
		case x[3] == "" && p.expected:
			return "it does not say what the others have there"
		}
	}
	others := func(want string) func(string) bool { return func(s string) bool { return !p.owned || s != want } }
	switch {
	case o.Account.ID != n.ids[n.outlier]:
		return "it is no outlier"
	case slices.ContainsFunc(accounts, others(n.ids[n.owner])), slices.ContainsFunc(things, others(fmt.Sprint("t", n.owner))):
		return "the owner is another"
	case p.owned && len(accounts) == 0 && !(at.byName && n.names[n.owner] == environment):
		return "it does not say whose"
	case p.more && o.Verdict != verdict.More:
		return "it allows more"
	}
	return ""
}

// TestWhoseAmongNested: whatever accounts are called, and however the dictionary says it, the
// words for an outlier name the owner of what it alone names, or nobody; and what all name is no
// difference.
func TestWhoseAmongNested(t *testing.T) {
	found := 0
	for seed := range seeds(1, 40) {
		draw := rand.New(rand.NewPCG(seed, 7))
		for k, at := range spots {
			for _, p := range drawn(draw, k) {
				n := drawNested(draw)
				sides := n.sides(t, at, p)
				for how, d := range n.dictionaries() {
					outliers := 0
					for o := range matrixBy(t, d, sides...).Outliers() {
						outliers++
						if why := n.wrong(at, p, o); why != "" {
							t.Errorf("seed %d, %s, %s, %s: %s of %q names %s's (all name %s's): %s: %s", seed, at.reason, p.reason, how, n.names[n.outlier], n.names, n.names[n.owner], n.names[n.shared], why, o.What)
						}
					}
					if differs := p.reason != "what all name"; differs != (outliers == 1) {
						t.Errorf("seed %d, %s, %s, %s: %d outliers in %q", seed, at.reason, p.reason, how, outliers, n.names)
					}
					found += outliers
				}
			}
		}
	}
	if found == 0 {
		t.Error("nothing was found")
	}
}

// drawn returns one of plants in turn, or all of them where every round is asked for.
func drawn(draw *rand.Rand, k int) []plant {
	if seeds(0, 1) == 1 {
		return plants
	}
	return []plant{plants[k%len(plants)], plants[draw.IntN(len(plants))]}
}

// TestWhoseWhateverTheIDs: which account has which id, and so which of those that are alike
// stands for them, changes no word and no severity.
func TestWhoseWhateverTheIDs(t *testing.T) {
	f := namedFleet(samplefleet.Options{Seed: 11, Roles: 6})
	var want []string
	for turn := range f.Accounts {
		f.Order = nil
		for i := range f.Accounts {
			f.Order = append(f.Order, (i+turn)%f.Accounts)
		}
		sides := memberSides(t, f, upTo(f.Accounts)...)
		a := f.Account(2)
		namings(4)[1].plant(f, a, f.Environment(2), f.Environment(5))
		sides[2] = written(t, f.Tag(2), a)
		sides[2].Member = memberOf(f, 2)
		var got []string
		for o := range matrixBy(t, byName, sides...).Outliers() {
			what := strings.NewReplacer(f.ID(2), "OWN", f.ID(5), "OTHER", f.Tag(5), "other").Replace(o.What)
			got = append(got, fmt.Sprint(o.Account.Tag, " ", o.Role.Name, " ", o.Severity, " ", what))
		}
		if want == nil {
			want = got
		}
		if len(got) != 1 || !slices.Equal(got, want) {
			t.Errorf("in turn %d %q, and at first %q", turn, got, want)
		}
	}
	t.Log(want)
}
