package snapshot

import "iamctl/extract/jsonfile"

// formatName and formatVersion are members of account.json. The version changes
// when an older iamctl would misread the files.
const (
	formatName    = "iamctl-snapshot"
	formatVersion = 1
)

type (
	text     = jsonfile.Text
	document = jsonfile.Document
)

// The structs below are the files, their fields sorted by key. A field that
// must be there is a pointer, so that its absence shows.

type accountFile struct {
	Alias     text           `json:"alias,omitzero"`
	Format    *text          `json:"format"`
	Gaps      []jsonfile.Gap `json:"gaps,omitempty"`
	ID        *text          `json:"id"`
	Notes     []text         `json:"notes,omitempty"`
	Partition *text          `json:"partition"`
	Version   *int           `json:"version"`
}

type roleFile struct {
	ARN                *text          `json:"arn"`
	Attached           []refFile      `json:"attached,omitempty"`
	Boundary           *refFile       `json:"boundary,omitzero"`
	Created            moment         `json:"created,omitzero"`
	Description        *text          `json:"description,omitzero"`
	ID                 text           `json:"id,omitzero"`
	Inline             []inlineFile   `json:"inline,omitempty"`
	InstanceProfiles   profileList    `json:"instanceProfiles,omitzero"`
	MaxSessionDuration *int32         `json:"maxSessionDuration,omitzero"`
	Name               *text          `json:"name"`
	Path               *text          `json:"path"`
	Tags               []jsonfile.Tag `json:"tags,omitempty"`
	Trust              *document      `json:"trust"`
}

type policyFile struct {
	ARN            *text     `json:"arn"`
	Created        moment    `json:"created,omitzero"`
	DefaultVersion text      `json:"defaultVersion,omitzero"`
	Description    *text     `json:"description,omitzero"`
	Document       *document `json:"document"`
	ID             text      `json:"id,omitzero"`
	Name           *text     `json:"name"`
	// OtherVersions is absent if it is not known which there are.
	OtherVersions *[]text        `json:"otherVersions,omitzero"`
	Path          *text          `json:"path"`
	Tags          []jsonfile.Tag `json:"tags,omitempty"`
}

// versionFile is a version of a policy that is not in force.
type versionFile struct {
	Created  moment    `json:"created,omitzero"`
	Document *document `json:"document"`
	Policy   *text     `json:"policy"`
	Version  *text     `json:"version"`
}

type userFile struct {
	ARN      *text          `json:"arn"`
	Attached []refFile      `json:"attached,omitempty"`
	Boundary *refFile       `json:"boundary,omitzero"`
	Created  moment         `json:"created,omitzero"`
	Groups   []text         `json:"groups,omitempty"`
	ID       text           `json:"id,omitzero"`
	Inline   []inlineFile   `json:"inline,omitempty"`
	Name     *text          `json:"name"`
	Path     *text          `json:"path"`
	Tags     []jsonfile.Tag `json:"tags,omitempty"`
}

type groupFile struct {
	ARN      *text        `json:"arn"`
	Attached []refFile    `json:"attached,omitempty"`
	Created  moment       `json:"created,omitzero"`
	ID       text         `json:"id,omitzero"`
	Inline   []inlineFile `json:"inline,omitempty"`
	Name     *text        `json:"name"`
	Path     *text        `json:"path"`
}

type refFile struct {
	ARN  *text `json:"arn"`
	Name *text `json:"name"`
}

type inlineFile struct {
	Document *document `json:"document"`
	Name     *text     `json:"name"`
}

type profileFile struct {
	ARN  *text `json:"arn"`
	Name *text `json:"name"`
	Path *text `json:"path"`
}

// lastUsedFile says when the roles were last used. Day is absent if it is not known when
// AWS was asked.
type lastUsedFile struct {
	Day   day            `json:"day,omitzero"`
	Roles *[]lastUseFile `json:"roles"`
}

// lastUseFile has neither date nor region if the role was not used in the time that AWS
// keeps track of.
type lastUseFile struct {
	At     moment `json:"at,omitzero"`
	Name   *text  `json:"name"`
	Region text   `json:"region,omitzero"`
}
