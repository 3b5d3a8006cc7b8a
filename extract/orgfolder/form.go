package orgfolder

import (
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract/jsonfile"
)

// formatName and formatVersion are members of organization.json. The version changes when an
// older iamctl would misread the files.
const (
	formatName    = "iamctl-organization"
	formatVersion = 1
)

// FileName is the file that vouches for the others.
const FileName = "organization.json"

type (
	text     = jsonfile.Text
	document = jsonfile.Document
)

// The structs below are the files, their fields sorted by key. A field that must be there is
// a pointer, so that its absence shows.

type organizationFile struct {
	Accounts   []accountFile  `json:"accounts,omitempty"`
	Format     *text          `json:"format"`
	Gaps       []jsonfile.Gap `json:"gaps,omitempty"`
	ID         *text          `json:"id"`
	Management *text          `json:"management"`
	Units      []unitFile     `json:"units,omitempty"`
	Version    *int           `json:"version"`
}

type unitFile struct {
	ID       *text  `json:"id"`
	Name     *text  `json:"name"`
	Parent   text   `json:"parent,omitzero"`
	Path     *text  `json:"path"`
	Policies []text `json:"policies,omitempty"`
}

type accountFile struct {
	ID         *text          `json:"id"`
	Management bool           `json:"management,omitzero"`
	Name       *text          `json:"name"`
	Path       text           `json:"path,omitzero"`
	Policies   []text         `json:"policies,omitempty"`
	Status     text           `json:"status,omitzero"`
	Tags       []jsonfile.Tag `json:"tags,omitempty"`
	Unit       text           `json:"unit,omitzero"`
}

type policyFile struct {
	ARN        *text     `json:"arn"`
	AWSManaged bool      `json:"awsManaged,omitzero"`
	Document   *document `json:"document"`
	ID         *text     `json:"id"`
	Name       *text     `json:"name"`
	Type       *text     `json:"type"`
}

// UnmarshalJSONFrom reads the unit.
func (f *unitFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain unitFile
	return jsonfile.ReadPart(dec, (*plain)(f), func() error { return jsonfile.Required("id", f.ID, "name", f.Name, "path", f.Path) })
}

// UnmarshalJSONFrom reads the account.
func (f *accountFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain accountFile
	return jsonfile.ReadPart(dec, (*plain)(f), func() error { return jsonfile.Required("id", f.ID, "name", f.Name) })
}
