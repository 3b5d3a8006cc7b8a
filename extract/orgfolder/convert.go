package orgfolder

import (
	"fmt"

	"iamctl/extract/jsonfile"
	"iamctl/inventory"
)

func organizationTo(o *inventory.Organization) *organizationFile {
	version := formatVersion
	return &organizationFile{
		Accounts: jsonfile.Each(o.Members, memberTo), Format: jsonfile.TextOf(formatName), Gaps: jsonfile.GapsOf(o.Gaps),
		ID: jsonfile.TextOf(o.ID), Management: jsonfile.TextOf(o.Management), Units: jsonfile.Each(o.Units, unitTo), Version: &version,
	}
}

func (f *organizationFile) from() (*inventory.Organization, error) {
	if err := jsonfile.Required("format", f.Format, "id", f.ID, "management", f.Management, "version", f.Version); err != nil {
		return nil, err
	}
	return &inventory.Organization{
		ID: string(*f.ID), Management: string(*f.Management), Gaps: jsonfile.Gaps(f.Gaps),
		Units: jsonfile.Each(f.Units, unitFrom), Members: jsonfile.Each(f.Accounts, memberFrom),
	}, nil
}

func unitTo(u inventory.Unit) unitFile {
	return unitFile{
		ID: jsonfile.TextOf(u.ID), Name: jsonfile.TextOf(u.Name), Parent: text(u.Parent), Path: jsonfile.TextOf(u.Path),
		Policies: textsOf(u.Policies),
	}
}

func unitFrom(f unitFile) inventory.Unit {
	return inventory.Unit{ID: string(*f.ID), Name: string(*f.Name), Parent: string(f.Parent), Path: string(*f.Path), Policies: stringsOf(f.Policies)}
}

func memberTo(m inventory.Member) accountFile {
	return accountFile{
		ID: jsonfile.TextOf(m.ID), Management: m.Management, Name: jsonfile.TextOf(m.Name), Path: text(m.Path),
		Policies: textsOf(m.Policies), Status: text(m.Status), Tags: jsonfile.TagsOf(m.Tags), Unit: text(m.Unit),
	}
}

func memberFrom(f accountFile) inventory.Member {
	return inventory.Member{
		ID: string(*f.ID), Name: string(*f.Name), Unit: string(f.Unit), Path: string(f.Path), Status: string(f.Status),
		Management: f.Management, Tags: jsonfile.Tags(f.Tags), Policies: stringsOf(f.Policies),
	}
}

func policyTo(p *inventory.ControlPolicy) *policyFile {
	d := document(p.Document)
	return &policyFile{
		ARN: jsonfile.TextOf(p.ARN), AWSManaged: p.AWSManaged, Document: &d, ID: jsonfile.TextOf(p.ID), Name: jsonfile.TextOf(p.Name),
		Type: jsonfile.TextOf(p.Type),
	}
}

func (f *policyFile) from() (*inventory.ControlPolicy, error) {
	if err := jsonfile.Required("arn", f.ARN, "document", f.Document, "id", f.ID, "name", f.Name, "type", f.Type); err != nil {
		return nil, err
	}
	p := &inventory.ControlPolicy{
		ID: string(*f.ID), ARN: string(*f.ARN), Name: string(*f.Name), Type: string(*f.Type), AWSManaged: f.AWSManaged,
		Document: inventory.Document(*f.Document),
	}
	if prefixOf(p.Type) == "" {
		return nil, fmt.Errorf("the type %q is neither %s nor %s", p.Type, inventory.ServiceControl, inventory.ResourceControl)
	}
	return p, nil
}

func textsOf(list []string) []text {
	return jsonfile.Each(list, func(s string) text { return text(s) })
}

func stringsOf(list []text) []string {
	return jsonfile.Each(list, func(s text) string { return string(s) })
}
