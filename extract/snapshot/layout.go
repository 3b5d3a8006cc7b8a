package snapshot

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"iamctl/extract/jsonfile"
	"iamctl/inventory"
)

// The names in a snapshot folder.
const (
	accountName    = "account.json"
	rolesName      = "roles"
	policiesName   = "policies"
	customerName   = "policies/customer"
	awsManagedName = "policies/aws"
	versionsName   = "policies/versions"
	usersName      = "users"
	groupsName     = "groups"
	lastUsedName   = "last-used.json"
)

// folders are those that hold one file per entity, in the order of reading.
var folders = []string{rolesName, customerName, awsManagedName, versionsName, usersName, groupsName}

// entry is a file of a snapshot: its path, with slashes, and what is in it.
type entry struct {
	path  string
	value func() any
}

// layout returns every file of the account, account.json first, or an error
// where two entities have one name: Read could not distinguish them.
func layout(a *inventory.Account) ([]entry, error) {
	l := &layouter{taken: map[string]string{}}
	l.entries = append(l.entries, entry{accountName, func() any { return ptr(accountTo(a)) }})
	for i := range a.Roles {
		r := &a.Roles[i]
		l.add(rolesName, "role", r.Name, func() any { return ptr(roleTo(r)) })
	}
	l.policies(a.Policies)
	for i := range a.Users {
		u := &a.Users[i]
		l.add(usersName, "user", u.Name, func() any { return ptr(userTo(u)) })
	}
	for i := range a.Groups {
		g := &a.Groups[i]
		l.add(groupsName, "group", g.Name, func() any { return ptr(groupTo(g)) })
	}
	if a.KnowsLastUsed() {
		l.entries = append(l.entries, entry{lastUsedName, func() any { return ptr(lastUsedTo(a)) }})
	}
	return l.entries, l.err
}

type layouter struct {
	entries []entry
	// taken are the names in use, in lower case, with the name that took it.
	taken map[string]string
	err   error
}

func (l *layouter) add(folder, what, name string, value func() any) {
	key := what + "/" + strings.ToLower(name)
	if other, ok := l.taken[key]; ok && l.err == nil {
		l.err = fmt.Errorf("the %ss %q and %q have one name to IAM, which does not tell case: a snapshot cannot hold both", what, other, name)
	}
	if name == "" && l.err == nil {
		l.err = fmt.Errorf("a %s has no name: a snapshot cannot hold it", what)
	}
	l.taken[key] = name
	l.entries = append(l.entries, entry{path.Join(folder, jsonfile.FileName(name)+".json"), value})
}

// policies puts each policy in the folder of its owner. Those whose files
// would have one name, if only on a disk that does not distinguish case, get a
// hash of their ARN each.
func (l *layouter) policies(policies []inventory.Policy) {
	paths := make([]string, len(policies))
	count := map[string]int{}
	for i := range policies {
		folder := customerName
		if inventory.AWSManaged(policies[i].ARN) {
			folder = awsManagedName
		}
		paths[i] = path.Join(folder, jsonfile.FileName(policies[i].Name))
		count[strings.ToLower(paths[i])]++
	}
	for i := range policies {
		p := &policies[i]
		if other, ok := l.taken["policy/"+p.ARN]; ok && l.err == nil {
			l.err = fmt.Errorf("the policies %q and %q have one ARN, %q: a snapshot cannot hold both", other, p.Name, p.ARN)
		}
		if p.Name == "" && l.err == nil {
			l.err = fmt.Errorf("the policy %q has no name: a snapshot cannot hold it", p.ARN)
		}
		l.taken["policy/"+p.ARN] = p.Name
		file := paths[i]
		if count[strings.ToLower(file)] > 1 {
			file = jsonfile.Marked(file, p.ARN)
		}
		l.entries = append(l.entries, entry{file + ".json", func() any { return ptr(policyTo(p)) }})
		l.versions(path.Base(file), p)
	}
}

// versions puts the versions of a policy that are not in force beside each other, by the
// name of the policy's file: git shows what came and went, for none of them ever changes.
func (l *layouter) versions(stem string, p *inventory.Policy) {
	if err := inventory.CheckVersions(p.DefaultVersion, p.Others); err != nil && l.err == nil {
		l.err = fmt.Errorf("the policy %q: %w: a snapshot cannot hold it", p.ARN, err)
	}
	for i := range p.Others {
		v := &p.Others[i]
		l.entries = append(l.entries, entry{path.Join(versionsName, stem+"@"+jsonfile.FileName(v.ID)+".json"), func() any { return ptr(versionTo(p.ARN, v)) }})
	}
}

// sorted returns the account in order, with the caller's own left as it is.
func sorted(a *inventory.Account) *inventory.Account {
	b := *a
	b.Roles, b.Policies = slices.Clone(a.Roles), slices.Clone(a.Policies)
	b.Users, b.Groups = slices.Clone(a.Users), slices.Clone(a.Groups)
	b.Gaps, b.Notes = slices.Clone(a.Gaps), slices.Clone(a.Notes)
	for i := range b.Roles {
		r := &b.Roles[i]
		r.Inline, r.Attached, r.Tags = slices.Clone(r.Inline), slices.Clone(r.Attached), slices.Clone(r.Tags)
		r.InstanceProfiles = slices.Clone(r.InstanceProfiles)
	}
	for i := range b.Policies {
		b.Policies[i].Tags = slices.Clone(b.Policies[i].Tags)
		b.Policies[i].Others = slices.Clone(b.Policies[i].Others)
	}
	for i := range b.Users {
		u := &b.Users[i]
		u.Inline, u.Attached, u.Tags = slices.Clone(u.Inline), slices.Clone(u.Attached), slices.Clone(u.Tags)
		u.Groups = slices.Clone(u.Groups)
	}
	for i := range b.Groups {
		g := &b.Groups[i]
		g.Inline, g.Attached = slices.Clone(g.Inline), slices.Clone(g.Attached)
	}
	b.Sort()
	return &b
}

// list returns the paths of all files of a snapshot below root, sorted. What is
// not ours is passed over: hidden files, and files of another kind than JSON.
// JSON files and folders in places where they would be overlooked are errors.
func list(fsys fs.FS, root string) ([]string, error) {
	var paths []string
	for _, name := range []string{accountName, lastUsedName} {
		if info, err := fs.Lstat(fsys, path.Join(root, name)); err == nil {
			if !info.Mode().IsRegular() {
				return nil, fmt.Errorf("%s: it is no regular file", name)
			}
			paths = append(paths, name)
		}
	}
	for _, folder := range append([]string{policiesName}, folders...) {
		entries, err := fs.ReadDir(fsys, path.Join(root, folder))
		if err != nil && !isNotExist(err) {
			return nil, err
		}
		for _, e := range entries {
			file := path.Join(folder, e.Name())
			if strings.HasPrefix(e.Name(), ".") || slices.Contains(folders, file) && e.IsDir() {
				continue
			}
			isJSON := isEntity(e.Name())
			switch {
			case e.IsDir():
				return nil, fmt.Errorf("%s: a folder has no place here; move it elsewhere", file)
			case isJSON && folder == policiesName:
				return nil, fmt.Errorf("%s: a policy belongs into %s or %s; move it there", file, customerName, awsManagedName)
			case isJSON && !e.Type().IsRegular():
				return nil, fmt.Errorf("%s: it is no regular file; put the file itself there", file)
			case isJSON:
				paths = append(paths, file)
			}
		}
	}
	slices.Sort(paths)
	return paths, nil
}
