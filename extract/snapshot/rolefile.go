package snapshot

import "path"

// RoleFile returns where a snapshot keeps the role of that name, as a
// slash-separated path within its folder.
func RoleFile(role string) string { return path.Join("roles", fileName(role)+".json") }
