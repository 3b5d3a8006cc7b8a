package snapshot

import (
	"fmt"
	"time"

	"iamctl/extract/jsonfile"
	"iamctl/inventory"
)

func accountTo(a *inventory.Account) accountFile {
	return accountFile{
		Alias: text(a.Alias), Format: ptr(text(formatName)), Gaps: jsonfile.GapsOf(a.Gaps), ID: ptr(text(a.ID)),
		Notes:     jsonfile.Each(a.Notes, func(s string) text { return text(s) }),
		Partition: ptr(text(a.Partition)), Version: ptr(formatVersion),
	}
}

func (f *accountFile) from() inventory.Account {
	return inventory.Account{
		Alias: string(f.Alias), Gaps: jsonfile.Gaps(f.Gaps), ID: string(*f.ID), Partition: string(*f.Partition),
		Notes: jsonfile.Each(f.Notes, func(s text) string { return string(s) }),
	}
}

func roleTo(r *inventory.Role) roleFile {
	return roleFile{
		ARN: ptr(text(r.ARN)), Attached: refsTo(r.Attached), Boundary: refTo(r.Boundary), Created: moment(r.Created),
		Description: textOf(r.Description), ID: text(r.ID), Inline: inlineTo(r.Inline),
		InstanceProfiles:   profilesTo(r.InstanceProfiles),
		MaxSessionDuration: r.MaxSessionDuration, Name: ptr(text(r.Name)), Path: ptr(text(r.Path)),
		Tags: jsonfile.TagsOf(r.Tags), Trust: ptr(document(r.Trust)),
	}
}

func (f *roleFile) from() (r inventory.Role, err error) {
	if err := named(f.Name, "arn", f.ARN, "path", f.Path, "trust", f.Trust); err != nil {
		return r, err
	}
	return inventory.Role{
		ARN: string(*f.ARN), Attached: refsFrom(f.Attached), Boundary: refFrom(f.Boundary), Created: time.Time(f.Created),
		Description: stringOf(f.Description), ID: string(f.ID), Inline: inlineFrom(f.Inline),
		InstanceProfiles:   f.InstanceProfiles.from(),
		MaxSessionDuration: f.MaxSessionDuration, Name: string(*f.Name), Path: string(*f.Path),
		Tags: jsonfile.Tags(f.Tags), Trust: inventory.Document(*f.Trust),
	}, nil
}

func policyTo(p *inventory.Policy) policyFile {
	return policyFile{
		ARN: ptr(text(p.ARN)), Created: moment(p.Created), DefaultVersion: text(p.DefaultVersion), Description: textOf(p.Description),
		Document: ptr(document(p.Document)), ID: text(p.ID), Name: ptr(text(p.Name)), OtherVersions: idsOf(p.Others), Path: ptr(text(p.Path)), Tags: jsonfile.TagsOf(p.Tags),
	}
}

func (f *policyFile) from() (p inventory.Policy, err error) {
	if err := named(f.Name, "arn", f.ARN, "document", f.Document, "path", f.Path); err != nil {
		return p, err
	}
	others := f.others()
	if err := inventory.CheckVersions(string(f.DefaultVersion), others); err != nil {
		return p, fmt.Errorf("the field \"otherVersions\": %w", err)
	}
	return inventory.Policy{
		ARN: string(*f.ARN), Created: time.Time(f.Created), DefaultVersion: string(f.DefaultVersion), Description: stringOf(f.Description),
		Document: inventory.Document(*f.Document), ID: string(f.ID), Name: string(*f.Name), Others: others, Path: string(*f.Path), Tags: jsonfile.Tags(f.Tags),
	}, nil
}

func userTo(u *inventory.User) userFile {
	return userFile{
		ARN: ptr(text(u.ARN)), Attached: refsTo(u.Attached), Boundary: refTo(u.Boundary), Created: moment(u.Created),
		Groups: jsonfile.Each(u.Groups, func(s string) text { return text(s) }),
		ID:     text(u.ID), Inline: inlineTo(u.Inline), Name: ptr(text(u.Name)), Path: ptr(text(u.Path)), Tags: jsonfile.TagsOf(u.Tags),
	}
}

func (f *userFile) from() (u inventory.User, err error) {
	if err := named(f.Name, "arn", f.ARN, "path", f.Path); err != nil {
		return u, err
	}
	return inventory.User{
		ARN: string(*f.ARN), Attached: refsFrom(f.Attached), Boundary: refFrom(f.Boundary), Created: time.Time(f.Created),
		Groups: jsonfile.Each(f.Groups, func(s text) string { return string(s) }),
		ID:     string(f.ID), Inline: inlineFrom(f.Inline), Name: string(*f.Name), Path: string(*f.Path), Tags: jsonfile.Tags(f.Tags),
	}, nil
}

func groupTo(g *inventory.Group) groupFile {
	return groupFile{
		ARN: ptr(text(g.ARN)), Attached: refsTo(g.Attached), Created: moment(g.Created), ID: text(g.ID), Inline: inlineTo(g.Inline),
		Name: ptr(text(g.Name)), Path: ptr(text(g.Path)),
	}
}

func (f *groupFile) from() (g inventory.Group, err error) {
	if err := named(f.Name, "arn", f.ARN, "path", f.Path); err != nil {
		return g, err
	}
	return inventory.Group{
		ARN: string(*f.ARN), Attached: refsFrom(f.Attached), Created: time.Time(f.Created), ID: string(f.ID), Inline: inlineFrom(f.Inline),
		Name: string(*f.Name), Path: string(*f.Path),
	}, nil
}
