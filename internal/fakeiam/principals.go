package fakeiam

import (
	"iamctl/inventory"
)

func (q *query) userHead(u *inventory.User) {
	q.out.text("Path", u.Path)
	q.out.text("UserName", u.Name)
	q.out.text("UserId", id(u.ID, "AIDA", u.ARN))
	q.out.text("Arn", u.ARN)
	q.created(u.Created)
}

func (q *query) userDetail(u *inventory.User) {
	q.userHead(u)
	q.inlineDetails("UserPolicyList", u.Inline)
	q.attached("AttachedManagedPolicies", u.Attached)
	q.out.names("GroupList", u.Groups)
	q.boundary(u.Boundary)
	q.tags(u.Tags)
}

func (q *query) user() (*inventory.User, *apiError) {
	name := q.form.Get("UserName")
	for i := range q.account.Users {
		if u := &q.account.Users[i]; u.Name == name {
			return u, nil
		}
	}
	return nil, noSuchEntity("user", name)
}

func (q *query) listUsers() *apiError {
	return paged(q, q.account.Users, func(page []inventory.User) {
		list(q.out, "Users", page, func(u inventory.User) { q.userHead(&u) })
	})
}

func (q *query) getUser() *apiError {
	u, err := q.user()
	if err != nil {
		return err
	}
	q.out.in("User", func() {
		q.userHead(u)
		q.boundary(u.Boundary)
		q.tags(u.Tags)
	})
	return nil
}

func (q *query) listUserTags() *apiError {
	u, err := q.user()
	if err != nil {
		return err
	}
	return paged(q, u.Tags, q.tags)
}

func (q *query) listUserPolicies() *apiError {
	u, err := q.user()
	if err != nil {
		return err
	}
	return paged(q, u.Inline, q.inlineNames)
}

func (q *query) getUserPolicy() *apiError {
	u, err := q.user()
	if err != nil {
		return err
	}
	return q.inlinePolicy("UserName", u.Name, u.Inline)
}

func (q *query) listAttachedUserPolicies() *apiError {
	u, err := q.user()
	if err != nil {
		return err
	}
	return paged(q, u.Attached, q.attachedPage)
}

func (q *query) listGroupsForUser() *apiError {
	u, err := q.user()
	if err != nil {
		return err
	}
	var groups []inventory.Group
	for _, name := range u.Groups {
		for _, g := range q.account.Groups {
			if g.Name == name {
				groups = append(groups, g)
			}
		}
	}
	return paged(q, groups, q.groupPage)
}

func (q *query) groupHead(g *inventory.Group) {
	q.out.text("Path", g.Path)
	q.out.text("GroupName", g.Name)
	q.out.text("GroupId", id(g.ID, "AGPA", g.ARN))
	q.out.text("Arn", g.ARN)
	q.created(g.Created)
}

func (q *query) groupDetail(g *inventory.Group) {
	q.groupHead(g)
	q.inlineDetails("GroupPolicyList", g.Inline)
	q.attached("AttachedManagedPolicies", g.Attached)
}

func (q *query) groupPage(page []inventory.Group) {
	list(q.out, "Groups", page, func(g inventory.Group) { q.groupHead(&g) })
}

func (q *query) listGroups() *apiError { return paged(q, q.account.Groups, q.groupPage) }

func (q *query) group() (*inventory.Group, *apiError) {
	name := q.form.Get("GroupName")
	for i := range q.account.Groups {
		if g := &q.account.Groups[i]; g.Name == name {
			return g, nil
		}
	}
	return nil, noSuchEntity("group", name)
}

func (q *query) listGroupPolicies() *apiError {
	g, err := q.group()
	if err != nil {
		return err
	}
	return paged(q, g.Inline, q.inlineNames)
}

func (q *query) getGroupPolicy() *apiError {
	g, err := q.group()
	if err != nil {
		return err
	}
	return q.inlinePolicy("GroupName", g.Name, g.Inline)
}

func (q *query) listAttachedGroupPolicies() *apiError {
	g, err := q.group()
	if err != nil {
		return err
	}
	return paged(q, g.Attached, q.attachedPage)
}
