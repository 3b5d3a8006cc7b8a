package main

import (
	"fmt"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/urfave/cli/v2"

	"iamctl/extract/connect"
	"iamctl/internal/visible"
)

func listProfilesCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "listprofiles",
		Usage: "list the profiles of the AWS configuration",
		Description: examples(`
Reads the AWS config and credentials files (AWS_CONFIG_FILE and
AWS_SHARED_CREDENTIALS_FILE are honoured). Makes no call and shows no secret.`, `
  iamctl listprofiles
  iamctl listprofiles --json`),
		Flags:  []cli.Flag{jsonFlag("print JSON")},
		Action: func(c *cli.Context) error { return runListProfiles(e, c) },
	}
}

func runListProfiles(e *env, c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	profiles, err := connect.Profiles(c.Context, sharedFiles(e))
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return e.printJSON(profiles)
	}
	if len(profiles) == 0 {
		fmt.Fprintln(e.stderr, "iamctl: there are no profiles; 'aws configure sso' or 'aws configure' makes one")
		return nil
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"Profile", "Account", "Region", "Credentials"})
	for _, p := range profiles {
		kind := string(p.Kind)
		if p.Problem != "" {
			kind = visible.Escape("unusable: " + p.Problem)
		}
		t.AppendRow(table.Row{visible.Escape(p.Name), visible.Escape(p.Account), visible.Escape(p.Region), kind})
	}
	fmt.Fprintln(e.stdout, t.Render())
	return nil
}
