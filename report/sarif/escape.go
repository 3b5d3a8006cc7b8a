package sarif

import (
	"strings"

	"iamctl/report"
)

// A message of SARIF is plain text in which [text](target) is a link and {n}
// a placeholder (SARIF 2.1.0, "Messages with placeholders", "Messages with
// embedded links"). AWS's text stands in it spelled out as package visible
// says, a parenthesis that would begin a link's target likewise, and with
// every brace doubled, as the standard asks for.

var replacer = strings.NewReplacer("](", `]\u{{28}}`, "{", "{{", "}", "}}")

// escape is s as it may stand in a message, cut at so many characters.
func escape(s string, limit int) string { return replacer.Replace(report.Clip(s, limit)) }
