package fakeiam

import (
	"slices"
	"time"

	"iamctl/inventory"
)

// made is when everything was created that does not say.
var made = time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)

func (q *query) created(t time.Time) {
	if t.IsZero() {
		t = made
	}
	q.out.text("CreateDate", t.Format(time.RFC3339))
}

func (q *query) getCallerIdentity() *apiError {
	q.out.text("Arn", "arn:"+q.account.Partition+":iam::"+q.account.ID+":user/auditor")
	q.out.text("UserId", "AIDAAUDITORAUDITOR00")
	q.out.text("Account", q.account.ID)
	return nil
}

// assumeRole hands out credentials, so that profiles with a role_arn work.
func (q *query) assumeRole() *apiError {
	role := q.form.Get("RoleArn")
	if role == "" {
		return invalid("RoleArn is missing.")
	}
	q.out.in("AssumedRoleUser", func() {
		q.out.text("Arn", role+"/session")
		q.out.text("AssumedRoleId", "AROAFAKEFAKEFAKEFAKE0:session")
	})
	q.out.in("Credentials", func() {
		q.out.text("AccessKeyId", "ASIAFAKEFAKEFAKEFAKE")
		q.out.text("SecretAccessKey", "assumedSecretAssumedSecretAssumedSecret0")
		q.out.text("SessionToken", "assumedSessionToken/"+q.form.Get("TokenCode"))
		q.out.text("Expiration", "2099-01-01T00:00:00Z")
	})
	return nil
}

func (q *query) listAccountAliases() *apiError {
	var aliases []string
	if q.account.Alias != "" {
		aliases = []string{q.account.Alias}
	}
	return paged(q, aliases, func(page []string) { q.out.names("AccountAliases", page) })
}

// detail is one entity of GetAccountAuthorizationDetails: the list that it
// goes into and what writes it.
type detail struct {
	list  string
	write func()
}

// The lists in which GetAccountAuthorizationDetails answers, by the values
// of its Filter.
const (
	userList   = "UserDetailList"
	groupList  = "GroupDetailList"
	roleList   = "RoleDetailList"
	policyList = "Policies"
)

func (q *query) getAccountAuthorizationDetails() *apiError {
	details, err := q.details()
	if err != nil {
		return err
	}
	return paged(q, details, func(page []detail) {
		for _, name := range []string{userList, groupList, roleList, policyList} {
			of := slices.DeleteFunc(slices.Clone(page), func(d detail) bool { return d.list != name })
			list(q.out, name, of, func(d detail) { d.write() })
		}
	})
}

func (q *query) details() ([]detail, *apiError) {
	filter := q.members("Filter")
	for _, f := range filter {
		if !slices.Contains([]string{"User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"}, f) {
			return nil, invalid("Invalid filter " + f)
		}
	}
	wants := func(kind string) bool { return len(filter) == 0 || slices.Contains(filter, kind) }
	var all []detail
	if wants("User") {
		for i := range q.account.Users {
			all = append(all, detail{userList, func() { q.userDetail(&q.account.Users[i]) }})
		}
	}
	if wants("Group") {
		for i := range q.account.Groups {
			all = append(all, detail{groupList, func() { q.groupDetail(&q.account.Groups[i]) }})
		}
	}
	if wants("Role") {
		for i := range q.account.Roles {
			all = append(all, detail{roleList, func() { q.roleDetail(&q.account.Roles[i]) }})
		}
	}
	for _, p := range q.policyDetails() {
		if awsManaged(p.ARN) && wants("AWSManagedPolicy") || !awsManaged(p.ARN) && wants("LocalManagedPolicy") {
			all = append(all, detail{policyList, func() { q.policyDetail(p) }})
		}
	}
	return all, nil
}

// policyDetails returns the managed policies that the call lists: the account's
// less the omitted ones, and those that nothing refers to.
func (q *query) policyDetails() []*inventory.Policy {
	var all []*inventory.Policy
	for i := range q.account.Policies {
		p := &q.account.Policies[i]
		if omit := q.server.options.OmitPolicy; omit == nil || !omit(p.ARN) {
			all = append(all, p)
		}
	}
	for i := range q.server.options.Unattached {
		all = append(all, &q.server.options.Unattached[i])
	}
	return all
}
