package fakeiam

import (
	"strings"
	"time"

	"iamctl/inventory"
)

func (q *query) roleDetail(r *inventory.Role) {
	q.roleHead(r)
	list(q.out, "InstanceProfileList", r.InstanceProfiles, func(p inventory.InstanceProfile) { q.instanceProfile(p, r) })
	q.inlineDetails("RolePolicyList", r.Inline)
	q.attached("AttachedManagedPolicies", r.Attached)
	q.boundary(r.Boundary)
	q.tags(r.Tags)
	q.lastUsed(r.LastUsed)
}

// lastUsed writes nothing within where a role was not used, as AWS does.
func (q *query) lastUsed(u *inventory.LastUse) {
	if u == nil {
		return
	}
	q.out.in("RoleLastUsed", func() {
		if !u.At.IsZero() {
			q.out.text("LastUsedDate", u.At.Format(time.RFC3339))
			q.out.text("Region", u.Region)
		}
	})
}

// roleHead writes what every answer about a role carries.
func (q *query) roleHead(r *inventory.Role) {
	q.out.text("Path", r.Path)
	q.out.text("RoleName", r.Name)
	q.out.text("RoleId", id(r.ID, "AROA", r.ARN))
	q.out.text("Arn", r.ARN)
	q.created(r.Created)
	q.out.text("AssumeRolePolicyDocument", q.encode(r.Trust))
}

// roleRest writes what ListRoles and GetRole add to it. AWS leaves out an
// empty description and always has the session length.
func (q *query) roleRest(r *inventory.Role) {
	if r.Description != nil {
		q.out.optional("Description", *r.Description)
	}
	seconds := 3600
	if r.MaxSessionDuration != nil {
		seconds = int(*r.MaxSessionDuration)
	}
	q.out.number("MaxSessionDuration", seconds)
}

func (q *query) listRoles() *apiError {
	prefix := q.form.Get("PathPrefix")
	var roles []*inventory.Role
	for i := range q.account.Roles {
		if r := &q.account.Roles[i]; strings.HasPrefix(r.Path, prefix) {
			roles = append(roles, r)
		}
	}
	return paged(q, roles, func(page []*inventory.Role) {
		list(q.out, "Roles", page, func(r *inventory.Role) {
			q.roleHead(r)
			q.roleRest(r)
		})
	})
}

// role finds the role that the call names. Names are the same without regard
// to case.
func (q *query) role() (*inventory.Role, *apiError) {
	name := q.form.Get("RoleName")
	for i := range q.account.Roles {
		if r := &q.account.Roles[i]; strings.EqualFold(r.Name, name) {
			return r, nil
		}
	}
	return nil, noSuchEntity("role", name)
}

func (q *query) getRole() *apiError {
	r, err := q.role()
	if err != nil {
		return err
	}
	q.out.in("Role", func() {
		q.roleHead(r)
		q.roleRest(r)
		q.boundary(r.Boundary)
		q.tags(r.Tags)
		q.lastUsed(r.LastUsed)
	})
	return nil
}

func (q *query) listRoleTags() *apiError {
	r, err := q.role()
	if err != nil {
		return err
	}
	return paged(q, r.Tags, q.tags)
}

func (q *query) listRolePolicies() *apiError {
	r, err := q.role()
	if err != nil {
		return err
	}
	return paged(q, r.Inline, q.inlineNames)
}

func (q *query) getRolePolicy() *apiError {
	r, err := q.role()
	if err != nil {
		return err
	}
	return q.inlinePolicy("RoleName", r.Name, r.Inline)
}

func (q *query) listAttachedRolePolicies() *apiError {
	r, err := q.role()
	if err != nil {
		return err
	}
	return paged(q, r.Attached, q.attachedPage)
}

func (q *query) instanceProfile(p inventory.InstanceProfile, r *inventory.Role) {
	q.out.text("InstanceProfileName", p.Name)
	q.out.text("InstanceProfileId", ID("AIPA", p.ARN))
	q.out.text("Arn", p.ARN)
	q.out.text("Path", p.Path)
	q.created(time.Time{})
	list(q.out, "Roles", []*inventory.Role{r}, q.roleHead)
}

// profileOf is an instance profile and the role in it.
type profileOf struct {
	profile inventory.InstanceProfile
	role    *inventory.Role
}

func (q *query) profiles(roles ...*inventory.Role) []profileOf {
	var all []profileOf
	for _, r := range roles {
		for _, p := range r.InstanceProfiles {
			all = append(all, profileOf{p, r})
		}
	}
	return all
}

func (q *query) profilePage(page []profileOf) {
	list(q.out, "InstanceProfiles", page, func(p profileOf) { q.instanceProfile(p.profile, p.role) })
}

func (q *query) listInstanceProfiles() *apiError {
	var roles []*inventory.Role
	for i := range q.account.Roles {
		roles = append(roles, &q.account.Roles[i])
	}
	return paged(q, q.profiles(roles...), q.profilePage)
}

func (q *query) listInstanceProfilesForRole() *apiError {
	r, err := q.role()
	if err != nil {
		return err
	}
	return paged(q, q.profiles(r), q.profilePage)
}
