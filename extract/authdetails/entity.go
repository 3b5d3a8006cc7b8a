package authdetails

import (
	"iamctl/inventory"
)

// The names of the lists, as the CLI prints them.
const (
	roleList   = "RoleDetailList"
	userList   = "UserDetailList"
	groupList  = "GroupDetailList"
	policyList = "Policies"
)

// role reads an element of RoleDetailList.
func (p *parser) role() error {
	offset := p.dec.InputOffset()
	var r inventory.Role
	var policies []inline
	var odd oddParts
	trust := missing()
	err := p.members(func(name string) error {
		switch name {
		case "RoleName":
			return p.text(&r.Name)
		case "RoleId":
			return p.text(&r.ID)
		case "Arn":
			return p.text(&r.ARN)
		case "Path":
			return p.text(&r.Path)
		case "Description":
			return p.optional(&r.Description, inventory.PartDescription, &odd)
		case "MaxSessionDuration":
			return p.seconds(&r.MaxSessionDuration)
		case "AssumeRolePolicyDocument":
			return p.document(&trust)
		case "RolePolicyList":
			return p.inlineList(roleList, &policies)
		case "AttachedManagedPolicies":
			return p.attached(roleList, &r.Attached)
		case "PermissionsBoundary":
			return p.boundary(roleList, &r.Boundary)
		case "Tags":
			return p.tags(roleList, &r.Tags, &odd)
		case "InstanceProfileList":
			return p.instanceProfiles(&r.InstanceProfiles)
		case "CreateDate":
			return p.time(&r.Created)
		case "RoleLastUsed":
			return p.lastUsed(&r.LastUsed)
		}
		return p.unknown(roleList, name)
	})
	if err == nil {
		err = p.identity(offset, inventory.EntityRole, roleList, "RoleName", r.Name, r.ARN, r.Path)
	}
	if err != nil {
		return err
	}
	r.Trust = p.settle(trust, inventory.Gap{Entity: inventory.EntityRole, Name: r.Name, Part: inventory.PartTrust})
	r.Inline = p.settleInline(policies, inventory.EntityRole, r.Name)
	odd.settle(p, inventory.EntityRole, r.Name)
	return p.addRole(offset, r)
}

func (p *parser) instanceProfiles(to *[]inventory.InstanceProfile) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	*to = []inventory.InstanceProfile{}
	return p.elements(func() error {
		offset := p.dec.InputOffset()
		var i inventory.InstanceProfile
		err := p.members(func(name string) error {
			switch name {
			case "InstanceProfileName":
				return p.text(&i.Name)
			case "Arn":
				return p.text(&i.ARN)
			case "Path":
				return p.text(&i.Path)
			case "InstanceProfileId", "CreateDate", "Roles", "Tags":
				return p.skip()
			}
			return p.unknown("InstanceProfileList", name)
		})
		if err == nil && (i.Name == "" || i.ARN == "") {
			err = p.faultAt(offset, "InstanceProfileList: an instance profile needs InstanceProfileName and Arn")
		}
		*to = append(*to, i)
		return err
	})
}

func (p *parser) user() error {
	offset := p.dec.InputOffset()
	var u inventory.User
	var policies []inline
	var odd oddParts
	err := p.members(func(name string) error {
		switch name {
		case "UserName":
			return p.text(&u.Name)
		case "UserId":
			return p.text(&u.ID)
		case "Arn":
			return p.text(&u.ARN)
		case "Path":
			return p.text(&u.Path)
		case "UserPolicyList":
			return p.inlineList(userList, &policies)
		case "AttachedManagedPolicies":
			return p.attached(userList, &u.Attached)
		case "PermissionsBoundary":
			return p.boundary(userList, &u.Boundary)
		case "GroupList":
			return p.names(&u.Groups)
		case "Tags":
			return p.tags(userList, &u.Tags, &odd)
		case "CreateDate":
			return p.time(&u.Created)
		case "PasswordLastUsed":
			return p.skip()
		}
		return p.unknown(userList, name)
	})
	if err == nil {
		err = p.identity(offset, inventory.EntityUser, userList, "UserName", u.Name, u.ARN, u.Path)
	}
	if err != nil {
		return err
	}
	u.Inline = p.settleInline(policies, inventory.EntityUser, u.Name)
	odd.settle(p, inventory.EntityUser, u.Name)
	return p.addUser(offset, u)
}

func (p *parser) names(to *[]string) error {
	return p.elements(func() error {
		var name string
		err := p.text(&name)
		*to = append(*to, name)
		return err
	})
}

func (p *parser) group() error {
	offset := p.dec.InputOffset()
	var g inventory.Group
	var policies []inline
	err := p.members(func(name string) error {
		switch name {
		case "GroupName":
			return p.text(&g.Name)
		case "GroupId":
			return p.text(&g.ID)
		case "Arn":
			return p.text(&g.ARN)
		case "Path":
			return p.text(&g.Path)
		case "GroupPolicyList":
			return p.inlineList(groupList, &policies)
		case "AttachedManagedPolicies":
			return p.attached(groupList, &g.Attached)
		case "CreateDate":
			return p.time(&g.Created)
		}
		return p.unknown(groupList, name)
	})
	if err == nil {
		err = p.identity(offset, inventory.EntityGroup, groupList, "GroupName", g.Name, g.ARN, g.Path)
	}
	if err != nil {
		return err
	}
	g.Inline = p.settleInline(policies, inventory.EntityGroup, g.Name)
	return p.addGroup(offset, g)
}
