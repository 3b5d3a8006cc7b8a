package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/compare/choose"
	"iamctl/diff"
)

// roleFlags are the flags of the commands that read accounts of an organisation.
func roleFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "role-name", Value: compare.DefaultRole, Usage: "assume the role `NAME` in each account of org: and accounts:"},
		&cli.StringFlag{Name: "external-id", Usage: "pass `ID` when a role is assumed, for trust policies that ask for it"},
		&cli.StringFlag{Name: "session-name", Value: "iamctl", Usage: "call the sessions of assumed roles `NAME` in CloudTrail"},
		&cli.StringFlag{Name: "profile", Usage: "assume the roles of accounts: by the AWS profile `NAME` where a line of the file has none"},
	}
}

// memberFlags are the flags of the commands that read all accounts of an organisation.
func memberFlags() []cli.Flag {
	return append(
		roleFlags(),
		&cli.StringSliceFlag{Name: "include", Usage: "take the accounts alone that match `PATTERN`: an id, a name, a path of units such as Root/Workloads/*, or tag:KEY=PATTERN (repeat, or separate by commas)"},
	)
}

// excludeAccountsFlag is the counterpart of --include in commands that leave out no roles.
func excludeAccountsFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "exclude", Usage: "leave out the accounts that match `PATTERN`, as in --include"}
}

// excludeBothFlag is the counterpart of --include in commands that leave out roles too.
func excludeBothFlag() cli.Flag {
	return &cli.StringSliceFlag{
		Name:  "exclude",
		Usage: "leave out the accounts that match `PATTERN`, as in --include, or the roles that AWS makes: " + strings.Join(valuesOf("exclude"), " or "),
	}
}

// into returns by which role accounts are read.
func into(c *cli.Context) compare.Into {
	return compare.Into{Profile: c.String("profile"), Role: c.String("role-name"), ExternalID: c.String("external-id"), Session: c.String("session-name")}
}

// choice reads --include and --exclude of a command that leaves out no roles.
func choice(c *cli.Context) (choose.Choice, error) {
	return choiceBut(c, c.StringSlice("exclude"))
}

// choiceBut reads --include, with the values of --exclude that are patterns of accounts.
func choiceBut(c *cli.Context, excluded []string) (choose.Choice, error) {
	include, err := patterns(c, "include", c.StringSlice("include"))
	if err != nil {
		return choose.Choice{}, err
	}
	exclude, err := patterns(c, "exclude", excluded)
	return choose.Choice{Include: include, Exclude: exclude}, err
}

// excluded returns the rules of roles in --exclude, and its other values, which are patterns
// of accounts. A value that is nearly a rule is an error.
func excluded(c *cli.Context) (rules []diff.Exclusion, others []string, err error) {
	for _, text := range c.StringSlice("exclude") {
		x := diff.Exclusion(strings.ToLower(strings.TrimSpace(text)))
		switch {
		case slices.Contains(diff.Exclusions(), x):
			rules = append(rules, x)
		case didYouMean(string(x), valuesOf("exclude")) != "":
			return nil, nil, misspelt(c.Command.Name, string(x), valuesOf("exclude"), "--exclude %s: there is no such rule (there are %s); a pattern of accounts has a * or is whole", text, strings.Join(valuesOf("exclude"), ", "))
		default:
			others = append(others, text)
		}
	}
	return rules, others, nil
}

func patterns(c *cli.Context, flag string, texts []string) ([]choose.Pattern, error) {
	var all []choose.Pattern
	for _, text := range texts {
		p, err := choose.Parse(strings.TrimSpace(text))
		if err != nil {
			return nil, usage(c.Command.Name, "--%s: %w", flag, err)
		}
		all = append(all, p)
	}
	return all, nil
}
