package report

import "strings"

// XML 1.0 has no way to write control characters and the two code points that
// are no characters, U+FFFE and U+FFFF. AWS's text is escaped as package visible
// does, and these two likewise; encoding/xml does the rest.

var xmlReplacer = strings.NewReplacer("\uFFFE", `\u{FFFE}`, "\uFFFF", `\u{FFFF}`)

// XMLText returns s escaped for XML and cut after limit characters.
func XMLText(s string, limit int) string { return xmlReplacer.Replace(Clip(s, limit)) }
