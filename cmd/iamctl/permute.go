package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/internal/hint"
)

// permute returns args with the flags of a command before its arguments: the
// library stops at the first argument, while people write "diff dev qa --output x".
// What follows "--" stays an argument.
//
// A flag without its value is an error here: moved to the front, it would take an
// argument for its value.
func permute(app *cli.App, args []string) ([]string, error) {
	if len(args) == 0 || args[len(args)-1] == completionAsked {
		return args, nil
	}
	out := []string{args[0]}
	commands, flags := app.Commands, append(slices.Clone(app.Flags), cli.HelpFlag, cli.VersionFlag)
	rest := args[1:]
	for len(rest) > 0 {
		if strings.HasPrefix(rest[0], "-") {
			n, err := flagLength(flags, rest)
			if err != nil {
				return nil, err
			}
			out, rest = append(out, rest[:n]...), rest[n:]
			continue
		}
		command := find(commands, rest[0])
		if command == nil {
			break
		}
		out = append(out, rest[0])
		commands, flags, rest = command.Subcommands, append(slices.Clone(command.Flags), cli.HelpFlag), rest[1:]
	}
	own, positional, err := splitFlags(flags, rest)
	if err != nil {
		return nil, err
	}
	out = append(out, own...)
	if slices.ContainsFunc(positional, func(s string) bool { return strings.HasPrefix(s, "-") }) {
		out = append(out, "--")
	}
	return append(out, positional...), nil
}

// splitFlags splits the arguments of a command into its flags, with their values,
// and the others.
func splitFlags(flags []cli.Flag, args []string) (own, positional []string, err error) {
	for len(args) > 0 {
		switch {
		case args[0] == "--":
			positional, args = append(positional, args[1:]...), nil
		case len(args[0]) > 1 && strings.HasPrefix(args[0], "-"):
			n, err := flagLength(flags, args)
			if err != nil {
				return nil, nil, err
			}
			own, args = append(own, args[:n]...), args[n:]
		default:
			positional, args = append(positional, args[0]), args[1:]
		}
	}
	return own, positional, nil
}

// find returns the command of a name, nil if there is none.
func find(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

// flagLength returns how many arguments a flag takes: 2 if its value is the next
// one, else 1.
func flagLength(flags []cli.Flag, args []string) (int, error) {
	name := strings.TrimLeft(args[0], "-")
	if strings.Contains(name, "=") {
		return 1, nil
	}
	for _, f := range flags {
		d, ok := f.(cli.DocGenerationFlag)
		if !ok || !d.TakesValue() || !slices.Contains(f.Names(), name) {
			continue
		}
		if len(args) < 2 {
			return 0, hint.With(fmt.Errorf("%s needs a value", args[0]), "--%s: %s", f.Names()[0], d.GetUsage())
		}
		return 2, nil
	}
	return 1, nil
}
