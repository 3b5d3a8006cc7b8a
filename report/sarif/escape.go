package sarif

import (
	"strings"

	"iamctl/report"
)

// A message of SARIF is plain text in which [text](target) is a link and {n}
// a placeholder (SARIF 2.1.0, "Messages with placeholders", "Messages with
// embedded links"). AWS's text is escaped as package visible does, and so is a
// parenthesis that would begin a link's target. Every brace is doubled, as the
// standard demands.

var replacer = strings.NewReplacer("](", `]\u{{28}}`, "{", "{{", "}", "}}")

// escape returns s escaped for a message and cut after limit characters.
func escape(s string, limit int) string { return replacer.Replace(report.Clip(s, limit)) }
