package report

import (
	"github.com/fatih/color"

	"iamctl/verdict/severity"
)

// Paint returns a colour for a terminal, which does nothing unless it is on.
func Paint(on bool, a ...color.Attribute) *color.Color {
	c := color.New(a...)
	if on {
		c.EnableColor()
	} else {
		c.DisableColor()
	}
	return c
}

// ColorOf returns the colour of a severity.
func ColorOf(l severity.Level) []color.Attribute {
	switch l {
	case severity.Critical, severity.High:
		return []color.Attribute{color.FgRed, color.Bold}
	case severity.Medium:
		return []color.Attribute{color.FgYellow}
	}
	return nil
}
