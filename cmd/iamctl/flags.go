package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/diff"
	"iamctl/internal/atomicfile"
	"iamctl/normalize"
)

func outputFlag() cli.Flag {
	return &cli.PathFlag{
		Name: "output", Aliases: []string{"o"}, TakesFile: true,
		Usage: "write the files to `DIR`, made if need be (default: ~/aws-idt/output/YYYY/MM/DD/HH/MM/SS)",
	}
}

func followLinksFlag() cli.Flag {
	return &cli.BoolFlag{Name: "follow-links", Usage: "write through symbolic links that lead out of their folder"}
}

// outputPath returns where an output goes that the user or a file names so.
func outputPath(c *cli.Context, path string) (string, error) {
	if path == "" || path == "-" || !c.Bool("follow-links") {
		return path, nil // package atomicfile follows no link out of its folder
	}
	return atomicfile.Follow(path)
}

func dictionaryFlag() cli.Flag {
	return &cli.PathFlag{
		Name: "dictionary", Aliases: []string{"d"}, TakesFile: true,
		Usage: "read the equivalency dictionary from `FILE` (default: ./equivalency_list.json if it is there)",
	}
}

func referenceFlag() cli.Flag {
	return &cli.PathFlag{
		Name: "reference", TakesFile: true,
		Usage: "add AWS's actions and resource types in `FILE` to the built-in ones (default: ./iam.json if it is there)",
	}
}

func waiversFlag(usage string) cli.Flag {
	return &cli.PathFlag{Name: "waivers", TakesFile: true, Usage: usage + " `FILE` (default: waivers.json beside the dictionary)"}
}

func regionFlag() cli.Flag {
	return &cli.StringFlag{Name: "region", Usage: "the AWS `REGION` to sign for; IAM is global within a partition"}
}

func sameAccountFlag() cli.Flag {
	return &cli.BoolFlag{Name: "same-account", Usage: "allow two profiles to reach one account, which is an error otherwise"}
}

func quietFlag() cli.Flag {
	return &cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "print neither progress nor summary, only warnings and errors"}
}

func fullFlag() cli.Flag {
	return &cli.BoolFlag{Name: "full", Usage: "print the text whole, however long; summary.txt always is"}
}

func jsonFlag(usage string) cli.Flag {
	return &cli.BoolFlag{Name: "json", Usage: usage}
}

func ignoreFlag() cli.Flag {
	return &cli.StringSliceFlag{
		Name:  "ignore",
		Usage: "leave out what differs of `KIND`: " + kindNames() + " (repeat, or separate by commas)",
	}
}

func kindNames() string {
	return strings.Join(valuesOf("ignore"), ", ")
}

// ignoredKinds reads --ignore.
func ignoredKinds(c *cli.Context) ([]normalize.Kind, error) {
	var kinds []normalize.Kind
	for _, name := range c.StringSlice("ignore") {
		k := normalize.Kind(strings.ToLower(strings.TrimSpace(name)))
		if !slices.Contains(normalize.IgnorableKinds(), k) {
			return nil, misspelt(c.Command.Name, name, valuesOf("ignore"), "--ignore %s: there is no such kind (the kinds are %s)", name, kindNames())
		}
		kinds = append(kinds, k)
	}
	return kinds, nil
}

func excludeFlag() cli.Flag {
	return &cli.StringSliceFlag{
		Name:  "exclude",
		Usage: "leave out the roles that AWS makes: `RULE` is " + strings.Join(valuesOf("exclude"), " or ") + " (repeat, or separate by commas); every report says how many",
	}
}

// exclusions reads --exclude.
func exclusions(c *cli.Context) ([]diff.Exclusion, error) {
	var rules []diff.Exclusion
	for _, name := range c.StringSlice("exclude") {
		x := diff.Exclusion(strings.ToLower(strings.TrimSpace(name)))
		if !slices.Contains(diff.Exclusions(), x) {
			return nil, misspelt(c.Command.Name, name, valuesOf("exclude"), "--exclude %s: there is no such rule (there are %s)", name, strings.Join(valuesOf("exclude"), ", "))
		}
		rules = append(rules, x)
	}
	return rules, nil
}

// noArguments returns an error if a command that takes none got some.
func noArguments(c *cli.Context) error {
	if c.Args().Present() {
		return usage(strings.TrimPrefix(c.Command.HelpName, "iamctl "), "%s takes no arguments, got %q", c.Command.Name, c.Args().First())
	}
	return nil
}

// examples formats the examples of a command's help.
func examples(text, lines string) string {
	return fmt.Sprintf("%s\n\nExamples:\n%s", strings.TrimSpace(text), strings.TrimRight(lines, "\n"))
}
