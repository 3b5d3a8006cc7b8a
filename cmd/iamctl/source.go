package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"iamctl/equivalency"
	"iamctl/extract"
	"iamctl/extract/authdetails"
	"iamctl/extract/gitsnapshot"
	"iamctl/extract/live"
	"iamctl/extract/snapshot"
	"iamctl/inventory"
)

// side is one account of a run: where it comes from and what it is called.
type side struct {
	spec extract.Spec
	tag  string
}

// newSide reads a source and a tag; the tag "" asks for the source's own.
func newSide(command, source, tag string) (side, error) {
	spec, err := extract.ParseSpec(source)
	if err == nil {
		spec, err = spec.Locate()
	}
	if err != nil {
		return side{}, usage(command, "%w", err)
	}
	if tag == "" {
		tag = spec.DefaultTag()
	}
	if err := extract.ValidTag(tag); err != nil {
		return side{}, usage(command, "%w", err)
	}
	return side{spec, tag}, nil
}

// identity is what the dictionary knows the account by.
func (s side) identity(a *inventory.Account) equivalency.Identity {
	return equivalency.Identity{Tag: s.tag, Source: s.spec.Name, Name: s.spec.DefaultTag(), ID: a.ID, Alias: a.Alias}
}

// label names the side in file names, where a path would not do.
func (s side) label() string {
	return s.spec.DefaultTag()
}

// sourceLabel is the label of a source as diff.json has it.
func sourceLabel(source string) string {
	spec, err := extract.ParseSpec(source)
	if err != nil {
		return source
	}
	return spec.DefaultTag()
}

// read extracts the account.
func (s side) read(ctx context.Context, e *env, c *cli.Context, p *progress) (*inventory.Account, error) {
	step := p.account(s.tag)
	var a *inventory.Account
	var err error
	switch s.spec.Kind {
	case extract.Folder:
		a, err = snapshot.Read(ctx, s.spec.Name)
	case extract.File:
		a, err = authdetails.Read(ctx, s.spec.Name)
	case extract.Git:
		a, err = gitsnapshot.Read(ctx, s.spec, ".")
	case extract.Profile:
		a, err = live.Extract(ctx, live.Options{
			Profile: s.spec.Name, Region: c.String("region"), Files: sharedFiles(e),
			Progress: step.stage, Waiting: step.waiting, MFAToken: e.mfaToken,
		})
		err = profileHint(s.spec.Name, err)
	default:
		err = fmt.Errorf("source %q is of no known kind", s.spec)
	}
	if err != nil {
		step.failed()
		return nil, fmt.Errorf("%s: %w", s.tag, err)
	}
	step.done(len(a.Roles))
	return a, nil
}

// sharedFiles are the AWS CLI's configuration files.
func sharedFiles(e *env) live.Files {
	return live.Files{Config: e.getenv("AWS_CONFIG_FILE"), Credentials: e.getenv("AWS_SHARED_CREDENTIALS_FILE")}
}

// profileHint points at a folder of the profile's name: a profile goes
// first, and the person may have meant the folder.
func profileHint(name string, err error) error {
	if err == nil {
		return nil
	}
	if _, statErr := os.Stat(filepath.Join(name, "account.json")); statErr == nil {
		return withHint(err, "%q was taken as an AWS profile; for the snapshot folder of that name write ./%s", name, name)
	}
	return err
}
