package authdetails

import (
	"fmt"
	"strings"

	"iamctl/extract"
	"iamctl/inventory"
)

// policy reads an element of Policies.
func (p *parser) policy() error {
	offset := p.dec.InputOffset()
	var one inventory.Policy
	var odd oddParts // of no role: nothing is compared of a policy but its document
	v := versions{inForce: missing()}
	v.inForce.reason = "the file has no version of it that is marked as the default"
	err := p.members(func(name string) error {
		switch name {
		case "PolicyName":
			return p.text(&one.Name)
		case "PolicyId":
			return p.text(&one.ID)
		case "Arn":
			return p.text(&one.ARN)
		case "Path":
			return p.text(&one.Path)
		case "Description":
			return p.optional(&one.Description, inventory.PartDescription, &odd)
		case "DefaultVersionId":
			return p.text(&v.declared)
		case "PolicyVersionList":
			return p.elements(func() error { return p.version(&v) })
		case "Tags":
			return p.tags(policyList, &one.Tags, &odd)
		case "AttachmentCount", "PermissionsBoundaryUsageCount", "IsAttachable", "CreateDate", "UpdateDate":
			return p.skip()
		}
		return p.unknown(policyList, name)
	})
	if one.Name == "" && strings.Contains(one.ARN, "/") {
		// Emulators leave it out; the ARN ends with it.
		one.Name = extract.PolicyName(one.ARN)
	}
	if err == nil {
		err = p.identity(offset, inventory.EntityPolicy, policyList, "PolicyName", one.Name, one.ARN, one.Path)
	}
	if err != nil {
		return err
	}
	one.DefaultVersion = v.id
	if v.id == "" {
		one.DefaultVersion = v.declared
	}
	at := inventory.Gap{Entity: inventory.EntityPolicy, Name: one.ARN, PolicyName: one.Name}
	one.Document = p.settle(v.inForce, at)
	if v.marked == 1 && v.declared != "" && v.id != v.declared {
		at.Kind = inventory.GapRead
		at.Reason = fmt.Sprintf("DefaultVersionId says %q, but the version marked as the default is %q: the marked one was taken", v.declared, v.id)
		p.gaps = append(p.gaps, at)
	}
	return p.addPolicy(offset, one)
}

// versions is what is read of the list of a policy's versions. Only the version
// in force is kept; the others may be many and large.
type versions struct {
	declared, id string
	marked       int
	inForce      document
}

func (p *parser) version(to *versions) error {
	offset := p.dec.InputOffset()
	var id string
	isDefault, body := false, missing()
	err := p.members(func(name string) error {
		switch name {
		case "VersionId":
			return p.text(&id)
		case "IsDefaultVersion":
			return p.flag(&isDefault)
		case "Document":
			return p.document(&body)
		case "CreateDate":
			return p.skip()
		}
		return p.unknown("PolicyVersionList", name)
	})
	if err == nil && id == "" {
		err = p.faultAt(offset, "PolicyVersionList: a version has no VersionId")
	}
	if !isDefault || err != nil {
		return err
	}
	if to.marked++; to.marked > 1 {
		to.inForce = document{kind: inventory.GapRead, reason: fmt.Sprintf("the file marks %q and %q as the default version of it", to.id, id)}
		return nil
	}
	to.id, to.inForce = id, body
	return nil
}
