package snapshot

import (
	"fmt"
	"slices"
	"time"

	"iamctl/extract/jsonfile"
	"iamctl/inventory"
)

// version is a version of a policy that is not in force, as its file has it.
type version struct {
	policy string // its ARN
	inventory.PolicyVersion
}

func versionTo(arn string, v *inventory.PolicyVersion) versionFile {
	return versionFile{Created: moment(v.Created), Document: ptr(document(v.Document)), Policy: ptr(text(arn)), Version: ptr(text(v.ID))}
}

func (f *versionFile) from() (v version, err error) {
	if err := jsonfile.Required("policy", f.Policy, "version", f.Version, "document", f.Document); err != nil {
		return v, err
	}
	return version{string(*f.Policy), inventory.PolicyVersion{
		Created: time.Time(f.Created), Document: inventory.Document(*f.Document), ID: string(*f.Version),
	}}, nil
}

// idsOf returns the ids of versions, nil if it is not known which there are.
func idsOf(versions []inventory.PolicyVersion) *[]text {
	if versions == nil {
		return nil
	}
	ids := make([]text, len(versions))
	for i, v := range versions {
		ids[i] = text(v.ID)
	}
	return &ids
}

// others returns the versions that are not in force, without what their files say.
func (f *policyFile) others() []inventory.PolicyVersion {
	if f.OtherVersions == nil {
		return nil
	}
	others := make([]inventory.PolicyVersion, len(*f.OtherVersions))
	for i, id := range *f.OtherVersions {
		others[i].ID = string(id)
	}
	return others
}

// versions gives the policies of an account what the files of their versions say. A file
// without its policy, and a version without its file, would go unseen, and are errors.
func (r *reader) versions(a *inventory.Account) error {
	at := make(map[string]int, len(a.Policies))
	missing := map[[2]string]bool{}
	for i := range a.Policies {
		p := &a.Policies[i]
		at[p.ARN] = i
		p.Others = slices.Clone(p.Others) // another account may have the same
		for _, v := range p.Others {
			missing[[2]string{p.ARN, v.ID}] = true
		}
	}
	for i, of := range r.read {
		v, ok := of.(*version)
		if !ok {
			continue
		}
		key := [2]string{v.policy, v.ID}
		if !missing[key] {
			return fmt.Errorf("%s: the version %q of the policy %q is in another file already, or the policy's own file does not have it in otherVersions; remove the file", r.name(r.files[i]), v.ID, v.policy)
		}
		delete(missing, key)
		others := a.Policies[at[v.policy]].Others
		others[slices.IndexFunc(others, func(o inventory.PolicyVersion) bool { return o.ID == v.ID })] = v.PolicyVersion
	}
	for i := range a.Policies {
		p := &a.Policies[i]
		for _, v := range p.Others {
			if missing[[2]string{p.ARN, v.ID}] {
				return fmt.Errorf("%s: it has the version %q in otherVersions, and no file in %s is of that; take the snapshot again", r.name(p.File), v.ID, versionsName)
			}
		}
	}
	return nil
}
