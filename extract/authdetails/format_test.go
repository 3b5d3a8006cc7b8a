package authdetails

import (
	"encoding/json"
	"net/url"
	"strings"

	"iamctl/inventory"
)

// The accounts of the tests are written here as the AWS CLI prints them.

// docForm is how policy documents are written.
type docForm int

const (
	asObject docForm = iota // as the CLI does, where the text is a JSON object
	asText
	asPercent
)

type object = map[string]any

func (f docForm) document(d inventory.Document) any {
	switch {
	case f == asPercent:
		return strings.ReplaceAll(url.QueryEscape(string(d)), "+", "%20")
	case f == asObject && json.Valid([]byte(d)) && strings.HasPrefix(strings.TrimSpace(string(d)), "{"):
		return json.RawMessage(d)
	case strings.HasPrefix(strings.TrimSpace(string(d)), "{"):
		return string(d)
	}
	return asPercent.document(d)
}

func listOf[T any](in []T, f func(T) object) []object {
	out := []object{}
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}

func (f docForm) inline(in []inventory.InlinePolicy) []object {
	return listOf(in, func(p inventory.InlinePolicy) object {
		return object{"PolicyName": p.Name, "PolicyDocument": f.document(p.Document)}
	})
}

func attached(in []inventory.PolicyRef) []object {
	return listOf(in, func(p inventory.PolicyRef) object { return object{"PolicyName": p.Name, "PolicyArn": p.ARN} })
}

func boundary(o object, b *inventory.PolicyRef) {
	if b != nil {
		o["PermissionsBoundary"] = object{"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": b.ARN}
	}
}

func tags(o object, in []inventory.Tag) {
	if len(in) > 0 {
		o["Tags"] = listOf(in, func(t inventory.Tag) object { return object{"Key": t.Key, "Value": t.Value} })
	}
}

func (f docForm) role(r inventory.Role) object {
	o := object{
		"Path": r.Path, "RoleName": r.Name, "RoleId": r.ID, "Arn": r.ARN, "CreateDate": r.Created.Format(cliTime),
		"AssumeRolePolicyDocument": f.document(r.Trust), "RolePolicyList": f.inline(r.Inline),
		"AttachedManagedPolicies": attached(r.Attached), "RoleLastUsed": lastUsed(r.LastUsed),
		"InstanceProfileList": listOf(r.InstanceProfiles, func(p inventory.InstanceProfile) object {
			return object{"InstanceProfileName": p.Name, "Arn": p.ARN, "Path": p.Path, "InstanceProfileId": "AIPA", "Roles": []object{{"RoleName": r.Name}}}
		}),
	}
	boundary(o, r.Boundary)
	tags(o, r.Tags)
	return o
}

// cliTime is how the CLI prints times.
const cliTime = "2006-01-02T15:04:05-07:00"

func lastUsed(u *inventory.LastUse) any {
	switch {
	case u == nil:
		return nil
	case u.At.IsZero():
		return object{}
	}
	return object{"LastUsedDate": u.At.Format(cliTime), "Region": u.Region}
}

func (f docForm) user(u inventory.User) object {
	o := object{
		"Path": u.Path, "UserName": u.Name, "UserId": u.ID, "Arn": u.ARN, "CreateDate": u.Created.Format(cliTime), "UserPolicyList": f.inline(u.Inline),
		"GroupList": u.Groups, "AttachedManagedPolicies": attached(u.Attached),
	}
	boundary(o, u.Boundary)
	tags(o, u.Tags)
	return o
}

func (f docForm) group(g inventory.Group) object {
	return object{
		"Path": g.Path, "GroupName": g.Name, "GroupId": g.ID, "Arn": g.ARN, "CreateDate": g.Created.Format(cliTime),
		"GroupPolicyList": f.inline(g.Inline), "AttachedManagedPolicies": attached(g.Attached),
	}
}

func (f docForm) policy(p inventory.Policy) object {
	version := func(v inventory.PolicyVersion, inForce bool) object {
		return object{"Document": f.document(v.Document), "VersionId": v.ID, "IsDefaultVersion": inForce, "CreateDate": v.Created.Format(cliTime)}
	}
	versions := []object{version(inventory.PolicyVersion{ID: p.DefaultVersion, Document: p.Document, Created: p.Created}, true)}
	for _, v := range p.Others {
		versions = append(versions, version(v, false))
	}
	if inventory.AWSManaged(p.ARN) {
		versions = append(versions, version(inventory.PolicyVersion{ID: "v1", Document: `{"an":"older one"}`}, false))
	}
	o := object{
		"PolicyName": p.Name, "PolicyId": p.ID, "Arn": p.ARN, "Path": p.Path, "DefaultVersionId": p.DefaultVersion,
		"AttachmentCount": 3, "PermissionsBoundaryUsageCount": 0, "IsAttachable": true,
		"CreateDate": p.Created.Format(cliTime), "PolicyVersionList": versions,
	}
	if p.Description != nil {
		o["Description"] = *p.Description
	}
	return o
}

// pages writes the account as n pages one after the other.
func (f docForm) pages(a *inventory.Account, n int) string {
	var b strings.Builder
	for i := range n {
		page := object{
			roleList:   listOf(part(a.Roles, i, n), f.role),
			userList:   listOf(part(a.Users, i, n), f.user),
			groupList:  listOf(part(a.Groups, i, n), f.group),
			policyList: listOf(part(a.Policies, i, n), f.policy),
		}
		if n > 1 {
			page["IsTruncated"] = i < n-1
			page["Marker"] = "m"
		}
		text, err := json.MarshalIndent(page, "", "    ")
		if err != nil {
			panic(err)
		}
		b.Write(text)
		b.WriteByte('\n')
	}
	return b.String()
}

func part[T any](list []T, i, n int) []T { return list[len(list)*i/n : len(list)*(i+1)/n] }
