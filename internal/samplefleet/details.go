package samplefleet

import (
	"encoding/json"
	"io"

	"iamctl/inventory"
)

// object is a JSON object.
type object map[string]any

// WriteDetails writes an account as aws iam get-account-authorization-details prints it.
func WriteDetails(w io.Writer, a *inventory.Account) error {
	roles, policies := make([]object, len(a.Roles)), make([]object, len(a.Policies))
	for i := range a.Roles {
		roles[i] = roleDetail(&a.Roles[i])
	}
	for i := range a.Policies {
		p := &a.Policies[i]
		policies[i] = object{
			"PolicyName": p.Name, "PolicyId": p.ID, "Arn": p.ARN, "Path": p.Path, "DefaultVersionId": p.DefaultVersion, "AttachmentCount": 1, "IsAttachable": true,
			"PolicyVersionList": []object{{"Document": json.RawMessage(p.Document), "VersionId": p.DefaultVersion, "IsDefaultVersion": true}},
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "    ")
	return e.Encode(object{"UserDetailList": []object{}, "GroupDetailList": []object{}, "RoleDetailList": roles, "Policies": policies})
}

// written returns a document as JSON, or as a text if it is none.
func written(d inventory.Document) any {
	if json.Valid([]byte(d)) {
		return json.RawMessage(d)
	}
	return string(d)
}

func roleDetail(r *inventory.Role) object {
	inline, attached, tags, profiles := []object{}, []object{}, []object{}, []object{}
	for _, p := range r.Inline {
		inline = append(inline, object{"PolicyName": p.Name, "PolicyDocument": written(p.Document)})
	}
	for _, p := range r.Attached {
		attached = append(attached, object{"PolicyName": p.Name, "PolicyArn": p.ARN})
	}
	for _, t := range r.Tags {
		tags = append(tags, object{"Key": t.Key, "Value": t.Value})
	}
	for _, p := range r.InstanceProfiles {
		profiles = append(profiles, object{"InstanceProfileName": p.Name, "Arn": p.ARN, "Path": p.Path, "Roles": []object{}})
	}
	out := object{
		"Path": r.Path, "RoleName": r.Name, "RoleId": r.ID, "Arn": r.ARN, "CreateDate": r.Created, "AssumeRolePolicyDocument": json.RawMessage(r.Trust),
		"RolePolicyList": inline, "AttachedManagedPolicies": attached, "Tags": tags, "InstanceProfileList": profiles, "RoleLastUsed": object{},
	}
	if r.Boundary != nil {
		out["PermissionsBoundary"] = object{"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": r.Boundary.ARN}
	}
	return out
}
