package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/internal/hint"
)

// permute moves flags before the arguments of their command: the library
// stops at the first argument, while people write "diff dev qa --output x".
// Everything behind "--" stays an argument.
//
// A flag whose value is missing is an error here: moved to the front, it
// would take an argument for its value.
func permute(app *cli.App, args []string) ([]string, error) {
	if len(args) == 0 || args[len(args)-1] == "--generate-bash-completion" {
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
	var positional []string
	for len(rest) > 0 {
		switch {
		case rest[0] == "--":
			positional, rest = append(positional, rest[1:]...), nil
		case len(rest[0]) > 1 && strings.HasPrefix(rest[0], "-"):
			n, err := flagLength(flags, rest)
			if err != nil {
				return nil, err
			}
			out, rest = append(out, rest[:n]...), rest[n:]
		default:
			positional, rest = append(positional, rest[0]), rest[1:]
		}
	}
	if slices.ContainsFunc(positional, func(s string) bool { return strings.HasPrefix(s, "-") }) {
		out = append(out, "--")
	}
	return append(out, positional...), nil
}

func find(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

// flagLength is 2 for a flag whose value is the next argument, else 1.
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
