package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)

var colorChoices = []string{colorAuto, colorAlways, colorNever}

func colorFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "color", Value: colorAuto, Usage: "colour the text: `WHEN` is " + strings.Join(colorChoices, ", "),
		Action: func(c *cli.Context, choice string) error {
			if slices.Contains(colorChoices, choice) {
				return nil
			}
			return misspelt(c.Command.Name, choice, colorChoices, "--color %s: write auto, always or never", choice)
		},
	}
}

// color reports whether stdout is coloured: by --color, else where it is a terminal,
// but for NO_COLOR (no-color.org).
func (e *env) color(c *cli.Context) bool {
	switch c.String("color") {
	case colorAlways:
		return true
	case colorNever:
		return false
	}
	return e.stdoutTerminal && e.getenv("NO_COLOR") == "" && e.getenv("TERM") != "dumb"
}
