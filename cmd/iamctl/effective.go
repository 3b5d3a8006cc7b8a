package main

import (
	"github.com/urfave/cli/v2"

	"iamctl/compare"
)

// effectiveFlag asks what control policies leave.
func effectiveFlag() cli.Flag {
	return &cli.BoolFlag{Name: "effective", Usage: "count SCPs, and RCPs for who may assume a role: tell what differs in what they leave"}
}

func organizationFlag() cli.Flag {
	return &cli.GenericFlag{Name: "organization", Value: &texts{}, Usage: "read the organisation for --effective from the folder `DIR`, or org:PROFILE from AWS; if not given, from organization beside the sources, or the one of org:PROFILE/ID (repeat for accounts of two)"}
}

// effectiveAsked reads --effective and --organization, nil where neither is given.
func effectiveAsked(c *cli.Context, command string) (*compare.Effective, error) {
	var folders []string
	if given, _ := c.Generic("organization").(*texts); given != nil {
		folders = *given
	}
	if !c.Bool("effective") {
		if len(folders) > 0 {
			return nil, usage(command, "--organization is for --effective")
		}
		return nil, nil
	}
	return &compare.Effective{Folders: folders}, nil
}
