package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/extract/live"
	"iamctl/normalize"
)

// completeSources makes a command complete the names of profiles, and the
// kinds behind --ignore; a shell completes paths by itself.
func completeSources(e *env) cli.BashCompleteFunc {
	return func(c *cli.Context) {
		args := c.Args().Slice()
		last := ""
		if len(args) > 0 {
			last = args[len(args)-1]
		}
		switch {
		case last == "--ignore":
			for _, k := range normalize.Kinds() {
				fmt.Fprintln(e.stdout, k)
			}
		case strings.HasPrefix(last, "-"):
			cli.DefaultCompleteWithFlags(c.Command)(c)
		default:
			profiles, err := live.Profiles(c.Context, sharedFiles(e))
			if err != nil {
				// A completion has no place for errors.
				return
			}
			for _, p := range profiles {
				if p.Problem == "" {
					fmt.Fprintln(e.stdout, p.Name)
				}
			}
		}
	}
}
