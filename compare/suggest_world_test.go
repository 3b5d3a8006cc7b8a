package compare_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"iamctl/inventory"
)

// world is two accounts that are meant to be the same, written once as
// templates: {env}, {id}, {region}, {key}, {vpce}, {issuer} and {partner} are what
// each account has its own of. Nothing here knows how suggest works.
type world struct {
	*rand.Rand
	tags   [2]string
	words  [2]map[string]string
	roles  [2][]inventory.Role
	plants []plant
	// meant is how many of the roles both accounts are meant to have, the first.
	meant int
}

// plant is a difference that is not meant.
type plant struct {
	kind string
	// names are the role in each account as a template, "" where it has none.
	names [2]string
	// marker is a text that one of the differences of the two roles holds.
	marker string
}

var (
	apps      = []string{"orders", "mail", "search", "users", "catalog", "stock", "reports", "gateway", "media", "pricing", "shipping", "returns"}
	kinds     = []string{"worker", "api", "cron", "reader", "deployer", "admin"}
	lonely    = [][2]string{{"billing", "payroll"}, {"fraud", "fines"}, {"tickets", "trips"}, {"alpha", "omega"}, {"reader2", "reader3"}}
	envs      = []string{"dev", "qa", "test", "staging", "prod", "uat", "blue", "green", "x1", "east"}
	nameForms = []string{"APP-KIND-{env}", "{env}-APP-KIND", "APP_{env}_KIND", "{Env}AppKindRole", "APP-KIND"}
	regions   = []string{"eu-west-1", "us-east-1", "eu-central-1", "ap-southeast-2"}
)

func newWorld(seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 7))}
	order := w.Perm(len(envs))
	sameRegion := w.IntN(2) == 0
	for k := range 2 {
		env := envs[order[k]]
		w.tags[k] = env
		if w.IntN(4) == 0 {
			w.tags[k] = []string{"left", "right"}[k]
		}
		region := regions[k]
		if sameRegion {
			region = regions[0]
		}
		w.words[k] = map[string]string{
			"env": env, "Env": strings.ToUpper(env[:1]) + env[1:], "id": w.digits(12), "region": region,
			"key":  fmt.Sprintf("%s-%s-%s-%s-%s", w.hex(8), w.hex(4), w.hex(4), w.hex(4), w.hex(12)),
			"vpce": "vpce-" + w.hex(17), "issuer": strings.ToUpper(w.hex(32)), "partner": w.digits(12), "other": w.digits(12),
		}
	}
	w.words[0]["theirs"], w.words[1]["theirs"] = w.words[1]["id"], w.words[0]["id"]
	w.words[0]["otherenv"], w.words[1]["otherenv"] = w.words[1]["env"], w.words[0]["env"]
	w.populate()
	for k := range 2 {
		w.roles[k] = cloneRoles(w.roles[k])
	}
	return w
}

func (w *world) digits(n int) string { return w.text(n, "123456789") }
func (w *world) hex(n int) string    { return w.text(n, "0123456789abcdef") }

func (w *world) text(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[w.IntN(len(alphabet))]
	}
	return string(b)
}

