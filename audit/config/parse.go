package config

import (
	"regexp"
	"slices"
	"strings"

	"iamctl/internal/jsontree"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Parse reads an audit.json; name is its file's name for errors, and rules are the ids
// that there are. An error is jsontree's Errors: all that is wrong with the file, each
// with line and column, but only the first mistake of what is not JSON at all.
func Parse(name string, data []byte, rules []string) (*Config, error) {
	f, err := jsontree.Open(name, data, jsontree.Words{File: "the configuration", Empty: `a configuration that says nothing is {}`})
	if err != nil {
		return nil, err
	}
	p := &parser{File: f, out: &Config{}, rules: rules}
	p.root(f.Root)
	if err := p.Err(); err != nil {
		return nil, err
	}
	return p.out, nil
}

type parser struct {
	*jsontree.File
	out   *Config
	rules []string
}

// members are those of a configuration.
var members = []string{"friendly_accounts", "organization_id", "path_conventions", "severities"}

func (p *parser) root(n jsontree.Node) {
	if n.Kind != '{' {
		p.Fail(n.At, `found %s, but a configuration is an object such as {"friendly_accounts": ["123456789012"]}`, jsontree.Describe(n))
		return
	}
	var schema string
	var comment []string
	for _, m := range p.Distinct(n) {
		switch m.Name {
		case "friendly_accounts":
			p.accounts(m)
		case "organization_id":
			p.organization(m)
		case "path_conventions":
			p.conventions(m)
		case "severities":
			p.severities(m)
		default:
			if !p.About(m, &schema, &comment) {
				p.Unknown(m.At, m.Name, "the file", members...)
			}
		}
	}
}

// pathForm is what a path looks like (IAM API Reference, "CreateRole").
var pathForm = regexp.MustCompile(`^/([!-~]{1,510}/)?$`)

// organizationForm is what an organisation's id looks like (AWS Organizations API Reference,
// "Organization").
var organizationForm = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)

func (p *parser) accounts(m jsontree.Member) {
	for _, n := range p.list(m) {
		id, ok := p.text(n, "an account's id")
		switch {
		case ok && !policy.IsAccountID(id):
			p.Fail(n.At, "%q is no account's id, which has 12 digits", jsontree.Cut(id))
		case ok && slices.Contains(p.out.FriendlyAccounts, id):
			p.Fail(n.At, "the account %s is named for the second time: leave one out", id)
		case ok:
			p.out.FriendlyAccounts = append(p.out.FriendlyAccounts, id)
		}
	}
}

func (p *parser) organization(m jsontree.Member) {
	id, ok := p.text(m.Value, m.Name)
	if ok && !organizationForm.MatchString(id) {
		p.Fail(m.Value.At, `%q is no organisation's id, such as "o-a1b2c3d4e5": 'aws organizations describe-organization' shows it`, jsontree.Cut(id))
	}
	p.out.OrganizationID = id
}

func (p *parser) conventions(m jsontree.Member) {
	for _, n := range p.list(m) {
		if n.Kind != '{' {
			p.Fail(n.At, `found %s, but a convention is an object such as {"name": "app-*", "path": "/app/"}`, jsontree.Describe(n))
			continue
		}
		p.convention(n)
	}
}

func (p *parser) convention(n jsontree.Node) {
	var c PathConvention
	for _, m := range p.Distinct(n) {
		to, known := map[string]*string{"name": &c.Name, "path": &c.Path, "boundary": &c.Boundary}[m.Name]
		if !known {
			p.Unknown(m.At, m.Name, "a convention", "name", "path", "boundary")
			continue
		}
		*to, _ = p.text(m.Value, m.Name)
	}
	switch {
	case c.Name == "":
		p.Fail(n.At, `the convention has no "name": give a pattern of role names, such as "app-*"`)
	case c.Path == "":
		p.Fail(n.At, `the convention has no "path": give the one that such roles are on, such as "/app/"`)
	case !strings.HasPrefix(c.Path, "/") || !strings.HasSuffix(c.Path, "/"):
		p.Fail(n.At, `the path %q of the convention does not begin and end with "/"`, jsontree.Cut(c.Path))
	case !pathForm.MatchString(c.Path):
		p.Fail(n.At, `the path %q of the convention is none that IAM knows: it has more than 512 characters, or others than the visible ones of ASCII`, jsontree.Cut(c.Path))
	case c.Boundary != "" && !strings.Contains(c.Boundary, ":policy/"):
		p.Fail(n.At, `the boundary %q of the convention is no ARN of a policy`, jsontree.Cut(c.Boundary))
	}
	p.out.PathConventions = append(p.out.PathConventions, c)
}

func (p *parser) severities(m jsontree.Member) {
	if m.Value.Kind != '{' {
		p.Fail(m.Value.At, `found %s, but %q is an object such as {"IAM-071": "low"}`, jsontree.Describe(m.Value), m.Name)
		return
	}
	p.out.Severities = map[string]severity.Level{}
	for _, r := range p.Distinct(m.Value) {
		text, ok := p.text(r.Value, "a severity")
		switch level := severity.Level(text); {
		case !slices.Contains(p.rules, r.Name):
			p.Unknown(r.At, r.Name, "the list of rules", p.rules...)
		case ok && !slices.Contains(severity.Levels(), level):
			p.Fail(r.Value.At, "there is no severity %q: there are critical, high, medium, low and none", jsontree.Cut(text))
		default:
			p.out.Severities[r.Name] = level
		}
	}
}

// list returns the elements of a member that is a list.
func (p *parser) list(m jsontree.Member) []jsontree.Node {
	if m.Value.Kind != '[' {
		p.Fail(m.Value.At, "found %s, but %q is a list", jsontree.Describe(m.Value), m.Name)
		return nil
	}
	return m.Value.Items
}

// text returns a string.
func (p *parser) text(n jsontree.Node, what string) (string, bool) {
	if n.Kind != '"' {
		p.Fail(n.At, "found %s, but %s is a string", jsontree.Describe(n), what)
		return "", false
	}
	return n.Text, true
}
