package sarif

import (
	"net/url"

	"iamctl/result/audited"
	"iamctl/result/found"
)

// AuditOptions say where the files of accounts are; all findings of an audit are in a file
// of their own else.
type AuditOptions struct {
	// Locate returns the file of an entity of a kind, or of the account, as a
	// slash-separated path from the root of the repository. account is the place of the
	// account in the audit.
	Locate func(account int, kind, name string) (uri string, ok bool)
	Source Source
}

// auditPlaces finds the files and lines of findings.
type auditPlaces struct {
	AuditOptions
	accounts map[string]int // by tag
	uri      string
	file     *roleFile
}

func newAuditPlaces(a *audited.Audit, o AuditOptions) *auditPlaces {
	p := &auditPlaces{AuditOptions: o, accounts: map[string]int{}}
	for i := range a.Accounts {
		p.accounts[a.Accounts[i].Tag] = i
	}
	return p
}

// place returns where a finding is: the line of its statement, or of its policy, in the
// file of the entity.
func (p *auditPlaces) place(f *audited.Finding) *physical {
	i, ok := p.accounts[f.Tag]
	if !ok || p.Locate == nil {
		return placeIn(auditFile, 1)
	}
	kind, name := f.EntityType, f.Entity
	if f.Group != "" {
		kind, name = "group", f.Group
	}
	uri, ok := p.Locate(i, kind, name)
	if !ok {
		return placeIn(auditFile, 1)
	}
	return placeIn(uri, p.line(uri, f))
}

func (p *auditPlaces) line(uri string, f *audited.Finding) int {
	if p.Source == nil {
		return 1
	}
	if p.uri != uri || p.file == nil {
		p.uri, p.file = uri, newRoleFile(p.Source(uri))
	}
	return max(1, p.file.findingLine(&f.Finding))
}

// findingLine returns the line of a finding's statement, of its policy or of the name.
func (f *roleFile) findingLine(of *found.Finding) int {
	part := map[string]string{"trust": "trust", "inline": "inline " + of.Policy, "managed": "attached " + of.Policy, "boundary": "boundary"}[of.PolicyType]
	if of.EntityType == "policy" {
		part = "document"
	}
	statement := -1
	if of.Statement != nil {
		statement = *of.Statement
	}
	if n := f.statementLine(part, statement); n > 0 {
		return n
	}
	return f.line("name")
}

// placeIn returns a line of a file.
func placeIn(uri string, line int) *physical {
	a := artifact{URI: (&url.URL{Path: uri}).String()}
	if len(uri) > 0 && uri[0] == '/' {
		a.URI = (&url.URL{Scheme: "file", Path: uri}).String()
	} else if uri != auditFile {
		a.URIBaseID = "%SRCROOT%"
	}
	return &physical{a, region{max(line, 1)}}
}
