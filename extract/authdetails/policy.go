package authdetails

import (
	"fmt"
	"strings"
	"time"

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
		case "CreateDate":
			return p.time(&one.Created)
		case "AttachmentCount", "PermissionsBoundaryUsageCount", "IsAttachable", "UpdateDate":
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
	if !inventory.AWSManaged(one.ARN) {
		one.Others = p.others(&one, v.others)
	}
	return p.addPolicy(offset, one)
}

// others returns the versions that are not in force, or nil and a note if they cannot be
// those of a policy.
func (p *parser) others(one *inventory.Policy, others []inventory.PolicyVersion) []inventory.PolicyVersion {
	if others == nil {
		return nil
	}
	err := inventory.CheckVersions(one.DefaultVersion, others)
	if err == nil {
		return others
	}
	p.remark(fmt.Sprintf("which versions of the policy %q are not in force is not known: %v", one.ARN, err))
	return nil
}

// versions is what is read of the list of a policy's versions.
type versions struct {
	declared, id string
	marked       int
	inForce      document
	// others is nil if there is no list.
	others []inventory.PolicyVersion
}

// add adds a version that is not in force. Of more than a policy may have the documents,
// which may be many and large, are not kept.
func (v *versions) add(id string, created time.Time, body document) {
	if len(v.others) > inventory.MaxOthers {
		return
	}
	v.others = append(v.others, inventory.PolicyVersion{ID: id, Created: created, Document: body.text})
}

func (p *parser) version(to *versions) error {
	offset := p.dec.InputOffset()
	var id string
	var created time.Time
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
			return p.time(&created)
		}
		return p.unknown("PolicyVersionList", name)
	})
	if err == nil && id == "" {
		err = p.faultAt(offset, "PolicyVersionList: a version has no VersionId")
	}
	if err != nil {
		return err
	}
	if to.others == nil {
		to.others = []inventory.PolicyVersion{}
	}
	if !isDefault {
		to.add(id, created, body)
		return nil
	}
	if to.marked++; to.marked > 1 {
		to.inForce = document{kind: inventory.GapRead, reason: fmt.Sprintf("the file marks %q and %q as the default version of it", to.id, id)}
		return nil
	}
	to.id, to.inForce = id, body
	return nil
}
