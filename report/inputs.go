package report

import (
	"strings"

	"iamctl/result"
)

// inputTitles are what the kinds of inputs are called.
var inputTitles = map[string]string{
	result.InputDictionary: "Dictionary", result.InputWaivers: "Waivers",
	result.InputReference: "Reference of AWS's actions", result.InputSince: "Held against",
	result.InputOrganization: "Organisation",
}

// InputTitle returns what a kind of input is called.
func InputTitle(esc result.Escape, kind string) string {
	if title, ok := inputTitles[kind]; ok {
		return title
	}
	return esc(kind, result.TagLimit)
}

// InputText returns where an input is from: path, digest and what it says of
// itself.
func InputText(esc result.Escape, in *result.Input) string {
	var parts []string
	if in.Path != "" {
		parts = append(parts, esc(in.Path, result.LineLimit))
	}
	if in.Version != "" {
		parts = append(parts, "version "+esc(in.Version, result.TagLimit+result.TagLimit))
	}
	if in.SHA256 != "" {
		parts = append(parts, "sha256 "+esc(in.SHA256, result.TagLimit+result.TagLimit))
	}
	return strings.Join(parts, ", ")
}
