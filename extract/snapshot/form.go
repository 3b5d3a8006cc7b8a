package snapshot

import (
	"errors"
	"fmt"

	"iamctl/internal/visible"
	"iamctl/inventory"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// formatName and formatVersion are members of account.json. The version changes
// when an older iamctl would misread the files.
const (
	formatName    = "iamctl-snapshot"
	formatVersion = 1
)

// The structs below are the files, their fields sorted by key. A field that
// must be there is a pointer, so that its absence shows.

type accountFile struct {
	Alias     text      `json:"alias,omitzero"`
	Format    *text     `json:"format"`
	Gaps      []gapFile `json:"gaps,omitempty"`
	ID        *text     `json:"id"`
	Notes     []text    `json:"notes,omitempty"`
	Partition *text     `json:"partition"`
	Version   *int      `json:"version"`
}

type gapFile struct {
	Account    text  `json:"account,omitzero"`
	Blind      *bool `json:"blind"`
	Entity     *text `json:"entity"`
	Kind       *text `json:"kind"`
	Name       text  `json:"name,omitzero"`
	PolicyName text  `json:"policyName,omitzero"`
	PolicyType text  `json:"policyType,omitzero"`
	Raw        text  `json:"raw,omitzero"`
	Reason     *text `json:"reason"`
}

type roleFile struct {
	ARN                *text         `json:"arn"`
	Attached           []refFile     `json:"attached,omitempty"`
	Boundary           *refFile      `json:"boundary,omitzero"`
	Description        *text         `json:"description,omitzero"`
	ID                 text          `json:"id,omitzero"`
	Inline             []inlineFile  `json:"inline,omitempty"`
	InstanceProfiles   []profileFile `json:"instanceProfiles,omitempty"`
	MaxSessionDuration *int32        `json:"maxSessionDuration,omitzero"`
	Name               *text         `json:"name"`
	Path               *text         `json:"path"`
	Tags               []tagFile     `json:"tags,omitempty"`
	Trust              *document     `json:"trust"`
}

type policyFile struct {
	ARN            *text     `json:"arn"`
	DefaultVersion text      `json:"defaultVersion,omitzero"`
	Description    *text     `json:"description,omitzero"`
	Document       *document `json:"document"`
	ID             text      `json:"id,omitzero"`
	Name           *text     `json:"name"`
	Path           *text     `json:"path"`
	Tags           []tagFile `json:"tags,omitempty"`
}

type userFile struct {
	ARN      *text        `json:"arn"`
	Attached []refFile    `json:"attached,omitempty"`
	Boundary *refFile     `json:"boundary,omitzero"`
	Groups   []text       `json:"groups,omitempty"`
	ID       text         `json:"id,omitzero"`
	Inline   []inlineFile `json:"inline,omitempty"`
	Name     *text        `json:"name"`
	Path     *text        `json:"path"`
	Tags     []tagFile    `json:"tags,omitempty"`
}

type groupFile struct {
	ARN      *text        `json:"arn"`
	Attached []refFile    `json:"attached,omitempty"`
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

type tagFile struct {
	Key   *text `json:"key"`
	Value *text `json:"value"`
}

// encode returns the bytes of a file. It escapes of JSON what the library
// does and hidden characters, and leaves < > & as they are: existing snapshots
// would change otherwise.
func encode(v any) ([]byte, error) {
	data, err := json.Marshal(v, jsontext.WithIndent("  "))
	if err != nil {
		return nil, err
	}
	return append(visible.EscapeJSON(make([]byte, 0, len(data)+1), data), '\n'), nil
}

// required returns an error that names a field that is missing, or nil. The
// arguments are names and pointers in turn.
func required(fields ...any) error {
	for i := 0; i < len(fields); i += 2 {
		missing := false
		switch p := fields[i+1].(type) {
		case *text:
			missing = p == nil
		case *document:
			missing = p == nil
		case *int:
			missing = p == nil
		case *bool:
			missing = p == nil
		}
		if missing {
			return fmt.Errorf("the field %q is missing", fields[i])
		}
	}
	return nil
}

// named is required, and that the name is not empty.
func named(name *text, fields ...any) error {
	if err := required(append([]any{"name", name}, fields...)...); err != nil {
		return err
	}
	if *name == "" {
		return errors.New(`the field "name" is empty`)
	}
	return nil
}

func ptr[T any](v T) *T { return &v }

// textOf turns an optional string into an optional text, and stringOf back.
func textOf(s *string) *text {
	if s == nil {
		return nil
	}
	return ptr(text(*s))
}

func stringOf(s *text) *string {
	if s == nil {
		return nil
	}
	return ptr(string(*s))
}

func gapsTo(gaps []inventory.Gap) []gapFile {
	return each(gaps, func(g inventory.Gap) gapFile {
		return gapFile{
			Account: text(g.Account), Blind: &g.Blind, Entity: ptr(text(g.Entity)), Kind: ptr(text(g.Kind)), Name: text(g.Name),
			PolicyName: text(g.PolicyName), PolicyType: text(g.Part), Raw: text(g.Raw), Reason: ptr(text(g.Reason)),
		}
	})
}

func gapsFrom(gaps []gapFile) []inventory.Gap {
	return each(gaps, func(g gapFile) inventory.Gap {
		return inventory.Gap{
			Account: string(g.Account), Blind: *g.Blind, Entity: inventory.Entity(*g.Entity), Kind: inventory.GapKind(*g.Kind), Name: string(g.Name),
			PolicyName: string(g.PolicyName), Part: inventory.Part(g.PolicyType), Raw: string(g.Raw), Reason: string(*g.Reason),
		}
	})
}

// each maps a list; none stays nil.
func each[T, U any](list []T, f func(T) U) []U {
	if len(list) == 0 {
		return nil
	}
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
