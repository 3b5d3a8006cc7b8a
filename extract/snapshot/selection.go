package snapshot

import (
	"path"
	"slices"
	"strings"
)

// Parts returns the paths in a snapshot's folder that hold all of the snapshot that can
// be compared. When roles were last used cannot.
func Parts() []string {
	return []string{accountName, rolesName, policiesName, usersName, groupsName, pendingName}
}

// Wanted reports whether ReadFS looks into the file or folder at a path in a
// snapshot's folder. For other files it is enough that they are listed.
func Wanted(name string, dir bool) bool {
	if dir && !strings.Contains(name, "/") && !strings.HasPrefix(name, ".") {
		return true // it may be the snapshot that was meant
	}
	switch {
	case name == accountName, name == lastUsedName, name == policiesName, slices.Contains(folders, name):
		return true
	}
	return !dir && slices.Contains(folders, path.Dir(name)) && isEntity(path.Base(name))
}

// isEntity reports whether a file is an entity's, by its name.
func isEntity(base string) bool {
	return !strings.HasPrefix(base, ".") && strings.EqualFold(path.Ext(base), ".json")
}
