package report

import "strings"

// XML 1.0 has no way to write control characters and the two code points that
// are no characters, U+FFFE and U+FFFF. AWS's text stands in it spelled out as
// package visible says, and these two likewise; encoding/xml does the rest.

var xmlReplacer = strings.NewReplacer("\uFFFE", `\u{FFFE}`, "\uFFFF", `\u{FFFF}`)

// xmlText is s as it may stand in XML, cut at so many characters.
func xmlText(s string, limit int) string { return xmlReplacer.Replace(Clip(s, limit)) }
