package compare

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"iamctl/diff"
	"iamctl/extract"
	"iamctl/extract/orgfolder"
	"iamctl/internal/hint"
	"iamctl/inventory"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/result"
)

// Effective asks what roles may do within the control policies of their organisations.
type Effective struct {
	// Folders are those of organisations, or org:PROFILE for one that is asked of AWS. Empty are the folders that are called organization
	// and are beside the snapshots of both sides, and the organisations of the sources.
	Folders []string
	// Known are organisations that were read already; where there are any and Folders is
	// empty, no folder is looked for.
	Known []*inventory.Organization
}

// OrganizationFolder is what the folder of an organisation is called beside its snapshots.
const OrganizationFolder = "organization"

// Organizations are those within which it is asked what roles may do.
type Organizations struct{ list []*bounding }

// bounding is an organisation as it was read.
type bounding struct {
	*inventory.Organization
	input result.Input
}

// Read reads the organisations of the accounts, each once. Without any it is an error: that
// there are no control policies is never assumed.
func (e *Effective) Read(ctx context.Context, r *Reader, sides []Side) (*Organizations, error) {
	out := &Organizations{}
	if len(e.Folders) == 0 && len(e.Known) > 0 {
		for _, o := range e.Known {
			if err := out.add(o, "organisation "+o.ID); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	folders, err := e.folders(sides)
	if err != nil {
		return nil, err
	}
	for _, dir := range folders {
		o, err := readBounding(ctx, r, dir)
		if err != nil {
			return nil, err
		}
		if err := out.add(o, dir); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// folders returns those that are asked for, or that are beside the snapshots, and the
// organisations of which sources name an account.
func (e *Effective) folders(sides []Side) ([]string, error) {
	if len(e.Folders) > 0 {
		return slices.Clone(e.Folders), nil
	}
	var folders []string
	looked := map[string]bool{}
	for _, s := range sides {
		of := organizationOf(s.Spec)
		if of == "" || looked[of] {
			continue
		}
		looked[of] = true
		if _, err := os.Stat(of); err == nil || s.Spec.Kind == extract.Organization {
			folders = append(folders, of)
		}
	}
	if len(folders) == 0 {
		return nil, hint.With(errors.New("no organisation is beside the accounts, and without one nobody knows what its control policies leave"),
			"name its folder with --organization DIR; iamctl snapshot org:PROFILE --dir FLEET writes FLEET/organization")
	}
	return folders, nil
}

// organizationOf returns where the organisation of a source is, or would be: the folder beside
// a snapshot, or org:PROFILE; "" for another source.
func organizationOf(s extract.Spec) string {
	switch s.Kind {
	case extract.Folder, extract.File:
		return filepath.Join(filepath.Dir(filepath.Clean(s.Name)), OrganizationFolder)
	case extract.Organization:
		return s.Of("").String()
	}
	return ""
}

// add adds an organisation, with the digest of what it says.
func (o *Organizations) add(org *inventory.Organization, path string) error {
	data, err := json.Marshal(org, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	sum := sha256.Sum256(data)
	o.list = append(o.list, &bounding{org, result.Input{Kind: result.InputOrganization, Path: path, SHA256: hex.EncodeToString(sum[:])}})
	return nil
}

// Inputs returns the organisations as files that have a part in a result.
func (o *Organizations) Inputs() []result.Input {
	var out []result.Input
	for _, b := range o.list {
		out = append(out, b.input)
	}
	return out
}

// readBounding reads an organisation from a folder, or as AWS has it now (org:PROFILE).
func readBounding(ctx context.Context, r *Reader, source string) (*inventory.Organization, error) {
	if !strings.HasPrefix(source, "org:") {
		return orgfolder.Read(ctx, source)
	}
	s, err := NewSide(source, "")
	if err != nil {
		return nil, err
	}
	m, err := r.Members(ctx, []Side{s}, MemberOptions{Policies: true})
	if err != nil {
		return nil, err
	}
	return m.Organizations[0], nil
}

// Bounds returns what bounds an account by the organisation that has it.
func (o *Organizations) Bounds(account string) *meaning.Bounds {
	if b := o.member(account); b != nil {
		b.Callers, b.Members = o.member, o.membersOf
		return b
	}
	var ids []string
	for _, b := range o.list {
		ids = append(ids, b.ID)
	}
	none := inventory.Bounds{Unknown: fmt.Sprintf("the account %s is not in the organisation %s", account, strings.Join(ids, " or "))}
	if account == "" {
		none.Unknown = "the id of the account is not known"
	}
	return &meaning.Bounds{Service: none, Resource: none}
}

// member returns what bounds an account of one of the organisations, nil for another.
func (o *Organizations) member(account string) *meaning.Bounds {
	for _, b := range o.list {
		if m := b.Member(account); m != nil {
			return &meaning.Bounds{
				Organization: b.ID, Path: orgPath(b.Organization, m),
				Service: b.Bounds(account, inventory.ServiceControl), Resource: b.Bounds(account, inventory.ResourceControl),
			}
		}
	}
	return nil
}

// membersOf returns the accounts of an organisation, none for one that was not read.
func (o *Organizations) membersOf(organization string) []string {
	var ids []string
	for _, b := range o.list {
		if b.ID != organization {
			continue
		}
		for i := range b.Members {
			ids = append(ids, b.Members[i].ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// orgPath returns the way to an account as aws:PrincipalOrgPaths has it, "" where a unit on
// it is not known.
func orgPath(o *inventory.Organization, m *inventory.Member) string {
	var ids []string
	for at := m.Unit; at != ""; {
		i := slices.IndexFunc(o.Units, func(u inventory.Unit) bool { return u.ID == at })
		if i < 0 || len(ids) > len(o.Units) {
			return ""
		}
		ids = append(ids, at)
		at = o.Units[i].Parent
	}
	if ids == nil {
		return ""
	}
	slices.Reverse(ids)
	return o.ID + "/" + strings.Join(ids, "/") + "/"
}

// within reads the organisations and returns a judge of the changes that knows them. What
// is not known of one is a gap, and two organisations are a note.
func (c *comparison) within(ctx context.Context, changes *diff.Changes) (*meaning.Judge, error) {
	j := meaning.NewJudge(changes, c.Reference)
	if c.Effective == nil {
		return j, nil
	}
	list, err := c.Effective.Read(ctx, c.Reader, c.sides[:])
	if err != nil {
		return nil, err
	}
	var of [2]*meaning.Bounds
	for side := range of {
		of[side] = list.Bounds(changes.Account(side).ID())
		changes.Gaps = append(changes.Gaps, UnknownBounds(changes.Account(side).Tag, of[side])...)
	}
	if a, b := of[0].Organization, of[1].Organization; a != "" && b != "" && a != b {
		changes.Notes = append(changes.Notes, fmt.Sprintf("the accounts are in two organisations, %s and %s: each is held within the control policies of its own", a, b))
	}
	c.organizations = list.Inputs()
	j.Within(of, j.Tags())
	return j, c.effects(ctx, changes, j)
}

// UnknownBounds returns gaps for what is not known of what bounds an account, each reason once.
func UnknownBounds(tag string, b *meaning.Bounds) []inventory.Gap {
	var out []inventory.Gap
	for _, of := range []*inventory.Bounds{&b.Service, &b.Resource} {
		if of.Unknown == "" || len(out) > 0 && out[0].Reason == of.Unknown {
			continue
		}
		out = append(out, inventory.Gap{Account: tag, Kind: inventory.GapRead, Entity: inventory.EntityOrganization, Reason: of.Unknown})
	}
	return out
}

// effects adds to the pairs that control policies leave them different permissions.
func (c *comparison) effects(ctx context.Context, changes *diff.Changes, j *meaning.Judge) error {
	var work batch
	for i := range changes.Common {
		work.add(func() *meaning.Meaning { return &meaning.Meaning{Effective: j.Effective(&changes.Common[i])} })
	}
	if err := work.do(ctx); err != nil {
		return err
	}
	if slices.Contains(c.Ignore, normalize.KindEffective) {
		return nil
	}
	for i := range changes.Common {
		p := &changes.Common[i]
		p.Attributes = append(p.Attributes, j.Effective(p).Changes...)
	}
	return nil
}
