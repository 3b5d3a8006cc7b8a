package fakeiam

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"iamctl/inventory"
)

// Decoy is the document of every version that is not the default.
const Decoy inventory.Document = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"decoy:NotInForce","Resource":"*"}]}`

// awsManaged recognises AWS's own policies by their ARN, which holds "aws" in
// place of an account id.
func awsManaged(arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	return len(parts) == 6 && parts[4] == "aws"
}

func (q *query) policyHead(p *inventory.Policy) {
	q.out.text("PolicyName", p.Name)
	q.out.text("PolicyId", id(p.ID, "ANPA", p.ARN))
	q.out.text("Arn", p.ARN)
	q.out.text("Path", p.Path)
	q.out.text("DefaultVersionId", p.DefaultVersion)
	q.out.text("IsAttachable", "true")
	q.created(p.Created)
	q.out.text("UpdateDate", made.Format(time.RFC3339))
}

func (q *query) policyDetail(p *inventory.Policy) {
	q.policyHead(p)
	if p.Description != nil {
		q.out.optional("Description", *p.Description)
	}
	versions := q.versions(p)
	if omit := q.server.options.OmitDocument; omit != nil && omit(p.ARN) {
		for i := range versions {
			versions[i].omit = versions[i].isDefault
		}
	}
	list(q.out, "PolicyVersionList", versions, q.version)
}

type version struct {
	id        string
	document  inventory.Document
	isDefault bool
	omit      bool
	created   time.Time
}

// versions returns the default version amid the others, newest first as AWS
// lists them. Decoys are among them only
// where the policy does not say which others it has.
func (q *query) versions(p *inventory.Policy) []version {
	own := version{id: p.DefaultVersion, document: p.Document, isDefault: true}
	if p.Others != nil {
		all := []version{own}
		for _, v := range p.Others {
			all = append(all, version{id: v.ID, document: v.Document, created: v.Created})
		}
		slices.Reverse(all)
		return all
	}
	number, err := strconv.Atoi(strings.TrimPrefix(p.DefaultVersion, "v"))
	if err != nil {
		return []version{own}
	}
	var all []version
	for i := q.server.options.OldVersions; i > 0; i-- {
		all = append(all, version{id: fmt.Sprintf("v%d", number+i), document: Decoy})
		if i == (q.server.options.OldVersions+1)/2 {
			all = append(all, own)
		}
	}
	if len(all) == 0 {
		all = append(all, own)
	}
	return all
}

func (q *query) version(v version) {
	if !v.omit {
		q.out.text("Document", q.encode(v.document))
	}
	q.out.text("VersionId", v.id)
	q.out.text("IsDefaultVersion", strconv.FormatBool(v.isDefault))
	q.created(v.created)
}

func (q *query) policy() (*inventory.Policy, *apiError) {
	arn := q.form.Get("PolicyArn")
	for _, of := range [][]inventory.Policy{q.account.Policies, q.server.options.Unattached} {
		for i := range of {
			if of[i].ARN == arn {
				return &of[i], nil
			}
		}
	}
	return nil, &apiError{404, "NoSuchEntity", "Policy " + arn + " does not exist or is not attachable."}
}

func (q *query) getPolicy() *apiError {
	p, err := q.policy()
	if err != nil {
		return err
	}
	q.out.in("Policy", func() {
		q.policyHead(p)
		if p.Description != nil {
			q.out.optional("Description", *p.Description)
		}
		q.tags(p.Tags)
	})
	return nil
}

func (q *query) getPolicyVersion() *apiError {
	p, err := q.policy()
	if err != nil {
		return err
	}
	wanted := q.form.Get("VersionId")
	for _, v := range q.versions(p) {
		if v.id == wanted {
			q.out.in("PolicyVersion", func() { q.version(v) })
			return nil
		}
	}
	return &apiError{404, "NoSuchEntity", "Policy " + p.ARN + " version " + wanted + " does not exist or is not attachable."}
}

// listPolicyVersions leaves out the documents, as AWS does.
func (q *query) listPolicyVersions() *apiError {
	p, err := q.policy()
	if err != nil {
		return err
	}
	versions := q.versions(p)
	for i := range versions {
		versions[i].omit = true
	}
	return paged(q, versions, func(page []version) { list(q.out, "Versions", page, q.version) })
}

// listPolicies leaves out descriptions and tags, as AWS does.
func (q *query) listPolicies() *apiError {
	scope := q.form.Get("Scope")
	var policies []*inventory.Policy
	for i := range q.account.Policies {
		p := &q.account.Policies[i]
		if scope == "Local" && awsManaged(p.ARN) || scope == "AWS" && !awsManaged(p.ARN) {
			continue
		}
		policies = append(policies, p)
	}
	return paged(q, policies, func(page []*inventory.Policy) {
		list(q.out, "Policies", page, q.policyHead)
	})
}