// populate makes the roles of both accounts.
func (w *world) populate() {
	form := nameForms[w.IntN(len(nameForms))]
	var roles []inventory.Role
	for _, app := range w.Perm(len(apps))[:2+w.IntN(6)] {
		for _, kind := range w.Perm(len(kinds))[:1+w.IntN(3)] {
			roles = append(roles, w.role(form, apps[app], kinds[kind]))
		}
	}
	w.roles, w.meant = [2][]inventory.Role{roles, roles}, len(roles)
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (w *world) role(form, app, kind string) inventory.Role {
	name := strings.NewReplacer("APP", app, "KIND", kind, "App", title(app), "Kind", title(kind)).Replace(form)
	session := int32(3600)
	text := "the " + kind + " of " + app
	r := inventory.Role{
		Name: name, Path: "/", Description: &text, MaxSessionDuration: &session,
		Trust: w.trust(app),
		Tags:  []inventory.Tag{{Key: "team", Value: []string{"red", "blue2", "core"}[w.IntN(3)]}, {Key: "stage", Value: "{env}"}},
	}
	statements := []string{
		`{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::acme-` + app + `-data-{env}/*"}`,
		`{"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:Query"],"Resource":"arn:aws:dynamodb:{region}:{id}:table/` + app + `-items"}`,
		`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:{region}:{id}:` + app + `-jobs-{env}","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`,
		`{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:{region}:{id}:key/{key}"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-` + app + `-logs/*","Condition":{"StringEquals":{"aws:SourceVpce":"{vpce}"}}}`,
		`{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:{region}:{id}:secret:{env}/` + app + `/*"}`,
		`{"Effect":"Allow","Action":"ec2:StartInstances","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/{env}-owner":"` + app + `","aws:ResourceTag/acme/` + app + `":"on"}}}`,
	}
	keep := append([]string{statements[0], statements[1], statements[2]}, statements[3+w.IntN(4)])
	r.Inline = []inventory.InlinePolicy{{Name: app + "-access", Document: document(keep...)}}
	r.Attached = []inventory.PolicyRef{{Name: "Baseline", ARN: "arn:aws:iam::{id}:policy/Baseline"}, {Name: "Shared-{env}", ARN: "arn:aws:iam::{id}:policy/Shared-{env}"}}
	return r
}

func (w *world) trust(app string) inventory.Document {
	switch w.IntN(4) {
	case 0:
		return allow(`"Principal":{"AWS":"arn:aws:iam::{id}:role/ci-{env}"},"Action":"sts:AssumeRole"`)
	case 1:
		return allow(`"Principal":{"AWS":"arn:aws:iam::{partner}:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + app + `"}}`)
	case 2:
		return allow(`"Principal":{"Federated":"arn:aws:iam::{id}:oidc-provider/oidc.eks.{region}.amazonaws.com/id/{issuer}"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringLike":{"oidc.eks.{region}.amazonaws.com/id/{issuer}:sub":"system:serviceaccount:` + app + `:*"}}`)
	}
	return allow(`"Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"`)
}

func cloneRoles(roles []inventory.Role) []inventory.Role {
	out := make([]inventory.Role, len(roles))
	for i, r := range roles {
		r.Inline = append([]inventory.InlinePolicy{}, r.Inline...)
		r.Attached = append([]inventory.PolicyRef{}, r.Attached...)
		r.Tags = append([]inventory.Tag{}, r.Tags...)
		out[i] = r
	}
	return out
}

// render returns a template as an account has it.
func (w *world) render(k int, template string) string {
	for word, text := range w.words[k] {
		template = strings.ReplaceAll(template, "{"+word+"}", text)
	}
	return template
}

// account returns one of the accounts.
func (w *world) account(k int) *inventory.Account {
	a := &inventory.Account{ID: w.words[k]["id"], Partition: "aws"}
	text := func(s string) string { return w.render(k, s) }
	for _, r := range cloneRoles(w.roles[k]) {
		r.Name, r.Path, r.Trust = text(r.Name), text(r.Path), inventory.Document(text(string(r.Trust)))
		r.ARN = "arn:aws:iam::" + a.ID + ":role" + r.Path + r.Name
		for i := range r.Inline {
			r.Inline[i].Document = inventory.Document(text(string(r.Inline[i].Document)))
		}
		for i := range r.Attached {
			r.Attached[i] = inventory.PolicyRef{Name: text(r.Attached[i].Name), ARN: text(r.Attached[i].ARN)}
		}
		for i := range r.Tags {
			r.Tags[i].Value = text(r.Tags[i].Value)
		}
		a.Roles = append(a.Roles, r)
	}
	for _, p := range []string{"Baseline", "Shared-{env}", "Extra"} {
		a.Policies = append(a.Policies, inventory.Policy{
			Name: text(p), ARN: text("arn:aws:iam::{id}:policy/" + p), Path: "/",
			Document: allow(`"Action":"sns:Publish","Resource":"` + text("arn:aws:sns:{region}:{id}:"+p) + `"`),
		})
	}
	return a
}
