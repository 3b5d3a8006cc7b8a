package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/audit"
	"iamctl/diff"
	"iamctl/extract/connect"
	"iamctl/normalize"
	"iamctl/report/format"
	"iamctl/report/lake"
	"iamctl/result"
)

// completionAsked is the last argument with which a shell asks what may follow.
const completionAsked = "--generate-bash-completion"

// printCompletions prints what may follow the words of a command line, a line each: the
// values of a flag, flags, commands, shells or profiles. It prints nothing where
// a path may be, which a shell completes by itself. words begin with the program's
// name and end with the one to be completed only if that begins with a dash.
func printCompletions(ctx context.Context, e *env, app *cli.App, words []string) {
	command, rest := commandOf(app, words[1:])
	flags, commands := app.Flags, app.Commands
	if command != nil {
		flags, commands = command.Flags, command.Subcommands
	}
	last := ""
	if len(rest) > 0 {
		// A shell may take --format=html for three words.
		last = strings.TrimSuffix(rest[len(rest)-1], "=")
		if last == "" && len(rest) > 1 {
			last = rest[len(rest)-2]
		}
	}
	switch f := flagOf(flags, last); {
	case f != nil && takesValue(f):
		e.lines(valuesIn(command, f.Names()[0]))
	case strings.HasPrefix(last, "-"):
		e.lines(flagNames(flags))
	case len(commands) > 0:
		e.lines(commandNames(commands))
	case command.Name == "completion":
		e.lines(shells)
	case command.Name == "help":
		e.lines(commandNames(app.Commands))
	case takesSources(command):
		e.lines(profileNames(ctx, e))
	}
}

// commandOf returns the command that words name, nil for the program itself, and the
// words behind it.
func commandOf(app *cli.App, words []string) (*cli.Command, []string) {
	var command *cli.Command
	commands := app.Commands
	for len(words) > 0 && len(commands) > 0 {
		next := find(commands, words[0])
		if next == nil {
			break
		}
		command, commands, words = next, next.Subcommands, words[1:]
	}
	return command, words
}

// valuesIn returns the values of a flag of a command, as valuesOf does.
func valuesIn(command *cli.Command, flag string) []string {
	if flag == "rules" {
		return ruleIDs(audit.Rules())
	}
	switch {
	case command != nil && command.Name == "export" && flag == "format":
		return []string{parquetFormat}
	case command != nil && command.Name == "matrix" && flag == "format":
		return format.MatrixNames()
	case command == nil || command.Name != "audit":
		return valuesOf(flag)
	}
	switch flag {
	case "format":
		return format.AuditNames()
	case "scp":
		return []string{scpPaths}
	}
	return valuesOf(flag)
}

// valuesOf returns the values of a flag that has few, nil for any other.
func valuesOf(flag string) []string {
	switch flag {
	case "format":
		return format.Names()
	case "ignore":
		var names []string
		for _, k := range normalize.IgnorableKinds() {
			names = append(names, string(k))
		}
		return names
	case "exclude":
		var names []string
		for _, x := range diff.Exclusions() {
			names = append(names, string(x))
		}
		return names
	case "fail-on":
		return result.FailOnWords()
	case "by":
		return []string{result.ByItems, result.ByMeaning}
	case "color":
		return colorChoices
	case "tables":
		return lake.Tables()
	}
	return nil
}

func takesSources(c *cli.Command) bool {
	return strings.HasPrefix(strings.Trim(c.ArgsUsage, "["), "SOURCE")
}

// flagOf returns the flag that a word is, nil if it is none of them.
func flagOf(flags []cli.Flag, word string) cli.Flag {
	if !strings.HasPrefix(word, "-") {
		return nil
	}
	for _, f := range flags {
		if slices.Contains(f.Names(), strings.TrimLeft(word, "-")) {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

// flagNames returns the flags as they are written, --help too.
func flagNames(flags []cli.Flag) []string {
	var names []string
	for _, f := range append(slices.Clone(flags), cli.HelpFlag) {
		for _, name := range f.Names() {
			if len(name) > 1 {
				name = "-" + name
			}
			names = append(names, "-"+name)
		}
	}
	return names
}

func commandNames(commands []*cli.Command) []string {
	var names []string
	for _, c := range commands {
		names = append(names, c.Name)
	}
	return names
}

// profileNames returns the profiles that can be read. A completion has no place for
// errors.
func profileNames(ctx context.Context, e *env) []string {
	profiles, err := connect.Profiles(ctx, sharedFiles(e))
	if err != nil {
		return nil
	}
	var names []string
	for _, p := range profiles {
		if p.Problem == "" {
			names = append(names, p.Name)
		}
	}
	return names
}

// lines prints a line for each text.
func (e *env) lines(texts []string) {
	for _, s := range texts {
		fmt.Fprintln(e.stdout, s)
	}
}
