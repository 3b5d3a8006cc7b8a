package html

import (
	"slices"

	"iamctl/report"
	"iamctl/result"
)

// inputRow is an input, or the lack of one.
type inputRow struct {
	result.Input
	Title string
	// Absent is what stands in place of an input that there is not.
	Absent string
}

// Inputs are what decided the result besides the accounts, also the kinds of
// which there is none.
func (p *page) Inputs() []inputRow {
	var out []inputRow
	add := func(in result.Input, absent string) {
		out = append(out, inputRow{in, report.InputTitle(report.Clip, in.Kind), absent})
	}
	files := p.Meta.Files()
	for _, k := range []struct{ kind, absent string }{
		{result.InputReference, "not told"},
		{result.InputDictionary, "none"},
		{result.InputWaivers, "none"},
		{result.InputSince, "no earlier run"},
	} {
		if !slices.ContainsFunc(files, func(in result.Input) bool { return in.Kind == k.kind }) {
			add(result.Input{Kind: k.kind}, k.absent)
		}
	}
	for _, in := range files {
		add(in, "built in")
	}
	return out
}
