package snapshot

import (
	"path"

	"iamctl/extract/jsonfile"
	"iamctl/inventory"
)

// RoleFile returns where a snapshot keeps the role of that name, as a
// slash-separated path within its folder.
func RoleFile(role string) string { return path.Join("roles", jsonfile.FileName(role)+".json") }

// EntityFile returns where a snapshot keeps a role, a user, a group or a policy, which is
// named by its ARN, likewise; "" for what has no file of its own.
func EntityFile(kind inventory.Entity, name string) string {
	folder := map[inventory.Entity]string{
		inventory.EntityRole: rolesName, inventory.EntityUser: usersName, inventory.EntityGroup: groupsName, inventory.EntityPolicy: customerName,
	}[kind]
	if folder == "" {
		return ""
	}
	if kind == inventory.EntityPolicy {
		name = path.Base(name)
	}
	return path.Join(folder, jsonfile.FileName(name)+".json")
}
