package snapshot

import (
	"fmt"
	"strings"

	"iamctl/extract"
	"iamctl/extract/jsonfile"
	"iamctl/inventory"
)

func readAs[F, T any](name string, data []byte, from func(*F) (T, error)) (*T, error) {
	var f F
	if err := jsonfile.Decode(name, data, &f); err != nil {
		return nil, err
	}
	v, err := from(&f)
	if err != nil {
		return nil, &extract.FileError{File: name, Line: 1, Column: 1, Err: err}
	}
	return &v, nil
}

// collect puts the entities into the account, with what the other files say of them, and
// refuses names that occur twice.
func (r *reader) collect(a *inventory.Account) error {
	taken := map[string]string{}
	var used uses
	for i, v := range r.read {
		key := ""
		switch v := v.(type) {
		case *inventory.Role:
			key = "role " + strings.ToLower(v.Name)
			role := *v
			role.File = r.files[i]
			a.Roles = append(a.Roles, role)
		case *inventory.User:
			key = "user " + strings.ToLower(v.Name)
			a.Users = append(a.Users, *v)
		case *inventory.Group:
			key = "group " + strings.ToLower(v.Name)
			a.Groups = append(a.Groups, *v)
		case *inventory.Policy:
			key = "policy " + v.ARN
			p := *v
			p.File = r.files[i]
			a.Policies = append(a.Policies, p)
		case *uses:
			used = *v
			continue
		case *version:
			continue
		}
		name := r.name(r.files[i])
		if other, ok := taken[key]; ok {
			return fmt.Errorf("%s: the %q is in %s already (IAM does not tell case in names); remove one of the files", name, key, other)
		}
		taken[key] = name
	}
	a.LastUsedDay = used.day
	for i := range a.Roles {
		a.Roles[i].LastUsed = used.roles[strings.ToLower(a.Roles[i].Name)]
	}
	return r.versions(a)
}

// name returns a file's name in errors.
func (r *reader) name(p string) string { return r.join(r.label, p) }
